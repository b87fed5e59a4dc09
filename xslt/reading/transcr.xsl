<?xml version="1.0" encoding="UTF-8"?>
<!-- transcr: transcription of primary sources. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="tei:am | tei:damage | tei:handShift | tei:metamark | tei:mod | tei:redo | tei:restore | tei:retrace | tei:secl | tei:subst | tei:supplied | tei:surplus
    | tei:undo | tei:fw" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- space (PHSP): a gap the scribe left, said in words. -->
  <xsl:template match="tei:space" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:text> </xsl:text>
      <xsl:call-template name="ed:spoken"><xsl:with-param name="words" select="'[space]'"/></xsl:call-template>
      <xsl:apply-templates mode="reading"/>
    </span>
  </xsl:template>

  <xsl:template match="tei:line | tei:surface | tei:surfaceGrp | tei:zone" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>
</xsl:stylesheet>

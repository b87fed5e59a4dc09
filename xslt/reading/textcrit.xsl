<?xml version="1.0" encoding="UTF-8"?>
<!-- textcrit: the lemma, or the first reading or group of readings, in the text; the others behind it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="tei:app" mode="reading" as="element()">
    <xsl:variable name="read" as="element()?" select="(tei:lem, *[descendant-or-self::tei:rdg])[1]"/>
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates select="$read" mode="reading"/>
      <xsl:for-each select="(* except $read)">
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="." mode="reading"/>
      </xsl:for-each>
    </xsl:element>
  </xsl:template>

  <xsl:template match="tei:lem | tei:rdg | tei:rdgGrp | tei:wit | tei:witDetail | tei:witStart | tei:witEnd | tei:lacunaStart | tei:lacunaEnd" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <xsl:template match="tei:listApp | tei:listWit | tei:witness" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- verse, and lines wherever they stand. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <!-- lg (VEST): a stanza, the number the encoding gives it before it. -->
  <xsl:template match="tei:lg" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- l (VEST): a line; one that goes on after another speaker begins where that ended; every fifth has its number beside it. -->
  <xsl:template match="tei:l" mode="reading" as="element(div)">
    <div>
      <xsl:call-template name="ed:attributes"><xsl:with-param name="class" select="('part-' || lower-case(@part))[current()/@part = ('I', 'M', 'F')]"/></xsl:call-template>
      <xsl:apply-templates mode="reading"/>
      <xsl:if test="@n castable as xs:integer and xs:integer(@n) mod 5 eq 0"><span class="line-number by-edition" aria-hidden="true">{@n}</span></xsl:if>
      <xsl:call-template name="ed:mention-sign"/>
      <xsl:call-template name="ed:permalink"/>
    </div>
  </xsl:template>

  <!-- caesura (VESE): a wide space. -->
  <xsl:template match="tei:caesura" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:text> </xsl:text>
      <xsl:apply-templates mode="reading"/>
    </span>
  </xsl:template>

  <!-- rhyme (VERH): words among words. -->
  <xsl:template match="tei:rhyme" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- metDecl, metSym (VEME): signs and what they mean, a line each. -->
  <xsl:template match="tei:metDecl | tei:metSym" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>
</xsl:stylesheet>

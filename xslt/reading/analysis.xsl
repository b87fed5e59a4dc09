<?xml version="1.0" encoding="UTF-8"?>
<!-- analysis: tokens keep the white space the encoding means, not the one it is printed with. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <!-- White space between tokens (att.linguistic @join). -->
  <xsl:template match="text()[not(normalize-space())][preceding-sibling::*[1][self::tei:w | self::tei:pc]]" mode="reading" as="text()?">
    <xsl:if test="not(preceding-sibling::*[1]/@join = ('right', 'both') or following-sibling::*[1]/@join = ('left', 'both'))"><xsl:text> </xsl:text></xsl:if>
  </xsl:template>

  <!-- w, pc, c, m, phr, cl, s (AI): words among words. -->
  <xsl:template match="tei:c | tei:cl | tei:m | tei:pc | tei:phr | tei:s | tei:w" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- interp, span (AIATTS): the words of the interpretation, where they stand. -->
  <xsl:template match="tei:interp | tei:span" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- span as ruby (as texts have it that were HTML): small signs beside others. -->
  <xsl:template match="tei:span[@type = 'ruby'][tei:span[@type = 'rb']][tei:span[@type = 'rt']]" mode="reading" as="element(ruby)" priority="1">
    <ruby>
      <xsl:call-template name="ed:attributes"/>
      <xsl:for-each select="node()">
        <xsl:choose>
          <xsl:when test="self::tei:span/@type = 'rt'"><rt><xsl:apply-templates select="." mode="reading"/></rt></xsl:when>
          <xsl:when test="self::tei:span/@type = 'rp'"><rp><xsl:apply-templates select="." mode="reading"/></rp></xsl:when>
          <xsl:otherwise><xsl:apply-templates select="." mode="reading"/></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </ruby>
  </xsl:template>

  <!-- interpGrp, spanGrp (AIATTS): its interpretations, commas between them. -->
  <xsl:template match="tei:interpGrp | tei:spanGrp" mode="reading" as="element()">
    <xsl:call-template name="ed:parts"/>
  </xsl:template>
</xsl:stylesheet>

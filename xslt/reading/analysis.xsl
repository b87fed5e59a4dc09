<?xml version="1.0" encoding="UTF-8"?>
<!-- analysis and corpus speech: tokens keep the white space the encoding means, not the one it is printed with. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <!-- White space between tokens (att.linguistic @join). -->
  <xsl:template match="text()[not(normalize-space())][preceding-sibling::*[1][self::tei:w | self::tei:pc]]" mode="reading" as="text()?">
    <xsl:if test="not(preceding-sibling::*[1]/@join = ('right', 'both') or following-sibling::*[1]/@join = ('left', 'both'))"><xsl:text> </xsl:text></xsl:if>
  </xsl:template>

  <xsl:template match="tei:c | tei:cl | tei:m | tei:pc | tei:phr | tei:s | tei:w | tei:interp | tei:span" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <xsl:template match="tei:u | tei:annotationBlock" mode="reading" as="element()">
    <xsl:call-template name="ed:paragraph"/>
  </xsl:template>
</xsl:stylesheet>

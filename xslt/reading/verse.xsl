<?xml version="1.0" encoding="UTF-8"?>
<!-- verse, and lines wherever they stand. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="tei:lg | tei:l" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <xsl:template match="tei:rhyme | tei:metDecl | tei:caesura" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>
</xsl:stylesheet>

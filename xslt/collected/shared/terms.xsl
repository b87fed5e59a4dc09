<?xml version="1.0" encoding="UTF-8"?>
<!-- On what terms a file of the whole edition may be used: as the edition's own header says, and no more. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" xmlns="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- Licences, each with its address; where one has none, or there is none, in words. -->
  <xsl:template name="ed:availability" as="element(tei:availability)">
    <xsl:param name="licences" as="map(*)*" required="yes"/>
    <availability>
      <xsl:if test="empty($licences)">
        <xsl:attribute name="status">unknown</xsl:attribute>
        <p>The edition states no licence.</p>
      </xsl:if>
      <xsl:for-each select="$licences">
        <xsl:choose>
          <xsl:when test="every $each in $licences satisfies $each?target"><licence target="{iri-to-uri(?target)}">{?text}</licence></xsl:when>
          <xsl:otherwise><p>{?text} <xsl:if test="?target"><ref target="{iri-to-uri(?target)}">{?target}</ref></xsl:if></p></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </availability>
  </xsl:template>
</xsl:stylesheet>

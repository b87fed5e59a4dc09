<?xml version="1.0" encoding="UTF-8"?>
<!-- What the edition knows besides the document, as edition/exports/context.py wrote it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <xsl:param name="context" as="xs:string" select="'{}'"/>
  <xsl:variable name="ed:context" as="map(*)" select="parse-json($context)"/>

  <!-- An address as a URI: what may not stand in one is escaped. -->
  <xsl:function name="ed:iri" as="xs:string">
    <xsl:param name="address" as="xs:string"/>
    <xsl:sequence select="replace(iri-to-uri(normalize-space($address)), '[\[\]|\\^`]', '')"/>
  </xsl:function>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- What xslt/found.xsl has found, given as a parameter; imported behind all else. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <xsl:param name="ed:known" as="map(*)" select="map{}"/>

  <xsl:function name="ed:found" as="item()*">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="$ed:known($name)"/>
  </xsl:function>
</xsl:stylesheet>

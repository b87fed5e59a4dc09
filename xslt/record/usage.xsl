<?xml version="1.0" encoding="UTF-8"?>
<!-- What a document uses, for the corpus report: elements and attributes by name, characters that mean nothing by themselves. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <!-- How often each name occurs among these nodes. -->
  <xsl:function name="ed:counted" as="map(xs:string, xs:integer)">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:map>
      <xsl:for-each-group select="$nodes" group-by="name()">
        <xsl:map-entry key="current-grouping-key()" select="count(current-group())"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:function>

  <!-- The characters of the private use areas, as numbers: how often each, and where first. -->
  <xsl:function name="ed:private-signs" as="map(*)*">
    <xsl:for-each-group select="$ed:document//text()[matches(., '[&#xE000;-&#xF8FF;&#xF0000;-&#x10FFFD;]')]/(
      for $sign in string-to-codepoints(.)[. ge 57344 and . le 63743 or . ge 983040] return map{'sign': $sign, 'in': ..})" group-by="?sign">
      <xsl:sequence select="map{'sign': current-grouping-key(), 'count': count(current-group()), 'at': path(current-group()[1]?in)}"/>
    </xsl:for-each-group>
  </xsl:function>
</xsl:stylesheet>

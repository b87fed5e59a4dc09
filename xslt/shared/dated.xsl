<?xml version="1.0" encoding="UTF-8"?>
<!-- What a passage is dated: the dates in its words, and those that stand-off annotation in the same file gives to it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all">

  <!-- Elements that say when by attributes (att.datable). Others have pages or lines in @from and @to. -->
  <xsl:variable name="ed:datable" as="map(xs:QName, item())" select="ed:elements('
    date time docDate origDate birth death floruit event residence occupation education affiliation state trait relation
    origin provenance acquisition custEvent')"/>

  <!-- The dates of a passage by its generate-id, each “earliest/latest”; both are ISO 8601, one may be empty. -->
  <xsl:variable name="ed:dates-by-passage" as="map(xs:string, xs:string*)">
    <xsl:map>
      <xsl:for-each-group select="($ed:texts, $ed:stand-off-datings)//tei:*[@* and ed:in(., $ed:datable)][ed:dating(.)?earliest or ed:dating(.)?latest]" group-by="ed:dated-passages(.) ! generate-id()">
        <xsl:map-entry key="current-grouping-key()" select="distinct-values(current-group() ! ed:dating(.) ! (?earliest || '/' || ?latest))"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <xsl:variable name="ed:stand-off-datings" as="element(tei:note)*" select="
    ($ed:root//tei:listAnnotation[@type = 'dating']//tei:note | $ed:root//tei:standOff//tei:note[@type = 'dating'])[@target] except $ed:texts//tei:note"/>

  <!-- The passages a dated element is about: the one it stands in, or those that its note points to or into. -->
  <xsl:function name="ed:dated-passages" as="element()*">
    <xsl:param name="dated" as="element()"/>
    <xsl:variable name="note" as="element(tei:note)?" select="$dated/ancestor::tei:note[1] intersect $ed:stand-off-datings"/>
    <xsl:variable name="about" as="element()*" select="
      if ($note) then tokenize($note/@target)[starts-with(., '#')] ! ed:with-id(substring(., 2)) else $dated"/>
    <xsl:sequence select="($about ! ancestor-or-self::*[ed:is-passage(.)][1])/."/>
  </xsl:function>

  <xsl:function name="ed:dates-of" as="xs:string*">
    <xsl:param name="passage" as="element()"/>
    <xsl:sequence select="$ed:dates-by-passage(generate-id($passage))"/>
  </xsl:function>

  <!-- The years of those dates; none of a span of more than a hundred, which says no year. -->
  <xsl:function name="ed:years-of" as="xs:string*">
    <xsl:param name="passage" as="element()"/>
    <xsl:variable name="years" as="xs:integer*">
      <xsl:for-each select="ed:dates-of($passage)">
        <xsl:variable name="ends" as="xs:integer+" select="(substring-before(., '/'), substring-after(., '/'))[.] ! xs:integer(replace(., '^(-?\d+).*$', '$1'))"/>
        <xsl:sequence select="if (max($ends) - min($ends) ge 100) then () else min($ends) to max($ends)"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="sort(distinct-values($years)) ! format-integer(., '0000')"/>
  </xsl:function>
</xsl:stylesheet>

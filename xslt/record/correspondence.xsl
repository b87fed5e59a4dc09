<?xml version="1.0" encoding="UTF-8"?>
<!-- Letters, as the header describes them (Guidelines: HD44CD): who sent what to whom, where and when. edition/exports/cmif.py makes a list of them. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <!-- The letters of the document, each what was done with it; one of which only prose is said is none. -->
  <xsl:function name="ed:correspondence" as="array(map(*))*">
    <xsl:for-each select="$ed:document/tei:teiHeader[1]/tei:profileDesc/tei:correspDesc">
      <xsl:variable name="actions" as="map(*)*" select=".//tei:correspAction[@type = ('sent', 'received')] ! ed:action(.)"/>
      <xsl:sequence select="array{$actions}[exists($actions?names?*)]"/>
    </xsl:for-each>
  </xsl:function>

  <!-- The names of an action are those that stand in no other. -->
  <xsl:function name="ed:action" as="map(*)">
    <xsl:param name="action" as="element(tei:correspAction)"/>
    <xsl:variable name="names" as="element()*" select="$action//tei:*[ed:kind-named(.) = ('person', 'organisation', 'place')][not(ancestor::tei:note)]"/>
    <xsl:sequence select="map{
      'type': string($action/@type),
      'names': array{$names[not(ancestor::* intersect $names)] ! ed:correspondent(.)},
      'dates': array{$action//tei:date[not(ancestor::tei:note)] ! map:merge((ed:dating(.), map{'written': ed:words(.), 'conjectured': @evidence = 'conjecture'}))} }"/>
  </xsl:function>

  <!-- A name: where it points within the edition, and the addresses elsewhere that it gives, as it gives them. -->
  <xsl:function name="ed:correspondent" as="map(*)">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="pointers" as="xs:string*" select="tokenize($name/@ref) ! ed:expanded(.)"/>
    <xsl:variable name="named" as="map(xs:string, xs:string)*" select="ed:named($name), ed:named-by-key($name) ! map{'target': '', 'key': .}"/>
    <xsl:sequence select="map{
      'kind': ed:kind-named($name),
      'name': ed:name-in-order($name),
      'named': array{$named[not(matches(?key, '^https?://'))]},
      'urls': array{distinct-values(($pointers[matches(., '^https?://')], $pointers[not(matches(., '^https?://'))] ! ed:target(.)?key[matches(., '^https?://')]))},
      'certainty': string($name/@cert),
      'conjectured': $name/@evidence = 'conjecture' }"/>
  </xsl:function>
</xsl:stylesheet>

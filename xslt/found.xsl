<?xml version="1.0" encoding="UTF-8"?>
<!-- In: any document. Out: what several products need to know of it, found once: the values of variables of shared/, by their names, for
     the stylesheets of all products (ed:found). One that needs another value declares a variable of that name. And which products there
     is nothing to say for: an apparatus, and what a register may be made of, are asked for here so that most documents need not be. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all">

  <xsl:import href="shared/names.xsl"/>
  <xsl:import href="shared/language-tags.xsl"/>
  <xsl:import href="shared/languages.xsl"/>
  <xsl:import href="shared/passages.xsl"/>
  <xsl:import href="shared/plain-text.xsl"/>
  <xsl:import href="shared/authorities.xsl"/>
  <xsl:import href="shared/mentions.xsl"/>
  <xsl:import href="shared/length.xsl"/>
  <xsl:import href="shared/parts.xsl"/>

  <xsl:template match="/" as="map(xs:string, item()*)">
    <xsl:sequence select="map{
      'passages': $ed:passages,
      'beginnings': $ed:beginnings,
      'addresses': $ed:addresses,
      'labels': $ed:labels,
      'worded': $ed:worded,
      'set-off': $ed:set-off,
      'block-holders': $ed:block-holders,
      'editorial-notes': $ed:editorial-notes,
      'remarks': $ed:remarks,
      'marks': $ed:marks,
      'has-apparatus': exists(//tei:app),
      'declares': exists(
        //tei:person | //tei:personGrp | //tei:place | //tei:org | //tei:event | //tei:castList | //tei:relation
        | (//tei:bibl | //tei:biblStruct | //tei:biblFull | //tei:role | //tei:castItem)[@xml:id]
        | //tei:link | //tei:ptr[contains(normalize-space(@target), ' ')] | //tei:annotation
        | (//tei:standOff | //tei:listAnnotation)//tei:note[@target]) }"/>
  </xsl:template>

  <xsl:variable name="ed:passages" as="element()*">
    <xsl:variable name="owners" as="element()*">
      <xsl:apply-templates select="$ed:texts" mode="owner"/>
    </xsl:variable>
    <xsl:sequence select="$owners/."/>
  </xsl:variable>

  <xsl:variable name="ed:beginnings" as="element()*" select="
    if (sum($ed:texts ! string-length(.)) gt $ed:most and sum($ed:texts ! ed:signs(.)) gt $ed:most) then ed:begun($ed:texts, 0)[. instance of element()] else ()"/>

  <xsl:variable name="ed:addresses" as="map(xs:string, xs:string)">
    <xsl:map>
      <xsl:for-each-group select="$ed:passages" group-by="$ed:division-ids(generate-id(ed:division(.))) || '-' || ed:letter(.)">
        <xsl:variable name="made" as="xs:string" select="current-grouping-key()"/>
        <xsl:for-each select="current-group()">
          <xsl:map-entry key="generate-id()" select="ed:given-id(.) => ed:or-made($made || position())"/>
        </xsl:for-each>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <xsl:variable name="ed:labels" as="map(xs:string, xs:string)">
    <xsl:map>
      <xsl:for-each-group select="$ed:passages" group-by="ed:label-word(.)">
        <xsl:variable name="single" as="xs:boolean" select="count(current-group()) = 1 and ed:passage-kind(.) = ('paratext', 'quote')"/>
        <xsl:for-each select="current-group()">
          <xsl:map-entry key="generate-id()" select="if ($single) then current-grouping-key() else current-grouping-key() || ' ' || ed:number(., position())"/>
        </xsl:for-each>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <xsl:variable name="ed:worded" as="map(xs:string, xs:boolean)" select="map:merge(//text()[normalize-space()]/.. ! map:entry(generate-id(), true()))"/>

  <xsl:variable name="ed:set-off" as="map(xs:string, xs:boolean)">
    <xsl:iterate select="//tei:cit | //tei:quote | //tei:q | //tei:said">
      <xsl:param name="so-far" as="map(xs:string, xs:boolean)" select="map{}"/>
      <xsl:on-completion select="$so-far"/>
      <xsl:next-iteration>
        <xsl:with-param name="so-far" select="if (ed:is-set-off(., $so-far)) then map:put($so-far, generate-id(), true()) else $so-far"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:variable>

  <xsl:variable name="ed:block-holders" as="map(xs:string, xs:boolean)" select="ed:holders-of-blocks()"/>

  <xsl:variable name="ed:editorial-notes" as="map(xs:string, xs:integer)">
    <xsl:variable name="notes" as="element(tei:note)*" select="//tei:note[tokenize(@type) = 'editorial'][ancestor::tei:text | ancestor::tei:sourceDoc]"/>
    <xsl:sequence select="map:merge(for-each-pair($notes, 1 to count($notes), function($note, $n) { map:entry(generate-id($note), $n) }))"/>
  </xsl:variable>

  <xsl:variable name="ed:remarks" as="map(xs:string, element(tei:note)*)">
    <xsl:map>
      <xsl:for-each-group select="(//tei:standOff//tei:note | //tei:listAnnotation//tei:note)[@target]" group-by="tokenize(@target)[starts-with(., '#')] ! substring(., 2)">
        <xsl:map-entry key="current-grouping-key()" select="current-group()"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <xsl:variable name="ed:marks" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each select="$ed:texts//tei:*[map:contains($ed:naming, generate-id()) or ((@corresp or @cert or @xml:id) and ed:may-be-expression(.))][normalize-space()]">
        <xsl:map-entry key="generate-id()" select="position()"/>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- Mentions and expressions: what in a text names an entry of a register, and what has a date or a remark of its own.
     Both are numbered together in the order of the text, so that record and page speak of the same. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all">

  <xsl:import href="passages.xsl"/>
  <xsl:import href="plain-text.xsl"/>

  <!-- What an element says it names: pointers by @ref or (dates and other references) @corresp, as written. -->
  <xsl:function name="ed:named" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      distinct-values($element/(@ref[not(parent::tei:g)], (self::tei:date | self::tei:rs)/@corresp) ! tokenize(.))[contains(., '#')][not(matches(., '^(/|[A-Za-z][A-Za-z0-9+.\-]*:)|#.*[()]'))]"/>
  </xsl:function>

  <!-- A key, where that alone says what is named. -->
  <xsl:function name="ed:named-by-key" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element[not(@ref)]/@key/normalize-space()[.]"/>
  </xsl:function>

  <!-- The remarks in stand-off annotation, by the id each is about. -->
  <xsl:variable name="ed:remarks" as="map(xs:string, element(tei:note)*)">
    <xsl:map>
      <xsl:for-each-group select="(//tei:standOff//tei:note | //tei:listAnnotation//tei:note)[@target]" group-by="tokenize(@target)[starts-with(., '#')] ! substring(., 2)">
        <xsl:map-entry key="current-grouping-key()" select="current-group()"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <!-- An expression: words among words that have a remark, or a date that says how certain it is or which event it belongs to. -->
  <xsl:function name="ed:is-expression" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="map:contains($ed:marks, generate-id($element)) and ed:may-be-expression($element)"/>
  </xsl:function>

  <xsl:function name="ed:may-be-expression" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      (exists($element/(self::tei:date | self::tei:time)[@cert or @corresp]) or map:contains($ed:remarks, string($element/@xml:id)))
      and not(ed:is-passage($element) or ed:is-block($element) or ed:holds-block($element))"/>
  </xsl:function>

  <!-- The elements with words that name or are expressions, by generate-id their number. -->
  <xsl:variable name="ed:marks" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each select="$ed:texts//tei:*[@ref or @key or @corresp or @cert or @xml:id][exists(ed:named(.)) or exists(ed:named-by-key(.)) or ed:may-be-expression(.)][normalize-space()]">
        <xsl:map-entry key="generate-id()" select="position()"/>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <xsl:function name="ed:mark" as="xs:integer?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$ed:marks(generate-id($element))"/>
  </xsl:function>

  <xsl:function name="ed:is-mention" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists(ed:mark($element)) and (exists(ed:named($element)) or exists(ed:named-by-key($element)))"/>
  </xsl:function>

  <!-- Whether what an element names may be an entry of a register, as far as its own file tells: what that file has itself must stand
       in a list. -->
  <xsl:function name="ed:may-name-entry" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists(ed:named-by-key($element)) or
      (some $pointer in ed:named($element) satisfies not(starts-with($pointer, '#'))
        or exists(key('ed:by-id', substring($pointer, 2), $ed:root)[1]/ancestor::*[matches(local-name(), '^list[A-Z]')]))"/>
  </xsl:function>

  <!-- The id of a mention or expression in the page. -->
  <xsl:function name="ed:mark-id" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="(ed:html-id($element), ed:mark($element) ! ('edition:m' || .))[1]"/>
  </xsl:function>

  <!-- The mentions of the texts, one each that is named. The target is as written; for a key it is empty, the key alone says it. -->
  <xsl:function name="ed:mentions" as="map(*)*">
    <xsl:for-each select="$ed:texts//tei:*[@ref or @key or @corresp][ed:is-mention(.)]">
      <xsl:variable name="passage" as="element()?" select="(descendant::text()[normalize-space()] ! ed:owner(.))[1]"/>
      <xsl:variable name="words" as="xs:string" select="ed:plain-text(.)"/>
      <xsl:variable name="mention" as="map(*)" select="map{
        'number': ed:mark(.), 'id': ed:mark-id(.), 'element': local-name(), 'passage': $passage ! ed:passage-id(.), 'words': $words, 'certainty': string(@cert) }"/>
      <xsl:if test="$passage and $words">
        <xsl:sequence select="ed:named(.) ! map:merge(($mention, map{'target': ., 'key': substring-after(., '#')}))"/>
        <xsl:sequence select="ed:named-by-key(.) ! map:merge(($mention, map{'target': '', 'key': .}))"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>

  <!-- The passages that hold words of a mention, by generate-id. -->
  <xsl:variable name="ed:naming-passages" as="map(xs:string, xs:boolean)" select="
    map:merge($ed:texts//tei:*[@ref or @key or @corresp][ed:is-mention(.)] ! ancestor-or-self::*[ed:is-passage(.)][1] ! map:entry(generate-id(), true()))"/>

  <!-- The words of a passage, with signs where its mentions begin and end: U+FDD0 and U+FDD1 (no character of any script), the number
       of the mention, U+FDD2. Empty for a passage without mentions. -->
  <xsl:function name="ed:marked-text" as="xs:string">
    <xsl:param name="passage" as="element()"/>
    <xsl:variable name="words" as="xs:string*">
      <xsl:if test="map:contains($ed:naming-passages, generate-id($passage))">
        <xsl:apply-templates select="$passage/node()" mode="plain-text"><xsl:with-param name="marks" select="$ed:marks" tunnel="yes"/></xsl:apply-templates>
      </xsl:if>
    </xsl:variable>
    <xsl:sequence select="string-join($words)"/>
  </xsl:function>
</xsl:stylesheet>

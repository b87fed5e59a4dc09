<?xml version="1.0" encoding="UTF-8"?>
<!-- What relates entries to entries (NDPERSREL), passages to passages (SAPT), and remarks to passages (SASO). Pointers are as written. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all">

  <!-- The tokens of an attribute that point at an id within the edition. -->
  <xsl:function name="ed:pointed" as="xs:string*">
    <xsl:param name="attribute" as="attribute()?"/>
    <xsl:sequence select="tokenize($attribute)[contains(., '#')][not(matches(., '^(/|[A-Za-z][A-Za-z0-9+.\-]*:)|#.*[()]'))]"/>
  </xsl:function>

  <xsl:function name="ed:relations" as="map(*)*">
    <xsl:for-each select="$ed:root//tei:relation[(@active and @passive) or @mutual]">
      <xsl:sequence select="map:merge((ed:dating(.), map{
        'name': translate((@name, @key, @type, @ref ! tokenize(replace(., '[/#]$', ''), '[/#]')[last()], 'relation')[normalize-space()][1], '_-', '  '),
        'active': array{ed:pointed(@active)},
        'passive': array{ed:pointed(@passive)},
        'mutual': array{ed:pointed(@mutual)},
        'remark': string-join(tei:desc ! ed:plain-text(.), ' '),
        'sources': array{ed:pointed(@source)} }))"/>
    </xsl:for-each>
    <xsl:for-each select="$ed:entries[ed:outer-entry(.)/local-name() = local-name()]">
      <xsl:sequence select="map:merge((ed:dating(()), map{
        'name': 'part of', 'active': array{'#' || ed:entry-id(.)}, 'passive': array{'#' || ed:entry-id(ed:outer-entry(.))}, 'mutual': array{}, 'remark': '', 'sources': array{} }))"/>
    </xsl:for-each>
  </xsl:function>

  <!-- The entry an entry stands in. -->
  <xsl:function name="ed:outer-entry" as="element()?">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="$entry/parent::*/ancestor-or-self::*[map:contains($ed:entry-kinds, local-name())][1][ed:is-declared(.)]"/>
  </xsl:function>

  <!-- What is linked with what: each link with two targets or more; its group says what it is about. -->
  <xsl:function name="ed:links" as="map(*)*">
    <xsl:for-each select="$ed:root/(descendant::tei:link | descendant::tei:ptr)[count(ed:pointed(@target)) ge 2]">
      <xsl:variable name="saying" as="element()*" select="(., parent::tei:linkGrp)[tei:desc][1]/tei:desc"/>
      <xsl:sequence select="map{
        'id': string((@xml:id, parent::tei:linkGrp/@xml:id)[1]),
        'type': string((@type, parent::tei:linkGrp/@type)[1]),
        'topic': string-join($saying[not(@type = 'remark')] ! ed:plain-text(.), '; '),
        'remark': string-join($saying[@type = 'remark'] ! ed:plain-text(.), ' '),
        'targets': array{ed:pointed(@target)} }"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Stand-off remarks: of what list, on which passages or words, and what they say. -->
  <xsl:function name="ed:annotations" as="map(*)*">
    <xsl:for-each select="$ed:root/(descendant::tei:standOff//tei:note | descendant::tei:listAnnotation//tei:note | descendant::tei:annotation)[@target][exists(ed:pointed(@target))]">
      <xsl:variable name="html" as="node()*"><xsl:apply-templates mode="reading"/></xsl:variable>
      <xsl:sequence select="map{
        'type': string((ancestor::tei:listAnnotation/@type, @type)[1]),
        'targets': array{ed:pointed(@target)},
        'html': ed:as-html($html) }"/>
    </xsl:for-each>
  </xsl:function>
</xsl:stylesheet>

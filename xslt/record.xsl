<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a document. Out: its record, one JSON object: header, contents, passages, mentions; its ids, where it points, what its header
     lacks. edition/records.py reads it; wherever it says "at", a path, the build puts the line of that element.
     What is not TEI P5 gives {"refused": code, "at": path} instead, a code of edition/findings.py. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="shared/passages.xsl"/>
  <xsl:import href="shared/plain-text.xsl"/>
  <xsl:import href="shared/dated.xsl"/>
  <xsl:import href="shared/links.xsl"/>
  <xsl:import href="shared/mentions.xsl"/>
  <xsl:import href="record/header.xsl"/>
  <xsl:import href="fields.xsl"/>

  <xsl:output method="json" indent="no"/>
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="/" as="map(*)">
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="tei:TEI | tei:teiCorpus" as="map(*)">
    <xsl:variable name="header" as="map(*)" select="ed:header()"/>
    <xsl:sequence select="map{
      'header': $header,
      'contents': array{ed:contents()},
      'lacking': array{ed:lacking($header)},
      'passages': array{$ed:passages ! ed:passage(.)},
      'mentions': array{ed:mentions()},
      'ids': array{distinct-values($ed:identified/@xml:id)},
      'doubled': array{ed:doubled()},
      'dangling': array{ed:dangling()},
      'pointers': array{ed:pointers-out()} }"/>
  </xsl:template>

  <xsl:template match="*" as="map(*)" priority="-1">
    <xsl:sequence select="map{'refused': if (local-name() = ('TEI', 'TEI.2', 'teiCorpus', 'teiCorpus.2')) then 'E003' else 'E002', 'at': path()}"/>
  </xsl:template>

  <xsl:function name="ed:passage" as="map(*)">
    <xsl:param name="passage" as="element()"/>
    <xsl:sequence select="map{
      'id': ed:passage-id($passage),
      'kind': ed:passage-kind($passage),
      'label': ed:passage-label($passage),
      'language': ed:language($passage),
      'text': ed:plain-text($passage),
      'marked': ed:marked-text($passage),
      'fields': map:merge($ed:fields ! map:entry(?name, array{?values($passage)})),
      'tei': ed:slice($passage) }"/>
  </xsl:function>

  <!-- The lines of the table of contents: the first heading of each division, one level deeper in each division that has one; a
       specification is its own heading. -->
  <xsl:function name="ed:contents" as="map(*)*">
    <xsl:for-each select="$ed:texts//*[ed:is-division(.)]/(tei:head[1][ed:is-passage(.)] | self::*[ed:is-specification(.)])">
      <xsl:sequence select="map{
        'id': ed:html-id(.),
        'text': if (ed:is-specification(.)) then ed:specification-name(.) else ed:plain-text(.),
        'level': ed:level(if (self::tei:head) then .. else .) }"/>
    </xsl:for-each>
  </xsl:function>

  <!-- A passage's TEI with the open ancestors (their tags alone), from the document element down. -->
  <xsl:function name="ed:slice" as="xs:string">
    <xsl:param name="passage" as="element()"/>
    <xsl:variable name="slice" as="element()">
      <xsl:call-template name="ed:opened">
        <xsl:with-param name="ancestors" select="$passage/ancestor::*"/>
        <xsl:with-param name="passage" select="$passage"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:sequence select="serialize($slice, map{'method': 'xml', 'omit-xml-declaration': true(), 'indent': false()})"/>
  </xsl:function>

  <!-- The first of the ancestors, and in it the rest of them around the passage. -->
  <xsl:template name="ed:opened" as="element()">
    <xsl:param name="ancestors" as="element()*"/>
    <xsl:param name="passage" as="element()"/>
    <xsl:choose>
      <xsl:when test="empty($ancestors)"><xsl:copy-of select="$passage" copy-namespaces="no"/></xsl:when>
      <xsl:otherwise>
        <xsl:copy select="head($ancestors)" copy-namespaces="no">
          <xsl:copy-of select="@*"/>
          <xsl:call-template name="ed:opened">
            <xsl:with-param name="ancestors" select="tail($ancestors)"/>
            <xsl:with-param name="passage" select="$passage"/>
          </xsl:call-template>
        </xsl:copy>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>

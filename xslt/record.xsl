<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a document. Out: its record, one JSON object: header, contents, the parts it is read in (none: it is read whole), passages with
     the number of their part, citation trees, letters, mentions; its ids, where it points, what its header
     lacks. edition/recorded.py reads it; wherever it says "at", a path, the build puts the line of that element.
     What is not TEI P5 gives {"refused": code, "at": path} instead, a code of edition/findings.py. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="shared/parts.xsl"/>
  <xsl:import href="shared/passages.xsl"/>
  <xsl:import href="shared/plain-text.xsl"/>
  <xsl:import href="shared/dated.xsl"/>
  <xsl:import href="shared/links.xsl"/>
  <xsl:import href="shared/mentions.xsl"/>
  <xsl:import href="shared/images.xsl"/>
  <xsl:import href="record/header.xsl"/>
  <xsl:import href="record/citation.xsl"/>
  <xsl:import href="record/correspondence.xsl"/>
  <xsl:import href="record/usage.xsl"/>
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
      'parts': array{ed:parts()},
      'lacking': array{ed:lacking($header)},
      'around': ed:around(),
      'passages': ed:passage-columns(),
      'citation': ed:citation(),
      'correspondence': array{ed:correspondence()},
      'header-tei': string($ed:document/tei:teiHeader[1] ! serialize(., map{'method': 'xml', 'omit-xml-declaration': true()})),
      'mentions': array{ed:mentions()},
      'ids': array{distinct-values($ed:identified/@xml:id)},
      'doubled': array{ed:doubled()},
      'dangling': array{ed:dangling()},
      'pointers': array{ed:pointers-out()},
      'elements': ed:counted($ed:document/descendant-or-self::tei:*),
      'attributes': ed:counted($ed:document/descendant-or-self::tei:*/@*),
      'images': array{ed:images()},
      'private': array{ed:private-signs()} }"/>
  </xsl:template>

  <xsl:template match="*" as="map(*)" priority="-1">
    <xsl:sequence select="map{'refused': if (local-name() = ('TEI', 'TEI.2', 'teiCorpus', 'teiCorpus.2')) then 'E003' else 'E002', 'at': path()}"/>
  </xsl:template>

  <!-- What is known of the passages, a column each: there may be so many of them that a map for each takes as long as all else. -->
  <xsl:function name="ed:passage-columns" as="map(xs:string, array(*))">
    <xsl:sequence select="map:merge((
      map{
        'id': array{$ed:passages ! ed:passage-id(.)},
        'kind': array{$ed:passages ! ed:passage-kind(.)},
        'label': array{$ed:passages ! ed:passage-label(.)},
        'language': array{$ed:passages ! ed:language(.)},
        'part': array{$ed:passages ! (ed:part(.), 0)[1]},
        'text': array{$ed:passages ! ed:plain-text(.)},
        'marked': array{$ed:passages ! ed:marked-text(.)},
        'in': array{$ed:passages ! ed:number-around(.)},
        'tei': array{ed:written($ed:passages, true())} },
      $ed:fields ! map:entry('fields/' || ?name, ed:values-by-passage(?values))))"/>
  </xsl:function>

  <!-- The values of a search field, an array for each passage. -->
  <xsl:function name="ed:values-by-passage" as="array(array(xs:string))">
    <xsl:param name="values" as="function(element()) as xs:string*"/>
    <xsl:sequence select="array{$ed:passages ! array{$values(.)}}"/>
  </xsl:function>

  <!-- The lines of the table of contents: the first heading of each division, one level deeper in each division that has one; a
       specification is its own heading. -->
  <xsl:function name="ed:contents" as="map(*)*">
    <xsl:for-each select="$ed:texts//*[ed:is-division(.)]/(tei:head[1][ed:is-passage(.)] | self::*[ed:is-specification(.)])">
      <xsl:sequence select="map{
        'id': ed:html-id(.),
        'text': if (ed:is-specification(.)) then ed:specification-name(.) else ed:plain-text(.),
        'part': (ed:part(.), 0)[1],
        'level': ed:level(if (self::tei:head) then .. else .) }"/>
    </xsl:for-each>
  </xsl:function>

  <!-- The elements around passages: each as it is written without what it holds, and the number of the one around it (-1: none). -->
  <xsl:variable name="ed:around" as="element()*" select="$ed:passages/ancestor::*"/>

  <xsl:variable name="ed:numbers-around" as="map(xs:string, xs:integer)" select="
    map:merge(for-each-pair($ed:around, 0 to count($ed:around) - 1, function($element, $number) { map:entry(generate-id($element), $number) }))"/>

  <xsl:function name="ed:around" as="map(xs:string, array(*))">
    <xsl:sequence select="map{
      'in': array{$ed:around ! ed:number-around(.)},
      'name': array{$ed:around ! name()},
      'tag': array{ed:written($ed:around, false())} }"/>
  </xsl:function>

  <xsl:function name="ed:number-around" as="xs:integer">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="($element/parent::* ! $ed:numbers-around(generate-id()), -1)[1]"/>
  </xsl:function>

  <!-- Elements as they are written where those around them are, with or without what they hold. All in one piece, with a sign between them
       (no character of any script), since one by one takes six times as long; what does not stand in an element of TEI has its namespaces
       with it. -->
  <xsl:function name="ed:written" as="xs:string*">
    <xsl:param name="elements" as="element()*"/>
    <xsl:param name="whole" as="xs:boolean"/>
    <xsl:variable name="piece" as="element()">
      <TEI xmlns="http://www.tei-c.org/ns/1.0">
        <xsl:for-each select="$elements">
          <xsl:call-template name="ed:bare"><xsl:with-param name="whole" select="$whole"/></xsl:call-template>
          <xsl:text>&#xFDD3;</xsl:text>
        </xsl:for-each>
      </TEI>
    </xsl:variable>
    <xsl:variable name="written" as="xs:string*" select="tokenize(substring-after(ed:serialized($piece), '>'), '&#xFDD3;')[position() ne last()]"/>
    <xsl:variable name="is-parted" as="xs:boolean" select="count($written) eq count($elements)"/>
    <xsl:for-each select="$elements">
      <xsl:variable name="number" as="xs:integer" select="position()"/>
      <xsl:choose>
        <xsl:when test="$is-parted and parent::tei:*"><xsl:sequence select="$written[$number]"/></xsl:when>
        <xsl:otherwise>
          <xsl:variable name="alone" as="element()">
            <xsl:call-template name="ed:bare"><xsl:with-param name="whole" select="$whole"/></xsl:call-template>
          </xsl:variable>
          <xsl:sequence select="ed:serialized($alone)"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:function>

  <xsl:template name="ed:bare" as="element()">
    <xsl:param name="whole" as="xs:boolean" required="yes"/>
    <xsl:choose>
      <xsl:when test="$whole"><xsl:copy-of select="." copy-namespaces="no"/></xsl:when>
      <xsl:otherwise><xsl:copy copy-namespaces="no"><xsl:copy-of select="@*"/></xsl:copy></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:function name="ed:serialized" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="serialize($element, map{'method': 'xml', 'omit-xml-declaration': true(), 'indent': false()})"/>
  </xsl:function>
</xsl:stylesheet>

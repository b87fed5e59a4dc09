<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a document. Out: its record, one JSON object: header, contents, the parts it is read in (none: it is read whole), passages with
     the number of their part, citation trees, letters, mentions; its ids, where it points, what its header
     lacks. edition/recorded.py reads it; wherever it says "at", a path, the build puts the line of that element.
     What is not TEI P5 gives {"refused": code, "at": path} instead, a code of edition/findings.py. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="shared/names.xsl"/>
  <xsl:import href="shared/language-tags.xsl"/>
  <xsl:import href="shared/languages.xsl"/>
  <xsl:import href="shared/passages.xsl"/>
  <xsl:import href="shared/plain-text.xsl"/>
  <xsl:import href="shared/authorities.xsl"/>
  <xsl:import href="shared/mentions.xsl"/>
  <xsl:import href="shared/length.xsl"/>
  <xsl:import href="shared/parts.xsl"/>
  <xsl:import href="shared/dates.xsl"/>
  <xsl:import href="shared/dated.xsl"/>
  <xsl:import href="shared/links.xsl"/>
  <xsl:import href="shared/images.xsl"/>
  <xsl:import href="record/header.xsl"/>
  <xsl:import href="record/citation.xsl"/>
  <xsl:import href="record/correspondence.xsl"/>
  <xsl:import href="record/usage.xsl"/>
  <xsl:import href="fields.xsl"/>
  <xsl:import href="shared/known.xsl"/>

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

  <!-- What is known of the passages, a column each: there may be so many of them that a map for each takes as long as all else. The text of
       those that name is the marked one without the signs. -->
  <xsl:function name="ed:passage-columns" as="map(xs:string, array(*))">
    <xsl:sequence select="map:merge((
      map{
        'id': array{$ed:passages ! ed:passage-id(.)},
        'kind': array{$ed:passages ! ed:passage-kind(.)},
        'label': array{$ed:passages ! ed:passage-label(.)},
        'language': array{$ed:passages ! ed:language(.)},
        'part': array{$ed:passages ! (ed:part(.), 0)[1]},
        'text': array{$ed:passages ! (if (ed:is-naming(.)) then '' else ed:plain-text(.))},
        'marked': array{$ed:passages ! ed:marked-text(.)} },
      $ed:fields ! map:entry('fields/' || ?name, ed:values-by-passage(?values))))"/>
  </xsl:function>

  <!-- The values of a search field, an array for each passage. -->
  <xsl:function name="ed:values-by-passage" as="array(array(xs:string))">
    <xsl:param name="values" as="function(element()) as xs:string*"/>
    <xsl:sequence select="array{$ed:passages ! array{$values(.)}}"/>
  </xsl:function>

  <!-- The lines of the table of contents: the first heading of each division, one level deeper in each division that has one; of a
       heading that was deleted the words received; a specification is its own heading. -->
  <xsl:function name="ed:contents" as="map(*)*">
    <xsl:for-each select="$ed:texts//*[ed:is-division(.)]/(tei:head[1][ed:is-passage(.)] | self::*[ed:is-specification(.)])">
      <xsl:sequence select="map{
        'id': ed:html-id(.),
        'text': if (ed:is-specification(.)) then ed:specification-name(.) else (ed:plain-text(.), ed:text-as-received(.), '…')[.][1],
        'part': (ed:part(.), 0)[1],
        'level': ed:level(if (self::tei:head) then .. else .) }"/>
    </xsl:for-each>
  </xsl:function>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- In: any document. Out: the documents it holds, one JSON object, for edition/members.py: nothing for any but a corpus (CCDEF).
     "members" are those of a teiCorpus, at any depth: each TEI, named by its xml:id or its number; and each corpus that has more of its
     own than a header, without what is inside it, the corpus of all having no name. "shared" are the headers of corpora: each belongs
     to all that stands in its corpus. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <xsl:output method="json" indent="no"/>

  <xsl:template match="/" as="map(*)">
    <xsl:variable name="corpora" as="element()*" select="tei:teiCorpus/descendant-or-self::tei:teiCorpus"/>
    <xsl:variable name="texts" as="element()*" select="tei:teiCorpus/descendant::tei:TEI[not(ancestor::tei:TEI)]"/>
    <xsl:variable name="own" as="element()*" select="reverse($corpora)[* except (tei:teiHeader, tei:TEI, tei:teiCorpus)]"/>
    <xsl:sequence select="map{
      'shared': array{$corpora/tei:teiHeader ! path()},
      'members': array{ed:members($texts, ''), ed:members($own, 'corpus-')} }"/>
  </xsl:template>

  <!-- Each element with a name: its id, where no other of them has it before, else its number. -->
  <xsl:function name="ed:members" as="map(*)*">
    <xsl:param name="elements" as="element()*"/>
    <xsl:param name="prefix" as="xs:string"/>
    <xsl:variable name="first" as="map(xs:string, xs:string)" select="map:merge(reverse($elements[@xml:id]) ! map:entry(string(@xml:id), generate-id()), map{'duplicates': 'use-last'})"/>
    <xsl:for-each select="$elements">
      <xsl:sequence select="map{
        'at': path(),
        'name': if (not(parent::*)) then '' else if ($first(string(@xml:id)) = generate-id()) then string(@xml:id) else $prefix || position() }"/>
    </xsl:for-each>
  </xsl:function>
</xsl:stylesheet>

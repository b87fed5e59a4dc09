<?xml version="1.0" encoding="UTF-8"?>
<!-- JSON: the facts of the header, the passages with their words, the mentions, and the entries they mean. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:ed="urn:x-edition" ed:name="JSON" ed:media-type="application/json"
  exclude-result-prefixes="#all">

  <xsl:import href="../record.xsl"/>
  <xsl:import href="shared/context.xsl"/>
  <xsl:output method="json" indent="no"/>

  <xsl:template match="/" as="map(*)">
    <xsl:sequence select="map:merge((
      map{
        'document': map:remove($ed:context?document, ('path', 'passages')),
        'edition': map:remove($ed:context?edition, ('id', 'source', 'path', 'words', 'passages')),
        'citation': $ed:context?citation,
        'contents': array{ed:contents()},
        'passages': array{$ed:passages ! ed:plain-passage(.)},
        'mentions': array{ed:mentions() ! ed:plain-mention(.)},
        'entries': array{$ed:context?entries?* ! map:remove(., 'mentions')} },
      $ed:context?address[.] ! map{'address': .}))"/>
  </xsl:template>

  <xsl:function name="ed:plain-passage" as="map(*)">
    <xsl:param name="passage" as="element()"/>
    <xsl:sequence select="map{
      'id': ed:passage-id($passage),
      'kind': ed:passage-kind($passage),
      'label': ed:passage-label($passage),
      'language': ed:language($passage),
      'text': ed:plain-text($passage),
      'dates': array{ed:dates-of($passage)} }"/>
  </xsl:function>

  <!-- A mention with the id of the entry it means, where a register has it. -->
  <xsl:function name="ed:plain-mention" as="map(*)">
    <xsl:param name="mention" as="map(*)"/>
    <xsl:variable name="entry" as="xs:string?" select="$ed:context?entries?*[?key = $mention?key or starts-with(?key, $mention?key || '~')][?mentions?*?id = $mention?id][1]?id"/>
    <xsl:sequence select="map:merge((map:remove($mention, ('number', 'target')), $entry ! map{'entry': .}))"/>
  </xsl:function>
</xsl:stylesheet>

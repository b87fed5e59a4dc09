<?xml version="1.0" encoding="UTF-8"?>
<!-- Entries of registers in the words of schema.org. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <xsl:import href="context.xsl"/>

  <!-- The vocabulary by itself, so that whoever reads it need fetch nothing. -->
  <xsl:function name="ed:linked-context" as="map(*)">
    <xsl:param name="home" as="xs:string?"/>
    <xsl:sequence select="map:merge((
      map{'@vocab': 'https://schema.org/'},
      $home[.] ! map{'@base': .},
      ('url', 'sameAs', 'license') ! map{.: map{'@type': '@id'}}))"/>
  </xsl:function>

  <xsl:variable name="ed:linked-types" as="map(xs:string, xs:string)" select="map{
    'person': 'Person', 'place': 'Place', 'organisation': 'Organization', 'event': 'Event', 'work': 'CreativeWork' }"/>

  <xsl:function name="ed:linked" as="map(*)">
    <xsl:param name="entry" as="map(*)"/>
    <xsl:variable name="ends" as="map(*)*" select="$entry?dates?*"/>
    <xsl:variable name="person" as="xs:boolean" select="$entry?kind = 'person'"/>
    <xsl:sequence select="ed:said(map{
      '@type': $ed:linked-types($entry?kind),
      '@id': $entry?url,
      'identifier': $entry?key,
      'name': $entry?name,
      'alternateName': array{$entry?names?*[not(. = $entry?name)]},
      'description': $entry?summary,
      'birthDate': $ends[$person][?what = 'birth'][?earliest = ?latest][1]?earliest,
      'deathDate': $ends[$person][?what = 'death'][?earliest = ?latest][1]?earliest,
      'startDate': $ends[$entry?kind = 'event'][1]?earliest,
      'endDate': $ends[$entry?kind = 'event'][1]?latest,
      'geo': $entry[exists(?latitude) and ?kind = 'place'] ! map{'@type': 'GeoCoordinates', 'latitude': ?latitude, 'longitude': ?longitude},
      'sameAs': array{distinct-values($entry?identifiers?*?url[matches(., '^https?://')] ! ed:iri(.))} })"/>
  </xsl:function>

  <!-- A map without what says nothing. -->
  <xsl:function name="ed:said" as="map(*)">
    <xsl:param name="facts" as="map(*)"/>
    <xsl:sequence select="map:remove($facts, map:keys($facts)[let $value := $facts(.) return
      empty($value) or ($value instance of array(*) and array:size($value) = 0) or ($value instance of xs:string and $value = '')])"/>
  </xsl:function>
</xsl:stylesheet>

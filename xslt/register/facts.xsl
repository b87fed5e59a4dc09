<?xml version="1.0" encoding="UTF-8"?>
<!-- The facts of an entry that can be counted, sorted and drawn: name forms, dates, coordinates, identifiers. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all">

  <!-- A name as it is written somewhere: @source says in which documents. -->
  <xsl:function name="ed:form" as="map(*)">
    <xsl:param name="form" as="element()"/>
    <xsl:sequence select="map{
      'name': ed:name-in($form),
      'language': string($form/@xml:lang ! ed:language-tag(.)),
      'type': string($form/@type),
      'sources': array{tokenize($form/@source)[not(matches(., '^[A-Za-z][A-Za-z0-9+.\-]*:'))]} }"/>
  </xsl:function>

  <!-- When an entry began and ended, was active, or happened: a map of ed:dating each, and what it is the date of. -->
  <xsl:function name="ed:dates" as="map(*)*">
    <xsl:param name="entry" as="element()"/>
    <xsl:for-each select="$entry/(. | tei:birth | tei:death | tei:floruit | tei:date | tei:monogr/tei:imprint/tei:date | tei:imprint/tei:date)">
      <xsl:variable name="dated" as="element()" select="(self::tei:*[ed:dating(.)?words], tei:date, .)[1]"/>
      <xsl:variable name="dating" as="map(*)" select="ed:dating($dated)"/>
      <xsl:variable name="own" as="xs:string" select="if (. is $entry) then '' else ed:plain-text(.)"/>
      <xsl:if test="$dating?words or $own">
        <xsl:sequence select="map:merge((
          map{'words': ($dating?words[.], $own)[1], 'what': if (. is $entry) then 'date' else if (self::tei:floruit) then 'activity' else local-name()},
          $dating))"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>

  <!-- Latitude and longitude, where geo gives them as two numbers in the order that the Guidelines make the default (NDPLACGEO). Of numbers
       parted by a space alone, a comma within each is that of the decimals. -->
  <xsl:function name="ed:coordinates" as="xs:double*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="given" as="xs:string" select="normalize-space(ed:geo($entry)) ! (if (matches(., '^-?\d+,\d+[; ]+-?\d+,\d+$')) then translate(., ',', '.') else .)"/>
    <xsl:variable name="numbers" as="xs:string*" select="tokenize($given, '[\s,;]+')"/>
    <xsl:if test="count($numbers) eq 2 and (every $each in $numbers satisfies $each castable as xs:double)
      and abs(number($numbers[1])) le 90 and abs(number($numbers[2])) le 180">
      <xsl:sequence select="$numbers ! xs:double(.)"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="ed:geo" as="element(tei:geo)?">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="$entry[self::tei:place | self::tei:org | self::tei:event]/(tei:location/tei:geo | tei:geo)[1]"/>
  </xsl:function>

  <!-- A code of a kind, in capitals; empty for none. -->
  <xsl:function name="ed:code" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:sequence select="string($entry/tei:idno[@type = $type][1]/upper-case(normalize-space()))"/>
  </xsl:function>

  <!-- The identifiers of an entry: those it lists, and the addresses elsewhere that it, or a name of it, says it is the same as. -->
  <xsl:function name="ed:identifiers" as="map(*)*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="listed" as="map(*)*" select="$entry/tei:idno[normalize-space()] ! ed:identifier(.)"/>
    <xsl:variable name="said" as="xs:string*" select="distinct-values(ed:said-same($entry)[matches(., '^https?://', 'i')])"/>
    <xsl:variable name="known" as="xs:string*" select="if (exists($said)) then $listed?url[.] ! ed:identity(.) else ()"/>
    <xsl:sequence select="$listed, $said[not(ed:identity(.) = $known)] ! map{'type': 'URI', 'value': ., 'url': .}"/>
  </xsl:function>

  <!-- By what others may name an entry beside its id: its identifiers, each in one form only. -->
  <xsl:function name="ed:identities" as="xs:string*">
    <xsl:param name="entry" as="element()"/>
    <xsl:param name="identifiers" as="map(*)*"/>
    <xsl:sequence select="distinct-values(distinct-values(($identifiers?url[.], ed:said-same($entry))) ! ed:identity(.))"/>
  </xsl:function>

  <!-- What an entry or a name of it points at elsewhere. -->
  <xsl:function name="ed:said-same" as="xs:string*">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="($entry/(@ref, @sameAs, @corresp), ed:forms($entry)[not(. is $entry)]/(@ref, @sameAs)) ! tokenize(.) ! ed:expanded(.)[matches(., '^[A-Za-z][A-Za-z0-9+.\-]*:.')]"/>
  </xsl:function>

  <xsl:function name="ed:identifier" as="map(*)">
    <xsl:param name="idno" as="element(tei:idno)"/>
    <xsl:variable name="value" as="xs:string" select="normalize-space($idno)"/>
    <xsl:sequence select="map{'type': string($idno/@type), 'value': $value, 'url': ed:authority-address(($idno/@type, $idno/@subtype)[1], $value)}"/>
  </xsl:function>

  <!-- Where an event was: pointers to entries. -->
  <xsl:function name="ed:where" as="xs:string*">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="distinct-values($entry[self::tei:event]/(@where | (tei:placeName | tei:geogName)/@ref) ! tokenize(.))[contains(., '#')][not(matches(., '^[A-Za-z][A-Za-z0-9+.\-]*:'))]"/>
  </xsl:function>
</xsl:stylesheet>

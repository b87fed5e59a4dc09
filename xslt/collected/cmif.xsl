<?xml version="1.0" encoding="UTF-8"?>
<!-- In: the letters of all documents (edition/exports/cmif.py). Out: their list in the Correspondence Metadata Interchange Format 1.1,
     https://github.com/TEI-Correspondence-SIG/CMIF. Who is not known is called “Unknown” there; dates are days, months or years. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  xmlns="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="../export/shared/context.xsl"/>
  <xsl:import href="shared/terms.xsl"/>
  <xsl:output method="xml" encoding="UTF-8" indent="yes" suppress-indentation="tei:title tei:editor tei:publisher tei:bibl tei:licence tei:p"/>

  <xsl:template name="xsl:initial-template">
    <xsl:variable name="edition" as="map(*)" select="$ed:context?edition"/>
    <xsl:variable name="editors" as="xs:string*" select="$edition?responsibilities?*[?role = 'editor']?name"/>
    <TEI>
      <teiHeader>
        <fileDesc>
          <titleStmt>
            <title>Letters in: {$edition?title}</title>
            <xsl:for-each select="if (exists($editors)) then $editors else ($edition?publisher[.], 'Not stated')[1]">
              <editor>{.}<xsl:if test="position() eq 1 and $ed:context?email"><email>{$ed:context?email}</email></xsl:if></editor>
            </xsl:for-each>
          </titleStmt>
          <publicationStmt>
            <publisher><ref target="{$ed:context?home}">{($edition?publisher[.], $edition?title)[1]}</ref></publisher>
            <idno type="url">{$ed:context?address}</idno>
            <date>
              <xsl:if test="$ed:context?date"><xsl:attribute name="when" select="$ed:context?date"/></xsl:if>
            </date>
            <xsl:call-template name="ed:availability"><xsl:with-param name="licences" select="$edition?licences?* ! ed:as-asked(.)"/></xsl:call-template>
          </publicationStmt>
          <sourceDesc>
            <bibl type="online" xml:id="{$ed:context?id}">{$edition?title}<xsl:if test="$edition?edition">, version {$edition?edition}</xsl:if>. <ref target="{$ed:context?home}">{$ed:context?home}</ref></bibl>
          </sourceDesc>
        </fileDesc>
        <profileDesc>
          <xsl:for-each select="$ed:context?letters?*">
            <correspDesc key="{?document}" ref="{?url}" source="#{$ed:context?id}">
              <xsl:sequence select="ed:actions(., 'sent'), ed:actions(., 'received')"/>
            </correspDesc>
          </xsl:for-each>
        </profileDesc>
      </teiHeader>
      <text><body><p/></body></text>
    </TEI>
  </xsl:template>

  <!-- A licence that the format allows, in the words that it asks for; any other as it is. -->
  <xsl:function name="ed:as-asked" as="map(*)">
    <xsl:param name="licence" as="map(*)"/>
    <xsl:sequence select="
      if (matches($licence?target, '^https?://creativecommons\.org/licenses/by/4\.0(/|$)')) then map{
        'target': 'https://creativecommons.org/licenses/by/4.0/',
        'text': 'This file is licensed under the terms of the Creative Commons License CC-BY 4.0' }
      else if (matches($licence?target, '^https?://creativecommons\.org/publicdomain/zero/1\.0(/|$)')) then map{
        'target': 'https://creativecommons.org/publicdomain/zero/1.0/', 'text': $licence?text }
      else $licence"/>
  </xsl:function>

  <!-- What was done with a letter; that it was, where nothing is known of it. -->
  <xsl:function name="ed:actions" as="element(tei:correspAction)+">
    <xsl:param name="letter" as="map(*)"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:variable name="unknown" as="map(*)" select="map{'names': [], 'dates': []}"/>
    <xsl:variable name="actions" as="map(*)*" select="$letter?actions?*[?type = $type]"/>
    <xsl:for-each select="if (exists($actions)) then $actions else $unknown">
      <correspAction type="{$type}">
        <xsl:if test="not(?names?*?kind = ('person', 'organisation'))"><persName>Unknown</persName></xsl:if>
        <xsl:sequence select="?names?* ! ed:name(.), ?dates?* ! ed:date(.)"/>
      </correspAction>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="ed:name" as="element()">
    <xsl:param name="name" as="map(*)"/>
    <xsl:element name="{map{'person': 'persName', 'organisation': 'orgName', 'place': 'placeName'}($name?kind)}">
      <xsl:if test="$name?url"><xsl:attribute name="ref" select="ed:iri($name?url)"/></xsl:if>
      <xsl:if test="$name?conjectured"><xsl:attribute name="evidence">conjecture</xsl:attribute></xsl:if>
      <xsl:if test="$name?certainty = 'low'"><xsl:attribute name="cert">low</xsl:attribute></xsl:if>
      <xsl:value-of select="($name?name[.], 'Unknown')[1]"/>
    </xsl:element>
  </xsl:function>

  <!-- A date that says when; in words too where these say more than its attributes. -->
  <xsl:function name="ed:date" as="element(tei:date)?">
    <xsl:param name="date" as="map(*)"/>
    <xsl:variable name="ends" as="xs:string+" select="if ($date?duration) then ('from', 'to') else ('notBefore', 'notAfter')"/>
    <xsl:variable name="is-one" as="xs:boolean" select="$date?earliest = $date?latest"/>
    <xsl:if test="$date?earliest or $date?latest">
      <date>
        <xsl:if test="$is-one"><xsl:attribute name="when" select="$date?earliest"/></xsl:if>
        <xsl:if test="not($is-one) and $date?earliest"><xsl:attribute name="{$ends[1]}" select="$date?earliest"/></xsl:if>
        <xsl:if test="not($is-one) and $date?latest"><xsl:attribute name="{$ends[2]}" select="$date?latest"/></xsl:if>
        <xsl:if test="$date?conjectured"><xsl:attribute name="evidence">conjecture</xsl:attribute></xsl:if>
        <xsl:if test="$date?certainty = 'low'"><xsl:attribute name="cert">low</xsl:attribute></xsl:if>
        <xsl:if test="not($is-one) or matches($date?written, '[\[\]?]')">{$date?written}</xsl:if>
      </date>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>

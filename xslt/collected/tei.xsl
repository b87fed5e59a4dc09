<?xml version="1.0" encoding="UTF-8"?>
<!-- In: the entries of a register that stands in several files (edition/exports/registers.py). Out: one TEI file with a list for each of
     them, in it the entries as that file has them: what they point at is relative to its path in the archive of the TEI (@xml:base).
     Entries that no register has come last, in a list of their own. An id that was given before gets a number. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  xmlns="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="../export/shared/context.xsl"/>
  <xsl:import href="shared/terms.xsl"/>
  <xsl:output method="xml" encoding="UTF-8" indent="no"/>

  <!-- Lists, entries and names by the kind of entry. -->
  <xsl:variable name="ed:elements" as="map(xs:string, xs:string*)" select="map{
    'person': ('listPerson', 'person', 'persName'), 'place': ('listPlace', 'place', 'placeName'), 'organisation': ('listOrg', 'org', 'orgName'),
    'event': ('listEvent', 'event', 'label'), 'work': ('listBibl', 'bibl', 'title') }"/>

  <xsl:variable name="ed:words" as="xs:string*" select="$ed:elements($ed:context?kind)"/>

  <xsl:template name="xsl:initial-template">
    <xsl:variable name="lists" as="element()*">
      <xsl:for-each select="$ed:context?lists?*">
        <xsl:element name="{$ed:words[1]}">
          <xsl:if test="?base"><xsl:attribute name="xml:base" select="?base"/></xsl:if>
          <xsl:for-each select="?entries?*">
            <xsl:text>&#10;</xsl:text>
            <xsl:apply-templates select="if (?tei) then parse-xml(?tei)/* else ed:made(.)" mode="copied">
              <xsl:with-param name="key" select="?key"/>
            </xsl:apply-templates>
          </xsl:for-each>
        </xsl:element>
      </xsl:for-each>
    </xsl:variable>
    <xsl:text>&#10;</xsl:text>
    <TEI>
      <teiHeader>
        <fileDesc>
          <titleStmt><title>{$ed:context?edition?title}: {$ed:context?title}</title></titleStmt>
          <publicationStmt>
            <publisher>{($ed:context?edition?publisher[.], 'Not stated.')[1]}</publisher>
            <xsl:if test="$ed:context?address"><idno type="URL">{$ed:context?address}</idno></xsl:if>
            <xsl:call-template name="ed:availability"><xsl:with-param name="licences" select="$ed:context?edition?licences?*"/></xsl:call-template>
          </publicationStmt>
          <sourceDesc>
            <p>The entries of several files of the edition, a list for each file. What no register has is taken from the texts that name it.</p>
          </sourceDesc>
        </fileDesc>
      </teiHeader>
      <standOff>
        <xsl:sequence select="ed:with-single-ids($lists)"/>
      </standOff>
    </TEI>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <!-- An entry that no register has. -->
  <xsl:function name="ed:made" as="element()">
    <xsl:param name="facts" as="map(*)"/>
    <xsl:element name="{$ed:words[2]}">
      <xsl:for-each select="$facts?names?*"><xsl:element name="{$ed:words[3]}">{.}</xsl:element></xsl:for-each>
      <xsl:for-each select="$facts?identifiers?*"><idno type="{if (?url) then 'URL' else 'key'}">{?value}</idno></xsl:for-each>
    </xsl:element>
  </xsl:function>

  <!-- An entry as it is, with its key as its id where it has none. -->
  <xsl:mode name="copied" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <xsl:template match="*[not(parent::*)]" mode="copied">
    <xsl:param name="key" as="xs:string"/>
    <xsl:copy copy-namespaces="no">
      <xsl:attribute name="xml:id" select="ed:as-id($key)"/>
      <xsl:apply-templates select="@*, node()" mode="copied"/>
    </xsl:copy>
  </xsl:template>

  <xsl:function name="ed:as-id" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:variable name="signs" as="xs:string" select="replace($key, '[^\c]|:', '_')"/>
    <xsl:sequence select="if (matches($signs, '^\i')) then $signs else '_' || $signs"/>
  </xsl:function>

  <!-- The lists without an id that is given twice: the later ones get the first number that makes them another. -->
  <xsl:function name="ed:with-single-ids" as="element()*">
    <xsl:param name="lists" as="element()*"/>
    <xsl:variable name="given" as="map(xs:string, xs:boolean)" select="map:merge($lists//@xml:id ! map:entry(string(), true()))"/>
    <xsl:variable name="again" as="map(xs:string, xs:string)">
      <xsl:map>
        <xsl:for-each-group select="$lists//*[@xml:id]" group-by="string(@xml:id)">
          <xsl:variable name="id" as="xs:string" select="current-grouping-key()"/>
          <xsl:for-each select="tail(current-group())">
            <xsl:variable name="place" as="xs:integer" select="position()"/>
            <xsl:map-entry key="generate-id()" select="((2 to map:size($given) + last() + 2) ! ($id || '.' || .))[not($given(.))][$place]"/>
          </xsl:for-each>
        </xsl:for-each-group>
      </xsl:map>
    </xsl:variable>
    <xsl:apply-templates select="$lists" mode="numbered"><xsl:with-param name="again" select="$again" tunnel="yes"/></xsl:apply-templates>
  </xsl:function>

  <!-- In: lists. Out: the same, with the ids that are changed. -->
  <xsl:mode name="numbered" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <xsl:template match="@xml:id" mode="numbered" as="attribute(xml:id)">
    <xsl:param name="again" as="map(xs:string, xs:string)" tunnel="yes"/>
    <xsl:attribute name="xml:id" select="($again(generate-id(..)), .)[1]"/>
  </xsl:template>
</xsl:stylesheet>

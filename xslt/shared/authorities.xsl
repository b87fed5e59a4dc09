<?xml version="1.0" encoding="UTF-8"?>
<!-- Authority files and addresses elsewhere: what stands for the same thing has one form, so that names and entries find each other. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:err="http://www.w3.org/2005/xqt-errors" xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <!-- Authorities: type of an identifier → address of what it identifies, the identifier for *. -->
  <xsl:variable name="ed:authorities" as="map(xs:string, xs:string)" select="map{
    'wikidata': 'https://www.wikidata.org/wiki/*', 'gnd': 'https://d-nb.info/gnd/*', 'geonames': 'https://www.geonames.org/*',
    'viaf': 'https://viaf.org/viaf/*', 'isni': 'https://isni.org/isni/*', 'orcid': 'https://orcid.org/*',
    'lccn': 'https://id.loc.gov/authorities/names/*', 'lcnaf': 'https://id.loc.gov/authorities/names/*', 'bnf': 'https://data.bnf.fr/ark:/12148/cb*',
    'ulan': 'https://vocab.getty.edu/ulan/*', 'tgn': 'https://vocab.getty.edu/tgn/*', 'aat': 'https://vocab.getty.edu/aat/*',
    'pleiades': 'https://pleiades.stoa.org/places/*', 'osm': 'https://www.openstreetmap.org/*', 'wof': 'https://spelunker.whosonfirst.org/id/*',
    'cerl': 'https://data.cerl.org/thesaurus/*', 'idref': 'https://www.idref.fr/*', 'doi': 'https://doi.org/*', 'oclc': 'https://www.worldcat.org/oclc/*',
    'trismegistos': 'https://www.trismegistos.org/text/*', 'pmb': 'https://pmb.acdh.oeaw.ac.at/entity/*/' }"/>

  <!-- The address of what a value of an authority identifies; empty where it is not known. -->
  <xsl:function name="ed:authority-address" as="xs:string">
    <xsl:param name="authority" as="xs:string?"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:variable name="pattern" as="xs:string?" select="$ed:authorities(lower-case(string($authority)))"/>
    <xsl:sequence select="if (matches($value, '^https?://', 'i')) then $value
      else if ($pattern and matches($value, '^[\w.\-/]+$')) then substring-before($pattern, '*') || encode-for-uri($value) || substring-after($pattern, '*')
      else ''"/>
  </xsl:function>

  <!-- The one form of an address: that of its authority where it is written with a prefix (gnd:118…) or in another way, else https, without
       “www.” and a slash at the end. -->
  <xsl:function name="ed:identity" as="xs:string">
    <xsl:param name="address" as="xs:string"/>
    <xsl:variable name="of-authority" as="xs:string" select="ed:authority-address(substring-before($address, ':'), substring-after($address, ':'))"/>
    <xsl:variable name="bare" as="xs:string" select="replace(($of-authority, $address)[.][1], '^https?://(www\.|sws\.)?', '', 'i') => replace('/+(about|index\.html?)?$', '')"/>
    <xsl:sequence select="
      if (matches($of-authority || $address, '^https?://', 'i')) then 'https://' || ($bare => replace('^wikidata\.org/entity/', 'wikidata.org/wiki/')
        => replace('^(geonames\.org/\d+)/.*$', '$1') => replace('^(pmb\.acdh\.oeaw\.ac\.at)/(apis/)?entit(y|ies)/(\D+/)?(\d+).*$', '$1/entity/$5'))
      else $address"/>
  </xsl:function>

  <!-- A pointer with a prefix that the header declares (SAPU), as the address or pointer it stands for; any other as it is. -->
  <xsl:function name="ed:expanded" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:variable name="value" as="xs:string" select="substring-after($pointer, ':')"/>
    <xsl:variable name="declared" as="element(tei:prefixDef)?" select="if ($value) then $ed:prefixes(substring-before($pointer, ':'))[ed:fits(., $value)][1] else ()"/>
    <xsl:sequence select="if ($declared) then replace($value, '^' || $declared/@matchPattern || '$', $declared/@replacementPattern) else $pointer"/>
  </xsl:function>

  <xsl:variable name="ed:prefixes" as="map(xs:string, element(tei:prefixDef)*)">
    <xsl:map>
      <xsl:for-each-group select="$ed:root//tei:prefixDef[@ident and @matchPattern and @replacementPattern]" group-by="string(@ident)">
        <xsl:map-entry key="current-grouping-key()" select="current-group()"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <!-- Whether a definition of a prefix is for this value; one whose patterns are none is for no value. -->
  <xsl:function name="ed:fits" as="xs:boolean">
    <xsl:param name="definition" as="element(tei:prefixDef)"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:try>
      <xsl:sequence select="matches($value, '^' || $definition/@matchPattern || '$') and replace($value, '^' || $definition/@matchPattern || '$', $definition/@replacementPattern) ne ''"/>
      <xsl:catch errors="err:FORX0001 err:FORX0002 err:FORX0003 err:FORX0004" select="false()"/>
    </xsl:try>
  </xsl:function>
</xsl:stylesheet>

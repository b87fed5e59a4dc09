<?xml version="1.0" encoding="UTF-8"?>
<!-- Images beside the TEI: record and page speak of them by the same number. Whether one is there, the build knows. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all">

  <xsl:import href="passages.xsl"/>
  <xsl:import href="plain-text.xsl"/>

  <!-- The graphics of the texts that point at a file, by generate-id their number. -->
  <xsl:variable name="ed:local-images" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each select="$ed:texts//tei:graphic[ed:local-address(@url)]">
        <xsl:map-entry key="generate-id()" select="position()"/>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <!-- A path from the folder of the file; empty for an address of the web, of a site or within the file. -->
  <xsl:function name="ed:local-address" as="xs:string?">
    <xsl:param name="address" as="attribute()?"/>
    <xsl:sequence select="tokenize($address)[1][not(matches(., '^([A-Za-z][A-Za-z0-9+.\-]*:|[/#])'))]"/>
  </xsl:function>

  <!-- The images of the record: number, path, what they show. -->
  <xsl:function name="ed:images" as="map(*)*">
    <xsl:sequence select="$ed:texts//tei:graphic[map:contains($ed:local-images, generate-id())] ! map{
      'number': $ed:local-images(generate-id()), 'target': ed:local-address(@url),
      'words': string((tei:desc, ../tei:figDesc, ../tei:head)[normalize-space()][1] ! ed:plain-text(.)) }"/>
  </xsl:function>
</xsl:stylesheet>

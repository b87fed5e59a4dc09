<?xml version="1.0" encoding="UTF-8"?>
<!-- Images beside the TEI: record and page speak of them by the same number. Whether one is there, the build knows. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all">

  <!-- The elements of the texts that show a file as an image, graphics and pages, by generate-id their number. -->
  <xsl:variable name="ed:local-images" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each select="$ed:texts//(tei:graphic | tei:pb[@facs] | tei:cb[@facs] | tei:gb[@facs] | tei:milestone[@facs] | tei:surface[@facs] | tei:zone[@facs])[ed:local-image(.)]">
        <xsl:map-entry key="generate-id()" select="position()"/>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <!-- The path of the image beside the TEI that an element shows: of a graphic its file; of a page the first that is called as images are. -->
  <xsl:function name="ed:local-image" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if ($element/self::tei:graphic) then ed:local-address($element/@url)
      else ($element/@facs ! ed:pictures(.) ! ed:local-address(.))[matches(., '\.(png|jpe?g|gif|webp)$', 'i')][1]"/>
  </xsl:function>

  <!-- The addresses that @facs means: its own, or those of the graphics of what it points to here. -->
  <xsl:function name="ed:pictures" as="attribute()*">
    <xsl:param name="facs" as="attribute()"/>
    <xsl:variable name="pointer" as="xs:string?" select="tokenize($facs)[1]"/>
    <xsl:variable name="there" as="element()?" select="if (starts-with($pointer, '#')) then ed:with-id(substring($pointer, 2)) else ()"/>
    <xsl:sequence select="if ($there) then ($there/descendant-or-self::tei:graphic/@url, $there/ancestor::tei:surface[1]/tei:graphic/@url, $there/@facs) else $facs"/>
  </xsl:function>

  <!-- A path from the folder of the file; empty for an address of the web, of a site or within the file. -->
  <xsl:function name="ed:local-address" as="xs:string?">
    <xsl:param name="address" as="attribute()?"/>
    <xsl:sequence select="tokenize($address)[1][not(matches(., '^([A-Za-z][A-Za-z0-9+.\-]*:|[/#])'))]"/>
  </xsl:function>

  <!-- The images of the record: number, path, what they show. -->
  <xsl:function name="ed:images" as="map(*)*">
    <xsl:sequence select="$ed:texts//tei:*[map:size($ed:local-images) gt 0][map:contains($ed:local-images, generate-id())] ! map{
      'number': $ed:local-images(generate-id()), 'target': ed:local-image(.),
      'words': if (self::tei:graphic) then string((tei:desc, ../tei:figDesc, ../tei:head)[normalize-space()][1] ! ed:plain-text(.)) else 'Image of ' || ed:page-name(.) }"/>
  </xsl:function>

  <!-- What readers call a page whose image is shown. -->
  <xsl:function name="ed:page-name" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="unit" as="xs:string" select="(map{'cb': 'column', 'gb': 'gathering', 'zone': 'a part of a page', 'milestone': string($element/@unit)}(local-name($element))[.], 'page')[1]"/>
    <xsl:variable name="number" as="xs:string?" select="($element/@n, $element/self::tei:surface/tei:label[1], $element/self::tei:surface/@*[local-name() = 'folio'], $element/self::tei:surface/@xml:id)[normalize-space()][1] ! normalize-space()"/>
    <xsl:sequence select="if ($number) then $unit || ' ' || $number else if ($unit = 'page') then 'this page' else $unit"/>
  </xsl:function>
</xsl:stylesheet>

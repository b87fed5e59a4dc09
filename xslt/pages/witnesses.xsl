<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a document. Out: nothing, unless readings of its apparatus name witnesses. Then a line of JSON, an array of siglum and name for
     each, and the text as an HTML fragment with all its readings, each between signs that say who has it (no characters of any script):
     U+FDD0, sigla, U+FDD2, the reading, U+FDD1; with “!” before the sigla all have it but these. So one text is the text of each
     witness: webapp/witnesses.py cuts out of it what another has. Of a long document the text in parts, as reading.xsl has them. The reading page’s templates, but for what stands here. -->
<xsl:package name="urn:x-edition:pages/witnesses" package-version="1" version="3.0" declared-modes="no"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <xsl:use-package name="urn:x-edition:pages">
    <xsl:override>
      <xsl:variable name="ed:root" as="document-node()" select="/"/>
      <xsl:function name="ed:found" as="item()*">
        <xsl:param name="name" as="xs:string"/>
        <xsl:sequence select="$ed:known($name)"/>
      </xsl:function>

      <xsl:template name="ed:letter" as="element(dl)?"/>

      <xsl:template name="ed:page" as="element()*">
        <xsl:call-template name="ed:articles"/>
        <xsl:call-template name="ed:notes"/>
      </xsl:template>

      <!-- app (TCAPLL): all readings; what is read has whoever is not said to have another. -->
      <xsl:template match="tei:app[not(parent::tei:listApp)]" mode="reading" as="element()" priority="1">
        <xsl:variable name="app" as="element()" select="."/>
        <xsl:variable name="readings" as="element()*" select="(.//tei:lem | .//tei:rdg)[ancestor::tei:app[1] is $app]"/>
        <xsl:variable name="read" as="element()?" select="($readings[self::tei:lem], $readings)[1]"/>
        <xsl:variable name="others" as="element()*" select="$readings except $read"/>
        <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
          <xsl:call-template name="ed:attributes"/>
          <xsl:for-each select="$read">
            <xsl:text>&#xFDD0;{string-join(('!', $others ! ed:sigla(.)), ' ')}&#xFDD2;</xsl:text>
            <xsl:apply-templates select="." mode="reading"/>
            <xsl:text>&#xFDD1;</xsl:text>
          </xsl:for-each>
          <xsl:for-each select="$others[exists(ed:sigla(.))]">
            <xsl:text>&#xFDD0;{string-join(ed:sigla(.), ' ')}&#xFDD2;</xsl:text>
            <xsl:apply-templates select="." mode="reading"/>
            <xsl:text>&#xFDD1;</xsl:text>
          </xsl:for-each>
        </xsl:element>
      </xsl:template>

      <!-- lem, rdg (TCAPLL): its words; a reading that leaves words out, a sign. -->
      <xsl:template match="tei:app//tei:lem | tei:app//tei:rdg" mode="reading" as="element()" priority="1">
        <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
          <xsl:call-template name="ed:attributes"/>
          <xsl:if test="not(* or normalize-space())"><span class="by-edition">[omitted]</span></xsl:if>
          <xsl:apply-templates mode="reading"/>
        </xsl:element>
      </xsl:template>

      <!-- No ways on: what they lead to may stand in a reading that the witness does not have. -->
      <xsl:template name="ed:ways-on" as="element(a)*"/>

      <!-- The page lies two folders deeper than the first page of the document, that of a part four. -->
      <xsl:variable name="ed:up" as="xs:string" select="if ($ed:in-parts) then '../../../../' else '../../'"/>

      <!-- Which words a heading has is not settled here. -->
      <xsl:function name="ed:heading-words" as="xs:string?">
        <xsl:param name="head" as="element()"/>
        <xsl:sequence select="()"/>
      </xsl:function>

      <!-- What is known of names and dates is on the reading page. -->
      <xsl:variable name="ed:marks" as="map(xs:string, xs:integer)" xmlns:map="http://www.w3.org/2005/xpath-functions/map" select="map{}"/>
    </xsl:override>
  </xsl:use-package>

  <xsl:param name="ed:known" as="map(*)" select="map{}"/>
  <xsl:output method="html" html-version="5" indent="no" omit-xml-declaration="yes"/>

  <xsl:variable name="ed:sigla" as="xs:string*" select="distinct-values($ed:texts//tei:app[not(parent::tei:listApp)]//(tei:lem | tei:rdg | tei:rdgGrp) ! ed:sigla(.))"/>

  <xsl:template match="/" as="node()*">
    <xsl:if test="exists($ed:sigla)">
      <xsl:text>{serialize(array{$ed:sigla ! array{., ed:witness-name(.)}}, map{'method': 'json'})}{'&#10;'}</xsl:text>
      <xsl:call-template name="ed:whole"/>
    </xsl:if>
  </xsl:template>

  <!-- The sigla of a reading, those of its groups among them: letters and signs that an address can have. -->
  <xsl:function name="ed:sigla" as="xs:string*">
    <xsl:param name="reading" as="element()"/>
    <xsl:sequence select="distinct-values($reading/ancestor-or-self::*[ancestor::tei:app[1] is $reading/ancestor::tei:app[1]]/@wit ! tokenize(.) ! replace(., '^.*#', ''))[matches(., '^[^\s/\\]+$')]"/>
  </xsl:function>

  <!-- What the list of witnesses calls one; its siglum where it is in none. -->
  <xsl:function name="ed:witness-name" as="xs:string">
    <xsl:param name="siglum" as="xs:string"/>
    <xsl:variable name="witness" as="element()?" select="ed:with-id($siglum)"/>
    <xsl:sequence select="($witness ! ed:shortened(normalize-space((tei:name, tei:title, tei:msDesc/tei:msIdentifier, .)[normalize-space()][1])))[.] => string()"/>
  </xsl:function>
</xsl:package>

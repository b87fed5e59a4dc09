<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a document. Out: what stands beside its text, as an HTML fragment: the header in words, every word of it; then stand-off parts
     and images. The reading page’s templates, but for what stands here; a section a part, its heading the part’s name. -->
<xsl:package name="urn:x-edition:pages/header" package-version="1" version="3.0" declared-modes="no"
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

      <!-- Parts of parts: with a heading of their own. -->
      <xsl:template match="tei:fileDesc/* | tei:encodingDesc/* | tei:profileDesc/*" mode="reading" as="element(section)" priority="2">
        <section>
          <xsl:call-template name="ed:attributes"/>
          <h3>{ed:fact-name(.)}</h3>
          <xsl:apply-templates select="node()[normalize-space() or self::* or self::text()]" mode="reading"/>
          <xsl:call-template name="ed:told"/>
        </section>
      </xsl:template>

      <!-- All that stands here is described. -->
      <xsl:function name="ed:is-described" as="xs:boolean">
        <xsl:param name="element" as="element()"/>
        <xsl:sequence select="true()"/>
      </xsl:function>

      <!-- change (HD6): when and by whom, then what. -->
      <xsl:template match="tei:change" mode="reading" as="element()" priority="1">
        <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
          <xsl:call-template name="ed:attributes"><xsl:with-param name="class" select="'fact'"/></xsl:call-template>
          <xsl:text> </xsl:text>
          <span class="fact-name by-edition">{string-join((ed:dating(.)?words[.], tokenize(@who) ! ed:named-there(.), @n, 'Change'[not(current()/@who) and not(ed:dating(current())?words[.])], @status), ', ')}</span>
          <xsl:text> </xsl:text>
          <xsl:apply-templates mode="reading"/>
        </xsl:element>
      </xsl:template>

      <!-- An element that attributes alone describe: what they say. -->
      <xsl:template match="tei:*[not(node())][@*]" mode="reading" as="element()*" priority="0">
        <xsl:choose>
          <xsl:when test="self::tei:lb | self::tei:pb | self::tei:cb | self::tei:gb | self::tei:milestone | self::tei:ptr | self::tei:graphic | self::tei:media | self::tei:g | self::tei:gap"><xsl:next-match/></xsl:when>
          <xsl:when test="ed:is-fact(.)"><xsl:call-template name="ed:fact"/></xsl:when>
          <xsl:otherwise><xsl:next-match/></xsl:otherwise>
        </xsl:choose>
      </xsl:template>

      <!-- The page lies one folder deeper than the reading page. -->
      <xsl:variable name="ed:up" as="xs:string" select="'../'"/>

      <xsl:function name="ed:to-part" as="xs:string">
        <xsl:param name="id" as="xs:string"/>
        <xsl:sequence select="'../part/' || encode-for-uri($id) || '/'"/>
      </xsl:function>

      <!-- Into this page, or into the text. -->
      <xsl:function name="ed:address" as="xs:string?">
        <xsl:param name="pointer" as="xs:string"/>
        <xsl:variable name="there" as="element()?" select="if (starts-with($pointer, '#')) then ed:with-id(substring($pointer, 2)) else ()"/>
        <xsl:sequence select="
          if ($there/ancestor-or-self::* intersect $ed:texts) then (ed:part($there) ! ed:to-part(subsequence($ed:part-ids, ., 1)), '../')[1] || '#' || encode-for-uri($there/@xml:id)
          else if ($there) then '#' || encode-for-uri($there/@xml:id)
          else if (starts-with($pointer, '#')) then ()
          else if (matches($pointer, '^(https?://|mailto:)', 'i')) then $pointer
          else ed:page-href($pointer) ! ($ed:up || .)"/>
      </xsl:function>

      <xsl:function name="ed:way" as="xs:string?">
        <xsl:param name="from" as="element()?"/>
        <xsl:param name="to" as="element()"/>
        <xsl:sequence select="ed:address('#' || $to/@xml:id)"/>
      </xsl:function>

      <!-- Nothing here is a passage or a mention: the ids are those that the editors gave. -->
      <xsl:function name="ed:html-id" as="xs:string?">
        <xsl:param name="element" as="element()"/>
        <xsl:sequence select="ed:given-id($element)"/>
      </xsl:function>

      <xsl:function name="ed:is-passage" as="xs:boolean">
        <xsl:param name="element" as="element()"/>
        <xsl:sequence select="false()"/>
      </xsl:function>

      <xsl:variable name="ed:marks" as="map(xs:string, xs:integer)" select="map{}"/>

      <xsl:variable name="ed:to-header" as="xs:string" select="''"/>
    </xsl:override>
  </xsl:use-package>

  <xsl:param name="ed:known" as="map(*)" select="map{}"/>
  <xsl:output method="html" html-version="5" indent="no" omit-xml-declaration="yes"/>

  <xsl:template match="/" as="element()*">
    <xsl:apply-templates select="reverse($ed:document/ancestor-or-self::*) ! ed:beside(.)" mode="section"/>
  </xsl:template>

  <!-- The parts of a header, then what else is no text; those of a document in a corpus come before those of the corpus. -->
  <xsl:function name="ed:beside" as="node()*">
    <xsl:param name="root" as="element()"/>
    <xsl:sequence select="($root/tei:teiHeader/node(), $root/node() except $root/(tei:teiHeader | tei:text | tei:sourceDoc | tei:TEI | tei:teiCorpus))[self::* or self::text()[normalize-space()]]"/>
  </xsl:function>

  <!-- In: a part of the header, or words beside the parts. Out: a section. -->
  <xsl:mode name="section" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="text()" mode="section" as="element(section)">
    <section class="header-part"><p>{.}</p></section>
  </xsl:template>

  <xsl:template match="*" mode="section" as="element(section)">
    <section>
      <xsl:call-template name="ed:attributes"><xsl:with-param name="class" select="'header-part'"/></xsl:call-template>
      <xsl:sequence select="ed:language-attributes(ed:language(.)[not(current()/@xml:lang)])"/>
      <h2>{ed:fact-name(.)}</h2>
      <xsl:for-each select="self::tei:facsimile/(@facs, @sameAs)[ed:image-address(.)]">
        <p class="by-edition">
          <xsl:call-template name="ed:image-link"><xsl:with-param name="address" select="ed:image-address(.)"/></xsl:call-template>
        </p>
      </xsl:for-each>
      <xsl:choose>
        <xsl:when test="self::tei:xenoData"><xsl:apply-templates select="." mode="reading"/></xsl:when>
        <xsl:otherwise><xsl:apply-templates select="node()[normalize-space() or self::*]" mode="reading"/></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>
</xsl:package>

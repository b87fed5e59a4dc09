<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a document. Out: its reading text as an HTML fragment: one <article> a text (before it, of a letter, who wrote when to whom), then the apparatus, the notes, the authors’ and the
     editors’, numbered and linked both ways, and what is known of the expressions of time. Of a long document (shared/parts.xsl) all
     this for each part, with a sign between parts, U+FDD3.
     Templates stand in reading/, a file a TEI module. What no template renders is shown neutrally and reported. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="shared/names.xsl"/>
  <xsl:import href="shared/language-tags.xsl"/>
  <xsl:import href="shared/languages.xsl"/>
  <xsl:import href="shared/passages.xsl"/>
  <xsl:import href="shared/plain-text.xsl"/>
  <xsl:import href="shared/authorities.xsl"/>
  <xsl:import href="shared/mentions.xsl"/>
  <xsl:import href="shared/length.xsl"/>
  <xsl:import href="shared/parts.xsl"/>
  <xsl:import href="shared/dates.xsl"/>
  <xsl:import href="shared/addresses.xsl"/>
  <xsl:import href="shared/images.xsl"/>
  <xsl:import href="shared/markup.xsl"/>
  <xsl:include href="reading/attributes.xsl"/>
  <xsl:include href="reading/analysis.xsl"/>
  <xsl:include href="reading/core.xsl"/>
  <xsl:include href="reading/corpus.xsl"/>
  <xsl:include href="reading/descriptions.xsl"/>
  <xsl:include href="reading/dictionaries.xsl"/>
  <xsl:include href="reading/drama.xsl"/>
  <xsl:include href="reading/figures.xsl"/>
  <xsl:include href="reading/gaiji.xsl"/>
  <xsl:include href="reading/header.xsl"/>
  <xsl:include href="reading/inclusion.xsl"/>
  <xsl:include href="reading/iso-fs.xsl"/>
  <xsl:include href="reading/letters.xsl"/>
  <xsl:include href="reading/linking.xsl"/>
  <xsl:include href="reading/msdescription.xsl"/>
  <xsl:include href="reading/namesdates.xsl"/>
  <xsl:include href="reading/notes.xsl"/>
  <xsl:include href="reading/tagdocs.xsl"/>
  <xsl:include href="reading/tagdocs-specifications.xsl"/>
  <xsl:include href="reading/textcrit.xsl"/>
  <xsl:include href="reading/textstructure.xsl"/>
  <xsl:include href="reading/transcr.xsl"/>
  <xsl:include href="reading/verse.xsl"/>

  <!-- In: any node of a text. Out: HTML that holds all its words. -->
  <xsl:mode name="reading" on-no-match="fail" on-multiple-match="fail"/>

  <!-- All of it. -->
  <xsl:template name="ed:whole" as="node()*">
    <xsl:call-template name="ed:letter"/>
    <xsl:variable name="document" as="document-node()" select="."/>
    <xsl:for-each select="if ($ed:in-parts) then 1 to count($ed:part-ids) else 0">
      <xsl:variable name="part" as="xs:integer?" select=".[. gt 0]"/>
      <xsl:if test="$part gt 1"><xsl:text>&#xFDD3;</xsl:text></xsl:if>
      <xsl:for-each select="$document">
        <xsl:call-template name="ed:page"><xsl:with-param name="part" select="$part" tunnel="yes"/></xsl:call-template>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <!-- The text, or a part of it, and what belongs to that. -->
  <xsl:template name="ed:page" as="element()*">
    <xsl:call-template name="ed:articles"/>
    <xsl:call-template name="ed:apparatus"/>
    <xsl:call-template name="ed:notes"/>
    <xsl:call-template name="ed:expressions"/>
  </xsl:template>

  <xsl:template name="ed:articles" as="element(article)*">
    <xsl:param name="class" as="xs:string?"/>
    <xsl:param name="part" as="xs:integer?" tunnel="yes"/>
    <xsl:for-each select="ed:texts($part)">
      <article>
        <xsl:call-template name="ed:attributes"><xsl:with-param name="class" select="$class"/></xsl:call-template>
        <xsl:call-template name="ed:content"/>
      </article>
    </xsl:for-each>
  </xsl:template>

  <!-- What an element holds, or as much of it as is in the part. -->
  <xsl:template name="ed:content" as="node()*">
    <xsl:param name="part" as="xs:integer?" tunnel="yes"/>
    <xsl:apply-templates select="ed:content(., $part)" mode="reading"/>
  </xsl:template>

  <!-- The address of an element of the text from one that is there as well, or from beside it. -->
  <xsl:function name="ed:way" as="xs:string?">
    <xsl:param name="from" as="element()?"/>
    <xsl:param name="to" as="element()"/>
    <xsl:variable name="part" as="xs:integer?" select="ed:part($to)[not(. = $from/ed:part(.))]"/>
    <xsl:sequence select="ed:text-id($to) ! ($part ! ed:to-part($ed:part-ids[$part]) || '#' || encode-for-uri(.))"/>
  </xsl:function>

  <!-- From a page to that of another part. -->
  <xsl:function name="ed:to-part" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="'../' || encode-for-uri($id) || '/'"/>
  </xsl:function>

  <!-- From a page to the first page of its document. -->
  <xsl:variable name="ed:up" as="xs:string" select="if ($ed:in-parts) then '../../' else ''"/>

  <!-- Where no template renders an element: its content, a class with its name, and a report (name, tab, path). -->
  <xsl:template match="*" mode="reading" as="element()" priority="-1">
    <xsl:message select="name() || '&#9;' || path()"/>
    <xsl:choose>
      <xsl:when test="ed:holds-block(.) or ed:among-blocks(.)"><xsl:call-template name="ed:block"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="ed:inline"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="text()" mode="reading" as="text()">
    <xsl:sequence select="."/>
  </xsl:template>

  <xsl:template match="comment() | processing-instruction()" mode="reading"/>

  <!-- An element that begins on a line of its own, and its link if it is a passage. -->
  <xsl:template name="ed:block" as="element(div)">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <xsl:call-template name="ed:content"/>
      <xsl:call-template name="ed:mention-sign"/>
      <xsl:call-template name="ed:permalink"/>
    </div>
  </xsl:template>

  <!-- A block that is a single paragraph to HTML, if nothing in it forbids that. -->
  <xsl:template name="ed:paragraph" as="element()">
    <xsl:choose>
      <xsl:when test="ed:holds-block(.)">
        <div role="paragraph">
          <xsl:call-template name="ed:attributes"/>
          <xsl:apply-templates mode="reading"/>
          <xsl:call-template name="ed:mention-sign"/>
          <xsl:call-template name="ed:permalink"/>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <p>
          <xsl:call-template name="ed:attributes"/>
          <xsl:apply-templates mode="reading"/>
          <xsl:call-template name="ed:mention-sign"/>
          <xsl:call-template name="ed:permalink"/>
        </p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- An element among words, a link where it names or is an expression; as a block where blocks stand inside (HTML cannot have them in
       a span). -->
  <xsl:template name="ed:inline" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else if (ed:is-link(.)) then 'a' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="ed:is-link(.)"><xsl:call-template name="ed:link-attributes"/></xsl:if>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:said-of"/>
      <xsl:call-template name="ed:mention-sign"/>
      <xsl:call-template name="ed:permalink"/>
    </xsl:element>
  </xsl:template>

  <!-- What the page says by itself, for those who listen. -->
  <xsl:template name="ed:spoken" as="element(span)">
    <xsl:param name="words" as="xs:string" required="yes"/>
    <span class="visually-hidden"> {$words} </span>
  </xsl:template>
</xsl:stylesheet>

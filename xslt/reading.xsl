<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a document. Out: its reading text as an HTML fragment: one <article> a text (before it, of a letter, who wrote when to whom), then the apparatus, the notes, the authors’ and the
     editors’, numbered and linked both ways, and what is known of the expressions of time.
     Templates stand in reading/, a file a TEI module. What no template renders is shown neutrally and reported. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="shared/addresses.xsl"/>
  <xsl:import href="shared/dates.xsl"/>
  <xsl:import href="shared/markup.xsl"/>
  <xsl:import href="shared/mentions.xsl"/>
  <xsl:import href="shared/passages.xsl"/>
  <xsl:import href="shared/plain-text.xsl"/>
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

  <xsl:output method="html" html-version="5" indent="no" omit-xml-declaration="yes"/>

  <!-- In: any node of a text. Out: HTML that holds all its words. -->
  <xsl:mode name="reading" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="/" as="element()*">
    <xsl:call-template name="ed:letter"/>
    <xsl:for-each select="$ed:texts">
      <article>
        <xsl:call-template name="ed:attributes"/>
        <xsl:apply-templates mode="reading"/>
      </article>
    </xsl:for-each>
    <xsl:call-template name="ed:apparatus"/>
    <xsl:call-template name="ed:notes"/>
    <xsl:call-template name="ed:expressions"/>
  </xsl:template>

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
      <xsl:apply-templates mode="reading"/>
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

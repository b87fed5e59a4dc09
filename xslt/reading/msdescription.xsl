<?xml version="1.0" encoding="UTF-8"?>
<!-- msdescription: what is known of a manuscript or another object that carries a text. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <!-- The description and its parts (MS): a block, each fact on a line behind its name. -->
  <xsl:template match="tei:msDesc | tei:msPart | tei:msFrag | tei:msContents | tei:msItem | tei:msItemStruct | tei:physDesc | tei:objectDesc | tei:supportDesc | tei:layoutDesc
    | tei:handDesc | tei:typeDesc | tei:scriptDesc | tei:musicNotation | tei:decoDesc | tei:additions | tei:bindingDesc | tei:binding | tei:sealDesc | tei:seal | tei:accMat
    | tei:history | tei:additional | tei:adminInfo | tei:recordHist | tei:custodialHist | tei:surrogates | tei:msIdentifier | tei:altIdentifier" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <!-- Facts about it (MS): a line each, behind their name; among words, words. -->
  <xsl:template match="tei:acquisition | tei:catchwords | tei:collation | tei:collection | tei:colophon | tei:condition | tei:custEvent | tei:decoNote | tei:explicit
    | tei:filiation | tei:finalRubric | tei:foliation | tei:heraldry | tei:incipit | tei:institution | tei:layout | tei:material | tei:msName | tei:objectType | tei:origDate
    | tei:origPlace | tei:origin | tei:provenance | tei:repository | tei:rubric | tei:secFol | tei:signatures | tei:source | tei:stamp | tei:summary | tei:support
    | tei:watermark" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <!-- dimensions, height, width, depth, dim (MSDIM): the measures, “×” between them, the unit after them. -->
  <xsl:template match="tei:dimensions" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="ed:is-fact(.)"><xsl:text> </xsl:text><span class="fact-name by-edition">{ed:fact-name(.)}</span><xsl:text> </xsl:text></xsl:if>
      <xsl:for-each select="node()">
        <xsl:if test="self::* and preceding-sibling::*"><span class="by-edition"> × </span></xsl:if>
        <xsl:apply-templates select=".[not(self::text()[not(normalize-space())])]" mode="reading"/>
      </xsl:for-each>
      <xsl:if test="@unit"><span class="by-edition">{' ' || @unit}</span></xsl:if>
      <xsl:call-template name="ed:permalink"/>
    </span>
  </xsl:template>

  <!-- A measure (MSDIM): its words, else its quantity; its unit. -->
  <xsl:template match="tei:height | tei:width | tei:depth | tei:dim" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
      <xsl:if test="not(normalize-space()) and (@quantity, @extent)"><span class="by-edition">{(@quantity, @extent)[1]}</span></xsl:if>
      <xsl:if test="@unit"><span class="by-edition">{' ' || @unit}</span></xsl:if>
    </span>
  </xsl:template>

  <!-- locus, locusGrp (MSLOC): which leaves; in its words, else from where to where. -->
  <xsl:template match="tei:locusGrp" mode="reading" as="element()">
    <xsl:call-template name="ed:parts"/>
  </xsl:template>

  <!-- locus (MSLOC): which leaves; in its words, else from where to where. -->
  <xsl:template match="tei:locus" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="not(normalize-space())"><span class="by-edition">{string-join((@from, @to)[normalize-space()], '–')}</span></xsl:if>
      <xsl:apply-templates mode="reading"/>
    </span>
  </xsl:template>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- Plain text: the reading text without markup, one answer for index, citation and export.
     A mode, not string(.): of alternatives one is read, line beginnings part words, blocks never run together. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:eg="http://www.tei-c.org/ns/Examples" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <!-- In: any node. Out: its words as text nodes, white space as it stands. Passages inside a passage are left out. Where "received" is
       true, they are the words of the source (as in pages/diplomatic.xsl), otherwise those the editors read. -->
  <xsl:mode name="plain-text" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <!-- The words of one passage, white space normalised. -->
  <xsl:function name="ed:plain-text" as="xs:string">
    <xsl:param name="element" as="element()?"/>
    <xsl:sequence select="ed:plain-words($element/node())"/>
  </xsl:function>

  <xsl:function name="ed:plain-words" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:variable name="words" as="xs:string*">
      <xsl:apply-templates select="$nodes" mode="plain-text"/>
    </xsl:variable>
    <xsl:sequence select="normalize-space(string-join($words))"/>
  </xsl:function>

  <!-- The words of one passage as the source has them, where those are others; else empty. -->
  <xsl:function name="ed:text-as-received" as="xs:string?">
    <xsl:param name="passage" as="element()"/>
    <xsl:variable name="words" as="xs:string*">
      <xsl:if test="exists($passage//(tei:choice | tei:del | tei:surplus | tei:ex | tei:supplied))">
        <xsl:apply-templates select="$passage/node()" mode="plain-text"><xsl:with-param name="received" select="true()" tunnel="yes"/></xsl:apply-templates>
      </xsl:if>
    </xsl:variable>
    <xsl:sequence select="normalize-space(string-join($words))[. and . ne ed:plain-text($passage)]"/>
  </xsl:function>

  <xsl:template match="text()" mode="plain-text" as="xs:string">
    <xsl:sequence select="string()"/>
  </xsl:template>

  <!-- White space between tokens (analysis, @join of att.linguistic). -->
  <xsl:template match="text()[not(normalize-space())][preceding-sibling::*[1][self::tei:w | self::tei:pc]]" mode="plain-text" as="xs:string">
    <xsl:sequence select="if (preceding-sibling::*[1]/@join = ('right', 'both') or following-sibling::*[1]/@join = ('left', 'both')) then '' else ' '"/>
  </xsl:template>

  <xsl:template match="tei:* | eg:egXML" mode="plain-text" as="xs:string*">
    <xsl:param name="marks" as="map(xs:string, xs:integer)?" tunnel="yes"/>
    <xsl:variable name="apart" as="xs:boolean" select="ed:is-block(.) or exists(parent::*[ed:in(., $ed:descriptions)])"/>
    <xsl:if test="$apart"><xsl:sequence select="' '"/></xsl:if>
    <xsl:if test="not(ed:is-passage(.) or ed:in(., $ed:wordless))">
      <xsl:variable name="mark" as="xs:integer?" select="$marks ! .(generate-id(current()))"/>
      <xsl:sequence select="$mark ! ('&#xFDD0;' || . || '&#xFDD2;')"/>
      <xsl:apply-templates mode="plain-text"/>
      <xsl:sequence select="$mark ! ('&#xFDD1;' || . || '&#xFDD2;')"/>
    </xsl:if>
    <xsl:if test="$apart"><xsl:sequence select="' '"/></xsl:if>
  </xsl:template>

  <!-- choice (core, COED): the editor's reading before the source's, or the reverse; of equals the first. -->
  <xsl:template match="tei:choice" mode="plain-text" as="xs:string*">
    <xsl:param name="received" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:variable name="read" as="element()*" select="if ($received) then (tei:sic, tei:orig, tei:abbr, tei:am) else (tei:corr, tei:reg, tei:expan)"/>
    <xsl:apply-templates select="($read, *)[1]" mode="plain-text"/>
  </xsl:template>

  <!-- app (textcrit, TCAPLL): the lemma, or the first reading. -->
  <xsl:template match="tei:app" mode="plain-text" as="xs:string*">
    <xsl:apply-templates select="(tei:lem, descendant::tei:rdg)[1]" mode="plain-text"/>
  </xsl:template>

  <xsl:template match="tei:del | tei:surplus" mode="plain-text" as="xs:string*">
    <xsl:param name="received" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:if test="$received"><xsl:apply-templates mode="plain-text"/></xsl:if>
  </xsl:template>

  <!-- What is not in the source: letters of an abbreviation that were not written, words that were not read. -->
  <xsl:template match="tei:ex | tei:supplied" mode="plain-text" as="xs:string*">
    <xsl:param name="received" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:if test="not($received)"><xsl:next-match/></xsl:if>
  </xsl:template>

  <!-- g without letters (gaiji, D25-20): those its declaration gives. -->
  <xsl:template match="tei:g[not(normalize-space())]" mode="plain-text" as="xs:string?">
    <xsl:sequence select="ed:glyph(.)"/>
  </xsl:template>

  <!-- The letters a declaration in the same file gives for a glyph: the standard ones, else the first. -->
  <xsl:function name="ed:glyph" as="xs:string?">
    <xsl:param name="glyph" as="element(tei:g)"/>
    <xsl:variable name="mappings" as="element()*" select="ed:declared($glyph/@ref)/tei:mapping[normalize-space()][not(starts-with(normalize-space(), 'U+'))]"/>
    <xsl:sequence select="($mappings[@type = ('standard', 'Unicode', 'unicode', 'standardized')], $mappings)[1]/normalize-space()"/>
  </xsl:function>

  <xsl:function name="ed:declared" as="element()?">
    <xsl:param name="ref" as="attribute()?"/>
    <xsl:sequence select="$ref[starts-with(., '#')] ! ed:with-id(substring(., 2))"/>
  </xsl:function>

  <!-- gap (core, COEDADD): what it is described by, not the white space it is printed with. -->
  <xsl:template match="tei:gap" mode="plain-text" as="xs:string*">
    <xsl:apply-templates select="node()[self::* or normalize-space()]" mode="plain-text"/>
  </xsl:template>

  <!-- att, gi, tag (tagdocs, TDphraseTE): with the signs that the encoding leaves out. -->
  <xsl:template match="tei:att | tei:gi | tei:tag" mode="plain-text" as="xs:string*">
    <xsl:sequence select="ed:sign-before(.)"/>
    <xsl:apply-templates mode="plain-text"/>
    <xsl:sequence select="ed:sign-after(.)"/>
  </xsl:template>

  <xsl:function name="ed:sign-before" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="if ($name/self::tei:att) then '@'[not(starts-with(normalize-space($name), '@'))] || ''
      else (map{'end': '&lt;/', 'pi': '&lt;?', 'comment': '&lt;!--', 'ms': '&lt;![CDATA['}(string($name/self::tei:tag/@type)), '&lt;')[1]"/>
  </xsl:function>

  <xsl:function name="ed:sign-after" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="if ($name/self::tei:att) then ''
      else (map{'empty': '/&gt;', 'pi': '?&gt;', 'comment': '--&gt;', 'ms': ']]&gt;'}(string($name/self::tei:tag/@type)), '&gt;')[1]"/>
  </xsl:function>

  <!-- space (transcr, PHSP): a space, as on the page. -->
  <xsl:template match="tei:space" mode="plain-text" as="xs:string*">
    <xsl:sequence select="' '"/>
    <xsl:apply-templates mode="plain-text"/>
  </xsl:template>

  <xsl:template match="tei:lb | tei:pb | tei:cb | tei:gb | tei:milestone" mode="plain-text" as="xs:string+">
    <xsl:param name="marks" as="map(xs:string, xs:integer)?" tunnel="yes"/>
    <xsl:sequence select="if (@break = 'no') then '' else ' '"/>
    <xsl:sequence select="$marks ! .(generate-id(current())) ! ('&#xFDD0;' || . || '&#xFDD2;')"/>
  </xsl:template>
</xsl:stylesheet>

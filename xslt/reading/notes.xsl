<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes (core, CONO): a marker at the note's place, the note at the end, links both ways. The editors' notes (type="editorial")
     have letters and a section of their own. A note that stands among blocks, or is marked inline, stays where it is. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <!-- The notes shown at the end; those that are not the editors', by generate-id their number. -->
  <xsl:variable name="ed:endnotes" as="element(tei:note)*" select="$ed:texts//tei:note[ed:is-endnote(.)]"/>
  <xsl:variable name="ed:note-numbers" as="map(xs:string, xs:integer)">
    <xsl:variable name="notes" as="element(tei:note)*" select="$ed:endnotes[not(ed:is-editorial(.))]"/>
    <xsl:sequence select="map:merge(for-each-pair($notes, 1 to count($notes), function($note, $n) { map:entry(generate-id($note), $n) }))"/>
  </xsl:variable>

  <xsl:function name="ed:note-id" as="xs:string">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:sequence select="(ed:html-id($note), 'edition:note-' || ed:note-count($note))[1]"/>
  </xsl:function>

  <!-- Its number among the notes of its sort, a letter for those of the editors. -->
  <xsl:function name="ed:note-count" as="xs:string">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:sequence select="if (ed:is-editorial($note)) then ed:note-letter($note) else string($ed:note-numbers(generate-id($note)))"/>
  </xsl:function>

  <!-- The sign the encoding has for the note, or its number. -->
  <xsl:function name="ed:note-marker" as="xs:string">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:sequence select="($note/@n/normalize-space()[.], ed:note-count($note))[1]"/>
  </xsl:function>

  <xsl:function name="ed:note-name" as="xs:string">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:sequence select="(if (ed:is-editorial($note)) then 'editors’ note ' else 'note ') || translate(ed:note-marker($note), '[]()', '')"/>
  </xsl:function>

  <xsl:template match="tei:note[ed:is-endnote(.)]" mode="reading" as="element(a)" priority="1">
    <a class="{string-join(('note-ref', 'editorial'[ed:is-editorial(current())]), ' ')}" id="ref:{ed:note-id(.)}" href="#{encode-for-uri(ed:note-id(.))}" role="doc-noteref" aria-label="{ed:note-name(.)}">{ed:note-marker(.)}</a>
  </xsl:template>

  <xsl:template match="tei:note" mode="reading" as="element()">
    <xsl:element name="{if (ed:among-blocks(.) or ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:attribute name="role" select="'note'"/>
      <xsl:call-template name="ed:attributes"><xsl:with-param name="class" select="'editorial'[ed:is-editorial(current())]"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="ed:is-editorial(.)"><span class="note-marker">Editors’ note {ed:note-marker(.)} </span></xsl:when>
        <xsl:when test="@n"><span class="note-marker">{@n} </span></xsl:when>
      </xsl:choose>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </xsl:element>
  </xsl:template>

  <xsl:template name="ed:notes" as="element(section)*">
    <xsl:call-template name="ed:note-section">
      <xsl:with-param name="notes" select="$ed:endnotes[not(ed:is-editorial(.))]"/>
      <xsl:with-param name="heading" select="'Notes'"/>
      <xsl:with-param name="id" select="'edition:notes'"/>
    </xsl:call-template>
    <xsl:call-template name="ed:note-section">
      <xsl:with-param name="notes" select="$ed:endnotes[ed:is-editorial(.)]"/>
      <xsl:with-param name="heading" select="'Editors’ notes'"/>
      <xsl:with-param name="id" select="'edition:editors-notes'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="ed:note-section" as="element(section)?">
    <xsl:param name="notes" as="element(tei:note)*" required="yes"/>
    <xsl:param name="heading" as="xs:string" required="yes"/>
    <xsl:param name="id" as="xs:string" required="yes"/>
    <xsl:if test="$notes">
      <section class="notes" role="doc-endnotes" aria-labelledby="{$id}">
        <h2 id="{$id}">{$heading}</h2>
        <ol class="note-list">
          <xsl:for-each select="$notes">
            <li>
              <xsl:call-template name="ed:attributes"><xsl:with-param name="class" select="'editorial'[ed:is-editorial(current())]"/></xsl:call-template>
              <xsl:if test="not(ed:html-id(.))"><xsl:attribute name="id" select="ed:note-id(.)"/></xsl:if>
              <xsl:if test="not(@xml:lang)"><xsl:sequence select="ed:language-attributes(ed:language(.)[. ne ed:language($ed:texts[1])])"/></xsl:if>
              <span class="note-marker">{ed:note-marker(.)}</span>
              <xsl:text> </xsl:text>
              <xsl:apply-templates mode="reading"/>
              <xsl:text> </xsl:text>
              <a class="note-back" href="#{encode-for-uri('ref:' || ed:note-id(.))}" role="doc-backlink" aria-label="Back to the text at {ed:note-name(.)}">↩&#xFE0E;</a>
              <xsl:call-template name="ed:permalink"/>
            </li>
          </xsl:for-each>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>

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

  <!-- note among words (CONO): a sign that leads to the note after the text. -->
  <xsl:template match="tei:note[ed:is-endnote(.)]" mode="reading" as="element(a)" priority="1">
    <a class="{string-join(('note-ref', 'editorial'[ed:is-editorial(current())]), ' ')}" id="ref:{ed:note-id(.)}" href="#{encode-for-uri(ed:note-id(.))}" role="doc-noteref" aria-label="{ed:note-name(.)}">{ed:note-marker(.)}</a>
  </xsl:template>

  <!-- note among blocks, or marked inline (CONO): where it stands, with the sign it has. -->
  <xsl:template match="tei:note" mode="reading" as="element()">
    <xsl:element name="{if (ed:among-blocks(.) or ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:attribute name="role" select="'note'"/>
      <xsl:call-template name="ed:attributes"><xsl:with-param name="class" select="'editorial'[ed:is-editorial(current())]"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="ed:is-editorial(.)"><span class="note-marker">Editors’ note {ed:note-marker(.)} </span></xsl:when>
        <xsl:when test="@n"><span class="note-marker">{@n} </span></xsl:when>
      </xsl:choose>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:note-target"/>
      <xsl:call-template name="ed:permalink"/>
    </xsl:element>
  </xsl:template>

  <!-- noteGrp (COXR): notes on one place, each a note. -->
  <xsl:template match="tei:noteGrp" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- Notes that say by @target what they are about (and entries of an apparatus, by @from), by the id of that. Those after the text and
       the remarks on expressions have their links already. -->
  <xsl:variable name="ed:about" as="map(xs:string, element()*)">
    <xsl:map>
      <xsl:for-each-group select="
          ($ed:texts//tei:note[@target][not(ed:is-endnote(.))], $ed:texts//tei:listApp/tei:app[@from], ($ed:root//tei:standOff//tei:note[@target] except $ed:texts//tei:note))
          [exists((@target, @from)[1] ! tokenize(.)[starts-with(., '#')])]"
        group-by="tokenize((@target, @from)[1])[starts-with(., '#')] ! substring(., 2)">
        <xsl:map-entry key="current-grouping-key()" select="current-group()"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <!-- The signs of the notes that are about an element: each leads to its note, in this text or on the page of the header. -->
  <xsl:template name="ed:signs-of-notes" as="element(a)*">
    <xsl:variable name="about" as="element()" select="."/>
    <xsl:for-each select="$ed:about(string(@xml:id))">
      <xsl:variable name="id" as="xs:string?" select="ed:about-element(.) ! ed:html-id(.)"/>
      <xsl:if test="$id and (ancestor::* intersect $ed:texts or not(ed:is-expression($about)))">
        <a class="target-ref by-edition" href="{if (ancestor::* intersect $ed:texts) then ed:way($about, ed:about-element(.)) else $ed:to-header || '#' || encode-for-uri($id)}" aria-label="{if (self::tei:app) then 'Other readings' else 'Note'}">{(@n/normalize-space()[.], if (self::tei:app) then '°' else '*')[1]}</a>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <!-- The page of the header, from this page. -->
  <xsl:variable name="ed:to-header" as="xs:string" select="$ed:up || 'header/'"/>

  <!-- A note, or what it holds, whatever can be found on its page. -->
  <xsl:function name="ed:about-element" as="element()?">
    <xsl:param name="note" as="element()"/>
    <xsl:sequence select="$note/descendant-or-self::*[ed:html-id(.)][1]"/>
  </xsl:function>

  <!-- From a note back to what it is about. -->
  <xsl:template name="ed:note-target" as="node()*">
    <xsl:variable name="address" as="xs:string?" select="tokenize(@target)[starts-with(., '#')][1] ! ed:address(.)"/>
    <xsl:if test="$address">
      <xsl:text> </xsl:text>
      <a class="way-on by-edition" href="{$address}" aria-label="To what this note is about">↩&#xFE0E;</a>
    </xsl:if>
  </xsl:template>

  <xsl:variable name="ed:endnotes-by-part" as="map(xs:integer, element()*)" select="ed:by-part($ed:endnotes)"/>

  <xsl:template name="ed:notes" as="element(section)*">
    <xsl:call-template name="ed:notes-of-text"/>
    <xsl:call-template name="ed:notes-of-editors"/>
  </xsl:template>

  <xsl:template name="ed:notes-of-text" as="element(section)?">
    <xsl:param name="part" as="xs:integer?" tunnel="yes"/>
    <xsl:call-template name="ed:note-section">
      <xsl:with-param name="notes" select="ed:endnotes($part)[not(ed:is-editorial(.))]"/>
      <xsl:with-param name="heading" select="'Notes'"/>
      <xsl:with-param name="id" select="'edition:notes'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="ed:notes-of-editors" as="element(section)?">
    <xsl:param name="part" as="xs:integer?" tunnel="yes"/>
    <xsl:call-template name="ed:note-section">
      <xsl:with-param name="notes" select="ed:endnotes($part)[ed:is-editorial(.)]"/>
      <xsl:with-param name="heading" select="'Editors’ notes'"/>
      <xsl:with-param name="id" select="'edition:editors-notes'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:function name="ed:endnotes" as="element(tei:note)*">
    <xsl:param name="part" as="xs:integer?"/>
    <xsl:sequence select="if (exists($part)) then $ed:endnotes-by-part($part) else $ed:endnotes"/>
  </xsl:function>

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

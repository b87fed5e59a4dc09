<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a document. Out: the TEI itself as highlighted HTML, an anchor at each passage with the passage's id and at each element that an
     editor gave one, a link from each passage to the reading page. What holds elements alone can be folded; what is not the text is.
     Of a long document the parts of the reading page, with U+FDD3 between them, each in the tags that are open there; the first has what
     is not the text. Attributes and white space are as the parser gives them; the file itself, byte for byte, is a download. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="../shared/names.xsl"/>
  <xsl:import href="../shared/language-tags.xsl"/>
  <xsl:import href="../shared/languages.xsl"/>
  <xsl:import href="../shared/passages.xsl"/>
  <xsl:import href="../shared/plain-text.xsl"/>
  <xsl:import href="../shared/length.xsl"/>
  <xsl:import href="../shared/parts.xsl"/>
  <xsl:import href="../shared/markup.xsl"/>
  <xsl:import href="../shared/known.xsl"/>

  <xsl:output method="html" html-version="5" indent="no" omit-xml-declaration="yes"/>

  <xsl:template match="/" as="node()+">
    <xsl:variable name="document" as="document-node()" select="."/>
    <xsl:for-each select="if ($ed:in-parts) then 1 to count($ed:part-ids) else 0">
      <xsl:variable name="part" as="xs:integer?" select=".[. gt 0]"/>
      <xsl:if test="$part gt 1"><xsl:text>&#xFDD3;</xsl:text></xsl:if>
      <div class="xml-source">
        <xsl:for-each select="if ($part gt 1) then ed:texts($part) else $document/node()">
          <xsl:apply-templates select="." mode="markup"><xsl:with-param name="part" select="$part" tunnel="yes"/></xsl:apply-templates>
          <xsl:if test="not(self::*)">{'&#10;'}</xsl:if>
        </xsl:for-each>
      </div>
    </xsl:for-each>
  </xsl:template>

  <!-- What an element holds, or as much of it as is in the part. -->
  <xsl:template name="ed:content" as="node()*">
    <xsl:param name="part" as="xs:integer?" tunnel="yes"/>
    <xsl:apply-templates select="ed:content(., $part)[not($part) or not(. intersect $ed:texts) or . intersect ed:texts($part)]" mode="markup"/>
  </xsl:template>

  <xsl:template match="*" mode="markup" as="node()+">
    <xsl:call-template name="ed:start-tag"/>
    <xsl:call-template name="ed:content"/>
    <xsl:call-template name="ed:end-tag"/>
  </xsl:template>

  <!-- The elements that can be folded, by generate-id: from the root inwards those that have no words between their elements, if they
       stand on several lines or next to the root. A passage is not folded: a button can hold no link, and it has one. -->
  <xsl:variable name="ed:folding" as="map(xs:string, xs:boolean)">
    <xsl:map>
      <xsl:for-each select="$ed:root/* ! ed:folding(.)"><xsl:map-entry key="generate-id()" select="true()"/></xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <xsl:function name="ed:folding" as="element()*">
    <xsl:param name="element" as="element()"/>
    <xsl:if test="$element/* and not(map:contains($ed:worded, generate-id($element)) or ed:is-passage($element))
        and ($element/text()[contains(., '&#10;')] or count($element/ancestor::*) lt 2)">
      <xsl:sequence select="$element, $element/* ! ed:folding(.)"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="ed:folds" as="xs:boolean">
    <xsl:param name="node" as="node()?"/>
    <xsl:sequence select="exists($node) and map:contains($ed:folding, generate-id($node))"/>
  </xsl:function>

  <!-- The text is open, and the way to it; header, stand-off parts and facsimiles are folded. -->
  <xsl:variable name="ed:folded" as="element()*" select="$ed:texts/ancestor::*/*[not(descendant-or-self::* intersect $ed:texts)]"/>

  <!-- An element that can be folded. The line break after its start tag and the one after its end tag stand at the end of the boxes
       that these tags end, and the space before it at the beginning of its own: so nothing of the file is lost or shown twice. -->
  <xsl:template match="*[ed:folds(.)]" mode="markup" as="element(details)" priority="1">
    <details>
      <xsl:call-template name="ed:anchor"/>
      <xsl:if test="empty(. intersect $ed:folded)"><xsl:attribute name="open"/></xsl:if>
      <summary>
        <xsl:text>{preceding-sibling::node()[1]/self::text() ! ed:indentation(.)}</xsl:text>
        <xsl:call-template name="ed:start-tag"/>
        <xsl:text>{node()[1]/self::text() ! ed:line-end(.)}</xsl:text>
      </summary>
      <xsl:call-template name="ed:content"/>
      <xsl:call-template name="ed:end-tag"/>
      <xsl:text>{(following-sibling::node()[1]/self::text() ! ed:line-end(.), '&#10;'[not(current()/parent::*)])[1]}</xsl:text>
    </details>
  </xsl:template>

  <xsl:template match="*[ed:anchor-id(.)]" mode="markup" as="element(span)">
    <span>
      <xsl:call-template name="ed:anchor"/>
      <xsl:call-template name="ed:start-tag"/>
      <xsl:call-template name="ed:to-page"/>
      <xsl:call-template name="ed:content"/>
      <xsl:call-template name="ed:end-tag"/>
    </span>
  </xsl:template>

  <!-- White space beside an element that can be folded is shown with it. -->
  <xsl:template match="text()[ed:folds(..)]" mode="markup" as="text()">
    <xsl:variable name="own" as="xs:string" select="ed:own-part(.)"/>
    <xsl:text>{if (ed:folds(following-sibling::node()[1])) then replace($own, '[ \t]+$', '') else $own}</xsl:text>
  </xsl:template>

  <!-- White space without the end of a line that begins before it. -->
  <xsl:function name="ed:own-part" as="xs:string">
    <xsl:param name="text" as="text()"/>
    <xsl:variable name="before" as="node()?" select="$text/preceding-sibling::node()[1]"/>
    <xsl:sequence select="if (empty($before) or ed:folds($before)) then substring($text, 1 + string-length(ed:line-end($text))) else string($text)"/>
  </xsl:function>

  <!-- How the line goes on after an element: to its end, if there are only spaces. -->
  <xsl:function name="ed:line-end" as="xs:string">
    <xsl:param name="text" as="text()"/>
    <xsl:sequence select="if (matches($text, '^[ \t]*\n')) then substring-before($text, '&#10;') || '&#10;' else ''"/>
  </xsl:function>

  <!-- The spaces an element begins its line with. -->
  <xsl:function name="ed:indentation" as="xs:string">
    <xsl:param name="text" as="text()"/>
    <xsl:variable name="own" as="xs:string" select="ed:own-part($text)"/>
    <xsl:sequence select="substring($own, 1 + string-length(replace($own, '[ \t]+$', '')))"/>
  </xsl:function>

  <xsl:template name="ed:anchor" as="attribute(id)?">
    <xsl:for-each select="ed:anchor-id(.)"><xsl:attribute name="id" select="."/></xsl:for-each>
  </xsl:template>

  <!-- The id an element has on the reading page; beside the text, where that page has nothing, the editor's. -->
  <xsl:function name="ed:anchor-id" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if (ed:is-in-text($element)) then ed:html-id($element) else ed:given-id($element)"/>
  </xsl:function>

  <!-- From a passage to the same place in the reading text. -->
  <xsl:template name="ed:to-page" as="element(a)?">
    <xsl:if test="ed:is-passage(.)">
      <a class="to-page" href="../#{encode-for-uri(ed:passage-id(.))}" aria-label="Read {ed:passage-label(.)}">¶</a>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>

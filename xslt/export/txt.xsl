<?xml version="1.0" encoding="UTF-8"?>
<!-- Plain text: every word of the reading text, in its order; a line a paragraph, an empty one between them; the notes at the end, by the
     signs that stand in the text. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:x-edition" ed:name="Plain text" ed:media-type="text/plain" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="shared/taken.xsl"/>
  <xsl:output method="text"/>

  <xsl:template match="/" as="xs:string">
    <xsl:variable name="parts" as="element()*"><xsl:call-template name="ed:front"/></xsl:variable>
    <xsl:variable name="end" as="element()*"><xsl:call-template name="ed:colophon"/></xsl:variable>
    <xsl:variable name="pieces" as="xs:string*">
      <xsl:apply-templates select="$parts, $ed:taken, $end" mode="plain"/>
    </xsl:variable>
    <xsl:variable name="paragraphs" as="xs:string*" select="
      tokenize(string-join($pieces), '&#xFDD0;') ! string-join(tokenize(., '&#xFDD1;') ! normalize-space(.)[.], '&#10;')"/>
    <xsl:sequence select="string-join($paragraphs[.], '&#10;&#10;') || '&#10;'"/>
  </xsl:template>

  <!-- In: HTML of the text. Out: its words; U+FDD0 (no character) where a paragraph begins or ends, U+FDD1 where a line does. -->
  <xsl:mode name="plain" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <xsl:template match="text()" mode="plain" as="xs:string"><xsl:sequence select="string()"/></xsl:template>

  <xsl:template match="div | p | section | article | h1 | h2 | h3 | h4 | h5 | h6 | ol | ul | dl | dt | blockquote | figure | figcaption | caption | table | header | hr | pre | aside | nav" mode="plain" as="xs:string*">
    <xsl:sequence select="'&#xFDD0;'"/>
    <xsl:apply-templates mode="plain"/>
    <xsl:sequence select="'&#xFDD0;'"/>
  </xsl:template>

  <xsl:template match="li | tr | dd | *[tokenize(@class) = 'tei-l']" mode="plain" as="xs:string*" priority="1">
    <xsl:sequence select="'&#xFDD1;'"/>
    <xsl:apply-templates mode="plain"/>
    <xsl:sequence select="'&#xFDD1;'"/>
  </xsl:template>

  <xsl:template match="td | th" mode="plain" as="xs:string*">
    <xsl:apply-templates mode="plain"/>
    <xsl:sequence select="' '"/>
  </xsl:template>

  <xsl:template match="span[@role = 'note']" mode="plain" as="xs:string*" priority="1">
    <xsl:sequence select="' ['"/>
    <xsl:apply-templates mode="plain"/>
    <xsl:sequence select="']'"/>
  </xsl:template>

  <xsl:template match="br" mode="plain" as="xs:string"><xsl:sequence select="'&#xFDD1;'"/></xsl:template>
  <xsl:template match="a[@role = 'doc-noteref']" mode="plain" as="xs:string" priority="2">[{normalize-space() => translate('[]', '')}]</xsl:template>
  <xsl:template match="span[@class = 'note-marker']" mode="plain" as="xs:string" priority="2">[{normalize-space() => translate('[]', '')}] </xsl:template>
  <xsl:template match="*[tokenize(@class) = ('visually-hidden', 'note-back', 'way-on', 'target-ref', 'mention-sign')] | style" mode="plain" priority="3"/>
</xsl:stylesheet>

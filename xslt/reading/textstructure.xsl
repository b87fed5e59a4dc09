<?xml version="1.0" encoding="UTF-8"?>
<!-- textstructure: divisions, front and back matter, openers and closers. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <!-- body, group, text (DS): blocks. -->
  <xsl:template match="tei:body | tei:group | tei:text" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- TEI, teiCorpus (DS): the document; in a text, a block. -->
  <xsl:template match="tei:TEI | tei:teiCorpus" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- front, back (DSFRONT, DSBACK): blocks. -->
  <xsl:template match="tei:front" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- back (DSBACK): a block. -->
  <xsl:template match="tei:back" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- div, div1 … div7 (DSDIV): a section; of an apparatus, translation, commentary or bibliography without a heading, its name. -->
  <xsl:template match="tei:div | tei:div0 | tei:div1 | tei:div2 | tei:div3 | tei:div4 | tei:div5 | tei:div6 | tei:div7" mode="reading" as="element(section)">
    <section>
      <xsl:call-template name="ed:attributes"><xsl:with-param name="class" select="'tei-div'[local-name(current()) ne 'div']"/></xsl:call-template>
      <xsl:if test="@type = ('apparatus', 'bibliography', 'commentary', 'translation') and not(tei:head) and normalize-space() and exists((preceding-sibling::*, following-sibling::*)[normalize-space()])">
        <p class="division-name by-edition">{upper-case(substring(@type, 1, 1))}{substring(@type, 2)}</p>
      </xsl:if>
      <xsl:call-template name="ed:content"/>
      <xsl:call-template name="ed:permalink"/>
    </section>
  </xsl:template>

  <!-- What opens and closes a division, title pages, texts in texts (DSDTB, DSTITL, DSFLT): blocks. -->
  <xsl:template match="tei:argument | tei:closer | tei:docTitle | tei:epigraph | tei:floatingText | tei:opener | tei:postscript | tei:titlePage" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- Lines of openers, closers and title pages (DSDTB, DSTITL): a line each; among words, words. -->
  <xsl:template match="tei:byline | tei:dateline | tei:docAuthor | tei:docDate | tei:docEdition | tei:docImprint | tei:imprimatur | tei:salute | tei:signed
    | tei:titlePart | tei:trailer" mode="reading" as="element()">
    <xsl:choose>
      <xsl:when test="ed:in(.., $ed:containers) and ed:is-block(.) or ed:among-blocks(.)"><xsl:call-template name="ed:paragraph"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="ed:inline"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>

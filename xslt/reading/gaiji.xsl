<?xml version="1.0" encoding="UTF-8"?>
<!-- gaiji: characters and glyphs that a character set lacks. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <!-- g that is named as the hyphen at the end of a line (D25-20): where the word may be broken. -->
  <xsl:template match="tei:g[matches(@ref, 'hyphen$', 'i')][not(normalize-space())][not(ed:glyph(.))]" mode="reading" as="element(span)" priority="1">
    <span><xsl:call-template name="ed:attributes"/><span class="by-edition">&#xAD;</span></span>
  </xsl:template>

  <!-- g (D25-20): its letters; where it has none, those its declaration gives, or its name in brackets. -->
  <xsl:template match="tei:g" mode="reading" as="element()">
    <xsl:choose>
      <xsl:when test="normalize-space()"><xsl:call-template name="ed:inline"/></xsl:when>
      <xsl:otherwise>
        <span>
          <xsl:call-template name="ed:attributes"/>
          <xsl:text>{ed:glyph(.)}</xsl:text>
          <xsl:if test="not(ed:glyph(.))"><span class="by-edition">[{(@ref ! ed:glyph-name(.), @type, @n, 'glyph')[normalize-space()][1]}]</span></xsl:if>
        </span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:function name="ed:glyph-name" as="xs:string?">
    <xsl:param name="ref" as="attribute()"/>
    <xsl:variable name="declared" as="element()?" select="ed:declared($ref)"/>
    <xsl:sequence select="($declared/(*[local-name() = ('charName', 'glyphName')], tei:localProp[matches(@name, 'name', 'i')]/(@value, .)[1], tei:unicodeProp[@name = 'Name']/@value, tei:desc)/normalize-space(),
      replace($ref, '^.*[#/:]', ''))[.][1]"/>
  </xsl:function>

  <!-- Declarations of characters and glyphs (D25-25): a line each, behind their name. -->
  <xsl:template match="tei:charDecl | tei:char | tei:glyph | tei:mapping" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <!-- localProp, unicodeProp, unihanProp (D25-25): name and value. -->
  <xsl:template match="tei:localProp | tei:unicodeProp | tei:unihanProp" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"><xsl:with-param name="class" select="'fact'[ed:is-fact(current())]"/></xsl:call-template>
      <span class="by-edition">{string-join((@name, @value), ': ')}</span>
      <xsl:apply-templates mode="reading"/>
    </span>
  </xsl:template>
</xsl:stylesheet>

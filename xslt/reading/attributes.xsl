<?xml version="1.0" encoding="UTF-8"?>
<!-- What every rendered element has: class, id, language and direction; and a passage's link to itself. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all">

  <xsl:template name="ed:attributes" as="attribute()*">
    <xsl:param name="class" as="xs:string*"/>
    <xsl:attribute name="class" select="string-join(('tei-' || local-name(), $class, 'expression'[ed:is-expression(current())], 'uncertain'[ed:certainty-in-words(current()/@cert)], ed:rend-classes(.)), ' ')"/>
    <xsl:variable name="id" as="xs:string?" select="ed:mark-id(.)"/>
    <xsl:if test="$id"><xsl:attribute name="id" select="$id"/></xsl:if>
    <xsl:if test="@type[normalize-space()]"><xsl:attribute name="data-type" select="normalize-space(@type)"/></xsl:if>
    <xsl:if test="ed:is-passage(.)"><xsl:attribute name="data-label" select="ed:passage-label(.)"/></xsl:if>
    <xsl:variable name="language" as="xs:string?" select="if (. is $ed:texts[1]) then ed:language(.) else ed:language-tag(@xml:lang)"/>
    <xsl:sequence select="ed:language-attributes($language)"/>
  </xsl:template>

  <!-- What a browser needs to know of a language; nothing of what is no language tag. -->
  <xsl:function name="ed:language-attributes" as="attribute()*">
    <xsl:param name="tag" as="xs:string?"/>
    <xsl:if test="matches($tag, '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$')">
      <xsl:attribute name="lang" select="$tag"/>
      <xsl:attribute name="dir" select="ed:direction($tag)"/>
    </xsl:if>
  </xsl:function>

  <!-- @rend as classes, a word each: what letters it is safe to name a class by. -->
  <xsl:function name="ed:rend-classes" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="tokenize($element/@rend)[matches(., '^[A-Za-z][-\w]{0,40}$')] ! ('tei-rend-' || lower-case(.))"/>
  </xsl:function>

  <xsl:template name="ed:permalink" as="element(a)?">
    <xsl:if test="ed:is-passage(.)">
      <a class="permalink" href="#{encode-for-uri(ed:passage-id(.))}" aria-label="Link to {ed:passage-label(.)}">¶</a>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>

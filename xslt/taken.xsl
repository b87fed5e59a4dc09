<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a document, and what is known besides (export/shared/context.xsl). Out: its reading text as it is taken away, as HTML that stands
     by itself: made once for all formats that have it. Its links lead to something that is in the file, by its id alone, or to an
     address of the web. -->
<xsl:package name="urn:x-edition:taken" package-version="1" version="3.0" declared-modes="no"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="export/shared/context.xsl"/>

  <xsl:use-package name="urn:x-edition:pages">
    <xsl:override>
      <xsl:variable name="ed:root" as="document-node()" select="/"/>
      <xsl:function name="ed:found" as="item()*">
        <xsl:param name="name" as="xs:string"/>
        <xsl:sequence select="$ed:known($name)"/>
      </xsl:function>

      <xsl:variable name="ed:up" as="xs:string" select="''"/>

      <xsl:function name="ed:to-part" as="xs:string">
        <xsl:param name="id" as="xs:string"/>
        <xsl:sequence select="''"/>
      </xsl:function>

      <!-- A file has all of a long text; a book has a file for each part. -->
      <xsl:variable name="ed:in-parts" as="xs:boolean" select="$ed:by-parts"/>
    </xsl:override>
  </xsl:use-package>

  <xsl:param name="ed:known" as="map(*)" select="map{}"/>

  <xsl:param name="ed:by-parts" as="xs:boolean" select="false()"/>

  <xsl:template match="/" as="document-node()+">
    <xsl:variable name="document" as="document-node()" select="."/>
    <xsl:for-each select="if ($ed:in-parts) then 1 to count($ed:part-ids) else 0">
      <xsl:variable name="part" as="xs:integer?" select=".[. gt 0]"/>
      <xsl:for-each select="$document">
        <xsl:variable name="fragment" as="element()*">
          <xsl:if test="not($part gt 1)"><xsl:call-template name="ed:letter"/></xsl:if>
          <xsl:call-template name="ed:page"><xsl:with-param name="part" select="$part" tunnel="yes"/></xsl:call-template>
        </xsl:variable>
        <xsl:document><xsl:apply-templates select="$fragment" mode="taken"/></xsl:document>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <!-- In: HTML of the reading page. Out: the same without what only the site can do. -->
  <xsl:mode name="taken" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <xsl:template match="a[@class = 'permalink']" mode="taken" priority="2"/>

  <!-- An image beside the TEI is not in the file, whether it is there or not. -->
  <xsl:template match="span[tokenize(@class) = 'image-place']" mode="taken" as="element(span)">
    <span class="{@class}">{replace(., '^\[image, which is missing:', '[image:')}</span>
  </xsl:template>

  <xsl:template match="@data-mention" mode="taken"/>

  <xsl:template match="a[@data-mention]" mode="taken" as="element()?" priority="1">
    <xsl:variable name="entry" as="xs:string?" select="$ed:context?marks(@data-mention)"/>
    <xsl:choose>
      <xsl:when test="$entry">
        <a href="#{encode-for-uri($entry)}"><xsl:apply-templates select="@*, node()" mode="taken"/></a>
      </xsl:when>
      <xsl:when test="node()">
        <span><xsl:apply-templates select="@*, node()" mode="taken"/></span>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- A link to another page of the site: to its public address where it has one. -->
  <xsl:template match="a[@href[not(matches(., '^(#|[a-z][a-z0-9+.\-]*:)', 'i'))]]" mode="taken" as="element()">
    <xsl:element name="{if ($ed:context?address) then 'a' else 'span'}">
      <xsl:apply-templates select="@* except (@href, @aria-label)" mode="taken"/>
      <xsl:if test="$ed:context?address">
        <xsl:attribute name="href" select="resolve-uri(@href, $ed:context?address)"/>
        <xsl:sequence select="@aria-label"/>
      </xsl:if>
      <xsl:apply-templates mode="taken"/>
    </xsl:element>
  </xsl:template>
</xsl:package>

<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a document. Out: the TEI itself as highlighted HTML, one <pre>, an anchor at each passage with the passage's id.
     Attributes and white space are as the parser gives them; the file itself, byte for byte, is a download. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="shared/passages.xsl"/>

  <xsl:output method="html" html-version="5" indent="no" omit-xml-declaration="yes"/>
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="/" as="element(pre)">
    <pre class="tei-source"><xsl:for-each select="node()"><xsl:apply-templates select="."/>{'&#10;'}</xsl:for-each></pre>
  </xsl:template>

  <xsl:template match="*" as="node()+">
    <xsl:choose>
      <xsl:when test="ed:is-passage(.)"><span id="{ed:passage-id(.)}"><xsl:call-template name="ed:start-tag"/></span></xsl:when>
      <xsl:otherwise><xsl:call-template name="ed:start-tag"/></xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="node()"/>
    <xsl:if test="node()"><span class="x-el">&lt;/{name()}&gt;</span></xsl:if>
  </xsl:template>

  <xsl:template name="ed:start-tag" as="node()+">
    <span class="x-el">&lt;{name()}</span>
    <xsl:apply-templates select="ed:new-namespaces(.), @*"/>
    <span class="x-el">{if (node()) then '&gt;' else '/&gt;'}</span>
  </xsl:template>

  <xsl:template match="@*" as="node()+">
    <xsl:text> </xsl:text><span class="x-attr">{name()}</span>=<span class="x-val">"{. => replace('&amp;', '&amp;amp;') => replace('&lt;', '&amp;lt;') => replace('&quot;', '&amp;quot;')}"</span>
  </xsl:template>

  <xsl:template match="namespace-node()" as="node()+">
    <xsl:text> </xsl:text><span class="x-attr">{string-join(('xmlns', name()[.]), ':')}</span>=<span class="x-val">"{.}"</span>
  </xsl:template>

  <xsl:template match="text()" as="text()">
    <xsl:text>{. => replace('&amp;', '&amp;amp;') => replace('&lt;', '&amp;lt;')}</xsl:text>
  </xsl:template>

  <xsl:template match="comment()" as="element(span)">
    <span class="x-com">&lt;!--{.}--&gt;</span>
  </xsl:template>

  <xsl:template match="processing-instruction()" as="element(span)">
    <span class="x-pi">&lt;?{name()} {.}?&gt;</span>
  </xsl:template>

  <!-- The namespaces an element declares: those its parent has not. -->
  <xsl:function name="ed:new-namespaces" as="namespace-node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="outer" as="element()?" select="$element/parent::*"/>
    <xsl:variable name="new" as="xs:string*" select="
      in-scope-prefixes($element)[. ne 'xml'][not($outer and namespace-uri-for-prefix(., $outer) = namespace-uri-for-prefix(., $element))]"/>
    <xsl:sequence select="if (exists($new)) then $element/namespace::*[name() = $new] else ()"/>
  </xsl:function>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- Markup shown as markup: TEI in its angle brackets, highlighted. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <!-- In: any node. Out: its markup as text, in spans that say what is what. A stylesheet that shows something otherwise overrides the template
       or function. -->
  <xsl:mode name="markup" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" mode="markup" as="node()+">
    <xsl:call-template name="ed:start-tag"/>
    <xsl:apply-templates select="node()" mode="markup"/>
    <xsl:call-template name="ed:end-tag"/>
  </xsl:template>

  <xsl:template name="ed:start-tag" as="node()+">
    <span class="x-el">&lt;{ed:shown-name(.)}</span>
    <xsl:apply-templates select="ed:new-namespaces(.), @*" mode="markup"/>
    <span class="x-el">{if (node()) then '&gt;' else '/&gt;'}</span>
  </xsl:template>

  <xsl:template name="ed:end-tag" as="element(span)?">
    <xsl:if test="node()"><span class="x-el">&lt;/{ed:shown-name(.)}&gt;</span></xsl:if>
  </xsl:template>

  <xsl:function name="ed:shown-name" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="name($element)"/>
  </xsl:function>

  <xsl:template match="@*" mode="markup" as="node()+">
    <xsl:text> </xsl:text><span class="x-attr">{name()}</span>=<span class="x-val">"{. => replace('&amp;', '&amp;amp;') => replace('&lt;', '&amp;lt;') => replace('&quot;', '&amp;quot;')}"</span>
  </xsl:template>

  <xsl:template match="namespace-node()" mode="markup" as="node()+">
    <xsl:text> </xsl:text><span class="x-attr">{string-join(('xmlns', name()[.]), ':')}</span>=<span class="x-val">"{.}"</span>
  </xsl:template>

  <xsl:template match="text()" mode="markup" as="text()">
    <xsl:text>{ed:escaped(.)}</xsl:text>
  </xsl:template>

  <xsl:function name="ed:escaped" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="$words => replace('&amp;', '&amp;amp;') => replace('&lt;', '&amp;lt;')"/>
  </xsl:function>

  <xsl:template match="comment()" mode="markup" as="element(span)">
    <span class="x-com">&lt;!--{.}--&gt;</span>
  </xsl:template>

  <xsl:template match="processing-instruction()" mode="markup" as="element(span)">
    <span class="x-pi">&lt;?{string-join((name(), string()[.]), ' ')}?&gt;</span>
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

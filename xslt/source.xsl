<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a document. Out: the TEI itself as highlighted HTML, one <pre>, an anchor at each passage with the passage's id,
     and at each element that an editor gave one.
     Attributes and white space are as the parser gives them; the file itself, byte for byte, is a download. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="shared/passages.xsl"/>
  <xsl:import href="shared/markup.xsl"/>

  <xsl:output method="html" html-version="5" indent="no" omit-xml-declaration="yes"/>

  <xsl:template match="/" as="element(pre)">
    <pre class="tei-source"><xsl:for-each select="node()"><xsl:apply-templates select="." mode="markup"/>{'&#10;'}</xsl:for-each></pre>
  </xsl:template>

  <xsl:template match="*[ed:is-passage(.) or ed:given-id(.)]" mode="markup" as="node()+">
    <span id="{(ed:passage-id(.), ed:given-id(.))[1]}"><xsl:call-template name="ed:start-tag"/></span>
    <xsl:apply-templates select="node()" mode="markup"/>
    <xsl:call-template name="ed:end-tag"/>
  </xsl:template>
</xsl:stylesheet>

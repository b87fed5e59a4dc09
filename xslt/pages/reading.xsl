<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a document. Out: its reading text, as ../reading.xsl says. -->
<xsl:package name="urn:x-edition:pages/reading" package-version="1" version="3.0" declared-modes="no"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <xsl:use-package name="urn:x-edition:pages">
    <xsl:override>
      <xsl:variable name="ed:root" as="document-node()" select="/"/>
      <xsl:function name="ed:found" as="item()*">
        <xsl:param name="name" as="xs:string"/>
        <xsl:sequence select="$ed:known($name)"/>
      </xsl:function>
    </xsl:override>
  </xsl:use-package>

  <xsl:param name="ed:known" as="map(*)" select="map{}"/>
  <xsl:output method="html" html-version="5" indent="no" omit-xml-declaration="yes"/>

  <xsl:template match="/" as="node()*">
    <xsl:call-template name="ed:whole"/>
  </xsl:template>
</xsl:package>

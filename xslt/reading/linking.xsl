<?xml version="1.0" encoding="UTF-8"?>
<!-- linking: segments and anchors. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="tei:seg | tei:anchor" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>
</xsl:stylesheet>

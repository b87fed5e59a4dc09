<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a document, and what is known besides. Out: its reading text as it is taken away, made once for all formats that have it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <xsl:import href="export/shared/taken.xsl"/>

  <xsl:template match="/" as="document-node()">
    <xsl:sequence select="$ed:whole"/>
  </xsl:template>
</xsl:stylesheet>

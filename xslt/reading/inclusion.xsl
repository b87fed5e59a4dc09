<?xml version="1.0" encoding="UTF-8"?>
<!-- XInclude (W3C; Guidelines SGXI): what is left of it when the build has put in place what could be included (edition/inclusion.py). -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xi="http://www.w3.org/2001/XInclude"
  exclude-result-prefixes="#all" expand-text="yes">

  <!-- include: [not included: file.xml], where that is not there. -->
  <xsl:template match="xi:include" mode="reading" as="element(span)">
    <span class="tei-include by-edition">[not included: {(@href, @xpointer)[1]}]</span>
  </xsl:template>
</xsl:stylesheet>

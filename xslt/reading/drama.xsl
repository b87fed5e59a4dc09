<?xml version="1.0" encoding="UTF-8"?>
<!-- drama: cast lists and the pieces of a performance (speeches are core). -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <!-- Cast lists, prologue, epilogue, set, performance (DRFAB): blocks. -->
  <xsl:template match="tei:castList | tei:castGroup | tei:performance | tei:prologue | tei:epilogue | tei:set" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- castItem (DRCAST): a line; role, description and actor set apart by commas. -->
  <xsl:template match="tei:castItem" mode="reading" as="element()">
    <xsl:call-template name="ed:parts"/>
  </xsl:template>

  <!-- role, roleDesc, actor (DRCAST); sound, tech, view, camera, caption, move (DRSTA, DROTH): words among words. -->
  <xsl:template match="tei:actor | tei:move | tei:role | tei:roleDesc | tei:sound | tei:view | tei:camera | tei:caption | tei:tech" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- In: the entries of a register (edition/exports/registers.py). Out: the same in the words of schema.org, JSON-LD. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <xsl:import href="../export/shared/linked.xsl"/>
  <xsl:output method="json" indent="no"/>

  <xsl:template name="xsl:initial-template" as="map(*)">
    <xsl:sequence select="map{
      '@context': ed:linked-context($ed:context?home),
      '@graph': array{$ed:context?entries?* ! ed:linked(.)} }"/>
  </xsl:template>
</xsl:stylesheet>

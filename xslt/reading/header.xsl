<?xml version="1.0" encoding="UTF-8"?>
<!-- header: what the header says, wherever it stands: on the page of the header, or in a text that quotes one. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <!-- Parts of the header (HD): sections of the header’s page. -->
  <xsl:template match="tei:teiHeader | tei:fileDesc | tei:encodingDesc | tei:profileDesc | tei:revisionDesc | tei:titleStmt | tei:editionStmt | tei:publicationStmt | tei:seriesStmt
    | tei:notesStmt | tei:sourceDesc | tei:projectDesc | tei:samplingDecl | tei:editorialDecl | tei:tagsDecl | tei:refsDecl | tei:classDecl | tei:appInfo | tei:unitDecl | tei:geoDecl | tei:langUsage
    | tei:textClass | tei:calendarDesc | tei:listChange | tei:listPrefixDef | tei:styleDefDecl | tei:creation | tei:abstract | tei:correspDesc" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <!-- What the header says (HD): a line each, behind its name; among words, words. -->
  <xsl:template match="tei:application | tei:authority | tei:availability | tei:calendar | tei:catRef | tei:change | tei:citeData | tei:citeStructure | tei:classCode
    | tei:conversion | tei:correction | tei:correspAction | tei:correspContext | tei:cRefPattern | tei:distributor | tei:funder | tei:handNote | tei:hyphenation | tei:interpretation
    | tei:keywords | tei:language | tei:licence | tei:namespace | tei:normalization | tei:prefixDef | tei:principal | tei:punctuation | tei:quotation | tei:refState | tei:rendition
    | tei:schemaRef | tei:scriptNote | tei:segmentation | tei:sponsor | tei:stdVals | tei:tagUsage | tei:typeNote | tei:unitDef" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <!-- taxonomy, category, catDesc (HDCLAD): lists in lists. -->
  <xsl:template match="tei:taxonomy | tei:category | tei:catDesc" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- xenoData (HDXENO): data in another vocabulary, as it stands. -->
  <xsl:template match="tei:xenoData" mode="reading" as="element(pre)">
    <pre>
      <xsl:call-template name="ed:attributes"/>
      <xsl:attribute name="tabindex" select="0"/>
      <xsl:apply-templates select="node()" mode="markup">
        <xsl:with-param name="first" select="()" tunnel="yes"/>
        <xsl:with-param name="last" select="()" tunnel="yes"/>
        <xsl:with-param name="indent" select="ed:indent(node())" tunnel="yes"/>
      </xsl:apply-templates>
    </pre>
  </xsl:template>
</xsl:stylesheet>

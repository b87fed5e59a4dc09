<?xml version="1.0" encoding="UTF-8"?>
<!-- iso-fs and nets: feature structures, graphs and trees, in words. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <!-- fs, f and collections of values (FS): the name of each feature, then its value, in brackets. -->
  <xsl:template match="tei:fs | tei:f | tei:vColl | tei:vAlt | tei:vNot | tei:vMerge | tei:vLabel | tei:if | tei:cond | tei:bicond" mode="reading" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <span class="by-edition">{string-join((map{'vNot': 'not', 'if': 'if', 'vAlt': 'one of', 'vMerge': 'all of'}(local-name()), (self::tei:fs/@type, @name)), ' ')} [</span>
      <xsl:apply-templates mode="reading"/>
      <span class="by-edition">{(@fVal, @feats) ! replace(., '#', '')}] </span>
      <xsl:call-template name="ed:permalink"/>
    </xsl:element>
  </xsl:template>

  <!-- Values (FSSY): as the encoding has them. -->
  <xsl:template match="tei:binary | tei:numeric | tei:symbol | tei:default | tei:vRange | tei:vDefault | tei:string | tei:iff | tei:then" mode="reading" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <span class="by-edition">{string-join((local-name()[. = ('default', 'iff', 'then')], @value ! string-join((., ../@max), '–')), ' ')}</span>
      <xsl:apply-templates mode="reading"/>
    </xsl:element>
  </xsl:template>

  <!-- Libraries and declarations of features (FSLI, FD): a line each, behind their name. -->
  <xsl:template match="tei:fLib | tei:fvLib | tei:fsdDecl | tei:fsDecl | tei:fsDescr | tei:fsConstraints | tei:fsdLink | tei:fDecl | tei:fDescr" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <!-- Graphs and trees (GD): lists in lists, the parts by their labels. -->
  <xsl:template match="tei:graph | tei:tree | tei:eTree | tei:triangle | tei:forest | tei:listForest" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <!-- node, iNode, leaf, root, eLeaf (GD): a line each; what names it is its label or value. -->
  <xsl:template match="tei:node | tei:iNode | tei:leaf | tei:root | tei:eLeaf" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <!-- arc (GDGR): from where to where. -->
  <xsl:template match="tei:arc" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>
</xsl:stylesheet>

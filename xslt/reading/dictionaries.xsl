<?xml version="1.0" encoding="UTF-8"?>
<!-- dictionaries: entries, their forms, senses and what is said of them. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <!-- Entries and groups of them (DIBO): a block, the headword hanging before it. -->
  <xsl:template match="tei:superEntry | tei:entry | tei:entryFree | tei:dictScrap" mode="reading" as="element(div)">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <xsl:call-template name="ed:of-entry"/>
      <xsl:call-template name="ed:permalink"/>
    </div>
  </xsl:template>

  <!-- Senses, homographs, related entries (DITPSE): a block behind the number the encoding gives it. -->
  <xsl:template match="tei:sense | tei:hom | tei:re" mode="reading" as="element(div)">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="@n[normalize-space()]"><span class="sense-number by-edition">{@n} </span></xsl:if>
      <xsl:call-template name="ed:of-entry"/>
      <xsl:call-template name="ed:permalink"/>
    </div>
  </xsl:template>

  <!-- form, gramGrp, etym, xr (DITPFO, DITPGR, DITPET, DITPXR): among words, their parts a space apart. -->
  <xsl:template match="tei:form | tei:gramGrp | tei:etym | tei:xr" mode="reading" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:call-template name="ed:of-entry"/>
      <xsl:call-template name="ed:permalink"/>
    </xsl:element>
  </xsl:template>

  <!-- The content of an entry or a part of it: parts that have nothing between them are a space apart. -->
  <xsl:template name="ed:of-entry" as="node()*">
    <xsl:variable name="parted" as="xs:boolean" select="not(map:contains($ed:worded, generate-id(.)))"/>
    <xsl:for-each select="node()">
      <xsl:if test="$parted and self::* and preceding-sibling::node()[1][self::*] and not(self::tei:pc)"><xsl:text> </xsl:text></xsl:if>
      <xsl:apply-templates select="." mode="reading"/>
    </xsl:for-each>
  </xsl:template>

  <!-- orth, def, usg, lbl and what else is said of a form or a sense (DITPFO, DITPDE, DITPMI): among words. -->
  <xsl:template match="tei:orth | tei:colloc | tei:def | tei:hyph | tei:lang | tei:lbl | tei:pron | tei:stress | tei:syll | tei:usg" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- Grammar (DITPGR): its words; where it has none, its value. -->
  <xsl:template match="tei:case | tei:gen | tei:gram | tei:iType | tei:mood | tei:number | tei:per | tei:pos | tei:subc | tei:tns" mode="reading" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="not(normalize-space())"><span class="by-edition">{@value}</span></xsl:if>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </xsl:element>
  </xsl:template>

  <!-- oRef, pRef (DITPNO): the headword or its sound; the sign “~” where the encoding leaves it out. -->
  <xsl:template match="tei:oRef | tei:pRef" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="not(normalize-space())"><span class="by-edition">~</span></xsl:if>
      <xsl:apply-templates mode="reading"/>
    </span>
  </xsl:template>
</xsl:stylesheet>

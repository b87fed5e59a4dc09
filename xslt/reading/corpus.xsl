<?xml version="1.0" encoding="UTF-8"?>
<!-- corpus, spoken, cmc: the situations texts come from, recordings, and what is heard in them. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <!-- Kinds of text, participants, settings (CC): a line each, behind their name. -->
  <xsl:template match="tei:activity | tei:channel | tei:constitution | tei:derivation | tei:domain | tei:factuality | tei:interaction | tei:locale | tei:particDesc | tei:preparedness
    | tei:purpose | tei:setting | tei:settingDesc | tei:textDesc" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <!-- Recordings and scripts (HD32): a line each, behind their name. -->
  <xsl:template match="tei:recordingStmt | tei:recording | tei:equipment | tei:broadcast | tei:scriptStmt | tei:transcriptionDesc" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <!-- u, post (TSBA, CMC): a paragraph, before it the name of who speaks or writes, a link where a register has them. -->
  <xsl:template match="tei:u[@who] | tei:post[@who]" mode="reading" as="element(div)" priority="1">
    <div role="paragraph">
      <xsl:call-template name="ed:attributes"/>
      <xsl:element name="{if (ed:mark(.) and not(ed:is-in-link(.))) then 'a' else 'span'}">
        <xsl:attribute name="class" select="'who by-edition'"/>
        <xsl:if test="ed:mark(.) and not(ed:is-in-link(.))"><xsl:call-template name="ed:link-attributes"/></xsl:if>
        <xsl:text>{string-join(tokenize(@who) ! ed:named-there(.), ', ')}</xsl:text>
      </xsl:element>
      <xsl:text> </xsl:text>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </div>
  </xsl:template>

  <!-- u, post, annotationBlock (TSBA, TSANNOT, CMC): a paragraph. -->
  <xsl:template match="tei:u | tei:annotationBlock | tei:post" mode="reading" as="element()">
    <xsl:call-template name="ed:paragraph"/>
  </xsl:template>

  <!-- pause, shift (TSSAPA, TSSASH): said in brackets. -->
  <xsl:template match="tei:pause" mode="reading" as="element(span)">
    <xsl:call-template name="ed:sign"><xsl:with-param name="words" select="'pause', (@dur/ed:duration-in-words(normalize-space()), @type, @extent)[1]"/></xsl:call-template>
  </xsl:template>

  <!-- shift (TSSASH): in brackets, how the voice changes. -->
  <xsl:template match="tei:shift" mode="reading" as="element(span)">
    <xsl:call-template name="ed:sign"><xsl:with-param name="words" select="(@feature, 'voice')[1], (@new, 'as before')[1]"/></xsl:call-template>
  </xsl:template>

  <!-- vocal, kinesic, incident (TSSAVO): what is heard or seen but not said, in brackets; writing: what was read, as words. -->
  <xsl:template match="tei:vocal | tei:kinesic | tei:incident" mode="reading" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <span class="by-edition">[</span>
      <xsl:apply-templates mode="reading"/>
      <xsl:if test="not(normalize-space())"><span class="by-edition">{(@type, @subtype, local-name())[1]}</span></xsl:if>
      <span class="by-edition">]</span>
      <xsl:call-template name="ed:permalink"/>
    </xsl:element>
  </xsl:template>

  <!-- writing (TSSAVO): what was written and shown, as words. -->
  <xsl:template match="tei:writing" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- linking and certainty: segments, anchors, and what is said apart from the text. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <!-- seg (SASE): words among words. -->
  <xsl:template match="tei:seg" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- anchor (SACR): a place that can be linked to; where an addition, deletion or damage that spans elements ends, a sign says so. -->
  <xsl:template match="tei:anchor" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:for-each select="$ed:spans(string(@xml:id))"><span class="span-sign by-edition">[end of {ed:span-word(.)}] </span></xsl:for-each>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </span>
  </xsl:template>

  <!-- link, join, alt, substJoin, transpose, timeline, when and their groups (SA, PH): not shown, relations for machines; words in them are. -->
  <xsl:template match="tei:link | tei:linkGrp | tei:join | tei:joinGrp | tei:alt | tei:altGrp | tei:timeline | tei:when | tei:substJoin | tei:listTranspose | tei:transpose"
    mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- certainty, precision, respons (CE): not shown, judgements for machines; words in them are. -->
  <xsl:template match="tei:certainty | tei:precision | tei:respons" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- standOff, listAnnotation, annotation (SASO): shown on the page of the header; remarks on words of the text also after the text. -->
  <xsl:template match="tei:standOff | tei:listAnnotation | tei:annotation" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <!-- Ways on from an element: to the part that goes before or after it elsewhere (@prev, @next), to its counterparts in this
       document (@corresp: the same passage in another language). Its very neighbours need no way. -->
  <xsl:template name="ed:ways-on" as="element(a)*">
    <xsl:for-each select="(@prev, @next, @corresp)[starts-with(., '#')]">
      <xsl:variable name="from" as="element()" select=".."/>
      <xsl:for-each select="tokenize(.)[starts-with(., '#')] ! ed:with-id(substring(., 2))[ancestor::* intersect $ed:texts][not(. is $from)]
        [not(. is $from/preceding-sibling::*[1] or . is $from/following-sibling::*[1])]">
        <a class="way-on by-edition" href="{ed:way($from, .)}" aria-label="{if (. is $from) then '' else ed:way-word($from, .)}">{if (. &lt;&lt; $from) then '↑' else '↓'}</a>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="ed:way-word" as="xs:string">
    <xsl:param name="from" as="element()"/>
    <xsl:param name="to" as="element()"/>
    <xsl:variable name="pointer" as="xs:string" select="'#' || $to/@xml:id"/>
    <xsl:variable name="word" as="xs:string" select="if (tokenize($from/@next) = $pointer) then 'Goes on' else if (tokenize($from/@prev) = $pointer) then 'Goes on from' else 'Corresponds to'"/>
    <xsl:sequence select="string-join(($word, if (ed:is-passage($to)) then ed:passage-label($to) else ('“' || ed:shortened(normalize-space($to)) || '”')), ': ')"/>
  </xsl:function>
</xsl:stylesheet>

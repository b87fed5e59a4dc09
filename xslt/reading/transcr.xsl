<?xml version="1.0" encoding="UTF-8"?>
<!-- transcr: transcription of primary sources. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <!-- supplied, surplus, secl, restore, retrace, mod, metamark, am (PH): words among words, set off by style. -->
  <xsl:template match="tei:am | tei:metamark | tei:mod[not(@spanTo)] | tei:restore | tei:retrace | tei:secl | tei:supplied | tei:surplus" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- subst (PHSU): a deletion and what was put in its place, side by side. -->
  <xsl:template match="tei:subst" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- redo, undo (PHRE): not shown, they say of marks elsewhere that they were made or taken back; words in them are shown. -->
  <xsl:template match="tei:redo | tei:undo" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- path (PHZLAB): not shown, a line drawn on an image; words in it are. -->
  <xsl:template match="tei:path" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- damage (PHDA): words that are hard to read for it; where it has none, that there is damage. -->
  <xsl:template match="tei:damage" mode="reading" as="element()">
    <xsl:choose>
      <xsl:when test="* or normalize-space()"><xsl:call-template name="ed:inline"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="ed:sign"><xsl:with-param name="words" select="'damage', @agent"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- addSpan, delSpan, damageSpan, mod with @spanTo (PHAD): a sign where it begins and, at the anchor, where it ends. -->
  <xsl:template match="tei:addSpan | tei:delSpan | tei:damageSpan | tei:mod[@spanTo]" mode="reading" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="ed:attributes"><xsl:with-param name="class" select="'span-sign'"/></xsl:call-template>
      <span class="by-edition">[{ed:span-word(.)} begins] </span>
      <xsl:apply-templates mode="reading"/>
    </xsl:element>
  </xsl:template>

  <xsl:variable name="ed:spans" as="map(xs:string, element()*)">
    <xsl:map>
      <xsl:for-each-group select="$ed:texts//(tei:addSpan | tei:delSpan | tei:damageSpan | tei:mod)[@spanTo]" group-by="substring-after(@spanTo, '#')">
        <xsl:map-entry key="current-grouping-key()" select="current-group()"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <xsl:function name="ed:span-word" as="xs:string">
    <xsl:param name="span" as="element()"/>
    <xsl:sequence select="map{'addSpan': 'addition', 'delSpan': 'deletion', 'damageSpan': 'damage', 'mod': 'change'}(local-name($span))"/>
  </xsl:function>

  <!-- handShift (PHDH): whose hand it is from here on, in brackets. -->
  <xsl:template match="tei:handShift" mode="reading" as="element(span)">
    <xsl:call-template name="ed:sign">
      <xsl:with-param name="words" select="(@scribe/string(), @new ! ed:named-there(tokenize(.)[1]), @medium, @script)[normalize-space()][1] ! ('hand: ' || .)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- handNotes (PHDH): a line each, behind its name. -->
  <xsl:template match="tei:handNotes" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <!-- fw (PHSK): what the sheet repeats (running heads, catchwords, numbers): small; no words of the text to the search. -->
  <xsl:template match="tei:fw" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- space (PHSP): a gap the scribe left, said in words. -->
  <xsl:template match="tei:space" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:text> </xsl:text>
      <xsl:call-template name="ed:spoken"><xsl:with-param name="words" select="'[space]'"/></xsl:call-template>
      <xsl:apply-templates mode="reading"/>
    </span>
  </xsl:template>

  <!-- surface, zone with @facs (PHFAX, PHZLAB): a page of the source, or a part: its name, its image or a link to it, what is written on it. -->
  <xsl:template match="tei:surface | tei:zone[@facs]" mode="reading" as="element(div)">
    <xsl:param name="part" as="xs:integer?" tunnel="yes"/>
    <xsl:variable name="image" as="xs:string?" select="(tei:graphic/@url ! ed:image-address(.), @facs ! ed:image(.))[1]"/>
    <xsl:variable name="name" as="xs:string?" select="self::tei:surface/((@n, tei:label, @*[local-name() = 'folio'])[1] ! normalize-space(), @xml:id)[.][1]"/>
    <div>
      <xsl:call-template name="ed:attributes"/>
      <xsl:call-template name="ed:page-image"/>
      <xsl:if test="$image or $name">
        <p class="surface-name by-edition">
          <xsl:text>{$name}</xsl:text>
          <xsl:if test="$image">
            <xsl:text>{' '[$name]}[</xsl:text>
            <xsl:call-template name="ed:image-link"><xsl:with-param name="address" select="$image"/><xsl:with-param name="of" select="ed:page-name(.)"/></xsl:call-template>
            <xsl:text>]</xsl:text>
          </xsl:if>
        </p>
      </xsl:if>
      <xsl:apply-templates select="ed:content(., $part) except tei:graphic[@url ! ed:image-address(.) = $image][not(node())]" mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </div>
  </xsl:template>

  <!-- sourceDoc, surfaceGrp, zone, line (PHZLAB): as they lie on the page, a line a line. -->
  <xsl:template match="tei:sourceDoc | tei:surfaceGrp | tei:zone[not(@facs)] | tei:line" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- facsimile (PHFAX): shown on the page of the header, a link an image. -->
  <xsl:template match="tei:facsimile" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>
</xsl:stylesheet>

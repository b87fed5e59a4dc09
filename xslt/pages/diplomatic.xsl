<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a document. Out: its text as received or transcribed, as an HTML fragment with the anchors of the reading page: the
     source's letters without corrections, its line and page beginnings, its deletions; no word that an editor supplied, no
     editors' notes, no names marked. The reading page's templates, but for what stands here. -->
<xsl:package name="urn:x-edition:pages/diplomatic" package-version="1" version="3.0" declared-modes="no"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <xsl:use-package name="urn:x-edition:pages">
    <xsl:override>
      <xsl:variable name="ed:root" as="document-node()" select="/"/>
      <xsl:function name="ed:found" as="item()*">
        <xsl:param name="name" as="xs:string"/>
        <xsl:sequence select="$ed:known($name)"/>
      </xsl:function>

      <!-- The page lies one folder deeper than the reading page. -->
      <xsl:variable name="ed:up" as="xs:string" select="if ($ed:in-parts) then '../../../' else '../'"/>

      <xsl:function name="ed:to-part" as="xs:string">
        <xsl:param name="id" as="xs:string"/>
        <xsl:sequence select="'../../' || encode-for-uri($id) || '/diplomatic/'"/>
      </xsl:function>

      <xsl:template name="ed:page" as="element()*">
        <xsl:call-template name="ed:articles"><xsl:with-param name="class" select="'as-received'"/></xsl:call-template>
        <xsl:call-template name="ed:notes-of-text"/>
      </xsl:template>

      <!-- Who wrote to whom, the header says. -->
      <xsl:template name="ed:letter" as="element(dl)?"/>

      <!-- choice (COED): what the source has. -->
      <xsl:template match="tei:choice" mode="reading" as="element()">
        <xsl:variable name="received" as="element()?" select="(tei:sic, tei:orig, tei:abbr, tei:am, *)[1]"/>
        <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
          <xsl:call-template name="ed:attributes"/>
          <xsl:apply-templates select="$received" mode="reading"/>
          <xsl:call-template name="ed:anchors"><xsl:with-param name="within" select="* except $received"/></xsl:call-template>
        </xsl:element>
      </xsl:template>

      <!-- app (TCAPLL): the reading that the text gives, without the others. -->
      <xsl:template match="tei:app" mode="reading" as="element()">
        <xsl:variable name="read" as="element()?" select="(tei:lem, *[descendant-or-self::tei:rdg])[1]"/>
        <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
          <xsl:call-template name="ed:attributes"/>
          <xsl:apply-templates select="$read" mode="reading"/>
          <xsl:call-template name="ed:anchors"><xsl:with-param name="within" select="* except $read"/></xsl:call-template>
        </xsl:element>
      </xsl:template>

      <!-- ex, editors’ notes (PHAB, CONO): not shown, since not in the source: the letters of an abbreviation that were not written, the editors' notes. -->
      <xsl:template match="tei:ex | tei:note[ed:is-editorial(.)]" mode="reading" as="element(span)*">
        <xsl:call-template name="ed:anchors"><xsl:with-param name="within" select="."/></xsl:call-template>
      </xsl:template>

      <!-- supplied (PHDA): a gap, unless the scribe left the words out. -->
      <xsl:template match="tei:supplied" mode="reading" as="element(span)">
        <span>
          <xsl:call-template name="ed:attributes"/>
          <xsl:if test="not(tokenize(@reason) = ('omitted', 'subaudible', 'explanation'))">
            <span class="by-edition" aria-hidden="true">[…]</span>
            <xsl:call-template name="ed:spoken"><xsl:with-param name="words" select="'[words not in the source]'"/></xsl:call-template>
          </xsl:if>
          <xsl:call-template name="ed:anchors"><xsl:with-param name="within" select="*"/></xsl:call-template>
        </span>
      </xsl:template>

      <!-- lb (CORS): a line ends wherever one ended; a block begins on a new line by itself. -->
      <xsl:template match="tei:lb" mode="reading" as="node()*">
        <xsl:choose>
          <xsl:when test="exists(preceding-sibling::node()[self::* or self::text()[normalize-space()]]) or not(ed:is-block(..))">
            <br class="tei-lb"><xsl:sequence select="ed:id-attribute(.)"/></br>
          </xsl:when>
          <xsl:when test="ed:html-id(.)"><span class="tei-lb" id="{ed:html-id(.)}"/></xsl:when>
        </xsl:choose>
        <xsl:apply-templates mode="reading"/>
      </xsl:template>

      <!-- pb, cb, gb, milestone (CORS): what begins there and its number, in brackets, and its image. -->
      <xsl:template match="tei:pb | tei:cb | tei:gb | tei:milestone" mode="reading" as="element(span)">
        <span>
          <xsl:call-template name="ed:attributes"/>
          <xsl:variable name="unit" as="xs:string?" select="map{'pb': 'page', 'cb': 'column', 'gb': 'gathering'}(local-name())"/>
          <xsl:variable name="image" as="xs:string?" select="@facs ! ed:image(.)"/>
          <span class="by-edition">
            <xsl:text>[{string-join(($unit, @unit, ed:bare-number(@n))[normalize-space()], ' ')}</xsl:text>
            <xsl:if test="$image">
              <xsl:text> </xsl:text>
              <xsl:call-template name="ed:image-link">
                <xsl:with-param name="address" select="$image"/>
                <xsl:with-param name="of" select="ed:page-name(.)"/>
              </xsl:call-template>
            </xsl:if>
            <xsl:text>]</xsl:text>
          </span>
          <xsl:call-template name="ed:page-image"/>
          <xsl:apply-templates mode="reading"/>
          <xsl:text> </xsl:text>
        </span>
      </xsl:template>

      <xsl:function name="ed:heading-words" as="xs:string?">
        <xsl:param name="head" as="element()"/>
        <xsl:sequence select="(ed:text-as-received($head), ed:plain-text($head))[1]"/>
      </xsl:function>

      <!-- What the editors know of names and dates, and how certainly, is not in the source: these are words like others here. -->
      <xsl:variable name="ed:marks" as="map(xs:string, xs:integer)" select="map{}"/>

      <xsl:function name="ed:certainty-in-words" as="xs:string?">
        <xsl:param name="certainty" as="attribute()?"/>
        <xsl:sequence select="()"/>
      </xsl:function>
    </xsl:override>
  </xsl:use-package>

  <xsl:param name="ed:known" as="map(*)" select="map{}"/>
  <xsl:output method="html" html-version="5" indent="no" omit-xml-declaration="yes"/>

  <xsl:template match="/" as="node()*">
    <xsl:call-template name="ed:whole"/>
  </xsl:template>

  <!-- Places that can be linked to in what is left out: they stay, without the words. Of a note that stands after the text it is the
       place to which that leads back. -->
  <xsl:template name="ed:anchors" as="element(span)*">
    <xsl:param name="within" as="element()*" required="yes"/>
    <xsl:variable name="notes" as="element(tei:note)*" select="$within/descendant-or-self::tei:note[ed:is-endnote(.)][not(ed:is-editorial(.))]"/>
    <xsl:for-each select="$within/descendant-or-self::*[ed:html-id(.)] except $notes/descendant-or-self::*, $notes">
      <span id="{if (self::tei:note intersect $notes) then 'ref:' || ed:note-id(.) else ed:html-id(.)}"></span>
    </xsl:for-each>
  </xsl:template>
</xsl:package>

<?xml version="1.0" encoding="UTF-8"?>
<!-- core: paragraphs, headings, emphasis, quotation, editorial interventions, lists, references. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="tei:p | tei:ab" mode="reading" as="element()">
    <xsl:call-template name="ed:paragraph"/>
  </xsl:template>

  <xsl:template match="tei:abbr | tei:expan | tei:ex | tei:address | tei:addrLine | tei:author | tei:biblScope | tei:desc | tei:distinct
    | tei:editor | tei:email | tei:foreign | tei:gloss | tei:hi | tei:imprint | tei:measure | tei:measureGrp | tei:mentioned | tei:monogr | tei:analytic
    | tei:series | tei:name | tei:num | tei:orig | tei:reg | tei:corr | tei:sic | tei:postBox | tei:postCode | tei:pubPlace | tei:publisher | tei:relatedItem
    | tei:resp | tei:respStmt | tei:rs | tei:soCalled | tei:speaker[not(parent::tei:sp)] | tei:street | tei:term | tei:textLang | tei:unclear | tei:unit
    | tei:citedRange | tei:edition | tei:extent | tei:idno | tei:meeting | tei:rb | tei:rt | tei:said[not(ed:is-block(.))] | tei:label[not(parent::tei:list)]"
    mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <xsl:template match="tei:add" mode="reading" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'ins'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="tei:del" mode="reading" as="element(del)">
    <del>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </del>
  </xsl:template>

  <!-- bibl: a line of its own in a list or under a quotation, else among words. -->
  <xsl:template match="tei:bibl | tei:biblStruct | tei:biblFull" mode="reading" as="element()">
    <xsl:choose>
      <xsl:when test="ed:is-block(.)"><xsl:call-template name="ed:paragraph"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="ed:inline"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="tei:listBibl" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- choice (COED): the reading text first, what it stands for within reach. Every word of both is in the page. -->
  <xsl:template match="tei:choice" mode="reading" as="element(span)">
    <xsl:variable name="read" as="element()?" select="(tei:corr, tei:reg, tei:expan, *)[1]"/>
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates select="$read" mode="reading"/>
      <xsl:for-each select="* except $read">
        <span class="alternative by-edition"> [{ed:choice-word(.)}: <xsl:apply-templates select="." mode="reading"/>]</span>
      </xsl:for-each>
    </span>
  </xsl:template>

  <xsl:function name="ed:choice-word" as="xs:string">
    <xsl:param name="alternative" as="element()"/>
    <xsl:sequence select="(map{'sic': 'in the source', 'orig': 'in the source', 'abbr': 'abbreviated', 'corr': 'corrected', 'reg': 'regularised', 'expan': 'expanded'}(local-name($alternative)), 'or')[1]"/>
  </xsl:function>

  <xsl:template match="tei:cit" mode="reading" as="element()">
    <xsl:choose>
      <xsl:when test="ed:is-block(.)"><xsl:call-template name="ed:block"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="ed:inline"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="tei:emph" mode="reading" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'em'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </xsl:element>
  </xsl:template>

  <!-- gap (COEDADD): […] on the page; how much and why follow in words. -->
  <xsl:template match="tei:gap" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <span class="by-edition" aria-hidden="true">[…]</span>
      <xsl:call-template name="ed:spoken"><xsl:with-param name="words" select="ed:gap-label(.)"/></xsl:call-template>
      <xsl:apply-templates mode="reading"/>
    </span>
  </xsl:template>

  <xsl:function name="ed:gap-label" as="xs:string">
    <xsl:param name="gap" as="element(tei:gap)"/>
    <xsl:variable name="extent" as="xs:string?" select="($gap/@extent/normalize-space(), $gap/@quantity ! string-join((., $gap/@unit), ' '), $gap/@unit/string())[1]"/>
    <xsl:variable name="what" as="xs:string" select="string-join(($extent, $gap/@reason/translate(., '_', ' '))[.], ', ')"/>
    <xsl:sequence select="'[' || string-join(('missing', $what[.]), ': ') || ']'"/>
  </xsl:function>

  <xsl:template match="tei:graphic | tei:media" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <span class="by-edition">[{if (self::tei:media) then 'recording' else 'image'}]</span>
      <xsl:apply-templates mode="reading"/>
    </span>
  </xsl:template>

  <!-- head: the first of a division is its heading, one level below the heading around it; any other a line. -->
  <xsl:template match="tei:head" mode="reading" as="element()">
    <xsl:call-template name="ed:paragraph"/>
  </xsl:template>

  <xsl:template match="tei:head[ed:is-division(..)][not(preceding-sibling::tei:head)][not(ed:holds-block(.))]" mode="reading" as="element()" priority="1">
    <xsl:element name="h{min((6, 1 + ed:level(..)))}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="tei:lb" mode="reading" as="element()">
    <xsl:choose>
      <xsl:when test="@break = 'no'"><wbr class="tei-lb"/></xsl:when>
      <xsl:when test="ancestor::tei:p"><span class="tei-lb">{' '}</span></xsl:when>
      <xsl:otherwise><br class="tei-lb"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="tei:cb | tei:gb | tei:milestone | tei:pb" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="@n[normalize-space()]"><span class="by-edition">[{@n}]</span></xsl:if>
      <xsl:if test="not(@break = 'no')">{' '}</xsl:if>
    </span>
  </xsl:template>

  <xsl:template match="tei:list" mode="reading" as="element(div)">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </div>
  </xsl:template>

  <!-- A list that is nothing but items is a list to HTML as well. -->
  <xsl:template match="tei:list[tei:item][not(* except tei:item)]" mode="reading" as="element()" priority="1">
    <xsl:element name="{if (tokenize(@rend || ' ' || @type) = ('ordered', 'numbered', 'number')) then 'ol' else 'ul'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates select="*" mode="reading"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="tei:list[tei:item][not(* except tei:item)]/tei:item" mode="reading" as="element(li)" priority="1">
    <li>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </li>
  </xsl:template>

  <xsl:template match="tei:item | tei:list/tei:label | tei:headLabel | tei:headItem" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <xsl:template match="tei:ptr" mode="reading" as="element(a)">
    <a>
      <xsl:call-template name="ed:attributes"/>
      <xsl:sequence select="ed:href(@target)"/>
      <span class="by-edition">{(tokenize(@target)[1] ! ed:pointed-at(.), '→')[1]}</span>
    </a>
  </xsl:template>

  <!-- q, quote, said (COHQQ): quotation marks are as the encoding has them, none are added. -->
  <xsl:template match="tei:quote[ed:is-block(.)] | tei:q[ed:is-block(.)] | tei:said[ed:is-block(.)]" mode="reading" as="element(blockquote)" priority="1">
    <blockquote>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </blockquote>
  </xsl:template>

  <xsl:template match="tei:quote | tei:q" mode="reading" as="element(q)">
    <q>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </q>
  </xsl:template>

  <!-- ref (core, COXR): a link; where its words are its address, paper need not add it. -->
  <xsl:template match="tei:ref" mode="reading" as="element()">
    <xsl:element name="{if (ed:href(@target) and not(ancestor::tei:ref) and not(.//tei:ref | .//tei:ptr | .//tei:note)) then 'a' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="not(ancestor::tei:ref) and not(.//tei:ref | .//tei:ptr | .//tei:note)"><xsl:sequence select="ed:href(@target)"/></xsl:if>
      <xsl:if test="normalize-space() = (@target, replace(@target, '^https?://(.*?)/?$', '$1', 'i'))"><xsl:attribute name="data-says">address</xsl:attribute></xsl:if>
      <xsl:apply-templates mode="reading"/>
    </xsl:element>
  </xsl:template>

  <!-- A link that is safe to follow: into this document, to another page of the edition, or to an address of the web. -->
  <xsl:function name="ed:href" as="attribute(href)?">
    <xsl:param name="target" as="attribute()?"/>
    <xsl:variable name="address" as="xs:string?" select="tokenize($target)[1] ! ed:address(.)"/>
    <xsl:if test="$address"><xsl:attribute name="href" select="$address"/></xsl:if>
  </xsl:function>

  <xsl:function name="ed:address" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:variable name="inside" as="element()?" select="if (starts-with($pointer, '#')) then key('ed:by-id', substring($pointer, 2), $ed:root)[1][ancestor::tei:text] else ()"/>
    <xsl:sequence select="
      if (starts-with($pointer, '#')) then $inside ! ed:html-id(.) ! ('#' || encode-for-uri(.))
      else if (matches($pointer, '^(https?://|mailto:)', 'i')) then $pointer
      else ed:site-href($pointer)"/>
  </xsl:function>

  <!-- What a pointer names, for readers: the passage in a file, or the address. -->
  <xsl:function name="ed:pointed-at" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:sequence select="replace($pointer, '^([^#:]*\.xml)?#', '')"/>
  </xsl:function>

  <xsl:template match="tei:sp | tei:spGrp" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <xsl:template match="tei:speaker | tei:stage[ed:in(.., $ed:containers)]" mode="reading" as="element()">
    <xsl:call-template name="ed:paragraph"/>
  </xsl:template>

  <xsl:template match="tei:stage[not(ed:in(.., $ed:containers))]" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <xsl:template match="tei:title" mode="reading" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'cite'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:choose>
        <xsl:when test="ed:is-link(.)">
          <a>
            <xsl:call-template name="ed:link-attributes"/>
            <xsl:apply-templates mode="reading"/>
          </a>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates mode="reading"/></xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="ed:mention-sign"/>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>

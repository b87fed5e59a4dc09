<?xml version="1.0" encoding="UTF-8"?>
<!-- core: paragraphs, headings, emphasis, quotation, editorial interventions, lists, references. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <!-- p, ab (COPA): a paragraph. -->
  <xsl:template match="tei:p | tei:ab" mode="reading" as="element()">
    <xsl:call-template name="ed:paragraph"/>
  </xsl:template>

  <!-- Phrases (COHQ, COED, CONA, CONU, COBI): words among words; what they are is their class. -->
  <xsl:template match="tei:abbr | tei:expan | tei:ex | tei:author | tei:biblScope | tei:desc | tei:distinct
    | tei:editor | tei:email | tei:foreign | tei:gloss | tei:hi | tei:measure | tei:measureGrp | tei:mentioned
    | tei:name | tei:num | tei:orig | tei:reg | tei:corr | tei:sic | tei:postBox | tei:postCode | tei:pubPlace | tei:publisher | tei:relatedItem
    | tei:resp | tei:rs | tei:soCalled | tei:speaker[not(parent::tei:sp)] | tei:street | tei:term | tei:unclear | tei:unit
    | tei:citedRange | tei:edition | tei:extent | tei:idno | tei:meeting | tei:said[not(ed:is-block(.))] | tei:label[not(parent::tei:list)]"
    mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- address, addrLine (CONAAD): a line each. -->
  <xsl:template match="tei:address | tei:addrLine" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- add (COEDADD, PHAD): an insertion. -->
  <xsl:template match="tei:add" mode="reading" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'ins'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </xsl:element>
  </xsl:template>

  <!-- del (COEDADD, PHAD): a deletion, struck through. -->
  <xsl:template match="tei:del" mode="reading" as="element(del)">
    <del>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </del>
  </xsl:template>

  <!-- bibl: a line of its own in a list or under a quotation, else among words. -->
  <xsl:template match="tei:bibl" mode="reading" as="element()">
    <xsl:choose>
      <xsl:when test="ed:is-block(.)"><xsl:call-template name="ed:paragraph"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="ed:inline"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- biblStruct, biblFull and their parts, respStmt (COBITY): set apart by commas. -->
  <xsl:template match="tei:biblStruct | tei:biblFull | tei:analytic | tei:monogr | tei:series | tei:imprint | tei:respStmt" mode="reading" as="element()">
    <xsl:call-template name="ed:parts"/>
  </xsl:template>

  <!-- textLang (MSLangs): the language; among facts, a line. -->
  <xsl:template match="tei:textLang" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <!-- listBibl (COBITY): a block, an entry a line. -->
  <xsl:template match="tei:listBibl" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- choice (COED): the reading text first, what it stands for within reach. Every word of both is in the page. -->
  <xsl:template match="tei:choice" mode="reading" as="element()">
    <xsl:variable name="read" as="element()?" select="(tei:corr, tei:reg, tei:expan, *)[1]"/>
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates select="text()[normalize-space()], $read" mode="reading"/>
      <xsl:for-each select="* except $read">
        <span class="alternative by-edition"> [{ed:choice-word(.)}: <xsl:apply-templates select="." mode="reading"/>]</span>
      </xsl:for-each>
    </xsl:element>
  </xsl:template>

  <xsl:function name="ed:choice-word" as="xs:string">
    <xsl:param name="alternative" as="element()"/>
    <xsl:sequence select="(map{'sic': 'in the source', 'orig': 'in the source', 'abbr': 'abbreviated', 'corr': 'corrected', 'reg': 'regularised', 'expan': 'expanded'}(local-name($alternative)), 'or')[1]"/>
  </xsl:function>

  <!-- cit (COHQQ): a quotation and its source; a block where it stands among blocks. -->
  <xsl:template match="tei:cit" mode="reading" as="element()">
    <xsl:choose>
      <xsl:when test="ed:is-block(.)"><xsl:call-template name="ed:block"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="ed:inline"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- emph (COHQHE): emphasis. -->
  <xsl:template match="tei:emph" mode="reading" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'em'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </xsl:element>
  </xsl:template>

  <!-- gap (COEDADD): […] on the page, or the sign its description is; how much and why follow in words. -->
  <xsl:template match="tei:gap" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="not(tei:desc[matches(., '\S') and not(matches(., '[\p{L}\p{N}]'))])"><span class="by-edition" aria-hidden="true">[…]</span></xsl:if>
      <xsl:call-template name="ed:spoken"><xsl:with-param name="words" select="ed:gap-label(.)"/></xsl:call-template>
      <xsl:apply-templates select="node()[self::* or normalize-space()]" mode="reading"/>
    </span>
  </xsl:template>

  <xsl:function name="ed:gap-label" as="xs:string">
    <xsl:param name="gap" as="element(tei:gap)"/>
    <xsl:variable name="extent" as="xs:string?" select="($gap/@extent/normalize-space(), $gap/@quantity ! string-join((., $gap/@unit), ' '), $gap/@unit/string())[1]"/>
    <xsl:variable name="what" as="xs:string" select="string-join(($extent, $gap/@reason/translate(., '_', ' '))[.], ', ')"/>
    <xsl:sequence select="'[' || string-join(('missing', $what[.]), ': ') || ']'"/>
  </xsl:function>

  <!-- binaryObject (COGR): that there is one, and of what type; its bytes are not shown. -->
  <xsl:template match="tei:binaryObject" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <span class="by-edition">[{string-join(('embedded file', @mimeType), ', ')}]</span>
      <xsl:apply-templates select="tei:*" mode="reading"/>
    </span>
  </xsl:template>

  <!-- divGen (CONOIX): that a part is made by machine; a table of contents the page has itself. -->
  <xsl:template match="tei:divGen" mode="reading" as="element(div)">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </div>
  </xsl:template>

  <!-- ellipsis (COEDADD): what is left out, in words or as “…”. -->
  <xsl:template match="tei:ellipsis" mode="reading" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="not(normalize-space())"><span class="by-edition">…</span></xsl:if>
      <xsl:apply-templates mode="reading"/>
    </xsl:element>
  </xsl:template>

  <!-- index (CONOIX): the terms for an index, in brackets. -->
  <xsl:template match="tei:index" mode="reading" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="normalize-space() and not(parent::tei:index)"><span class="by-edition"> [index: </span></xsl:if>
      <xsl:apply-templates mode="reading"/>
      <xsl:if test="normalize-space() and not(parent::tei:index)"><span class="by-edition">]</span></xsl:if>
    </xsl:element>
  </xsl:template>

  <!-- ruby, rb, rt (COHQR): small signs beside others, in brackets where a browser cannot do so. -->
  <xsl:template match="tei:ruby[tei:rt] | *:ruby[*:rb][*:rt][not(self::tei:*)]" mode="reading" as="element(ruby)" priority="1">
    <ruby>
      <xsl:call-template name="ed:attributes"/>
      <xsl:variable name="bracketed" as="xs:boolean" select="exists(*:rp)"/>
      <xsl:for-each select="node()">
        <xsl:choose>
          <xsl:when test="self::*:rp"><rp><xsl:apply-templates mode="reading"/></rp></xsl:when>
          <xsl:when test="self::*:rt and not($bracketed)">
            <rp class="by-edition">(</rp>
            <xsl:apply-templates select="." mode="reading"/>
            <rp class="by-edition">)</rp>
          </xsl:when>
          <xsl:otherwise><xsl:apply-templates select="." mode="reading"/></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </ruby>
  </xsl:template>

  <!-- rb, ruby without rt (COHQR): what the small signs stand beside. -->
  <xsl:template match="tei:ruby | tei:rb | *:ruby/*:rb[not(self::tei:*)]" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- rt (COHQR): the small signs. -->
  <xsl:template match="tei:rt[not(parent::tei:ruby)]" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- rt in ruby (COHQR): the small signs. -->
  <xsl:template match="*:ruby/*:rt" mode="reading" as="element(rt)">
    <rt>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </rt>
  </xsl:template>

  <!-- head: the first of a division is its heading, one level below the heading around it; any other a line. Those who go from heading to
       heading by ear hear its words, not the link to it. -->
  <xsl:template match="tei:head" mode="reading" as="element()">
    <xsl:call-template name="ed:paragraph"/>
  </xsl:template>

  <xsl:template match="tei:head[ed:is-division(..)][not(preceding-sibling::tei:head)][not(ed:holds-block(.))]" mode="reading" as="element()" priority="1">
    <xsl:element name="h{min((6, 1 + ed:level(..)))}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="ed:is-passage(.)">
        <xsl:for-each select="ed:heading-words(.)[.]"><xsl:attribute name="aria-label" select="."/></xsl:for-each>
      </xsl:if>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </xsl:element>
  </xsl:template>

  <xsl:function name="ed:heading-words" as="xs:string?">
    <xsl:param name="head" as="element()"/>
    <xsl:sequence select="ed:plain-text($head)"/>
  </xsl:function>

  <!-- lb (CORS): a line ends where verse and inscriptions have it; in a paragraph a space, nothing within a word. -->
  <xsl:template match="tei:lb" mode="reading" as="element()+">
    <xsl:choose>
      <xsl:when test="normalize-space()"><xsl:call-template name="ed:inline"/></xsl:when>
      <xsl:when test="@break = 'no'"><wbr class="tei-lb"><xsl:sequence select="ed:id-attribute(.)"/></wbr></xsl:when>
      <xsl:when test="ancestor::tei:p"><span class="tei-lb"><xsl:sequence select="ed:id-attribute(.)"/>{' '}</span></xsl:when>
      <xsl:otherwise>
        <br class="tei-lb"><xsl:sequence select="ed:id-attribute(.)"/></br>
        <xsl:if test="@n castable as xs:integer and xs:integer(@n) mod 5 eq 0"><span class="line-number by-edition" aria-hidden="true">{@n}</span></xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- pb, cb, gb, milestone (CORS): the number that begins there, in brackets, a link to the image where there is one, the image itself if it lies beside the TEI; within a word no space. -->
  <xsl:template match="tei:cb | tei:gb | tei:milestone | tei:pb" mode="reading" as="element(span)">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:call-template name="ed:beginning"/>
      <xsl:apply-templates mode="reading"/>
      <xsl:if test="not(@break = 'no')">{' '}</xsl:if>
    </span>
  </xsl:template>

  <!-- The number of a beginning, and its image. -->
  <xsl:template name="ed:beginning" as="element(span)*">
    <xsl:variable name="image" as="xs:string?" select="@facs ! ed:image(.)"/>
    <xsl:if test="@n[normalize-space()] or $image">
      <span class="by-edition">
        <xsl:text>[{ed:bare-number(@n)}</xsl:text>
        <xsl:if test="$image">
          <xsl:text>{' '[current()/@n[normalize-space()]]}</xsl:text>
          <xsl:call-template name="ed:image-link">
            <xsl:with-param name="address" select="$image"/>
            <xsl:with-param name="of" select="ed:page-name(.)"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:text>]</xsl:text>
      </span>
    </xsl:if>
    <xsl:call-template name="ed:page-image"/>
  </xsl:template>

  <!-- A number without the brackets that the encoding may have around it. -->
  <xsl:function name="ed:bare-number" as="xs:string">
    <xsl:param name="number" as="attribute()?"/>
    <xsl:sequence select="replace(normalize-space($number), '^\[(.*)\]$', '$1')"/>
  </xsl:function>

  <!-- list, item, label (COLI): a list; with headings or labels, blocks. -->
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
      <xsl:for-each select="* | text()[normalize-space()]">
        <xsl:choose>
          <xsl:when test="self::*"><xsl:apply-templates select="." mode="reading"/></xsl:when>
          <xsl:otherwise><li><xsl:apply-templates select="." mode="reading"/></li></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </xsl:element>
  </xsl:template>

  <!-- A list with a heading is a heading and a list; one with labels a list of labels and what they label. -->
  <xsl:template match="tei:list[tei:head][tei:item][not(* except (tei:head, tei:item))]" mode="reading" as="element(div)" priority="1">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates select="node() except tei:item" mode="reading"/>
      <xsl:element name="{if (tokenize(@rend || ' ' || @type) = ('ordered', 'numbered', 'number')) then 'ol' else 'ul'}">
        <xsl:apply-templates select="tei:item" mode="reading"/>
      </xsl:element>
    </div>
  </xsl:template>

  <xsl:template match="tei:list[ed:is-glossary(.)]" mode="reading" as="element(div)" priority="2">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates select="node() except (tei:item, tei:label)" mode="reading"/>
      <dl>
        <xsl:for-each select="tei:label, tei:item">
          <xsl:sort select="count(preceding-sibling::*)"/>
          <xsl:element name="{if (self::tei:label) then 'dt' else 'dd'}">
            <xsl:call-template name="ed:attributes"/>
            <xsl:apply-templates mode="reading"/>
            <xsl:call-template name="ed:permalink"/>
          </xsl:element>
        </xsl:for-each>
      </dl>
    </div>
  </xsl:template>

  <!-- Whether a list is of labels, each followed by its item, after any headings. -->
  <xsl:function name="ed:is-glossary" as="xs:boolean">
    <xsl:param name="list" as="element(tei:list)"/>
    <xsl:sequence select="exists($list/tei:label) and not($list/(* except (tei:head, tei:label, tei:item)))
      and (every $label in $list/tei:label satisfies $label/following-sibling::*[1][self::tei:item])
      and (every $item in $list/tei:item satisfies $item/preceding-sibling::*[1][self::tei:label])"/>
  </xsl:function>

  <!-- item (COLI): an item of the list. -->
  <xsl:template match="tei:list[tei:item][not(* except (tei:head, tei:item))]/tei:item" mode="reading" as="element(li)" priority="1">
    <li>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </li>
  </xsl:template>

  <!-- label, headLabel, headItem (COLI): before its item. -->
  <xsl:template match="tei:item | tei:list/tei:label | tei:headLabel | tei:headItem" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- ptr (COXR): a link that says what it leads to. -->
  <xsl:template match="tei:ptr" name="ed:pointer" mode="reading" as="element()">
    <xsl:choose>
      <xsl:when test="normalize-space()"><xsl:call-template name="ed:inline"/></xsl:when>
      <xsl:otherwise>
        <xsl:element name="{if (ed:href(@target) and not(ancestor::tei:ref)) then 'a' else 'span'}">
          <xsl:call-template name="ed:attributes"/>
          <xsl:if test="not(ancestor::tei:ref)"><xsl:sequence select="ed:href(@target)"/></xsl:if>
          <span class="by-edition">{(tokenize(@target)[1] ! ed:pointed-at(.), '→')[1]}</span>
        </xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- q, quote, said (COHQQ): quotation marks are as the encoding has them, none are added. -->
  <xsl:template match="tei:quote[ed:is-block(.)] | tei:q[ed:is-block(.)] | tei:said[ed:is-block(.)]" mode="reading" as="element(blockquote)" priority="1">
    <blockquote>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:mention-sign"/>
      <xsl:call-template name="ed:permalink"/>
    </blockquote>
  </xsl:template>

  <!-- q, quote (COHQQ): a quotation among words; its marks are those of the text. -->
  <xsl:template match="tei:quote | tei:q" mode="reading" as="element(q)">
    <q>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:mention-sign"/>
    </q>
  </xsl:template>

  <!-- ref (core, COXR): a link; where its words are its address, paper need not add it. -->
  <xsl:template match="tei:ref" mode="reading" as="element()">
    <xsl:element name="{if (ed:href(@target) and not(ancestor::tei:ref) and not(ed:holds-way(.))) then 'a' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="not(ancestor::tei:ref) and not(ed:holds-way(.))"><xsl:sequence select="ed:href(@target)"/></xsl:if>
      <xsl:if test="normalize-space() = (@target, replace(@target, '^https?://(.*?)/?$', '$1', 'i'))"><xsl:attribute name="data-says">address</xsl:attribute></xsl:if>
      <xsl:apply-templates mode="reading"/>
    </xsl:element>
  </xsl:template>

  <!-- ref (COXR): where it has no words, what it leads to. -->
  <xsl:template match="tei:ref[not(* or normalize-space())]" mode="reading" as="element()">
    <xsl:call-template name="ed:pointer"/>
  </xsl:template>

  <!-- A link that is safe to follow: into this document, to another page of the edition, or to an address of the web. Whether there is
       that other page only the edition knows: it is told which text is meant (webapp/published.py). -->
  <xsl:function name="ed:href" as="attribute()*">
    <xsl:param name="target" as="attribute()?"/>
    <xsl:variable name="pointer" as="xs:string?" select="tokenize($target)[1]"/>
    <xsl:variable name="address" as="xs:string?" select="$pointer ! ed:address(.)"/>
    <xsl:if test="$address">
      <xsl:attribute name="href" select="$address"/>
      <xsl:if test="not(starts-with($pointer, '#') or $address = $pointer) and matches($address, '[^./]/(#.*)?$')">
        <xsl:attribute name="data-text" select="replace($address, '^(.*/)?([^/#]+)/(#.*)?$', '$2')"/>
      </xsl:if>
    </xsl:if>
  </xsl:function>

  <xsl:function name="ed:address" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:variable name="inside" as="element()?" select="if (starts-with($pointer, '#')) then ed:with-id(substring($pointer, 2))[ed:is-in-text(.)] else ()"/>
    <xsl:sequence select="
      if (starts-with($pointer, '#')) then $inside ! ed:way((), .)
      else if (matches($pointer, '^(https?://|mailto:)', 'i')) then $pointer
      else ed:page-href($pointer) ! ($ed:up || .)"/>
  </xsl:function>

  <!-- What a pointer names, for readers: the passage in a file, or the address. -->
  <xsl:function name="ed:pointed-at" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:sequence select="replace($pointer, '^([^#:]*\.(xml|tei))?#', '', 'i')"/>
  </xsl:function>

  <!-- sp, spGrp (CODR, DRSP): a speech. -->
  <xsl:template match="tei:sp | tei:spGrp" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- speaker (CODR): a line of its own, a link to who it is where @who of the speech says so. -->
  <xsl:template match="tei:speaker[ed:is-mention(.)][not(ed:is-in-link(.) or ed:holds-block(.) or ed:holds-link(.))]" mode="reading" as="element(p)" priority="1">
    <p>
      <xsl:call-template name="ed:attributes"/>
      <a>
        <xsl:call-template name="ed:link-attributes"/>
        <xsl:apply-templates mode="reading"/>
      </a>
      <xsl:call-template name="ed:permalink"/>
    </p>
  </xsl:template>

  <!-- speaker, stage (CODR): a line of its own; a direction among words stays there. -->
  <xsl:template match="tei:speaker | tei:stage[ed:in(.., $ed:containers)]" mode="reading" as="element()">
    <xsl:call-template name="ed:paragraph"/>
  </xsl:template>

  <!-- stage (CODR): among words. -->
  <xsl:template match="tei:stage[not(ed:in(.., $ed:containers))]" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- title (COBI): the title of a work. -->
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

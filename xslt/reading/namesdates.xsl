<?xml version="1.0" encoding="UTF-8"?>
<!-- namesdates: names and their parts; what of a text names an entry, and what has a date or a remark (shared/mentions.xsl).

     A mention is a link whose address the site writes when it puts the page together: data-mention is its number. An expression is a
     link to its item in the section after the notes. What holds a link itself stays as it is and has the link as a sign at its end. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <!-- Names and their parts (ND): words among words, a link where they name an entry of a register. -->
  <xsl:template match="tei:addName | tei:bloc | tei:country | tei:district | tei:eventName | tei:forename | tei:genName | tei:geogFeat | tei:geogName
    | tei:nameLink | tei:objectName | tei:offset | tei:orgName | tei:persName | tei:placeName | tei:region | tei:roleName | tei:settlement
    | tei:surname" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- A name without words (ND): what it refers to, in brackets. -->
  <xsl:template match="(tei:country | tei:geogName | tei:name | tei:orgName | tei:persName | tei:placeName | tei:region | tei:rs | tei:settlement | tei:title)[
      not(normalize-space())][@ref[normalize-space()] or @key[normalize-space()]][ancestor::tei:text]" mode="reading" as="element(span)" priority="3">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <span class="by-edition">[{(@ref/tokenize(.)[1], @key/normalize-space())[.][1] ! ed:pointed-at(.)}]</span>
      <xsl:apply-templates mode="reading"/>
    </span>
  </xsl:template>

  <!-- A further name of a person, place … (NDPERS, NDPLAC): a point before it. -->
  <xsl:template match="tei:persName[ed:is-further-name(.)] | tei:placeName[ed:is-further-name(.)] | tei:orgName[ed:is-further-name(.)] | tei:geogName[ed:is-further-name(.)]"
      mode="reading" as="element()+" priority="1">
    <span class="by-edition"> · </span>
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <xsl:function name="ed:is-further-name" as="xs:boolean">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="exists($name/preceding-sibling::*[1][self::tei:persName | self::tei:placeName | self::tei:orgName | self::tei:geogName][ed:called(.)])"/>
  </xsl:function>

  <!-- What is said of persons, places, organisations, objects (NDPERS, NDPLAC): a line each, behind its name; among words, words. -->
  <xsl:template match="tei:affiliation | tei:age | tei:birth | tei:climate | tei:death | tei:education | tei:faith | tei:floruit | tei:gender | tei:geo | tei:langKnowledge
    | tei:langKnown | tei:location | tei:nationality | tei:objectIdentifier | tei:occupation | tei:persPronouns | tei:persona | tei:population | tei:residence | tei:sex
    | tei:socecStatus | tei:state | tei:terrain | tei:trait" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <!-- location with nothing but coordinates, in a name (NDGEO): in brackets behind it. -->
  <xsl:template match="tei:location[ed:is-position(.)]" mode="reading" as="element(span)" priority="2">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <span class="by-edition"> (coordinates: </span>
      <xsl:apply-templates select="*" mode="reading"/>
      <span class="by-edition">)</span>
    </span>
  </xsl:template>

  <!-- geo there (NDGEO): its words. -->
  <xsl:template match="tei:location[ed:is-position(.)]/tei:geo" mode="reading" as="element(span)" priority="2">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </span>
  </xsl:template>

  <!-- Whether all that a location says is where on Earth the place is that is named around it. -->
  <xsl:function name="ed:is-position" as="xs:boolean">
    <xsl:param name="location" as="element(tei:location)"/>
    <xsl:sequence select="exists($location/parent::*[ed:kind-named(.) or self::tei:name or self::tei:rs]) and $location/tei:geo[normalize-space()] and not($location/(* except tei:geo))
      and not(map:contains($ed:worded, generate-id($location))) and not(ed:holds-block($location))"/>
  </xsl:function>

  <!-- Lists of entries and entries (NDPERS, NDPLAC, NDORG, NDNYM, NDOBJ): blocks. -->
  <xsl:template match="tei:listPerson | tei:listPlace | tei:listOrg | tei:listEvent | tei:listNym | tei:listRelation | tei:listObject | tei:person | tei:personGrp | tei:place
    | tei:org | tei:event | tei:nym | tei:object" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- A list of entries in the back matter without a heading (DSBACK): under the name of what it lists. -->
  <xsl:template match="tei:back/tei:listBibl[not(tei:head)] | tei:back/tei:listEvent[not(tei:head)] | tei:back/tei:listOrg[not(tei:head)] | tei:back/tei:listPerson[not(tei:head)]
    | tei:back/tei:listPlace[not(tei:head)]" mode="reading" as="element()+" priority="1">
    <xsl:if test="normalize-space()">
      <p class="division-name by-edition">{map{'listBibl': 'Works', 'listEvent': 'Events', 'listOrg': 'Organisations', 'listPerson': 'Persons', 'listPlace': 'Places'}(local-name())}</p>
    </xsl:if>
    <xsl:next-match/>
  </xsl:template>

  <!-- relation (NDPERSREL): who stands in what relation to whom. -->
  <xsl:template match="tei:relation" mode="reading" as="element(div)">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <span class="by-edition">
        <xsl:variable name="joined" as="function(attribute()?) as xs:string" select="function($pointers) { string-join(tokenize($pointers) ! ed:named-there(.), ', ') }"/>
        <xsl:text>{string-join((@name, @mutual ! $joined(.), (@active, @passive) ! $joined(.)), ' – ')}</xsl:text>
      </span>
      <xsl:text> </xsl:text>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </div>
  </xsl:template>

  <!-- date, time: for machines as well, where that is all there is to say of them. -->
  <xsl:template match="tei:date | tei:time" mode="reading" as="element()">
    <xsl:choose>
      <xsl:when test="not(ed:mark(.)) and ed:is-day(@when) and not(ed:holds-block(.))">
        <time>
          <xsl:call-template name="ed:attributes"/>
          <xsl:attribute name="datetime" select="@when"/>
          <xsl:apply-templates mode="reading"/>
          <xsl:call-template name="ed:said-of"/>
        </time>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="ed:inline"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Whether a value is a date as HTML has it: a year, a month, a day. -->
  <xsl:function name="ed:is-day" as="xs:boolean">
    <xsl:param name="value" as="xs:string?"/>
    <xsl:sequence select="matches($value, '^(\d{4}|\d{4}-(0[1-9]|1[0-2])|\d{4}-\d\d-\d\d)$') and not(starts-with($value, '0000'))
      and (string-length($value) ne 10 or $value castable as xs:date)"/>
  </xsl:function>

  <!-- Links of names and expressions -->

  <!-- Whether the words of a mention or expression can be its link: HTML has no link in a link. -->
  <xsl:function name="ed:is-link" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists(ed:mark($element)) and not(ed:is-speech($element) or ed:holds-block($element) or ed:is-passage($element) or ed:is-in-link($element) or ed:holds-link($element))"/>
  </xsl:function>

  <xsl:function name="ed:is-in-link" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/ancestor::tei:ref)"/>
  </xsl:function>

  <xsl:function name="ed:holds-link" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="ed:holds-way($element) or exists($element//(tei:graphic | tei:media | tei:notatedMusic | tei:gi | tei:att | tei:tag | tei:ident | *[ed:mark(.) or ed:is-passage(.)]))"/>
  </xsl:function>

  <!-- Whether something in an element is a link whatever stands around it. -->
  <xsl:function name="ed:holds-way" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element//(tei:ref | tei:ptr | tei:note | tei:app | *[@facs][ed:image(@facs) or map:contains($ed:local-images, generate-id())]))"/>
  </xsl:function>

  <!-- The attributes that make a link of an element: into the section of expressions, or to what the site knows. -->
  <xsl:template name="ed:link-attributes" as="attribute()+">
    <xsl:choose>
      <xsl:when test="ed:is-expression(.)"><xsl:attribute name="href" select="'#' || encode-for-uri('edition:on-' || ed:mark-id(.))"/></xsl:when>
      <xsl:otherwise><xsl:attribute name="data-mention" select="ed:mark(.)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The sign at the end of a mention or expression whose words are not a link. -->
  <xsl:template name="ed:mention-sign" as="element(a)?">
    <xsl:if test="ed:mark(.) and not(ed:is-link(.) or ed:is-in-link(.))">
      <a class="mention-sign by-edition">
        <xsl:call-template name="ed:link-attributes"/>
        <xsl:attribute name="aria-label" select="(if (ed:is-expression(.)) then 'On' else if (ed:is-speech(.)) then 'Who says' else 'Who or what:') || ' “' || ed:shortened(ed:plain-text(.)) || '”'"/>
      </a>
    </xsl:if>
  </xsl:template>

  <xsl:function name="ed:shortened" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="if (string-length($words) le 80) then $words else replace(substring($words, 1, 80), '\s\S*$', '') || '…'"/>
  </xsl:function>

  <!-- What an element says of itself, for those who listen: how certain it is, what was hard to read or supplied. Nothing within a word. -->
  <xsl:template name="ed:said-of" as="element(span)?">
    <xsl:variable name="said" as="xs:string*" select="
      if (self::tei:unclear) then 'unclear' else if (self::tei:supplied) then 'supplied' else (),
      if (ed:is-expression(.)) then () else ed:certainty-in-words(@cert)"/>
    <xsl:if test="exists($said) and normalize-space() and ed:is-apart(.)">
      <xsl:call-template name="ed:spoken"><xsl:with-param name="words" select="'(' || string-join($said, '; ') || ')'"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Whether an element holds whole words. -->
  <xsl:function name="ed:is-apart" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="before" as="node()?" select="$element/preceding-sibling::node()[1]"/>
    <xsl:variable name="after" as="node()?" select="$element/following-sibling::node()[1]"/>
    <xsl:sequence select="($element/parent::*/local-name() = ('choice', 'lem', 'rdg') or (empty($before) or $before instance of text() and not(matches($before, '[\w\[\]]$')))
      and (empty($after) or $after instance of text() and not(matches($after, '^[\w\[\]]'))))
      and not($element/ancestor::tei:w) and (exists(($before, $after)) or not($element/parent::*/(self::tei:supplied | self::tei:unclear | self::tei:hi | self::tei:ex)))"/>
  </xsl:function>

  <xsl:variable name="ed:expressions" as="element()*" select="$ed:texts//tei:*[ed:is-expression(.)][not(ancestor::tei:fw)]"/>
  <xsl:variable name="ed:expressions-by-part" as="map(xs:integer, element()*)" select="ed:by-part($ed:expressions)"/>

  <!-- The section of expressions: an item each, in the order of the text: its words, what is known of when, the remark. -->
  <xsl:template name="ed:expressions" as="element(section)?">
    <xsl:param name="part" as="xs:integer?" tunnel="yes"/>
    <xsl:variable name="expressions" as="element()*" select="if (exists($part)) then $ed:expressions-by-part($part) else $ed:expressions"/>
    <xsl:if test="exists($expressions)">
      <section class="expressions" aria-labelledby="edition:expressions">
        <h2 id="edition:expressions">{if (every $each in $expressions satisfies $each/(self::tei:date | self::tei:time | self::tei:rs | self::tei:eventName)) then 'Dates and events' else 'Dates, events and remarks'}</h2>
        <ol class="expression-list">
          <xsl:apply-templates select="$expressions" mode="expression"/>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- In: an expression. Out: its item. -->
  <xsl:mode name="expression" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="tei:*" mode="expression" as="element(li)">
    <xsl:variable name="known" as="xs:string*" select="ed:dating(.)?words[.], ed:certainty-in-words(@cert)"/>
    <li id="edition:on-{ed:mark-id(.)}">
      <a class="expression-words" href="#{encode-for-uri(ed:mark-id(.))}">
        <xsl:sequence select="ed:language-attributes(ed:language(.)[. ne ed:language($ed:texts[1])])"/>
        <xsl:text>{ed:plain-text(.)}</xsl:text>
      </a>
      <xsl:if test="exists($known)"><xsl:text> </xsl:text><span class="expression-date">{string-join($known, ', ')}</span></xsl:if>
      <xsl:for-each select="$ed:remarks(string(@xml:id))">
        <xsl:text> </xsl:text>
        <span class="expression-remark">
          <xsl:sequence select="ed:language-attributes(ed:language(.)[. ne ed:language($ed:texts[1])])"/>
          <xsl:apply-templates mode="reading"/>
        </span>
      </xsl:for-each>
      <xsl:if test="ed:may-name-entry(.)"><xsl:text> </xsl:text><a class="expression-entry" data-mention="{ed:mark(.)}">Entry in the register</a></xsl:if>
    </li>
  </xsl:template>

  <!-- A date within a remark: how certain it is can be seen. -->
  <xsl:template match="tei:date[ancestor::tei:standOff | ancestor::tei:listAnnotation][ed:certainty-in-words(@cert)]" mode="reading" as="element(span)" priority="1">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
      <span class="by-edition"> ({ed:certainty-in-words(@cert)})</span>
    </span>
  </xsl:template>
</xsl:stylesheet>

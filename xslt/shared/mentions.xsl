<?xml version="1.0" encoding="UTF-8"?>
<!-- Mentions and expressions: what in a text names an entry of a register, and what has a date or a remark of its own.
     Both are numbered together in the order of the text, so that record and page speak of the same. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all">

  <!-- The elements that name, by the kind of entry they name. -->
  <xsl:variable name="ed:kinds-by-name" as="map(xs:string, xs:string)" select="map{
    'persName': 'person', 'author': 'person', 'editor': 'person', 'orgName': 'organisation', 'eventName': 'event', 'title': 'work', 'bibl': 'work',
    'placeName': 'place', 'geogName': 'place', 'settlement': 'place', 'country': 'place', 'region': 'place', 'district': 'place', 'bloc': 'place' }"/>

  <!-- The words of @type on rs and name that say a kind. -->
  <xsl:variable name="ed:kinds-by-type" as="map(xs:string, xs:string)" select="map{
    'person': 'person', 'persons': 'person', 'pers': 'person', 'per': 'person', 'people': 'person', 'character': 'person', 'persname': 'person',
    'place': 'place', 'places': 'place', 'loc': 'place', 'location': 'place', 'geo': 'place', 'settlement': 'place', 'city': 'place', 'country': 'place', 'placename': 'place',
    'org': 'organisation', 'organisation': 'organisation', 'organization': 'organisation', 'institution': 'organisation', 'orgname': 'organisation',
    'event': 'event', 'work': 'work', 'works': 'work', 'title': 'work', 'book': 'work', 'bibl': 'work' }"/>

  <!-- The kind of what an element names, empty where it does not tell. -->
  <xsl:function name="ed:kind-named" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="string(if ($element/(self::tei:rs | self::tei:name)) then $ed:kinds-by-type(lower-case(normalize-space($element/@type))) else $ed:kinds-by-name(local-name($element)))"/>
  </xsl:function>

  <!-- What an element says it names by a pointer (of what is no name, only within the edition), each as ed:target has it: by @ref, or (dates, other references, and names without @ref
       and @key) by @corresp or @sameAs. -->
  <xsl:function name="ed:named" as="map(xs:string, xs:string)*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="beside" as="attribute()*" select="
      $element/(self::tei:date | self::tei:rs)/@corresp, $element[ed:kind-named(.)][not(@ref or @key)]/(@corresp, @sameAs)"/>
    <xsl:variable name="is-name" as="xs:boolean" select="ed:kind-named($element) or exists($element/(self::tei:rs | self::tei:name))"/>
    <xsl:sequence select="(distinct-values($element/@ref[not(parent::tei:g)] ! tokenize(.)),
      distinct-values($beside ! tokenize(.)[contains(., '#')])) ! ed:target(.)[$is-name or ?target]"/>
  </xsl:function>

  <!-- A pointer as target and key: within the edition the pointer itself and the id in it; of an address elsewhere, and of an id that is
       written without its sign, the key alone. -->
  <xsl:function name="ed:target" as="map(xs:string, xs:string)?">
    <xsl:param name="token" as="xs:string"/>
    <xsl:variable name="pointer" as="xs:string" select="ed:expanded($token)"/>
    <xsl:sequence select="
      if (matches($pointer, '^[A-Za-z][A-Za-z0-9+.\-]*:.')) then map{'target': '', 'key': ed:identity($pointer)}
      else if (matches($pointer, '^([^/].*)?#[^()]+$')) then map{'target': $pointer, 'key': substring-after($pointer, '#')}
      else if (matches($pointer, '^[^/#?&amp;]+$') and not(matches($pointer, '\.(xml|tei)$', 'i'))) then map{'target': '', 'key': $pointer}
      else ()"/>
  </xsl:function>

  <!-- Whether the words of an element are what someone says who is no name in them. -->
  <xsl:function name="ed:is-speech" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element[@who]/(self::tei:u | self::tei:post | self::tei:said | self::tei:q))"/>
  </xsl:function>

  <!-- Who speaks (CODR, TSBA, COHQQ): what the speech points to by @who, said where a speech names its speaker; of a role in a cast list that
       says which person it is, that person. -->
  <xsl:function name="ed:speakers" as="map(xs:string, xs:string)*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="who" as="attribute()?" select="($element[ed:is-speech(.)], $element/self::tei:speaker[not(.//tei:*[@ref or @key])]/parent::tei:sp)/@who"/>
    <xsl:for-each select="distinct-values(tokenize($who))">
      <xsl:variable name="role" as="element()?" select="if (starts-with(., '#')) then ed:with-id(substring(., 2))/(self::tei:role | self::tei:castItem) else ()"/>
      <xsl:sequence select="ed:target(($role/(@corresp, @sameAs, @ref) ! tokenize(.)[contains(., '#')], .)[1])"/>
    </xsl:for-each>
  </xsl:function>

  <!-- A key, where that alone says what is named. -->
  <xsl:function name="ed:named-by-key" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element[not(@ref)]/@key/normalize-space()[.]"/>
  </xsl:function>

  <!-- Whether an element is a name, and that is all it says of whom or what it names. The name in a name of the same kind is part of it;
       those of an entry are the entry’s. -->
  <xsl:function name="ed:is-bare-name" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="kind" as="xs:string" select="ed:kind-named($element)"/>
    <xsl:sequence select="$kind and not($element/(@ref | @key | self::tei:title | self::tei:bibl | self::tei:author | self::tei:editor))
      and not($element/ancestor::*[ed:kind-named(.) = $kind or local-name() = ('person', 'personGrp', 'place', 'org', 'event', 'nym')])
      and not($element/descendant::*[ed:kind-named(.) = $kind][@ref or @key])"/>
  </xsl:function>

  <!-- The person, place … that an element is the name of. -->
  <xsl:function name="ed:called" as="element()?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/(self::tei:persName | self::tei:orgName | self::tei:placeName | self::tei:geogName | self::tei:eventName | self::tei:name)
      /(parent::tei:person | parent::tei:personGrp | parent::tei:place | parent::tei:org | parent::tei:event | parent::tei:nym)"/>
  </xsl:function>

  <!-- What a person, place … without an id of its own points at within the edition: it is no entry then, but speaks of one, and its name
       names that. -->
  <xsl:function name="ed:spoken-of" as="xs:string*">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="$entry[not(@xml:id)]/(@ref, @corresp, @sameAs)[contains(., '#')] ! tokenize(.)[not(contains(ed:expanded(.), ':'))]"/>
  </xsl:function>

  <!-- What each element that names gives: maps of target and key, both empty for a bare name; by generate-id. -->
  <xsl:variable name="ed:naming" as="map(xs:string, map(xs:string, xs:string)*)">
    <xsl:map>
      <xsl:for-each select="$ed:texts//tei:*[@ref or @key or @corresp or @sameAs or map:contains($ed:kinds-by-name, local-name()) or self::tei:rs or self::tei:name or @who or self::tei:speaker][not(ed:called(.)[empty(ed:spoken-of(.))])]">
        <xsl:variable name="given" as="map(xs:string, xs:string)*" select="ed:named(.), ed:named-by-key(.) ! map{'target': '', 'key': .}, ed:speakers(.), ed:called(.) ! ed:spoken-of(.) ! ed:target(.)"/>
        <xsl:variable name="named" as="map(xs:string, xs:string)*" select="if (empty($given) and ed:is-bare-name(.)) then map{'target': '', 'key': ''} else $given"/>
        <xsl:if test="exists($named)"><xsl:map-entry key="generate-id()" select="$named"/></xsl:if>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <!-- The remarks in stand-off annotation, by the id each is about. -->
  <xsl:variable name="ed:remarks" as="map(xs:string, element(tei:note)*)" select="ed:found('remarks')"/>

  <!-- An expression: words among words that have a remark, or a date that says how certain it is or which event it belongs to. -->
  <xsl:function name="ed:is-expression" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="map:contains($ed:marks, generate-id($element)) and ed:may-be-expression($element)"/>
  </xsl:function>

  <xsl:function name="ed:may-be-expression" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      (exists($element/(self::tei:date | self::tei:time)[@cert or @corresp]) or map:contains($ed:remarks, string($element/@xml:id)))
      and not(ed:is-passage($element) or ed:is-block($element) or ed:holds-block($element))"/>
  </xsl:function>

  <!-- The elements with words that name or are expressions, by generate-id their number. -->
  <xsl:variable name="ed:marks" as="map(xs:string, xs:integer)" select="ed:found('marks')"/>

  <xsl:function name="ed:mark" as="xs:integer?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$ed:marks(generate-id($element))"/>
  </xsl:function>

  <xsl:function name="ed:is-mention" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists(ed:mark($element)) and map:contains($ed:naming, generate-id($element))"/>
  </xsl:function>

  <!-- Whether what an element names may be an entry of a register, as far as its own file tells: what that file has itself must stand
       in a list. -->
  <xsl:function name="ed:may-name-entry" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="some $named in $ed:naming(generate-id($element))[?key] satisfies not(starts-with($named?target, '#'))
      or (let $here := key('ed:by-id', $named?key, $ed:root)[1] return empty($here) or exists($here/ancestor::*[matches(local-name(), '^list[A-Z]|^castList$')]))"/>
  </xsl:function>

  <!-- The id of a mention or expression in the page. -->
  <xsl:function name="ed:mark-id" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="(ed:html-id($element), ed:mark($element) ! ('edition:m' || .))[1]"/>
  </xsl:function>

  <!-- The mentions of the texts, one each that is named: the kind the element tells (none of a speech, whose words are no name to gather), target and key as ed:target has them (of a key no
       target, of a bare name neither). -->
  <xsl:function name="ed:mentions" as="map(*)*">
    <xsl:for-each select="$ed:texts//tei:*[ed:is-mention(.)]">
      <xsl:variable name="passage" as="element()?" select="(descendant::text()[normalize-space()] ! ed:owner(.))[1]"/>
      <xsl:variable name="words" as="xs:string" select="if (tei:location) then ed:plain-words(node() except tei:location) else ed:plain-text(.)"/>
      <xsl:variable name="mention" as="map(*)" select="map{
        'number': ed:mark(.), 'id': ed:mark-id(.), 'element': local-name(), 'kind': if (self::tei:speaker) then 'person' else ed:kind-named(.),
        'passage': $passage ! ed:passage-id(.), 'words': $words, 'certainty': string(@cert) }"/>
      <xsl:if test="$passage and $words">
        <xsl:sequence select="$ed:naming(generate-id()) ! map:merge(($mention, .))"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>

  <!-- The passages that hold words of a mention, by generate-id. -->
  <xsl:variable name="ed:naming-passages" as="map(xs:string, xs:boolean)" select="
    map:merge($ed:texts//tei:*[ed:is-mention(.)] ! ancestor-or-self::*[ed:is-passage(.)][1] ! map:entry(generate-id(), true()))"/>

  <xsl:function name="ed:is-naming" as="xs:boolean">
    <xsl:param name="passage" as="element()"/>
    <xsl:sequence select="map:contains($ed:naming-passages, generate-id($passage))"/>
  </xsl:function>

  <!-- The words of a passage, with signs where its mentions begin and end: U+FDD0 and U+FDD1 (no character of any script), the number
       of the mention, U+FDD2. Empty for a passage without mentions. -->
  <xsl:function name="ed:marked-text" as="xs:string">
    <xsl:param name="passage" as="element()"/>
    <xsl:variable name="words" as="xs:string*">
      <xsl:if test="ed:is-naming($passage)">
        <xsl:apply-templates select="$passage/node()" mode="plain-text"><xsl:with-param name="marks" select="$ed:marks" tunnel="yes"/></xsl:apply-templates>
      </xsl:if>
    </xsl:variable>
    <xsl:sequence select="string-join($words)"/>
  </xsl:function>
</xsl:stylesheet>

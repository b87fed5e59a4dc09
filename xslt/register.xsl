<?xml version="1.0" encoding="UTF-8"?>
<!-- In: any document. Out: what it declares for the whole edition, one JSON object: register entries, relations between them, links between
     passages, remarks on passages. edition/recorded.py reads it; its pointers are as written. What an entry says is rendered by the
     templates of the reading text, for a page three folders deep.
     Kinds are person, place, organisation, event, work; a group of persons is a person. Guidelines: NDPERS, NDPLAC, NDORG, NDNYM, COBI, SASO. -->
<xsl:package name="urn:x-edition:register" package-version="1" version="3.0" declared-modes="no"
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

      <!-- The entry’s own description names its facts: those of the reading page have no name here. -->
      <xsl:template name="ed:fact" as="element()">
        <xsl:call-template name="ed:inline"/>
      </xsl:template>

      <!-- Nothing that is rendered here is a passage of a text: it has no address, no link to itself, no mark; its notes stay where they are. -->
      <xsl:function name="ed:is-passage" as="xs:boolean"><xsl:param name="element" as="element()"/><xsl:sequence select="false()"/></xsl:function>

      <xsl:function name="ed:html-id" as="xs:string?"><xsl:param name="element" as="element()"/><xsl:sequence select="()"/></xsl:function>

      <xsl:function name="ed:is-endnote" as="xs:boolean"><xsl:param name="note" as="element(tei:note)"/><xsl:sequence select="false()"/></xsl:function>

      <xsl:variable name="ed:block-holders" as="map(xs:string, xs:boolean)" select="ed:holders-of-blocks()"/>

      <xsl:variable name="ed:marks" as="map(xs:string, xs:integer)" select="map{}"/>

      <xsl:function name="ed:address" as="xs:string?">
        <xsl:param name="pointer" as="xs:string"/>
        <xsl:variable name="entry" as="element()?" select="if (starts-with($pointer, '#')) then ed:with-id(substring($pointer, 2))[ed:is-declared(.)] else ()"/>
        <xsl:sequence select="
          if ($entry) then '../../' || $ed:entry-kinds(local-name($entry)) || 's/' || encode-for-uri(ed:entry-id($entry)) || '/'
          else if (matches($pointer, '^(https?://|mailto:)', 'i')) then $pointer
          else (ed:site-href($pointer), ed:target($pointer)[?target] ! ('entry:' || $pointer))[1]"/>
      </xsl:function>

      <!-- A name in an entry that points at another entry leads there. -->
      <xsl:template match="tei:*[ed:kind-named(.)][not(ancestor::tei:ref) and not(ed:holds-block(.) or ed:holds-way(.))][@ref ! tokenize(.)[contains(., '#')][1] ! ed:expanded(.) ! ed:address(.)]"
          mode="reading" as="element(a)" priority="2">
        <a href="{tokenize(@ref)[contains(., '#')][1] ! ed:expanded(.) ! ed:address(.)}"><xsl:next-match/></a>
      </xsl:template>
    </xsl:override>
  </xsl:use-package>

  <xsl:param name="ed:known" as="map(*)" select="map{}"/>
  <xsl:output method="json" indent="no"/>

  <xsl:include href="register/facts.xsl"/>

  <xsl:include href="register/description.xsl"/>

  <xsl:include href="register/links.xsl"/>

  <xsl:variable name="ed:entry-kinds" as="map(xs:string, xs:string)" select="map{
    'person': 'person', 'personGrp': 'person', 'place': 'place', 'org': 'organisation', 'event': 'event',
    'bibl': 'work', 'biblStruct': 'work', 'biblFull': 'work', 'role': 'person', 'castItem': 'person' }"/>

  <xsl:template match="/" as="map(*)">
    <xsl:sequence select="map{
      'entries': array{$ed:entries ! ed:entry(.)},
      'relations': array{ed:relations()},
      'links': array{ed:links()},
      'annotations': array{ed:annotations()} }"/>
  </xsl:template>

  <!-- The lists entries stand in: listPerson, listPlace …, not list. -->
  <xsl:function name="ed:is-register-list" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="starts-with(local-name($element), 'list') and matches(local-name($element), '^list[A-Z]')"/>
  </xsl:function>

  <!-- Where works may be declared: stand-off, back matter, and a body that has no words but those of lists and headings. A bibliography
       anywhere else is part of its text or its header. Persons, places, organisations and events are declared by any list of them; but
       what has no id and points at an entry, itself or by its name, only speaks of that; an event without an id in an entry is a fact of
       that. A cast
       list declares its roles, but for those that it says are a person of a list (DRCAST). -->
  <xsl:variable name="ed:registers" as="element()*" select="
    //tei:standOff | //tei:particDesc | //tei:settingDesc | //tei:back
    | //tei:body[not(descendant::text()[normalize-space()][not(ancestor::tei:head or ancestor::*[ed:is-register-list(.)])])]"/>

  <xsl:variable name="ed:entries" as="element()*" select="$ed:registers//tei:*[@xml:id][ed:is-entry(.)]
    | (//tei:person | //tei:personGrp | //tei:place | //tei:org | //tei:event)[ed:is-entry(.)][@xml:id or empty(ed:spoken-of(.)) and ed:forms(.)[normalize-space()][not(tokenize(@ref) ! ed:expanded(.)[not(contains(., ':'))])]][not(self::tei:event[not(@xml:id)]/ancestor::*[map:contains($ed:entry-kinds, local-name())])]
    | //tei:castList//(tei:role | tei:castItem[not(.//tei:role[@xml:id])])[@xml:id][normalize-space()][not((@corresp, @sameAs, @ref)[contains(., '#')])]"/>

  <xsl:variable name="ed:entry-nodes" as="map(xs:string, xs:boolean)" select="map:merge($ed:entries ! map:entry(generate-id(), true()))"/>

  <!-- Whether an element is one of the entries. -->
  <xsl:function name="ed:is-declared" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="map:contains($ed:entry-nodes, generate-id($element))"/>
  </xsl:function>

  <!-- The ids of entries that have none, by generate-id: made of their first name. -->
  <xsl:variable name="ed:made-ids" as="map(xs:string, xs:string)">
    <xsl:map>
      <xsl:for-each-group select="$ed:entries[not(@xml:id)]" group-by="ed:plain-text(ed:forms(.)[normalize-space()][1]) => replace('[^\p{L}\p{M}\p{N}]+', ' ') => normalize-space() => replace(' ', '_')">
        <xsl:for-each select="current-group()">
          <xsl:map-entry key="generate-id()" select="ed:or-made((), string-join(((current-grouping-key()[.], 'entry')[1], string(position())[. ne '1']), '_'))"/>
        </xsl:for-each>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <xsl:function name="ed:entry-id" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="string(($entry/@xml:id, $ed:made-ids(generate-id($entry)))[1])"/>
  </xsl:function>

  <!-- An entry stands in a list, or in another entry. -->
  <xsl:function name="ed:is-entry" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="map:contains($ed:entry-kinds, local-name($element))
      and exists($element/ancestor::*[ed:is-register-list(.)])
      and exists($element/parent::*[ed:is-register-list(.) or map:contains($ed:entry-kinds, local-name())])"/>
  </xsl:function>

  <xsl:function name="ed:entry" as="map(*)">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="forms" as="element()*" select="ed:forms($entry)[normalize-space()]"/>
    <xsl:variable name="names" as="xs:string*" select="distinct-values($forms ! ed:name-in(.))"/>
    <xsl:variable name="identifiers" as="map(*)*" select="ed:identifiers($entry)"/>
    <xsl:variable name="preferred" as="element()?" select="(for $type in ('preferred', 'pref', 'full', 'main', 'reg', 'standard', 'display', 'headword') return $forms[@type = $type], $forms)[1]"/>
    <xsl:sequence select="map{
      'id': ed:entry-id($entry),
      'kind': $ed:entry-kinds(local-name($entry)),
      'type': string($entry/@type),
      'name': string($preferred ! ed:name-in(.)),
      'names': array{$names},
      'language': string($preferred ! ed:language(.)),
      'forms': array{$forms ! ed:form(.)},
      'dates': array{ed:dates($entry)},
      'coordinates': array{ed:coordinates($entry)},
      'country': ed:code($entry, 'ISO3166-1'),
      'subdivision': ed:code($entry, 'ISO3166-2'),
      'identifiers': array{$identifiers},
      'same': array{ed:identities($entry, $identifiers)},
      'where': array{ed:where($entry)},
      'summary': ed:summary($entry),
      'html': ed:description($entry, $forms),
      'around': string($entry/ancestor::*[ed:is-entry(.)][1] ! ed:entry-id(.)),
      'tei': ed:slice($entry) }"/>
  </xsl:function>

  <!-- The entry by itself, with the language it is in. -->
  <xsl:function name="ed:slice" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="alone" as="element()">
      <xsl:for-each select="$entry">
        <xsl:copy copy-namespaces="no">
          <xsl:copy-of select="ancestor::*[@xml:lang][1]/@xml:lang, @*"/>
          <xsl:copy-of select="node()" copy-namespaces="no"/>
        </xsl:copy>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="serialize($alone, map{'method': 'xml', 'omit-xml-declaration': true(), 'indent': false()})"/>
  </xsl:function>

  <!-- What an entry is called: its names or titles; failing those, its label or heading; failing those, all it says. -->
  <xsl:function name="ed:forms" as="element()*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="names" as="element()*" select="$entry/(tei:persName | tei:orgName | tei:placeName | tei:geogName | tei:eventName | tei:name | tei:rs)"/>
    <xsl:variable name="titles" as="element()*" select="$entry/(. | tei:analytic | tei:monogr | tei:fileDesc/tei:titleStmt)/tei:title"/>
    <xsl:variable name="labels" as="element()*" select="$entry/(tei:head | tei:label)"/>
    <xsl:sequence select="if ($names and not($entry/(self::tei:bibl | self::tei:biblStruct | self::tei:biblFull))) then $names
      else if ($titles) then $titles
      else if ($labels) then $labels
      else ($entry[self::tei:bibl | self::tei:role], $entry/self::tei:castItem/(.//tei:role, .)[1])"/>
  </xsl:function>

  <!-- A name without the sign that parts a role from what follows it in a cast list; with a comma between surname and forename where it has
       nothing else between its parts and has them in that order, but for languages that have them so themselves. -->
  <xsl:function name="ed:name-in" as="xs:string">
    <xsl:param name="form" as="element()"/>
    <xsl:variable name="first" as="element()*" select="$form[tei:surname and not(text()[normalize-space()])]/tei:forename[normalize-space()][1]/preceding-sibling::*[normalize-space()]"/>
    <xsl:sequence select="
      if ($form/(self::tei:role | self::tei:castItem)) then replace(ed:plain-text($form), '[\s,.;:]+$', '')
      else if ($first/self::tei:surname and not(substring(ed:language($form), 1, 2) = ('hu', 'ja', 'ko', 'vi', 'zh')))
        then string-join($first ! ed:plain-text(.), ' ') || ', ' || string-join($form/(* except $first) ! ed:plain-text(.)[.], ' ')
      else ed:plain-text($form)"/>
  </xsl:function>
</xsl:package>

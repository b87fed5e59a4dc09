<?xml version="1.0" encoding="UTF-8"?>
<!-- How a text can be cited: its citation trees, for protocols that hand out pieces of TEI (edition/citation_trees.py finds the places).
     A tree is made from each refsDecl with citeStructure (Guidelines: CORS6, SACRS); the last is always that of our own divisions and
     passages, whose references are the ids that pages and hits have too. Units come depth first, each with the number of its element. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <!-- The numbers of elements: their places in the document, its own element being the first, by generate-id. -->
  <xsl:variable name="ed:ordinals" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each select="$ed:document/descendant-or-self::*">
        <xsl:map-entry key="generate-id()" select="position()"/>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <!-- The numbers of those elements alone of which something is true: many times faster than the map. -->
  <xsl:function name="ed:ordinals-of" as="xs:integer*">
    <xsl:param name="is-meant" as="function(element()) as xs:boolean"/>
    <xsl:sequence select="$ed:document/descendant-or-self::* ! (if ($is-meant(.)) then position() else ())"/>
  </xsl:function>

  <!-- The record: the trees that the header declares, and what our own is made of: divisions that hold passages, but not the body as such,
       and the numbers of the elements that passages are. Of those that a declared unit begins or ends in, the words with signs at these
       places; where a milestone's text ends that nothing follows. -->
  <xsl:function name="ed:citation" as="map(*)">
    <xsl:sequence select="map{
      'trees': array{ed:declared-trees()},
      'faults': array{$ed:given-trees?faults},
      'divisions': ed:division-columns($ed:passages/ancestor::*[ed:is-division(.)][not(self::tei:body or self::tei:group or ed:is-passage(.))] except $ed:texts),
      'passages': array{ed:ordinals-of(ed:is-passage#1)},
      'cut': array{$ed:passages ! ed:cut-text(.)},
      'end': ($ed:texts[last()] ! (let $last := . return ed:ordinals-of(function($element) { $element is $last })), 1)[1] }"/>
  </xsl:function>

  <!-- Divisions as units, a column each. -->
  <xsl:function name="ed:division-columns" as="map(xs:string, array(*))">
    <xsl:param name="divisions" as="element()*"/>
    <xsl:variable name="are" as="map(xs:string, xs:boolean)" select="map:merge($divisions ! map:entry(generate-id(), true()))"/>
    <xsl:sequence select="map{
      'ref': array{$divisions ! ed:html-id(.)},
      'type': array{$divisions ! ed:division-type(.)},
      'at': array{ed:ordinals-of(function($element) { map:contains($are, generate-id($element)) })},
      'language': array{$divisions ! (tei:head[1] ! ed:language(.), 'en')[1]},
      'title': array{$divisions ! string(tei:head[1] ! ed:plain-text(.))} }"/>
  </xsl:function>

  <xsl:function name="ed:tree" as="map(*)">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="description" as="xs:string"/>
    <xsl:param name="units" as="map(*)*"/>
    <xsl:sequence select="map{'name': $name, 'description': $description, 'units': array{$units}}"/>
  </xsl:function>

  <xsl:function name="ed:division-type" as="xs:string">
    <xsl:param name="division" as="element()"/>
    <xsl:sequence select="(normalize-space($division/@type), 'division'[starts-with(local-name($division), 'div')], local-name($division))[.][1]"/>
  </xsl:function>

  <!-- Those the header declares; the default first. -->
  <xsl:function name="ed:declared-trees" as="map(*)*">
    <xsl:sequence select="$ed:given-trees ! map:remove(., 'faults')"/>
  </xsl:function>

  <xsl:variable name="ed:given-trees" as="map(*)*">
    <xsl:variable name="declarations" as="element()*" select="($ed:headers[.//tei:refsDecl/tei:citeStructure])[1]//tei:refsDecl[tei:citeStructure]"/>
    <xsl:for-each select="$declarations[@default = 'true'][1], $declarations except $declarations[@default = 'true'][1]">
      <xsl:variable name="found" as="map(*)*" select="ed:cited($ed:root, tei:citeStructure, '')"/>
      <xsl:sequence select="map:put(
        ed:tree(string((@n, @xml:id)[normalize-space()][1] ! normalize-space()), normalize-space(string-join((tei:p | tei:ab | tei:desc) ! string(), ' ')), $found[?ref]),
        'faults', array{$found[?fault]}?*)"/>
    </xsl:for-each>
  </xsl:variable>

  <!-- The units of some structures in a node, depth first: those of several structures in the order of the text, each with what is in it. -->
  <xsl:function name="ed:cited" as="map(*)*">
    <xsl:param name="context" as="node()"/>
    <xsl:param name="structures" as="element(tei:citeStructure)*"/>
    <xsl:param name="parent" as="xs:string"/>
    <xsl:variable name="matches" as="map(*)*">
      <xsl:for-each select="$structures">
        <xsl:variable name="structure" as="element()" select="."/>
        <xsl:variable name="found" as="item()*" select="ed:evaluated($context, ., 'match', 1)"/>
        <xsl:for-each select="$found[. instance of element()][not($context/*) or exists(ancestor::node() intersect $context)]">
          <xsl:sequence select="map{'node': ., 'structure': $structure, 'position': position()}"/>
        </xsl:for-each>
        <xsl:sequence select="$found[. instance of map(*)]"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="$matches[?fault]"/>
    <xsl:for-each-group select="$matches[?node]" group-by="generate-id(?node)">
      <xsl:sort select="$ed:ordinals(current-grouping-key())"/>
      <xsl:variable name="node" as="element()" select="current-group()[1]?node"/>
      <xsl:variable name="structure" as="element()" select="current-group()[1]?structure"/>
      <xsl:variable name="value" as="item()*" select="ed:evaluated($node, $structure, 'use', current-group()[1]?position)"/>
      <xsl:variable name="own" as="xs:string" select="normalize-space(string-join($value[not(. instance of map(*))] ! string(), ' '))"/>
      <xsl:variable name="ref" as="xs:string" select="$parent || string($structure/@delim) || $own"/>
      <xsl:sequence select="$value[. instance of map(*)]"/>
      <xsl:if test="$own">
        <xsl:sequence select="map{
          'ref': $ref,
          'parent': $parent,
          'type': (normalize-space($structure/@unit)[.], 'unit')[1],
          'at': $ed:ordinals(generate-id($node)),
          'point': not(normalize-space($node)) and not($node/*),
          'language': ed:language($node),
          'data': ed:cite-data($node, $structure) }"/>
        <xsl:sequence select="ed:cited($node, $structure/tei:citeStructure, $ref)"/>
      </xsl:if>
    </xsl:for-each-group>
  </xsl:function>

  <!-- What citeData says of a unit: values by property. -->
  <xsl:function name="ed:cite-data" as="map(*)">
    <xsl:param name="node" as="element()"/>
    <xsl:param name="structure" as="element()"/>
    <xsl:map>
      <xsl:for-each-group select="$structure/tei:citeData[@property]" group-by="string(@property)">
        <xsl:variable name="values" as="xs:string*" select="current-group() ! (ed:evaluated($node, ., 'use', 1)[not(. instance of map(*))] ! normalize-space(string(.)))[.]"/>
        <xsl:if test="exists($values)"><xsl:map-entry key="current-grouping-key()" select="array{$values}"/></xsl:if>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:function>

  <!-- What an XPath in an attribute finds in a node. One that cannot be evaluated, or could do more than look at the document, is a fault. -->
  <xsl:function name="ed:evaluated" as="item()*">
    <xsl:param name="context" as="node()"/>
    <xsl:param name="declaration" as="element()"/>
    <xsl:param name="attribute" as="xs:string"/>
    <xsl:param name="position" as="xs:integer"/>
    <xsl:variable name="written" as="xs:string" select="normalize-space($declaration/@*[local-name() = $attribute])"/>
    <xsl:variable name="namespaces" as="element()">
      <xsl:element name="names" namespace="http://www.tei-c.org/ns/1.0">
        <xsl:namespace name="tei" select="'http://www.tei-c.org/ns/1.0'"/>
        <xsl:for-each select="in-scope-prefixes($declaration)[not(. = ('', 'tei', 'xml'))]">
          <xsl:namespace name="{.}" select="namespace-uri-for-prefix(., $declaration)"/>
        </xsl:for-each>
      </xsl:element>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="not(ed:only-looks($written))">
        <xsl:sequence select="map{'fault': $written, 'at': path($declaration)}"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:try>
          <xsl:evaluate xpath="replace($written, 'position\(\s*\)', string($position))" context-item="$context" namespace-context="$namespaces" as="item()*"/>
          <xsl:catch><xsl:sequence select="map{'fault': $written, 'at': path($declaration)}"/></xsl:catch>
        </xsl:try>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The functions an XPath of a document may use: none of them reads anything else, or can be made to go on for long. -->
  <xsl:variable name="ed:looking" as="xs:string*" select="tokenize('position last count string normalize-space concat not starts-with ends-with contains
    substring substring-before substring-after string-length translate number true false name local-name lower-case upper-case string-join
    id node text comment element attribute self')"/>

  <xsl:function name="ed:only-looks" as="xs:boolean">
    <xsl:param name="path" as="xs:string"/>
    <xsl:variable name="bare" as="xs:string" select="replace(replace($path, '&quot;[^&quot;]*&quot;', '&quot;'), '''[^'']*''', '&quot;')"/>
    <xsl:variable name="called" as="xs:string*" select="analyze-string($bare, '([\w:.\-]+)\s*\(')//*[local-name() = 'group'] ! string()"/>
    <xsl:sequence select="
      $path and string-length($path) le 500 and string-length(replace($bare, '//', '')) ge string-length($bare) - 8
      and not(matches($bare, '[$#{{]|\(:|=>|\(\s*\)\s*\(')) and not(matches($bare, '(^|\W)((for|some|every|let|to|instance|treat|castable|cast)\s|(following|preceding)\s*::)'))
      and (every $name in $called satisfies $name = ($ed:looking, 'and', 'or', 'div', 'mod', 'union', 'except', 'intersect', 'eq', 'ne'))"/>
  </xsl:function>

  <!-- The elements of declared units that stand in a passage, by generate-id their numbers; the passages they stand in. -->
  <xsl:variable name="ed:cuts" as="map(xs:string, xs:integer)">
    <xsl:variable name="numbers" as="map(xs:integer, xs:boolean)" select="map:merge($ed:given-trees?units?*?at ! map:entry(., true()))"/>
    <xsl:map>
      <xsl:if test="map:size($numbers)">
        <xsl:for-each select="$ed:document/descendant-or-self::*">
          <xsl:if test="map:contains($numbers, position()) and not(ed:is-passage(.))"><xsl:map-entry key="generate-id()" select="position()"/></xsl:if>
        </xsl:for-each>
      </xsl:if>
    </xsl:map>
  </xsl:variable>

  <xsl:variable name="ed:cut-passages" as="map(xs:string, xs:boolean)" select="
    map:merge(if (map:size($ed:cuts)) then //*[map:contains($ed:cuts, generate-id())] ! ancestor::*[ed:is-passage(.)][1] ! map:entry(generate-id(), true()) else ())"/>

  <!-- The words of a passage with signs at the places where units begin and end, as ed:marked-text has them; empty where none does. -->
  <xsl:function name="ed:cut-text" as="xs:string">
    <xsl:param name="passage" as="element()"/>
    <xsl:variable name="words" as="xs:string*">
      <xsl:if test="map:contains($ed:cut-passages, generate-id($passage))">
        <xsl:apply-templates select="$passage/node()" mode="plain-text"><xsl:with-param name="marks" select="$ed:cuts" tunnel="yes"/></xsl:apply-templates>
      </xsl:if>
    </xsl:variable>
    <xsl:sequence select="string-join($words)"/>
  </xsl:function>
</xsl:stylesheet>

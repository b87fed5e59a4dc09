<?xml version="1.0" encoding="UTF-8"?>
<!-- Passages: the smallest units that can be cited. Which elements they are, what they are called, and whose words are whose.

     Every word of a text belongs to exactly one passage: the nearest paragraph, heading, line, note … around it; failing that, the
     outermost element around it that is no container; failing that, the container itself. So no word is without an address. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:eg="http://www.tei-c.org/ns/Examples"
  xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <xsl:key name="ed:by-id" match="*[@xml:id][not(self::eg:*)]" use="string(@xml:id)"/>

  <!-- The first element of an id. -->
  <xsl:function name="ed:with-id" as="element()?">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="key('ed:by-id', $id, $ed:root)[1]"/>
  </xsl:function>

  <!-- The texts of a document, outermost only. Where none has a word to read, the description of the manuscript is what the document tells:
       a catalogue of manuscripts is made of such documents. Texts of images alone follow it. -->
  <xsl:variable name="ed:texts" as="element()*">
    <xsl:variable name="texts" as="element()*" select="($ed:root//tei:text | $ed:root//tei:sourceDoc)[not(ancestor::tei:text | ancestor::tei:sourceDoc)]"/>
    <xsl:variable name="descriptions" as="element()*" select="$ed:headers[1]//tei:sourceDesc//tei:msDesc[normalize-space()][not(ancestor::tei:msDesc)]"/>
    <xsl:sequence select="if (exists($descriptions) and not($texts/normalize-space() != '')) then ($descriptions, $texts[.//tei:pb/@facs | .//tei:graphic/@url]) else $texts"/>
  </xsl:variable>

  <!-- Whether an element is one of the texts, or stands in one. -->
  <xsl:function name="ed:is-in-text" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/ancestor-or-self::*[self::tei:text or self::tei:sourceDoc or self::tei:msDesc] intersect $ed:texts)"/>
  </xsl:function>

  <!-- The passages of the document, in order. -->
  <xsl:variable name="ed:passages" as="element()*" select="ed:found('passages')"/>

  <!-- In: an element of a text, and of those around it the innermost closed one, the innermost that is a passage by its name, the outermost
       that is no container. Out: for each run of words in it the passage they belong to. -->
  <xsl:mode name="owner" on-no-match="fail"/>

  <xsl:template match="*" mode="owner" as="element()*">
    <xsl:param name="closed" as="element()?"/>
    <xsl:param name="kind" as="element()?"/>
    <xsl:param name="outermost" as="element()?"/>
    <xsl:if test="not(ed:in(., $ed:wordless))">
      <xsl:variable name="closed" as="element()?" select="if (ed:in(., $ed:closed) or self::tei:bibl[ed:among-blocks(.)]) then . else $closed"/>
      <xsl:variable name="kind" as="element()?" select="if (ed:in(., $ed:kinds)) then . else $kind"/>
      <xsl:variable name="outermost" as="element()?" select="if ($outermost or ed:in(., $ed:containers) or ed:in(., $ed:descriptions)) then $outermost else ."/>
      <xsl:sequence select="if (map:contains($ed:worded, generate-id())) then ($closed, $kind, $outermost, .)[1] else ()"/>
      <xsl:apply-templates select="*" mode="owner">
        <xsl:with-param name="closed" select="$closed"/>
        <xsl:with-param name="kind" select="$kind"/>
        <xsl:with-param name="outermost" select="$outermost"/>
      </xsl:apply-templates>
    </xsl:if>
  </xsl:template>

  <!-- generate-id of a division that passages stand in → its id. -->
  <xsl:variable name="ed:division-ids" as="map(xs:string, xs:string)" select="map:merge(($ed:passages ! ed:division(.))/. ! map:entry(generate-id(), ed:division-id(.)))"/>

  <!-- generate-id of a passage → its id. -->
  <xsl:variable name="ed:addresses" as="map(xs:string, xs:string)" select="ed:found('addresses')"/>

  <!-- generate-id of a passage → what it is called. -->
  <xsl:variable name="ed:labels" as="map(xs:string, xs:string)" select="ed:found('labels')"/>

  <!-- The passage that a stretch of words belongs to; empty for words that are not to be read. -->
  <xsl:function name="ed:owner" as="element()?">
    <xsl:param name="words" as="text()"/>
    <xsl:sequence select="$words[not(ancestor::*[ed:in(., $ed:wordless)][ed:is-in-text(.)])]/ancestor::*[ed:is-passage(.)][1]"/>
  </xsl:function>

  <xsl:function name="ed:is-passage" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="map:contains($ed:addresses, generate-id($element))"/>
  </xsl:function>

  <xsl:function name="ed:passage-id" as="xs:string?">
    <xsl:param name="passage" as="element()"/>
    <xsl:sequence select="$ed:addresses(generate-id($passage))"/>
  </xsl:function>

  <xsl:function name="ed:passage-label" as="xs:string?">
    <xsl:param name="passage" as="element()"/>
    <xsl:sequence select="$ed:labels(generate-id($passage))"/>
  </xsl:function>

  <xsl:function name="ed:passage-kind" as="xs:string">
    <xsl:param name="passage" as="element()"/>
    <xsl:sequence select="
      if ($passage/ancestor-or-self::tei:note) then (if (ed:is-editorial($passage/ancestor-or-self::tei:note[1])) then 'editorial' else 'note')
      else if ($passage/ancestor::tei:epigraph) then 'paratext'
      else if ($passage/ancestor-or-self::*[self::tei:quote | self::tei:q | self::tei:said]) then 'quote'
      else if ($passage/self::tei:head[parent::tei:figure | parent::tei:table]) then 'caption'
      else if ($passage/self::tei:bibl) then 'entry'
      else if ($passage/(self::tei:opener | self::tei:closer | self::tei:titlePage)) then 'paratext'
      else if (ed:in($passage, $ed:kinds)) then $ed:kinds(node-name($passage))
      else if ($passage[self::tei:desc | self::tei:gloss]/..[ed:in(., $ed:specifications)]) then (if ($passage/self::tei:gloss) then 'head' else 'paragraph')
      else if ($passage[self::tei:desc | self::tei:gloss]/(parent::tei:attDef | parent::tei:valItem)) then 'item'
      else 'other'"/>
  </xsl:function>

  <!-- What readers call a passage; a number follows. -->
  <xsl:variable name="ed:label-words" as="map(xs:string, xs:string)" select="map{
    'paragraph': 'paragraph', 'head': 'heading', 'note': 'note', 'editorial': 'editors’ note', 'line': 'line', 'item': 'item', 'cell': 'cell', 'caption': 'caption',
    'entry': 'entry', 'quote': 'quotation', 'example': 'example', 'stage': 'stage direction', 'paratext': 'frame', 'other': 'passage',
    'titlePart': 'title page', 'byline': 'byline', 'dateline': 'dateline', 'docDate': 'dateline', 'docAuthor': 'author', 'signed': 'signature', 'closer': 'closing', 'opener': 'opening',
    'salute': 'salutation', 'docImprint': 'imprint', 'trailer': 'closing', 'speaker': 'speaker' }"/>

  <xsl:function name="ed:label-word" as="xs:string">
    <xsl:param name="passage" as="element()"/>
    <xsl:variable name="kind" as="xs:string" select="ed:passage-kind($passage)"/>
    <xsl:sequence select="
      if ($passage/self::tei:titlePart[@type = 'main']) then 'title'
      else if ($passage/ancestor::tei:epigraph and $kind = 'paratext') then 'epigraph'
      else if ($passage/self::tei:titlePart/ancestor::tei:titlePage/@type = 'masthead') then 'masthead'
      else if ($kind = ('paratext', 'stage')) then ($ed:label-words(local-name($passage)), $ed:label-words($kind))[1]
      else $ed:label-words($kind)"/>
  </xsl:function>

  <!-- The editor's own number for notes, lines and entries, without brackets; a letter for an editors' note; else the place in the count. -->
  <xsl:function name="ed:number" as="xs:string">
    <xsl:param name="passage" as="element()"/>
    <xsl:param name="position" as="xs:integer"/>
    <xsl:variable name="given" as="xs:string" select="$passage/(self::tei:note | self::tei:l | self::tei:line)/@n => string() => translate('[]() ', '')"/>
    <xsl:sequence select="if ($given) then $given else if ($passage[self::tei:note][ed:is-editorial(.)]) then ed:note-letter($passage) else string($position)"/>
  </xsl:function>

  <!-- The sign of an editors' note: a, b, c … -->
  <xsl:function name="ed:note-letter" as="xs:string">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:sequence select="format-integer($ed:editorial-notes(generate-id($note)), 'a')"/>
  </xsl:function>

  <!-- The editor's id, if it is one (real editions have doubled ones; the first keeps it). -->
  <xsl:function name="ed:given-id" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@xml:id/string()[matches(., '^\S+$') and key('ed:by-id', ., root($element))[1] is $element]"/>
  </xsl:function>

  <!-- The given id, or one made; a made id never is one that an editor gave to something else. -->
  <xsl:function name="ed:or-made" as="xs:string">
    <xsl:param name="given" as="xs:string?"/>
    <xsl:param name="made" as="xs:string"/>
    <xsl:sequence select="if ($given) then $given else if (key('ed:by-id', $made, $ed:root)) then ed:or-made((), $made || '_') else $made"/>
  </xsl:function>

  <xsl:variable name="ed:root" as="document-node()" select="/"/>

  <!-- The document: the file's own element, or the one in a corpus, around which stand only the corpora with their headers (edition/members.py). -->
  <xsl:variable name="ed:document" as="element()" select="($ed:root/tei:teiCorpus/descendant::tei:TEI[not(ancestor::tei:TEI)], $ed:root/tei:teiCorpus/descendant-or-self::tei:teiCorpus[not(ancestor::tei:TEI)][last()], $ed:root/*)[1]"/>

  <!-- Its header, then those of the corpora around it, from the inside out. -->
  <xsl:variable name="ed:headers" as="element()*" select="reverse($ed:document/ancestor-or-self::*/tei:teiHeader[1])"/>

  <!-- The division an element stands in: a div, or failing that front, body, back; else the text itself. -->
  <xsl:function name="ed:division" as="element()">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="($element/ancestor::*[ed:is-division(.)][1], $element/ancestor-or-self::*[. intersect $ed:texts], $element)[1]"/>
  </xsl:function>

  <xsl:function name="ed:is-division" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="ed:in($element, $ed:divisions)"/>
  </xsl:function>

  <!-- How many divisions with a heading an element is in, itself counted: 1 for the outermost heading. -->
  <xsl:function name="ed:level" as="xs:integer">
    <xsl:param name="division" as="element()"/>
    <xsl:sequence select="count($division/ancestor-or-self::*[ed:is-division(.)][tei:head or ed:is-specification(.)])"/>
  </xsl:function>

  <!-- What a specification is called: <persName>, or the name of a class. -->
  <xsl:function name="ed:specification-name" as="xs:string">
    <xsl:param name="specification" as="element()"/>
    <xsl:sequence select="if ($specification/self::tei:elementSpec) then '&lt;' || $specification/@ident || '&gt;' else string($specification/@ident)"/>
  </xsl:function>

  <!-- A division's number among those of its name in the division around both (two letters quoted in a chapter have a body each), that
       of a text among the texts, by generate-id. -->
  <xsl:variable name="ed:division-numbers" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each select="$ed:texts">
        <xsl:map-entry key="generate-id()" select="position()"/>
      </xsl:for-each>
      <xsl:for-each-group select="$ed:texts//*[ed:is-division(.)]" composite="yes" group-by="generate-id(ancestor::*[ed:is-division(.)][1]), ed:division-name(.)">
        <xsl:for-each select="current-group()">
          <xsl:map-entry key="generate-id()" select="position()"/>
        </xsl:for-each>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <xsl:function name="ed:division-name" as="xs:string">
    <xsl:param name="division" as="element()"/>
    <xsl:sequence select="if (starts-with(local-name($division), 'div')) then 'd' else local-name($division)"/>
  </xsl:function>

  <!-- A division's id: the editor's, or its number in the division around it, so that passages elsewhere keep theirs. -->
  <xsl:function name="ed:division-id" as="xs:string">
    <xsl:param name="division" as="element()"/>
    <xsl:variable name="outer" as="element()?" select="$division/ancestor::*[ed:is-division(.)][1]"/>
    <xsl:variable name="name" as="xs:string" select="ed:division-name($division)"/>
    <xsl:variable name="number" as="xs:integer" select="($ed:division-numbers(generate-id($division)), 1)[1]"/>
    <xsl:variable name="own" as="xs:string" select="if ($name = 'd' or $number gt 1) then $name || $number else $name"/>
    <xsl:sequence select="(ed:given-id($division), if ($outer and not($division/(self::tei:front | self::tei:body | self::tei:back) and $outer is $ed:texts[1])) then ed:division-id($outer) || '.' || $own else $own)[1]"/>
  </xsl:function>

  <!-- The id of an element in the page. -->
  <xsl:function name="ed:html-id" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="ed:text-id($element)"/>
  </xsl:function>

  <!-- Its id in the pages of the text: that of a passage or division, or the id the editor gave it. -->
  <xsl:function name="ed:text-id" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="passage" as="xs:string?" select="$ed:addresses(generate-id($element))"/>
    <xsl:sequence select="if (exists($passage)) then $passage
      else if (ed:is-division($element)) then ed:or-made(ed:given-id($element), ed:division-id($element))
      else ed:given-id($element)"/>
  </xsl:function>

  <xsl:function name="ed:letter" as="xs:string">
    <xsl:param name="passage" as="element()"/>
    <xsl:sequence select="$ed:letters(ed:passage-kind($passage))"/>
  </xsl:function>

  <xsl:variable name="ed:letters" as="map(xs:string, xs:string)" select="map{
    'paragraph': 'p', 'head': 'h', 'note': 'n', 'editorial': 'a', 'line': 'l', 'item': 'i', 'cell': 'c', 'caption': 'f', 'entry': 'e', 'quote': 'q', 'stage': 's',
    'example': 'x', 'paratext': 't', 'other': 'o' }"/>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- What kind of thing an element is: the one table of element names that passages, plain text and pages share.
     A set is a map from name to true(), so that asking is one look-up. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:eg="http://www.tei-c.org/ns/Examples"
  xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all">

  <!-- What xslt/found.xsl has found of the document, by name; each stylesheet says where it has that from. -->
  <xsl:function name="ed:found" as="item()*">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="error((), $name)"/>
  </xsl:function>

  <xsl:function name="ed:set" as="map(xs:string, xs:boolean)">
    <xsl:param name="names" as="xs:string"/>
    <xsl:sequence select="map:merge(tokenize($names) ! map:entry(., true()))"/>
  </xsl:function>

  <!-- A set of elements of TEI. Of examples, which have a namespace of their own, only the outermost element counts. -->
  <xsl:function name="ed:elements" as="map(xs:QName, item())">
    <xsl:param name="names" as="xs:string"/>
    <xsl:sequence select="ed:by-element(ed:set($names))"/>
  </xsl:function>

  <!-- Values by name, by element. -->
  <xsl:function name="ed:by-element" as="map(xs:QName, item())">
    <xsl:param name="values" as="map(xs:string, item())"/>
    <xsl:sequence select="map:merge((
      map:for-each($values, function($name, $value) { map:entry(QName('http://www.tei-c.org/ns/1.0', $name), $value) }),
      $values('egXML') ! map:entry(xs:QName('eg:egXML'), .)))"/>
  </xsl:function>

  <!-- Containers: they hold blocks; words directly inside one are a passage by themselves. -->
  <xsl:variable name="ed:containers" as="map(xs:QName, item())" select="ed:elements('
    TEI teiCorpus text group front body back floatingText div div0 div1 div2 div3 div4 div5 div6 div7 argument epigraph postscript
    opener closer titlePage docTitle performance prologue epilogue set castList castGroup sp spGrp lg list table row figure cit
    quote q said listBibl listPerson listPlace listOrg listEvent listNym listRelation listApp listWit sourceDoc surface surfaceGrp
    zone standOff app rdgGrp superEntry entry hom address annotationBlock choice subst schemaSpec specGrp elementSpec classSpec macroSpec
    dataSpec moduleSpec attList attDef valList valItem remarks exemplum specList listRef')"/>

  <!-- Blocks: elements that begin on a line of their own, whatever stands around them. -->
  <xsl:variable name="ed:blocks" as="map(xs:QName, item())" select="ed:elements('
    p ab head l lg list item table row cell figure sp spGrp speaker stage castList castGroup castItem listBibl listPerson listPlace
    listOrg listEvent listNym listRelation listApp listWit biblStruct biblFull person personGrp place org event nym relation
    floatingText text group front body back div div0 div1 div2 div3 div4 div5 div6 div7 argument epigraph postscript opener closer
    titlePage docTitle titlePart docImprint trailer byline dateline salute signed performance prologue epilogue set TEI teiCorpus headLabel headItem post entry entryFree
    superEntry hom sense re dictScrap eTree surface surfaceGrp zone line u annotationBlock egXML eg divGen msDesc address addrLine
    witness standOff sourceDoc docEdition xenoData imprimatur listObject object schemaSpec specGrp elementSpec classSpec macroSpec dataSpec moduleSpec
    attList attDef valList valItem remarks exemplum specList specDesc listRef moduleRef specGrpRef
    attRef classRef dataRef elementRef macroRef defaultVal datatype content paramList constraint constraintSpec model modelGrp modelSequence')"/>

  <!-- What the description of a manuscript is divided into: each thing in it is said for itself. -->
  <xsl:variable name="ed:descriptions" as="map(xs:QName, item())" select="ed:elements('
    msDesc msPart msFrag msIdentifier altIdentifier msContents msItem msItemStruct physDesc objectDesc supportDesc layoutDesc handDesc typeDesc scriptDesc decoDesc bindingDesc sealDesc history
    additional adminInfo surrogates')"/>

  <!-- Passages by their element, and the word for their kind (contract: in:note, in:head …). -->
  <xsl:variable name="ed:kinds" as="map(xs:QName, item())" select="ed:by-element(map{
    'p': 'paragraph', 'ab': 'paragraph', 'u': 'paragraph', 'post': 'paragraph', 'head': 'head', 'note': 'note', 'l': 'line', 'line': 'line',
    'item': 'item', 'cell': 'cell', 'castItem': 'item', 'figDesc': 'caption', 'speaker': 'stage', 'stage': 'stage',
    'entry': 'entry', 'entryFree': 'entry', 'person': 'entry', 'personGrp': 'entry', 'place': 'entry', 'org': 'entry', 'event': 'entry',
    'biblStruct': 'entry', 'biblFull': 'entry', 'nym': 'entry', 'witness': 'entry', 'msIdentifier': 'entry', 'msItem': 'entry', 'msItemStruct': 'entry', 'titlePart': 'paratext', 'byline': 'paratext',
    'dateline': 'paratext', 'salute': 'paratext', 'signed': 'paratext', 'docAuthor': 'paratext', 'docDate': 'paratext',
    'docImprint': 'paratext', 'docEdition': 'paratext', 'imprimatur': 'paratext', 'trailer': 'paratext', 'eg': 'example', 'egXML': 'example' })"/>

  <!-- Closed passages: whatever stands inside belongs to them, but for notes. -->
  <xsl:variable name="ed:closed" as="map(xs:QName, item())" select="ed:elements('
    note entry entryFree person personGrp place org event biblStruct biblFull nym witness castItem u egXML')"/>

  <!-- Divisions: what passages are counted in. -->
  <xsl:variable name="ed:divisions" as="map(xs:QName, item())" select="ed:elements('
    div div0 div1 div2 div3 div4 div5 div6 div7 front body back surface group text elementSpec classSpec macroSpec dataSpec moduleSpec')"/>

  <!-- Specifications: what an ODD says of one element, class, macro or data type. They are divisions, their name is the heading. -->
  <xsl:variable name="ed:specifications" as="map(xs:QName, item())" select="ed:elements('elementSpec classSpec macroSpec dataSpec moduleSpec')"/>

  <!-- One that only takes something away, without a word about it, has neither section nor heading. -->
  <xsl:function name="ed:is-specification" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="ed:in($element, $ed:specifications) and not($element/@mode = 'delete' and not(normalize-space($element)))"/>
  </xsl:function>

  <!-- Elements that hold no words to be read: forme work is the sheet's, not the text's; base64 is no text. -->
  <xsl:variable name="ed:wordless" as="map(xs:QName, item())" select="ed:elements('fw binaryObject xenoData teiHeader')"/>

  <!-- Whether an element is one of a set. -->
  <xsl:function name="ed:in" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="set" as="map(*)"/>
    <xsl:sequence select="map:contains($set, node-name($element))"/>
  </xsl:function>

  <!-- The elements that have words directly inside, by generate-id. -->
  <xsl:variable name="ed:worded" as="map(xs:string, xs:boolean)" select="ed:found('worded')"/>

  <!-- The quotations that stand among blocks, by generate-id: asked for once, from the outside in. -->
  <xsl:variable name="ed:set-off" as="map(xs:string, xs:boolean)" select="ed:found('set-off')"/>

  <xsl:function name="ed:is-set-off" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="quotations" as="map(xs:string, xs:boolean)"/>
    <xsl:variable name="outer" as="node()" select="$element/.."/>
    <xsl:sequence select="$outer instance of element() and ed:in($outer, $ed:containers)
      and not($outer/(self::tei:choice | self::tei:subst | self::tei:app) or map:contains($ed:worded, generate-id($outer)))
      and (not($outer/(self::tei:cit | self::tei:quote | self::tei:q | self::tei:said)) or map:contains($quotations, generate-id($outer)))"/>
  </xsl:function>

  <!-- Whether a quotation, bibliographic reference or note stands as a block: among blocks, not among words. -->
  <xsl:function name="ed:among-blocks" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="ed:is-set-off($element, $ed:set-off)"/>
  </xsl:function>

  <!-- Elements that are blocks by what stands around them or by their name; the elements that hold one, by generate-id.
       What stands in a note shown at the end makes no block of what is outside the note. -->
  <xsl:function name="ed:begins-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="ed:in($element, $ed:blocks) or ed:may-be-block($element) and ed:among-blocks($element)"/>
  </xsl:function>

  <xsl:variable name="ed:block-holders" as="map(xs:string, xs:boolean)" select="ed:found('block-holders')"/>

  <xsl:function name="ed:holders-of-blocks" as="map(xs:string, xs:boolean)">
    <xsl:variable name="holders" as="element()*" select="
      $ed:root//*[ed:begins-block(.)]/parent::*/(let $note := ancestor-or-self::tei:note[ed:is-endnote(.)][1] return ancestor-or-self::*[not($note) or not(. &lt;&lt; $note)])"/>
    <xsl:sequence select="map:merge($holders ! map:entry(generate-id(), true()))"/>
  </xsl:function>

  <!-- A quotation, reference or note is a block where it stands among blocks or has one inside. -->
  <xsl:function name="ed:may-be-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/(self::tei:quote | self::tei:q | self::tei:said | self::tei:cit | self::tei:bibl)) or exists($element/self::tei:note[not(ed:is-endnote(.))])"/>
  </xsl:function>

  <xsl:function name="ed:is-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="ed:begins-block($element) or ed:may-be-block($element) and ed:holds-block($element)"/>
  </xsl:function>

  <!-- Whether anything inside makes the element a block, or too wide for HTML's p. Notes shown at the end do not count. -->
  <xsl:function name="ed:holds-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="map:contains($ed:block-holders, generate-id($element))"/>
  </xsl:function>

  <!-- Notes among words are shown at the end, with a marker at their place; one with place="inline" stays where it is. -->
  <xsl:function name="ed:is-endnote" as="xs:boolean">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:sequence select="not($note/@place = 'inline') and exists($note/ancestor::tei:text | $note/ancestor::tei:sourceDoc)
      and (not(ed:in($note/.., $ed:containers)) or map:contains($ed:worded, generate-id($note/..)))"/>
  </xsl:function>

  <!-- The editors' notes, by generate-id their number: they are counted apart, so that the author's notes keep theirs. -->
  <xsl:variable name="ed:editorial-notes" as="map(xs:string, xs:integer)" select="ed:found('editorial-notes')"/>

  <xsl:function name="ed:is-editorial" as="xs:boolean">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:sequence select="map:contains($ed:editorial-notes, generate-id($note))"/>
  </xsl:function>
</xsl:stylesheet>

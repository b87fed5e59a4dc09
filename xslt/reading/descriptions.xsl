<?xml version="1.0" encoding="UTF-8"?>
<!-- Descriptions: what is encoded as facts, a fact an element (a manuscript, a person, a recording, the header). A fact stands on a line
     of its own behind its name in words; among words it is words. Facts that attributes alone tell follow in brackets. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <!-- A fact with its name, or words among words. -->
  <xsl:template name="ed:fact" as="element()">
    <xsl:choose>
      <xsl:when test="ed:is-fact(.) and ed:says-anything(.)">
        <xsl:element name="{if (ed:holds-block(.) or ed:in(., $ed:blocks)) then 'div' else 'span'}">
          <xsl:call-template name="ed:attributes"><xsl:with-param name="class" select="'fact', 'facts'[current()[*][not(map:contains($ed:worded, generate-id(.)))]]"/></xsl:call-template>
          <xsl:text> </xsl:text>
          <span class="fact-name by-edition">{ed:fact-name(.)}</span>
          <xsl:text> </xsl:text>
          <xsl:choose>
            <xsl:when test="self::tei:respStmt and * and not(map:contains($ed:worded, generate-id(.)))"><xsl:call-template name="ed:set-apart"/></xsl:when>
            <xsl:when test="ed:is-link(.)">
              <a>
                <xsl:call-template name="ed:link-attributes"/>
                <xsl:apply-templates mode="reading"/>
              </a>
            </xsl:when>
            <xsl:otherwise><xsl:apply-templates mode="reading"/></xsl:otherwise>
          </xsl:choose>
          <xsl:call-template name="ed:mention-sign"/>
          <xsl:call-template name="ed:told"/>
          <xsl:call-template name="ed:permalink"/>
        </xsl:element>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="ed:inline"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- In a description: a line behind its name. -->
  <xsl:template match="(tei:author | tei:editor | tei:title | tei:respStmt | tei:publisher | tei:pubPlace | tei:date | tei:idno | tei:edition | tei:extent | tei:name
    | tei:persName | tei:orgName | tei:placeName | tei:eventName | tei:objectName | tei:resp | tei:region | tei:country | tei:settlement | tei:locus | tei:note | tei:textLang)[ed:is-described(.)]" mode="reading" as="element()" priority="1.5">
    <xsl:choose>
      <xsl:when test="ed:is-fact(.) and not(self::tei:note intersect $ed:endnotes) and not(parent::tei:bibl | parent::tei:analytic | parent::tei:monogr | parent::tei:imprint | parent::tei:series | parent::tei:respStmt[ed:is-fact(.)][not(tei:note)] | parent::tei:correspContext)
        and not((self::tei:persName | self::tei:orgName | self::tei:name | self::tei:placeName) and count(../*) eq 1)">
        <xsl:call-template name="ed:fact"/>
      </xsl:when>
      <xsl:otherwise><xsl:next-match/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Whether an element is part of a description. -->
  <xsl:function name="ed:is-described" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/ancestor::tei:msDesc)"/>
  </xsl:function>

  <!-- Whether there are words in it, or attributes that say more than what kind it is of. -->
  <xsl:function name="ed:says-anything" as="xs:boolean">
    <xsl:param name="fact" as="element()"/>
    <xsl:sequence select="normalize-space($fact) or exists($fact/descendant-or-self::*/(@* except (@xml:id, @xml:lang, @type, @subtype, @role, @n, @unit)))"/>
  </xsl:function>

  <!-- Whether an element stands among facts: no words beside it, and no paragraph or phrase around it. -->
  <xsl:function name="ed:is-fact" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="around" as="element()?" select="$element/parent::*"/>
    <xsl:sequence select="empty($around) or not(map:contains($ed:worded, generate-id($around)) or ed:in($around, $ed:phrases))"/>
  </xsl:function>

  <xsl:variable name="ed:phrases" as="map(xs:QName, item())" select="ed:elements('
    p ab head l line item cell seg note hi emph foreign u def quote q said ref title s w cl phr name rs persName placeName orgName
    date label term gloss mentioned soCalled add del corr sic reg orig supplied unclear choice')"/>

  <!-- What a fact is called: its element’s name in words, and what kind it is of. -->
  <xsl:function name="ed:fact-name" as="xs:string">
    <xsl:param name="fact" as="element()"/>
    <xsl:variable name="words" as="xs:string" select="ed:in-words(local-name($fact))"/>
    <xsl:variable name="kind" as="xs:string?" select="$fact/(@type, @role, @unit)[1]/translate(normalize-space(), '_', ' ')[.]"/>
    <xsl:sequence select="upper-case(substring($words, 1, 1)) || substring($words, 2) || $kind ! (' (' || . || ')')"/>
  </xsl:function>

  <!-- The name of an element in words: those of the table, else its parts. -->
  <xsl:function name="ed:in-words" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="($ed:fact-names($name), lower-case(replace($name, '(\p{Ll})(\p{Lu})', '$1 $2')))[1]"/>
  </xsl:function>

  <xsl:variable name="ed:fact-names" as="map(xs:string, xs:string)" select="map{
    'accMat': 'accompanying material', 'adminInfo': 'administration', 'altIdentifier': 'other identifier', 'appInfo': 'software', 'application': 'programme',
    'biblFull': 'bibliographic description', 'binding': 'binding', 'bindingDesc': 'binding', 'bloc': 'bloc of countries', 'calendarDesc': 'calendars',
    'catDesc': 'description', 'catRef': 'category', 'char': 'character', 'charDecl': 'characters and glyphs', 'citeStructure': 'how it is cited', 'citeData': 'data of the citation', 'classCode': 'class',
    'classDecl': 'classifications', 'colloc': 'collocate', 'constitution': 'made up of', 'correspAction': 'letter', 'correspContext': 'correspondence', 'correspDesc': 'letter',
    'cRefPattern': 'pattern of references', 'custEvent': 'event in its keeping', 'custodialHist': 'how it was kept', 'decoDesc': 'decoration', 'decoNote': 'decoration',
    'dim': 'dimension', 'editionStmt': 'edition', 'editorialDecl': 'editorial principles', 'encodingDesc': 'encoding', 'explicit': 'ends', 'incipit': 'begins',
    'facsimile': 'images', 'fDecl': 'feature', 'fDescr': 'description', 'fileDesc': 'the file', 'finalRubric': 'final rubric', 'fLib': 'features', 'floruit': 'active', 'fsDecl': 'feature structure',
    'fsDescr': 'description', 'fsdDecl': 'feature structures', 'fsdLink': 'feature structure', 'fvLib': 'values of features', 'geo': 'coordinates', 'geoDecl': 'coordinates',
    'handDesc': 'hands', 'handNote': 'hand', 'handNotes': 'hands', 'idno': 'number', 'langKnowledge': 'languages', 'langKnown': 'language', 'langUsage': 'languages', 'layoutDesc': 'layout',
    'listAnnotation': 'annotations', 'listApp': 'apparatus', 'listBibl': 'bibliography', 'listChange': 'changes', 'listEvent': 'events', 'listForest': 'trees', 'listNym': 'names', 'listObject': 'objects',
    'listOrg': 'organisations', 'listPerson': 'persons', 'listPlace': 'places', 'listPrefixDef': 'prefixes', 'listRelation': 'relations', 'listTranspose': 'transpositions', 'listWit': 'witnesses',
    'locusGrp': 'places in the manuscript', 'locus': 'leaves', 'localProp': 'property', 'metDecl': 'metre', 'metSym': 'sign of metre', 'msContents': 'contents', 'msDesc': 'manuscript', 'msFrag': 'fragment',
    'msIdentifier': 'manuscript', 'msItem': 'text', 'msItemStruct': 'text', 'msName': 'name', 'msPart': 'part', 'notesStmt': 'notes', 'objectDesc': 'object',
    'objectIdentifier': 'object', 'objectType': 'kind of object', 'org': 'organisation', 'origDate': 'date of origin', 'origPlace': 'place of origin', 'orgName': 'organisation', 'particDesc': 'participants',
    'persName': 'name', 'persPronouns': 'pronouns', 'physDesc': 'physical description', 'placeName': 'place', 'post': 'post', 'prefixDef': 'prefix', 'profileDesc': 'the text', 'projectDesc': 'project', 'pubPlace': 'place of publication',
    'publicationStmt': 'publication', 'recordHist': 'record', 'recordingStmt': 'recordings', 'refsDecl': 'references', 'refState': 'reference', 'resp': 'responsibility', 'respStmt': 'responsibility',
    'revisionDesc': 'changes', 'samplingDecl': 'sampling', 'schemaRef': 'schema', 'scriptDesc': 'scripts', 'scriptNote': 'script', 'scriptStmt': 'script', 'sealDesc': 'seals',
    'secFol': 'second folio', 'seriesStmt': 'series', 'settingDesc': 'settings', 'socecStatus': 'social and economic status', 'sourceDesc': 'source', 'standOff': 'beside the text',
    'stdVals': 'standardised values', 'styleDefDecl': 'language of style', 'supportDesc': 'support', 'surfaceGrp': 'surfaces', 'tagsDecl': 'elements used', 'tagUsage': 'element', 'textClass': 'classification',
    'textDesc': 'kind of text', 'textLang': 'language', 'timeline': 'line of time', 'titleStmt': 'title and responsibility', 'typeDesc': 'types', 'typeNote': 'type', 'unicodeProp': 'property (Unicode)', 'unihanProp': 'property (Unihan)',
    'unitDecl': 'units', 'unitDef': 'unit', 'variantEncoding': 'apparatus', 'when': 'point in time', 'xenoData': 'data in other vocabularies' }"/>

  <!-- What attributes tell of an element: with words, dates and addresses; without words, all that is told. -->
  <xsl:template name="ed:told" as="element(span)?">
    <xsl:variable name="told" as="xs:string*" select="
      ed:dating(.)?words[.][not(. = current()/normalize-space())],
      @*[if (normalize-space(..) or ../(tei:ref | tei:ptr)) then local-name() = ('ident', 'status', 'scope', 'script', 'scribe', 'occurs', 'gi', 'matchPattern', 'replacementPattern', 'version', 'who', 'quantity')
        else not(local-name() = ('id', 'type', 'role', 'unit', 'when', 'from', 'to', 'notBefore', 'notAfter', 'when-iso', 'from-iso', 'to-iso', 'notBefore-iso', 'notAfter-iso', 'target', 'url', 'lang', 'space', 'base'))]
        ! (ed:in-words(local-name()) || ': ' || normalize-space())"/>
    <xsl:variable name="address" as="attribute()?" select="(@target, @url)[not(../(self::tei:ref | self::tei:ptr | self::tei:graphic))][normalize-space()][1]"/>
    <xsl:if test="exists($told) or $address">
      <span class="told by-edition">
        <xsl:text> (</xsl:text>
        <xsl:text>{string-join($told, '; ')}</xsl:text>
        <xsl:if test="exists($told) and $address">; </xsl:if>
        <xsl:for-each select="$address">
          <xsl:element name="{if (ed:href(.) and not(../ancestor-or-self::tei:ref)) then 'a' else 'span'}">
            <xsl:if test="not(../ancestor-or-self::tei:ref)"><xsl:sequence select="ed:href(.)"/></xsl:if>
            <xsl:text>{.}</xsl:text>
          </xsl:element>
        </xsl:for-each>
        <xsl:text>)</xsl:text>
      </span>
    </xsl:if>
  </xsl:template>

  <!-- What is made of parts with no words between them: the parts, set apart by signs. -->
  <xsl:template name="ed:parts" as="element()">
    <xsl:choose>
      <xsl:when test="* and not(map:contains($ed:worded, generate-id(.)) or ed:holds-block(.))">
        <xsl:element name="{if (ed:is-block(.)) then 'div' else 'span'}">
          <xsl:call-template name="ed:attributes"/>
          <xsl:call-template name="ed:set-apart"/>
          <xsl:call-template name="ed:mention-sign"/>
          <xsl:call-template name="ed:permalink"/>
        </xsl:element>
      </xsl:when>
      <xsl:when test="ed:is-block(.)"><xsl:call-template name="ed:block"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="ed:inline"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The elements in an element, commas between those that have words; where one ends or begins with a mark of its own, a space. -->
  <xsl:template name="ed:set-apart" as="node()*">
    <xsl:for-each select="*">
      <xsl:variable name="before" as="element()?" select="preceding-sibling::*[normalize-space()][1]"/>
      <xsl:if test="normalize-space() and $before and not(matches(., '^\s*[,;:.]'))">
        <span class="by-edition">{if (matches($before, '\p{P}\s*$') or matches(., '^\s*\p{P}')) then ' ' else ', '}</span>
      </xsl:if>
      <xsl:apply-templates select="." mode="reading"/>
    </xsl:for-each>
  </xsl:template>

  <!-- What the page says of itself, in brackets. -->
  <xsl:template name="ed:sign" as="element(span)">
    <xsl:param name="words" as="xs:string*"/>
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="exists($words[.])"><span class="by-edition">[{string-join($words[.], ' ')}]</span></xsl:if>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </span>
  </xsl:template>

  <!-- Who or what a pointer names, as far as this file says: the name or the first words of what it points to, else what it says itself. -->
  <xsl:function name="ed:named-there" as="xs:string?">
    <xsl:param name="pointer" as="xs:string?"/>
    <xsl:variable name="there" as="element()?" select="if (starts-with($pointer, '#')) then ed:with-id(substring($pointer, 2)) else ()"/>
    <xsl:sequence select="(($there/(tei:persName, tei:placeName, tei:orgName, tei:name, tei:head, tei:label, tei:title, tei:abbr, self::*)[1] ! ed:shortened(normalize-space(.)))[.],
      replace($pointer, '^.*[#/]', ''))[.][1]"/>
  </xsl:function>
</xsl:stylesheet>

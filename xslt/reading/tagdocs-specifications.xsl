<?xml version="1.0" encoding="UTF-8"?>
<!-- tagdocs, specifications (TDcrystals): what an ODD says of elements, attributes and their values, worded for those who encode or read
     and not for those who make schemas. What is formal stands behind a line that opens. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:eg="http://www.tei-c.org/ns/Examples"
  xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <!-- Groups: modules and other references one after the other are a list; what is only taken away, a line. -->

  <!-- schemaSpec, specGrp (TDbuild): what is in them, one after the other. -->
  <xsl:template match="tei:schemaSpec | tei:specGrp" mode="reading" as="element(div)">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <xsl:for-each-group select="* | text()[normalize-space()]" group-adjacent="ed:group(.)">
        <xsl:choose>
          <xsl:when test="self::tei:moduleRef">
            <dl class="tei-moduleRef">
              <xsl:apply-templates select="current-group()" mode="reading"/>
            </dl>
          </xsl:when>
          <xsl:when test="current-grouping-key() = 'deleted'">
            <p class="specification-facts by-edition">
              <xsl:text>Not used: </xsl:text>
              <xsl:for-each select="current-group()">
                <xsl:if test="position() gt 1">, </xsl:if>
                <code>{ed:specification-name(.)}</code>
              </xsl:for-each>
            </p>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="current-group()" mode="reading"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
    </div>
  </xsl:template>

  <xsl:function name="ed:group" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="
      if ($node/self::tei:moduleRef) then 'modules'
      else if ($node[self::*][ed:in(., $ed:specifications)][not(ed:is-specification(.))]) then 'deleted'
      else generate-id($node)"/>
  </xsl:function>

  <!-- moduleRef: the module, what it is for, and which of its elements are used. -->
  <xsl:template match="tei:moduleRef" mode="reading" as="element(div)">
    <div>
      <dt class="by-edition"><code>{(@key, @url)[1]}</code>{$ed:modules(string(@key)) ! (' ' || .)}</dt>
      <dd>
        <span class="by-edition">
          <xsl:choose>
            <xsl:when test="@include"><xsl:call-template name="ed:names"><xsl:with-param name="names" select="tokenize(@include)"/></xsl:call-template></xsl:when>
            <xsl:when test="@except">
              <xsl:text>all its elements but </xsl:text>
              <xsl:call-template name="ed:names"><xsl:with-param name="names" select="tokenize(@except)"/></xsl:call-template>
            </xsl:when>
            <xsl:otherwise>all its elements</xsl:otherwise>
          </xsl:choose>
        </span>
        <xsl:apply-templates mode="reading"/>
      </dd>
    </div>
  </xsl:template>

  <!-- Names of elements with commas between them. -->
  <xsl:template name="ed:names" as="node()*">
    <xsl:param name="names" as="xs:string*" required="yes"/>
    <xsl:variable name="here" as="element()" select="."/>
    <xsl:for-each select="$names">
      <xsl:variable name="name" as="xs:string" select="."/>
      <xsl:if test="position() gt 1">, </xsl:if>
      <xsl:for-each select="$here">
        <xsl:call-template name="ed:to-specification">
          <xsl:with-param name="name" select="$name"/>
          <xsl:with-param name="shown" as="element(code)"><code>&lt;{$name}&gt;</code></xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <!-- The modules of the TEI, as its Guidelines entitle their chapters. -->
  <xsl:variable name="ed:modules" as="map(xs:string, xs:string)" select="map{
    'analysis': 'Simple Analytic Mechanisms', 'certainty': 'Certainty, Precision, and Responsibility', 'core': 'Elements Available in All TEI Documents',
    'corpus': 'Language Corpora', 'dictionaries': 'Dictionaries', 'drama': 'Performance Texts', 'figures': 'Tables, Formulæ, Graphics, and Notated Music',
    'gaiji': 'Characters, Glyphs, and Writing Modes', 'header': 'The TEI Header', 'iso-fs': 'Feature Structures', 'linking': 'Linking, Segmentation, and Alignment',
    'msdescription': 'Manuscript Description', 'namesdates': 'Names, Dates, People, and Places', 'nets': 'Graphs, Networks, and Trees',
    'spoken': 'Transcriptions of Speech', 'tagdocs': 'Documentation Elements', 'tei': 'The TEI Infrastructure', 'textcrit': 'Critical Apparatus',
    'textstructure': 'Default Text Structure', 'transcr': 'Representation of Primary Sources', 'verse': 'Verse' }"/>

  <xsl:template match="tei:specGrpRef" mode="reading" as="element(p)">
    <p class="specification-facts by-edition">See <a><xsl:sequence select="ed:href(@target)"/>{ed:pointed-at(string(@target))}</a><xsl:apply-templates mode="reading"/></p>
  </xsl:template>

  <!-- specList (TDphraseTE): the names of a list with what is said of each where it is specified. -->
  <xsl:template match="tei:specList" mode="reading" as="element(ul)">
    <ul>
      <xsl:call-template name="ed:attributes"/>
      <xsl:for-each select="* | text()[normalize-space()]">
        <xsl:choose>
          <xsl:when test="self::tei:specDesc"><xsl:apply-templates select="." mode="reading"/></xsl:when>
          <xsl:otherwise><li><xsl:apply-templates select="." mode="reading"/></li></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <!-- specDesc (TDphraseTE): an item of the list, a link to the specification. -->
  <xsl:template match="tei:specDesc" mode="reading" as="element(li)">
    <xsl:variable name="specification" as="element()?" select="ed:specification(@key)"/>
    <li>
      <xsl:call-template name="ed:attributes"/>
      <xsl:call-template name="ed:to-specification">
        <xsl:with-param name="name" select="@key"/>
        <xsl:with-param name="shown" as="element(code)">
          <code class="by-edition">{if (matches(@key, '^(att|data|macro|model|teidata)\.')) then @key else '&lt;' || @key || '&gt;'}</code>
        </xsl:with-param>
      </xsl:call-template>
      <span class="by-edition">
        <xsl:for-each select="tokenize(@atts)">
          <xsl:text>{if (position() eq 1) then ' with ' else ', '}</xsl:text>
          <code>@{.}</code>
        </xsl:for-each>
        <xsl:text>{$specification/tei:gloss[1] ! (' (' || ed:plain-text(.) || ')')}{$specification/tei:desc[1] ! (': ' || ed:plain-text(.))}</xsl:text>
      </span>
      <xsl:apply-templates mode="reading"/>
    </li>
  </xsl:template>

  <!-- A specification: a section whose heading is the name; first what it is for, then the attributes, the remarks, the examples. -->

  <xsl:template match="tei:elementSpec[ed:is-specification(.)] | tei:classSpec[ed:is-specification(.)] | tei:macroSpec[ed:is-specification(.)]
    | tei:dataSpec[ed:is-specification(.)] | tei:moduleSpec[ed:is-specification(.)]" mode="reading" as="element(section)" priority="1">
    <section>
      <xsl:call-template name="ed:attributes"><xsl:with-param name="class" select="'specification'"/></xsl:call-template>
      <xsl:element name="h{min((6, 1 + ed:level(.)))}">
        <xsl:attribute name="class" select="'specification-name'"/>
        <code class="by-edition">{ed:specification-name(.)}</code>
        <xsl:for-each select="tei:altIdent, tei:gloss">
          <xsl:text> </xsl:text>
          <xsl:apply-templates select="." mode="reading"/>
        </xsl:for-each>
        <a class="permalink" href="#{encode-for-uri(ed:html-id(.))}" aria-label="Link to {@ident}">¶</a>
      </xsl:element>
      <xsl:apply-templates select="tei:desc" mode="reading"/>
      <xsl:call-template name="ed:specification-facts"/>
      <xsl:apply-templates select="text()[normalize-space()], tei:attList, * except (tei:altIdent, tei:attList, tei:classes, tei:desc, tei:exemplum, tei:gloss, tei:listRef, tei:remarks), tei:remarks, tei:exemplum, tei:listRef" mode="reading"/>
    </section>
  </xsl:template>

  <!-- One that only takes something away. -->
  <xsl:template match="tei:elementSpec | tei:classSpec | tei:macroSpec | tei:dataSpec | tei:moduleSpec" mode="reading" as="element(p)">
    <p class="specification-facts by-edition"><code>{ed:specification-name(.)}</code> is not used</p>
  </xsl:template>

  <!-- In a line: what it is, where it belongs, and, if the TEI has it, where its Guidelines say more. -->
  <xsl:template name="ed:specification-facts" as="element(p)">
    <p class="specification-facts by-edition">
      <xsl:text>{map{'elementSpec': 'Element', 'classSpec': if (@type = 'atts') then 'Class of attributes' else 'Class of elements', 'macroSpec': 'Macro', 'dataSpec': 'Kind of value', 'moduleSpec': 'Module'}(local-name())}</xsl:text>
      <xsl:if test="@module"> of the module <code>{@module}</code></xsl:if>
      <xsl:for-each select="tei:classes/tei:memberOf[not(@mode = 'delete')]">
        <xsl:text>{if (position() eq 1) then ', member of ' else ', '}</xsl:text>
        <code>{@key}</code>
      </xsl:for-each>
      <xsl:if test="@mode = 'change' and (self::tei:elementSpec | self::tei:classSpec) and matches(@ident, '^[\w.]+$')">
        <xsl:text> · </xsl:text>
        <a href="https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-{@ident}.html">in the TEI Guidelines</a>
      </xsl:if>
    </p>
  </xsl:template>

  <!-- desc (TDcrystalsCD): the description. -->
  <xsl:template match="tei:*[ed:in(., $ed:specifications)]/tei:desc" mode="reading" as="element()" priority="1">
    <xsl:call-template name="ed:paragraph"/>
  </xsl:template>

  <!-- gloss (TDcrystalsCD): beside the name. -->
  <xsl:template match="tei:*[ed:in(., $ed:specifications)]/tei:gloss" mode="reading" as="element(span)" priority="1">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </span>
  </xsl:template>

  <xsl:template match="tei:altIdent" mode="reading" as="element(code)">
    <code>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </code>
  </xsl:template>

  <xsl:template match="tei:equiv" mode="reading" as="element(span)?">
    <xsl:if test="normalize-space()"><span><xsl:apply-templates mode="reading"/></span></xsl:if>
  </xsl:template>

  <xsl:template match="tei:remarks | tei:exemplum" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- listRef (TDcrystalsCD): “See also”. -->
  <xsl:template match="tei:listRef" mode="reading" as="element(div)">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <span class="by-edition">See also</span>
      <xsl:for-each select="* | text()[normalize-space()]">
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="." mode="reading"/>
      </xsl:for-each>
      <xsl:call-template name="ed:permalink"/>
    </div>
  </xsl:template>

  <!-- Attributes (TDATT) and their values: lists of definitions. Lists in a list say which attributes exclude each other, to a schema. -->

  <!-- attList (TDATT): a list of definitions. -->
  <xsl:template match="tei:attList" mode="reading" as="node()*">
    <xsl:variable name="all" as="element()*" select=".//tei:attDef, .//tei:attRef"/>
    <xsl:variable name="unused" as="element()*" select="$all[@mode = 'delete'][not(normalize-space())]"/>
    <xsl:apply-templates select="(. | .//tei:attList)/(node() except (tei:attDef, tei:attRef, tei:attList))" mode="reading"/>
    <xsl:if test="$all except $unused">
      <p class="specification-label by-edition">{if (count($all except $unused) = 1) then 'Attribute' else 'Attributes'}</p>
      <dl>
        <xsl:call-template name="ed:attributes"/>
        <xsl:apply-templates select="$all except $unused" mode="reading"/>
      </dl>
    </xsl:if>
    <xsl:if test="$unused">
      <p class="specification-facts by-edition">
        <xsl:text>Not used: </xsl:text>
        <xsl:for-each select="$unused">
          <xsl:if test="position() gt 1">, </xsl:if>
          <code>@{(@ident, @name)[1]}</code>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:template>

  <!-- attDef (TDATT): name, whether it is required, description. -->
  <xsl:template match="tei:attDef" mode="reading" as="element(div)">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <dt>
        <code class="by-edition">@{@ident}</code>
        <xsl:for-each select="tei:altIdent, tei:gloss">
          <xsl:text> </xsl:text>
          <xsl:apply-templates select="." mode="reading"/>
        </xsl:for-each>
        <xsl:for-each select="map{'req': 'required', 'rec': 'recommended', 'mwa': 'required where it applies', 'opt': 'optional'}(string(@usage))">
          <xsl:text> </xsl:text>
          <span class="usage by-edition">{.}</span>
        </xsl:for-each>
      </dt>
      <dd>
        <xsl:apply-templates select="node() except (tei:altIdent, tei:gloss)" mode="reading"/>
      </dd>
    </div>
  </xsl:template>

  <!-- attRef (TDATT): name and class. -->
  <xsl:template match="tei:attRef" mode="reading" as="element(div)">
    <div class="by-edition">
      <dt><code>@{@name}</code></dt>
      <dd>{@class ! ('as in ' || .)}<xsl:apply-templates mode="reading"/></dd>
    </div>
  </xsl:template>

  <!-- desc of an attribute or a value (TDcrystalsCD): a paragraph. -->
  <xsl:template match="(tei:attDef | tei:valItem | tei:valList)/tei:desc" mode="reading" as="element()" priority="1">
    <xsl:call-template name="ed:paragraph"/>
  </xsl:template>

  <!-- valList (TDATTvs): a list of values. -->
  <xsl:template match="tei:valList" mode="reading" as="node()*">
    <p class="specification-label by-edition">{(map{'closed': 'One of', 'semi': 'One of these, or another'}(string(@type)), 'For example')[1]}</p>
    <xsl:apply-templates select="node() except tei:valItem" mode="reading"/>
    <dl>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates select="tei:valItem[not(@mode = 'delete') or normalize-space()]" mode="reading"/>
    </dl>
  </xsl:template>

  <!-- valItem (TDATTvs): a value and what it means. -->
  <xsl:template match="tei:valItem" mode="reading" as="element(div)">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <dt>
        <code class="by-edition">{@ident}</code>
        <xsl:for-each select="tei:altIdent, tei:gloss">
          <xsl:text> </xsl:text>
          <xsl:apply-templates select="." mode="reading"/>
        </xsl:for-each>
      </dt>
      <dd>
        <xsl:apply-templates select="node() except (tei:altIdent, tei:gloss)" mode="reading"/>
      </dd>
    </div>
  </xsl:template>

  <!-- gloss of an attribute or a value (TDcrystalsCD): beside it. -->
  <xsl:template match="(tei:attDef | tei:valItem)/tei:gloss" mode="reading" as="element(span)" priority="1">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- defaultVal (TDATT): a line. -->
  <xsl:template match="tei:defaultVal" mode="reading" as="element(p)">
    <p>
      <xsl:call-template name="ed:attributes"/>
      <span class="by-edition">Where it is not given: </span>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </p>
  </xsl:template>

  <!-- datatype: in words, where the list of values does not say it. -->
  <xsl:template match="tei:datatype" mode="reading" as="element()?">
    <xsl:variable name="words" as="xs:string*" select="tei:dataRef ! ed:value-words(.)"/>
    <xsl:choose>
      <xsl:when test="normalize-space() or not(tei:dataRef)"><xsl:call-template name="ed:formal"/></xsl:when>
      <xsl:when test="not(../tei:valList) and exists($words)">
        <p class="specification-facts by-edition">Value: {if (@maxOccurs[. ne '1']) then 'one or more, each ' else ''}{string-join($words, ' or ')}</p>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:function name="ed:value-words" as="xs:string">
    <xsl:param name="value" as="element(tei:dataRef)"/>
    <xsl:variable name="name" as="xs:string" select="$value/(@key, @name, @ref)[1]"/>
    <xsl:sequence select="string-join((($ed:values($name), $name)[1], $value/@restriction ! ('of the form ' || .)), ' ')"/>
  </xsl:function>

  <xsl:variable name="ed:values" as="map(xs:string, xs:string)" select="map{
    'teidata.certainty': '“high”, “medium”, “low” or “unknown”', 'teidata.count': 'a whole number', 'teidata.enumerated': 'a word', 'teidata.language': 'the code of a language',
    'teidata.name': 'a name', 'teidata.numeric': 'a number', 'teidata.pointer': 'a pointer', 'teidata.probCert': 'a probability or degree of certainty',
    'teidata.probability': 'a number from 0 to 1', 'teidata.temporal.w3c': 'a date: 2022, 2022-01 or 2022-01-17', 'teidata.text': 'any words',
    'teidata.truthValue': '“true” or “false”', 'teidata.word': 'a word', 'teidata.xTruthValue': '“true”, “false”, “unknown” or “inapplicable”',
    'teidata.xmlName': 'a name of XML', 'anyURI': 'an address', 'string': 'any words', 'token': 'any words' }"/>

  <!-- What an element may contain (TDTAGCONT), in words; what is formal, as it stands. -->

  <!-- content (TDTAGCONT): in words; what is formal, as markup. -->
  <xsl:template match="tei:content" mode="reading" as="element()?">
    <xsl:choose>
      <xsl:when test="normalize-space() or .//*[not(self::tei:*)]"><xsl:call-template name="ed:formal"/></xsl:when>
      <xsl:when test="*">
        <p class="specification-facts by-edition">
          <xsl:text>Contains </xsl:text>
          <xsl:for-each select="*">
            <xsl:if test="position() gt 1">, then </xsl:if>
            <xsl:apply-templates select="." mode="content"/>
          </xsl:for-each>
        </p>
      </xsl:when>
      <xsl:otherwise><p class="specification-facts by-edition">Contains nothing</p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- In: a part of a content model. Out: how it is said. -->
  <xsl:mode name="content" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="tei:sequence | tei:alternate" mode="content" as="node()*">
    <xsl:variable name="between" as="xs:string" select="if (self::tei:alternate) then ' or ' else if (@preserveOrder = 'false') then ' and ' else ', then '"/>
    <xsl:variable name="grouped" as="xs:boolean" select="exists(*[2]) and (exists(parent::tei:sequence | parent::tei:alternate) or ed:often(.) ne '')"/>
    <xsl:text>{ed:often(.)}{'('[$grouped]}</xsl:text>
    <xsl:for-each select="*">
      <xsl:text>{$between[current()/preceding-sibling::*]}</xsl:text>
      <xsl:apply-templates select="." mode="content"/>
    </xsl:for-each>
    <xsl:text>{')'[$grouped]}</xsl:text>
  </xsl:template>

  <xsl:template match="tei:elementRef" mode="content" as="node()*">
    <xsl:text>{ed:often(.)}</xsl:text>
    <xsl:call-template name="ed:names"><xsl:with-param name="names" select="@key"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="tei:textNode" mode="content" as="text()"><xsl:text>text</xsl:text></xsl:template>

  <xsl:template match="tei:empty" mode="content" as="text()"><xsl:text>nothing</xsl:text></xsl:template>

  <xsl:template match="tei:anyElement" mode="content" as="text()"><xsl:text>any element</xsl:text></xsl:template>

  <xsl:template match="tei:dataRef" mode="content" as="text()"><xsl:text>{ed:value-words(.)}</xsl:text></xsl:template>

  <xsl:template match="tei:valList" mode="content" as="text()"><xsl:text>one of {string-join(tei:valItem/@ident, ', ')}</xsl:text></xsl:template>

  <xsl:template match="*" mode="content" as="node()*" priority="-1">
    <xsl:text>{ed:often(.)}</xsl:text>
    <code>{(@key, name())[1]}</code>
  </xsl:template>

  <!-- How often a part of a content model may occur; nothing for once. -->
  <xsl:function name="ed:often" as="xs:string">
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="least" as="xs:string" select="string(($part/@minOccurs, '1')[1])"/>
    <xsl:variable name="most" as="xs:string" select="string(($part/@maxOccurs, '1')[1])"/>
    <xsl:sequence select="(map{'1 1': '', '0 1': 'optionally ', '0 unbounded': 'any number of ', '1 unbounded': 'one or more '}($least || ' ' || $most), $least || ' to ' || $most || ' ')[1]"/>
  </xsl:function>

  <!-- References to classes and the like that stand outside a content model. -->
  <xsl:template match="tei:classRef | tei:dataRef | tei:elementRef | tei:macroRef" mode="reading" as="element(p)">
    <p class="specification-facts">
      <span class="by-edition">Also <code>{if (self::tei:elementRef) then '&lt;' || @key || '&gt;' else (@key, @name)[1]}</code></span>
      <xsl:apply-templates mode="reading"/>
    </p>
  </xsl:template>

  <!-- constraintSpec (TDTAGCONS): what the rule says, then the rule. -->
  <xsl:template match="tei:constraintSpec" mode="reading" as="element(div)">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="tei:desc | tei:gloss">
        <p>
          <span class="specification-label by-edition">Rule</span>
          <xsl:for-each select="tei:gloss | tei:desc">
            <xsl:text> </xsl:text>
            <xsl:apply-templates select="." mode="reading"/>
          </xsl:for-each>
        </p>
      </xsl:if>
      <xsl:apply-templates select="node() except (tei:desc, tei:gloss, tei:constraint)" mode="reading"/>
      <xsl:if test="tei:constraint/node()">
        <details>
          <summary class="by-edition">Rule <code>{@ident}</code> as it is checked</summary>
          <xsl:call-template name="ed:shown-markup"><xsl:with-param name="nodes" select="tei:constraint/node()"/></xsl:call-template>
        </details>
      </xsl:if>
      <xsl:call-template name="ed:permalink"/>
    </div>
  </xsl:template>

  <!-- Parts of a list, without the list (TDATT): their words. -->
  <xsl:template match="tei:attDef[not(ancestor::tei:attList)] | tei:attRef[not(ancestor::tei:attList)] | tei:valItem[not(parent::tei:valList)] | tei:specDesc[not(parent::tei:specList)]
    | tei:moduleRef[not(parent::tei:schemaSpec | parent::tei:specGrp)]" mode="reading" as="element()" priority="2">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- Parts of a specification (TDTAGCONT, TDPM, TDCLA): said with what they are part of; standing alone, their words. -->
  <xsl:template match="tei:alternate | tei:anyElement | tei:classes | tei:dataFacet | tei:empty | tei:interleave | tei:memberOf | tei:outputRendition | tei:param
    | tei:paramSpec | tei:sequence | tei:textNode | tei:valDesc | tei:constraintDecl" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- model (TDPM) and its like, for programs alone. -->
  <xsl:template match="tei:model | tei:modelGrp | tei:modelSequence | tei:paramList | tei:constraint" mode="reading" as="element(div)">
    <xsl:call-template name="ed:formal"/>
  </xsl:template>

  <xsl:template name="ed:formal" as="element(div)">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <details>
        <summary class="by-edition">{map{'content': 'What it contains', 'datatype': 'Its value'}(local-name()), 'How it is processed'[current()/not(self::tei:content | self::tei:datatype)]}, formally</summary>
        <xsl:call-template name="ed:shown-markup"><xsl:with-param name="nodes" select="."/></xsl:call-template>
      </details>
      <xsl:call-template name="ed:permalink"/>
    </div>
  </xsl:template>
</xsl:stylesheet>

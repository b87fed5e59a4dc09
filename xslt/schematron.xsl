<?xml version="1.0" encoding="UTF-8"?>
<!-- In: a Schematron schema (ISO/IEC 19757-3). Out: a stylesheet that judges a document by it: an array of
     {"path", "role", "id", "message"}, one for each assertion that fails and each report that holds, as edition/transform.py reads it.
     What cannot be evaluated gives {"failed": why, "line": line of the stylesheet, "path"} among them.
     A schema that is wrong in itself gives one element ed:refused with the reason and, in @at, the place.

     Three steps: the schema is made whole (inclusions taken in), then concrete (abstract patterns and rules written out),
     then compiled: a pattern becomes a mode, a rule a template, the first rule of a pattern the one of highest priority.
     Expressions are XPath 3.1 and contexts patterns of XSLT 3.0, whatever the query binding. All phases are active. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:x="urn:x-edition:stylesheet"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:err="http://www.w3.org/2005/xqt-errors" xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <xsl:namespace-alias stylesheet-prefix="x" result-prefix="xsl"/>
  <xsl:output method="xml" indent="yes"/>

  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>
  <xsl:mode name="whole" on-no-match="shallow-copy" on-multiple-match="fail"/>
  <xsl:mode name="concrete" on-no-match="shallow-copy" on-multiple-match="fail"/>
  <xsl:mode name="compiled" on-no-match="deep-skip" on-multiple-match="fail"/>
  <xsl:mode name="literal" on-no-match="shallow-copy" on-multiple-match="fail"/>
  <xsl:mode name="message" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <xsl:template match="/" as="element()">
    <xsl:try>
      <xsl:variable name="whole" as="document-node()"><xsl:document><xsl:apply-templates mode="whole"/></xsl:document></xsl:variable>
      <xsl:variable name="concrete" as="document-node()"><xsl:document><xsl:apply-templates select="$whole" mode="concrete"/></xsl:document></xsl:variable>
      <xsl:apply-templates select="$concrete/sch:schema" mode="compiled"/>
      <xsl:if test="not($concrete/sch:schema)"><xsl:sequence select="ed:refuse(*, 'This is no Schematron schema.')"/></xsl:if>
      <xsl:catch errors="ed:refused"><ed:refused at="{$err:value}">{$err:description}</ed:refused></xsl:catch>
    </xsl:try>
  </xsl:template>

  <!-- Ends the work with a reason; in @ed:at, or from the element itself, the place: URI of the file and path in it. -->
  <xsl:function name="ed:refuse" as="item()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="reason" as="xs:string"/>
    <xsl:sequence select="error(xs:QName('ed:refused'), $reason, string(($element/@ed:at, ed:at($element))[1]))"/>
  </xsl:function>

  <xsl:function name="ed:at" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="base-uri($element) || ' ' || path($element)"/>
  </xsl:function>

  <!-- Whole: inclusions are replaced by what they include; each element is told its place. -->
  <xsl:template match="sch:* | xsl:*" mode="whole" as="element()">
    <xsl:copy>
      <xsl:attribute name="ed:at" select="ed:at(.)"/>
      <xsl:apply-templates select="@*, node()" mode="#current"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="sch:include | sch:extends[@href]" mode="whole" as="node()*">
    <xsl:param name="within" as="element()*" tunnel="yes"/>
    <xsl:variable name="included" as="element()" select="ed:included(.)"/>
    <xsl:sequence select="if ($included intersect $within) then ed:refuse(., @href || ' includes itself.') else ()"/>
    <xsl:apply-templates select="if (self::sch:include) then $included else $included/node()" mode="#current">
      <xsl:with-param name="within" select="$within, $included" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <!-- A stylesheet's own inclusions are relative to the file they stand in. -->
  <xsl:template match="xsl:include/@href | xsl:import/@href" mode="whole" as="attribute()">
    <xsl:attribute name="href" select="resolve-uri(., base-uri(..))"/>
  </xsl:template>

  <!-- The element that @href points to: the outermost of a file, or the one with the id behind “#”. -->
  <xsl:function name="ed:included" as="element()">
    <xsl:param name="reference" as="element()"/>
    <xsl:variable name="href" as="xs:string*" select="tokenize(resolve-uri(string($reference/@href), base-uri($reference)), '#')"/>
    <xsl:sequence select="if (doc-available($href[1])) then () else ed:refuse($reference, $reference/@href || ' cannot be read as XML.')"/>
    <xsl:variable name="found" as="element()*" select="doc($href[1])//*[if ($href[2]) then $href[2] = (@id, @xml:id) else not(parent::*)]"/>
    <xsl:sequence select="if ($found) then head($found) else ed:refuse($reference, 'Nothing has the id of ' || $reference/@href || '.')"/>
  </xsl:function>

  <!-- Concrete: no abstract pattern or rule is left; diagnostics stand in the assertions they belong to. In the expressions of a pattern
       its parameters are replaced by their values, its variables by names that no other pattern has. -->
  <xsl:template match="sch:pattern[@abstract = 'true'] | sch:rule[@abstract = 'true'] | sch:rules | sch:param | sch:diagnostics" mode="concrete"/>

  <xsl:template match="sch:pattern[not(@abstract = 'true')]" mode="concrete" as="element(sch:pattern)">
    <xsl:variable name="number" as="xs:integer" select="count(preceding::sch:pattern)"/>
    <xsl:variable name="model" as="element(sch:pattern)?" select="@is-a ! ed:abstract(.., //sch:pattern, .)"/>
    <xsl:variable name="replacements" as="map(xs:string, xs:string)" select="map:merge((
      ($model, .)/sch:let/@name ! map:entry(string(), '$' || . || '.' || $number),
      ($model, .)/sch:param ! map:entry(string(@name), string(@value))), map{'duplicates': 'use-last'})"/>
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:apply-templates select="$model/node(), node()" mode="#current">
        <xsl:with-param name="replacements" select="$replacements" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="sch:extends" mode="concrete" as="node()*">
    <xsl:apply-templates select="ed:abstract(., (ancestor::sch:pattern//sch:rule, //sch:rule), @rule)/node()" mode="#current"/>
  </xsl:template>

  <!-- The first of the candidates that is abstract and has the id. -->
  <xsl:function name="ed:abstract" as="element()">
    <xsl:param name="reference" as="element()"/>
    <xsl:param name="candidates" as="element()*"/>
    <xsl:param name="id" as="xs:string"/>
    <xsl:variable name="found" as="element()*" select="$candidates[@abstract = 'true'][@id = $id]"/>
    <xsl:sequence select="if ($found) then head($found) else ed:refuse($reference, 'Nothing abstract has the id “' || $id || '”.')"/>
  </xsl:function>

  <xsl:template match="sch:assert[@diagnostics] | sch:report[@diagnostics]" mode="concrete" as="element()">
    <xsl:variable name="assertion" as="element()" select="."/>
    <xsl:copy>
      <xsl:apply-templates select="@*, node()" mode="#current"/>
      <xsl:for-each select="tokenize(@diagnostics)">
        <xsl:variable name="diagnostic" as="element()?" select="root($assertion)//sch:diagnostic[@id = current()][1]"/>
        <xsl:sequence select="if ($diagnostic) then () else ed:refuse($assertion, 'No diagnostic has the id “' || . || '”.')"/>
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="$diagnostic/node()" mode="#current"/>
      </xsl:for-each>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="@*[not(self::attribute(ed:at))]" mode="concrete" as="attribute()">
    <xsl:param name="replacements" as="map(xs:string, xs:string)" select="map{}" tunnel="yes"/>
    <xsl:attribute name="{name()}" namespace="{namespace-uri()}" select="ed:replaced(., $replacements)"/>
  </xsl:template>

  <xsl:template match="sch:let/@name" mode="concrete" as="attribute()" priority="1">
    <xsl:param name="replacements" as="map(xs:string, xs:string)" select="map{}" tunnel="yes"/>
    <xsl:attribute name="name" select="substring(ed:replaced('$' || ., $replacements), 2)"/>
  </xsl:template>

  <!-- An expression in which each $name of the map is replaced. -->
  <xsl:function name="ed:replaced" as="xs:string">
    <xsl:param name="expression" as="xs:string"/>
    <xsl:param name="replacements" as="map(xs:string, xs:string)"/>
    <xsl:variable name="pieces" as="xs:string*">
      <xsl:analyze-string select="$expression" regex="\$([\i-[:]][\c-[:]]*)">
        <xsl:matching-substring><xsl:sequence select="($replacements(regex-group(1)), .)[1]"/></xsl:matching-substring>
        <xsl:non-matching-substring><xsl:sequence select="."/></xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:variable>
    <xsl:sequence select="string-join($pieces)"/>
  </xsl:function>

  <!-- Compiled: instructions of XSLT. -->
  <xsl:template match="sch:schema" mode="compiled" as="element(xsl:stylesheet)">
    <xsl:sequence select="if (lower-case((@queryBinding, 'xslt3')[1]) = ('xslt', 'xslt2', 'xslt3', 'xpath2', 'xpath3', 'xpath31')) then ()
      else ed:refuse(., 'The query binding “' || @queryBinding || '” is not known here; “xslt3” is.')"/>
    <x:stylesheet version="3.0">
      <xsl:for-each select="sch:ns">
        <xsl:namespace name="{ed:required(., 'prefix')}" select="ed:required(., 'uri')"/>
      </xsl:for-each>
      <xsl:attribute name="xml:base" select="substring-before(@ed:at, ' ')"/>
      <xsl:copy-of select="@ed:at"/>
      <x:output method="json"/>
      <x:template match="/">
        <x:variable name="Q{{urn:x-edition}}reports" as="map(*)*">
          <xsl:for-each select="(. | sch:pattern)/sch:let[@value]">
            <x:sequence select="${@name}[. instance of map(*)][?failed]"/>
          </xsl:for-each>
          <xsl:for-each select="sch:pattern"><x:apply-templates select="." mode="{ed:mode(.)}"/></xsl:for-each>
        </x:variable>
        <x:sequence select="array{{$Q{{urn:x-edition}}reports}}"/>
      </x:template>
      <xsl:apply-templates select="*" mode="#current"/>
    </x:stylesheet>
  </xsl:template>

  <xsl:function name="ed:mode" as="xs:string">
    <xsl:param name="pattern" as="element(sch:pattern)"/>
    <xsl:sequence select="'Q{urn:x-edition}pattern-' || count($pattern/preceding::sch:pattern)"/>
  </xsl:function>

  <xsl:function name="ed:required" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:variable name="attribute" as="attribute()?" select="$element/@*[name() = $name]"/>
    <xsl:sequence select="if ($attribute) then string($attribute) else ed:refuse($element, name($element) || ' lacks @' || $name || '.')"/>
  </xsl:function>

  <xsl:template match="sch:title | sch:p | sch:ns | sch:phase | sch:properties" mode="compiled"/>

  <xsl:template match="sch:*" mode="compiled" priority="-1">
    <xsl:sequence select="ed:refuse(., name() || ' is not allowed in ' || name(..) || '.')"/>
  </xsl:template>

  <xsl:template match="xsl:*" mode="compiled message" as="element()">
    <xsl:copy-of select="."/>
  </xsl:template>

  <!-- Variables of the schema and of its patterns are worked out once, at the root of the document; one that fails has its failure as value,
       since no rule could catch it. -->
  <xsl:template match="sch:let[@value]" mode="compiled" as="element(xsl:variable)">
    <x:variable name="{ed:required(., 'name')}" as="item()*">
      <xsl:copy-of select="@ed:at"/>
      <x:try select="{@value}"><x:catch select="{$ed:failure}"/></x:try>
    </x:variable>
  </xsl:template>

  <xsl:template match="sch:rule/sch:let[@value]" mode="compiled" as="element(xsl:variable)" priority="1">
    <x:variable name="{ed:required(., 'name')}" select="{@value}"><xsl:copy-of select="@ed:at"/></x:variable>
  </xsl:template>

  <xsl:template match="sch:let[not(@value)]" mode="compiled" as="element(xsl:variable)">
    <x:variable name="{ed:required(., 'name')}"><xsl:copy-of select="@ed:at"/><xsl:apply-templates mode="literal"/></x:variable>
  </xsl:template>

  <!-- Literally: an element that is data; in a stylesheet a brace in its attributes is written twice. -->
  <xsl:template match="@*" mode="literal" as="attribute()?">
    <xsl:attribute name="{name()}" namespace="{namespace-uri()}" select="replace(., '[{}]', '$0$0')"/>
  </xsl:template>

  <xsl:template match="@ed:at" mode="literal" priority="1"/>

  <xsl:variable name="ed:failure" as="xs:string" select="
    'map{''failed'': $Q{http://www.w3.org/2005/xqt-errors}description, ''line'': $Q{http://www.w3.org/2005/xqt-errors}line-number, ''path'': path()}'"/>

  <xsl:template match="sch:schema/sch:pattern" mode="compiled" as="element()*">
    <x:mode name="{ed:mode(.)}" on-no-match="shallow-skip"/>
    <xsl:apply-templates select="*" mode="#current"/>
  </xsl:template>

  <xsl:template match="sch:pattern/sch:rule" mode="compiled" as="element(xsl:template)">
    <x:template match="{ed:required(., 'context')}" mode="{ed:mode(..)}" priority="{count(following-sibling::sch:rule)}">
      <xsl:copy-of select="@ed:at"/>
      <x:try>
        <xsl:apply-templates select="*" mode="#current"/>
        <x:catch select="{$ed:failure}"/>
      </x:try>
      <x:apply-templates select="@*, node()" mode="#current"/>
    </x:template>
  </xsl:template>

  <xsl:template match="sch:rule/sch:assert | sch:rule/sch:report" mode="compiled" as="element(xsl:if)">
    <x:if test="{if (self::sch:assert) then 'not' else 'boolean'}({ed:required(., 'test')})">
      <xsl:copy-of select="@ed:at"/>
      <x:variable name="Q{{urn:x-edition}}message" as="Q{{http://www.w3.org/2001/XMLSchema}}string">
        <x:value-of><xsl:apply-templates mode="message"/></x:value-of>
      </x:variable>
      <x:map>
        <x:map-entry key="'path'" select="path(({string-join(((@subject, ../@subject)[1], '.'), ', ')})[1])"/>
        <x:map-entry key="'role'" select="'{ed:role(.)}'"/>
        <x:map-entry key="'id'"><x:text>{@id}</x:text></x:map-entry>
        <x:map-entry key="'message'" select="normalize-space($Q{{urn:x-edition}}message)"/>
      </x:map>
    </x:if>
  </xsl:template>

  <!-- The role of an assertion, its own or that of its rule or pattern: error, warning or info. -->
  <xsl:function name="ed:role" as="xs:string">
    <xsl:param name="assertion" as="element()"/>
    <xsl:variable name="role" as="xs:string" select="lower-case(string($assertion/ancestor-or-self::*[@role][1]/@role))"/>
    <xsl:sequence select="if (starts-with($role, 'warn')) then 'warning' else if (starts-with($role, 'info')) then 'info' else 'error'"/>
  </xsl:function>

  <!-- The words of a message. -->
  <xsl:template match="text()" mode="message" as="element(xsl:text)">
    <x:text>{.}</x:text>
  </xsl:template>

  <xsl:template match="sch:value-of" mode="message" as="element(xsl:value-of)">
    <x:value-of select="{ed:required(., 'select')}"><xsl:copy-of select="@ed:at"/></x:value-of>
  </xsl:template>

  <xsl:template match="sch:name" mode="message" as="element(xsl:value-of)">
    <x:value-of select="name({@path})"><xsl:copy-of select="@ed:at"/></x:value-of>
  </xsl:template>
</xsl:stylesheet>

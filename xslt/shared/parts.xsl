<?xml version="1.0" encoding="UTF-8"?>
<!-- The parts of a long document: which reading pages it has, and which node is on which.

     A part is a stretch of the text. It begins at a division; where one is too long for a page, also at the divisions in it, or failing
     these at a block between two others; a division that is very short shares the page of the one before. What stands around a
     beginning is divided: each page has it again, with no more of its content than belongs there. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all">

  <!-- Whether the document is read in parts. A stylesheet that makes one whole of a document says no. -->
  <xsl:variable name="ed:in-parts" as="xs:boolean" select="exists($ed:beginnings)"/>

  <!-- Signs of a document that is read whole, of a part, and of a division that has a part of its own. -->
  <xsl:variable name="ed:most" as="xs:integer" select="6 * $ed:long"/>
  <xsl:variable name="ed:most-of-part" as="xs:integer" select="$ed:most idiv 3"/>
  <xsl:variable name="ed:least-of-part" as="xs:integer" select="$ed:most idiv 60"/>

  <!-- What can be divided without a trace: elements whose place is all they say. -->
  <xsl:variable name="ed:divisible" as="map(xs:QName, item())" select="ed:elements('
    text group front body back floatingText div div0 div1 div2 div3 div4 div5 div6 div7 lg sp spGrp performance listBibl sourceDoc surfaceGrp surface zone')"/>

  <xsl:function name="ed:is-divisible" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="ed:in($element, $ed:divisible) and not(map:contains($ed:addresses, generate-id($element)) or map:contains($ed:worded, generate-id($element)))"/>
  </xsl:function>

  <xsl:function name="ed:signs" as="xs:integer">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="string-length(normalize-space($element))"/>
  </xsl:function>

  <!-- The elements that each part but the first begins with. -->
  <xsl:variable name="ed:beginnings" as="element()*" select="ed:found('beginnings')"/>

  <!-- Where parts begin among these elements and in them, then how many signs the last of these parts has; so many had the one before. -->
  <xsl:function name="ed:begun" as="item()+">
    <xsl:param name="elements" as="element()*"/>
    <xsl:param name="before" as="xs:integer"/>
    <xsl:iterate select="$elements">
      <xsl:param name="signs" as="xs:integer" select="$before"/>
      <xsl:on-completion select="$signs"/>
      <xsl:variable name="own" as="xs:integer" select="ed:signs(.)"/>
      <xsl:variable name="begins" as="xs:boolean" select="$own gt 0 and $signs ge $ed:least-of-part and (ed:is-division(.) or $signs + $own gt $ed:most-of-part)"/>
      <xsl:variable name="so-far" as="xs:integer" select="if ($begins) then 0 else $signs"/>
      <xsl:variable name="inside" as="item()+" select="if ($own gt $ed:most-of-part and ed:is-divisible(.)) then ed:begun(*, $so-far) else $so-far + $own"/>
      <xsl:sequence select=".[$begins], $inside[position() lt last()]"/>
      <xsl:next-iteration>
        <xsl:with-param name="signs" select="$inside[last()]"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- A page or column that begins before the first words of a part begins with it. -->
  <xsl:function name="ed:opening" as="element()">
    <xsl:param name="beginning" as="element()"/>
    <xsl:variable name="before" as="element()?" select="$beginning/preceding-sibling::*[1]/(self::tei:pb | self::tei:cb | self::tei:gb | self::tei:milestone | self::tei:fw)"/>
    <xsl:sequence select="if ($before) then ed:opening($before) else $beginning"/>
  </xsl:function>

  <!-- The elements that are divided, by generate-id the number of beginnings in each. -->
  <xsl:variable name="ed:divided" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each-group select="$ed:beginnings ! ancestor::*[ed:is-in-text(.)]/generate-id()" group-by=".">
        <xsl:map-entry key="current-grouping-key()" select="count(current-group())"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <!-- The texts and the nodes in what is divided, by generate-id the number of the first and that of the last part each is in. -->
  <xsl:variable name="ed:parted" as="map(xs:string, xs:integer+)">
    <xsl:variable name="openings" as="map(xs:string, xs:boolean)" select="map:merge($ed:beginnings ! map:entry(generate-id(ed:opening(.)), true()))"/>
    <xsl:sequence select="if ($ed:in-parts) then map:merge(ed:parted($ed:texts, 1, $openings)) else map{}"/>
  </xsl:variable>

  <xsl:function name="ed:parted" as="map(xs:string, xs:integer+)*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="part" as="xs:integer"/>
    <xsl:param name="openings" as="map(xs:string, xs:boolean)"/>
    <xsl:iterate select="$nodes">
      <xsl:param name="before" as="xs:integer" select="$part"/>
      <xsl:variable name="first" as="xs:integer" select="if ($openings(generate-id())) then $before + 1 else $before"/>
      <xsl:variable name="last" as="xs:integer" select="$first + ($ed:divided(generate-id()), 0)[1]"/>
      <xsl:sequence select="map:entry(generate-id(), ($first, $last))"/>
      <xsl:if test="$last gt $first"><xsl:sequence select="ed:parted(node(), $first, $openings)"/></xsl:if>
      <xsl:next-iteration><xsl:with-param name="before" select="$last"/></xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- The number of the part an element is in, or begins in; of one that is in no text, none. -->
  <xsl:function name="ed:part" as="xs:integer?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="parted" as="element()?" select="if (not($ed:in-parts)) then () else $element/ancestor-or-self::*[map:contains($ed:parted, generate-id())][1]"/>
    <xsl:sequence select="$parted ! $ed:parted(generate-id())[1]"/>
  </xsl:function>

  <!-- What an element has in a part, or in all if none is asked for. -->
  <xsl:function name="ed:content" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="part" as="xs:integer?"/>
    <xsl:sequence select="if (exists($part) and map:contains($ed:divided, generate-id($element))) then $ed:contents(generate-id($element) || ' ' || $part) else $element/node()"/>
  </xsl:function>

  <!-- The nodes of each element that is divided, by its generate-id and the number of a part. -->
  <xsl:variable name="ed:contents" as="map(xs:string, node()*)">
    <xsl:map>
      <xsl:for-each select="$ed:beginnings/ancestor::*[map:contains($ed:divided, generate-id())]">
        <xsl:variable name="element" as="xs:string" select="generate-id()"/>
        <xsl:for-each-group select="node()" group-by="ed:parts-of(.)">
          <xsl:map-entry key="$element || ' ' || current-grouping-key()" select="current-group()"/>
        </xsl:for-each-group>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <!-- The texts that are in a part, or all if none is asked for. -->
  <xsl:function name="ed:texts" as="element()*">
    <xsl:param name="part" as="xs:integer?"/>
    <xsl:sequence select="if (exists($part)) then $ed:texts[ed:parts-of(.) = $part] else $ed:texts"/>
  </xsl:function>

  <xsl:function name="ed:parts-of" as="xs:integer+">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="let $parts := $ed:parted(generate-id($node)) return $parts[1] to $parts[2]"/>
  </xsl:function>

  <!-- Elements of the text by the number of the part each is in. -->
  <xsl:function name="ed:by-part" as="map(xs:integer, element()*)">
    <xsl:param name="elements" as="element()*"/>
    <xsl:map>
      <xsl:for-each-group select="if ($ed:in-parts) then $elements else ()" group-by="ed:part(.)">
        <xsl:map-entry key="current-grouping-key()" select="current-group()"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:function>

  <!-- The ids of the parts, in order: that of the division or the passage each begins with, without signs that an address cannot have. -->
  <xsl:variable name="ed:part-ids" as="xs:string*">
    <xsl:if test="$ed:in-parts">
      <xsl:variable name="front" as="element()?" select="($ed:texts//*[ed:is-division(.)][not(self::tei:body | self::tei:group | self::tei:text)])[1][ed:part(.) = 1]"/>
      <xsl:iterate select="($front, $ed:texts[1])[1], $ed:beginnings">
        <xsl:param name="taken" as="xs:string*" select="()"/>
        <xsl:on-completion select="$taken"/>
        <xsl:next-iteration>
          <xsl:with-param name="taken" select="$taken, (descendant-or-self::* ! ed:text-id(.))[1] => replace('[^\p{L}\p{M}\p{N}_.\-]', '-') => replace('^\.', '-') => ed:untaken($taken)"/>
        </xsl:next-iteration>
      </xsl:iterate>
    </xsl:if>
  </xsl:variable>

  <xsl:function name="ed:untaken" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="taken" as="xs:string*"/>
    <xsl:sequence select="if ($id = $taken) then ed:untaken($id || '_', $taken) else $id"/>
  </xsl:function>

  <!-- The parts for the record: id, heading, and where there is none what each begins with, in words. -->
  <xsl:function name="ed:parts" as="map(*)*">
    <xsl:for-each select="($ed:texts[1][$ed:in-parts], $ed:beginnings)">
      <xsl:variable name="number" as="xs:integer" select="position()"/>
      <xsl:variable name="head" as="element()?" select="(if ($number = 1) then ($ed:texts//tei:head)[1][ed:part(.) = 1] else descendant-or-self::*[ed:is-division(.)][tei:head][1]/tei:head[1])"/>
      <xsl:variable name="first" as="element()?" select="(descendant::text()[normalize-space()] ! ed:owner(.))[1]"/>
      <xsl:sequence select="map{
        'id': $ed:part-ids[$number],
        'title': string($head[ed:part(.) = $number] ! ed:plain-text(.)),
        'label': if ($number = 1) then 'Beginning' else string($first ! ('From ' || ed:passage-label(.))) }"/>
    </xsl:for-each>
  </xsl:function>
</xsl:stylesheet>

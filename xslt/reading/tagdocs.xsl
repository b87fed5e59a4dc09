<?xml version="1.0" encoding="UTF-8"?>
<!-- tagdocs: names of elements and attributes in prose, and examples. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:eg="http://www.tei-c.org/ns/Examples"
  xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:key name="ed:specification" match="tei:elementSpec | tei:classSpec | tei:macroSpec | tei:dataSpec" use="string(@ident)"/>

  <!-- In prose (TDphraseTE) -->

  <!-- code, ident, val (TDphraseTE): code among words. -->
  <xsl:template match="tei:code | tei:ident | tei:val" mode="reading" as="element(code)">
    <code>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </code>
  </xsl:template>

  <!-- att, gi, tag: with the signs the encoding leaves out; an element's name leads to its specification. -->
  <xsl:template match="tei:att | tei:gi | tei:tag" mode="reading" as="element()">
    <xsl:call-template name="ed:to-specification">
      <xsl:with-param name="name" select="self::tei:gi[not(@scheme) or @scheme = 'TEI']/normalize-space()"/>
      <xsl:with-param name="shown" as="element(code)">
        <code>
          <xsl:call-template name="ed:attributes"/>
          <xsl:text>{ed:sign-before(.)}</xsl:text>
          <xsl:apply-templates mode="reading"/>
          <xsl:text>{ed:sign-after(.)}</xsl:text>
        </code>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A name, as a link where the document specifies what it names, unless the link would be in another, or lead to where it stands. -->
  <xsl:template name="ed:to-specification" as="element()">
    <xsl:param name="name" as="xs:string?" required="yes"/>
    <xsl:param name="shown" as="element(code)" required="yes"/>
    <xsl:variable name="specification" as="element()?" select="ed:specification($name)"/>
    <xsl:choose>
      <xsl:when test="$specification and not(ancestor::tei:ref or ancestor::* intersect $specification)">
        <a class="specification-link" href="#{encode-for-uri(ed:html-id($specification))}"><xsl:sequence select="$shown"/></a>
      </xsl:when>
      <xsl:otherwise><xsl:sequence select="$shown"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What the document says of a name, in a section that the page has. -->
  <xsl:function name="ed:specification" as="element()?">
    <xsl:param name="name" as="xs:string?"/>
    <xsl:sequence select="$name ! key('ed:specification', ., $ed:root)[ed:is-specification(.)][ancestor::tei:text][1]"/>
  </xsl:function>

  <!-- eg (TDphraseTE): an example as it stands. -->
  <xsl:template match="tei:eg" mode="reading" as="element(pre)">
    <pre>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </pre>
  </xsl:template>

  <!-- Examples (egXML): markup as markup, and the passage it is from (@source), a link where that is on a page. -->

  <!-- egXML (TDphraseTE): an example of markup, as markup. -->
  <xsl:template match="eg:egXML" mode="reading" as="element(figure)">
    <xsl:variable name="sources" as="xs:string*" select="tokenize((@source, parent::tei:exemplum/@source)[1])[ed:address(.) or matches(., '\.(xml|tei)(#|$)', 'i')]"/>
    <figure>
      <xsl:call-template name="ed:attributes"/>
      <xsl:call-template name="ed:shown-markup"><xsl:with-param name="nodes" select="node()"/></xsl:call-template>
      <xsl:call-template name="ed:permalink"/>
      <xsl:if test="exists($sources)">
        <figcaption class="by-edition">
          <xsl:text>From </xsl:text>
          <xsl:for-each select="$sources">
            <xsl:if test="position() gt 1">, </xsl:if>
            <xsl:element name="{if (ed:address(.)) then 'a' else 'span'}">
              <xsl:for-each select="ed:address(.)"><xsl:attribute name="href" select="."/></xsl:for-each>
              <xsl:text>{ed:pointed-at(.)}</xsl:text>
            </xsl:element>
          </xsl:for-each>
        </figcaption>
      </xsl:if>
    </figure>
  </xsl:template>

  <!-- Nodes as highlighted markup, without the white space around them and the indentation they have in common. -->
  <xsl:template name="ed:shown-markup" as="element(pre)">
    <xsl:param name="nodes" as="node()*" required="yes"/>
    <pre class="xml-source" tabindex="0">
      <xsl:apply-templates select="$nodes" mode="markup">
        <xsl:with-param name="first" select="$nodes[1]/self::text()" tunnel="yes"/>
        <xsl:with-param name="last" select="$nodes[last()]/self::text()" tunnel="yes"/>
        <xsl:with-param name="indent" select="ed:indent($nodes)" tunnel="yes"/>
      </xsl:apply-templates>
    </pre>
  </xsl:template>

  <xsl:function name="ed:indent" as="xs:integer">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:variable name="lines" as="xs:string*" select="
      for $text in ($nodes except $nodes[last()][not(normalize-space())])/descendant-or-self::text(), $lines in [tail(tokenize($text, '\n'))]
      return ($lines?*[normalize-space()], $lines?*[last()])"/>
    <xsl:sequence select="(min($lines ! (string-length(.) - string-length(replace(., '^[ \t]+', '')))), 0)[1]"/>
  </xsl:function>

  <!-- The tags are not words of the text: a search that is marked in the page finds the words between them. -->
  <xsl:template match="*" mode="markup" as="node()+">
    <xsl:variable name="end" as="element(span)?"><xsl:call-template name="ed:end-tag"/></xsl:variable>
    <span class="by-edition"><xsl:call-template name="ed:start-tag"/></span>
    <xsl:apply-templates select="node()" mode="markup"/>
    <xsl:if test="$end"><span class="by-edition"><xsl:sequence select="$end"/></span></xsl:if>
  </xsl:template>

  <xsl:template match="comment() | processing-instruction()" mode="markup" as="element(span)">
    <span class="by-edition"><xsl:next-match/></span>
  </xsl:template>

  <xsl:template match="text()" mode="markup" as="node()*">
    <xsl:param name="first" as="text()?" tunnel="yes"/>
    <xsl:param name="last" as="text()?" tunnel="yes"/>
    <xsl:param name="indent" as="xs:integer" tunnel="yes"/>
    <xsl:variable name="lines" as="xs:string" select="replace(., '\n[ \t]{0,' || $indent || '}', '&#10;')"/>
    <xsl:variable name="begun" as="xs:string" select="if (. is $first) then replace($lines, '^\s+', '') else $lines"/>
    <xsl:analyze-string select="if (. is $last) then replace($begun, '\s+$', '') else $begun" regex="[&lt;&amp;]">
      <xsl:matching-substring><span class="by-edition">{ed:escaped(.)}</span></xsl:matching-substring>
      <xsl:non-matching-substring>{.}</xsl:non-matching-substring>
    </xsl:analyze-string>
  </xsl:template>

  <!-- Elements of examples are shown without the prefix that tells them from those of the document. -->
  <xsl:function name="ed:shown-name" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if ($element/self::eg:*) then local-name($element) else name($element)"/>
  </xsl:function>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- What every rendered element has: class, id, language and direction; and at its end a passage's link to itself, the signs of notes
     that are about it, and ways on. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template name="ed:attributes" as="attribute()*">
    <xsl:param name="class" as="xs:string*"/>
    <xsl:variable name="said" as="xs:string*" select="if (@*) then ('expression'[ed:is-expression(current())], 'uncertain'[ed:certainty-in-words(current()/@cert)]) else ()"/>
    <xsl:attribute name="class" select="string-join(('tei-' || local-name(), $class, $said, ed:rend-classes(.)), ' ')"/>
    <xsl:variable name="id" as="xs:string?" select="ed:mark-id(.)"/>
    <xsl:if test="$id"><xsl:attribute name="id" select="$id"/></xsl:if>
    <xsl:if test="@type[normalize-space()]"><xsl:attribute name="data-type" select="normalize-space(@type)"/></xsl:if>
    <xsl:if test="@place[normalize-space()]"><xsl:attribute name="data-place" select="lower-case(normalize-space(@place))"/></xsl:if>
    <xsl:if test="$id and ed:is-passage(.)"><xsl:attribute name="data-label" select="ed:passage-label(.)"/></xsl:if>
    <xsl:variable name="language" as="xs:string?" select="if (. is $ed:texts[1]) then ed:language(.) else @xml:lang ! ed:language-tag(.)"/>
    <xsl:if test="$language"><xsl:sequence select="ed:language-attributes($language)"/></xsl:if>
  </xsl:template>

  <!-- The id of an element in the page, of one that has no other attribute there. -->
  <xsl:function name="ed:id-attribute" as="attribute(id)?">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="ed:html-id($element)"><xsl:attribute name="id" select="."/></xsl:for-each>
  </xsl:function>

  <!-- How an element looked (STGAre), as classes: the words of @rend, and what @style and the renditions it points to say in CSS. -->
  <xsl:function name="ed:rend-classes" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:if test="$element[@rend or @style or @rendition] or map:contains($ed:selected, local-name($element))">
      <xsl:sequence select="distinct-values((
        $element/@rend[not(matches(., '[\w\-]+\s*:\s*\S'))] ! tokenize(.)[matches(., '^[A-Za-z][-\w]{0,40}$')] ! ('tei-rend-' || lower-case(.)),
        ($element/@style, $element/@rend[matches(., '[\w\-]+\s*:\s*\S')]) ! ed:style-classes(.),
        tokenize($element/@rendition) ! $ed:renditions(.),
        $ed:selected(local-name($element))[ed:is-selected(., $element)]?classes))"/>
    </xsl:if>
  </xsl:function>

  <!-- The classes of each rendition that the header declares in CSS (HD57-1), by the pointer to it. -->
  <xsl:variable name="ed:renditions" as="map(xs:string, xs:string*)">
    <xsl:map>
      <xsl:for-each-group select="$ed:root//tei:rendition[@xml:id][not(@scheme) or @scheme = 'css'][not(@scope)]" group-by="'#' || @xml:id">
        <xsl:map-entry key="current-grouping-key()" select="ed:style-classes(string(.))"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <!-- What renditions say of elements they select themselves (HD57-1), by the name of the element: of selectors in CSS the simple ones,
       a name and at most one attribute with its value. -->
  <xsl:variable name="ed:selected" as="map(xs:string, map(*)*)">
    <xsl:variable name="rules" as="map(*)*">
      <xsl:for-each select="$ed:root//tei:rendition[@selector][not(@scheme) or @scheme = 'css'][not(@scope)]">
        <xsl:variable name="classes" as="xs:string*" select="ed:style-classes(string(.))"/>
        <xsl:for-each select="tokenize(@selector, ',') ! normalize-space(.)[matches(., $ed:selector)]">
          <xsl:sequence select="map{'name': replace(., $ed:selector, '$1'), 'attribute': replace(., $ed:selector, '$3'), 'value': replace(., $ed:selector, '$4'), 'classes': $classes}"/>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:variable>
    <xsl:map>
      <xsl:for-each-group select="$rules" group-by="?name">
        <xsl:map-entry key="current-grouping-key()" select="current-group()"/>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <xsl:variable name="ed:selector" as="xs:string">^([A-Za-z]+)(\[([A-Za-z:]+)=['"]?([^'"\[\]]+)['"]?\])?$</xsl:variable>

  <xsl:function name="ed:is-selected" as="xs:boolean">
    <xsl:param name="rule" as="map(*)"/>
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$rule?attribute = '' or $element/@*[name() = $rule?attribute] = $rule?value"/>
  </xsl:function>

  <!-- Declarations of CSS as classes. Only what the table has is taken over: it can hide nothing and fetch nothing. -->
  <xsl:function name="ed:style-classes" as="xs:string*">
    <xsl:param name="style" as="xs:string"/>
    <xsl:for-each select="tokenize(replace($style, '/\*.*?\*/', '', 's'), ';')">
      <xsl:variable name="property" as="xs:string" select="lower-case(normalize-space(substring-before(., ':')))"/>
      <xsl:variable name="value" as="xs:string" select="lower-case(normalize-space(replace(substring-after(., ':'), '!important', '')))"/>
      <xsl:variable name="class" as="xs:string?" select="$ed:styles($property) ! (.($value), .(replace($value, '^([\d.]+)(em|%|px|pt|rem)?$', if ($property = ('margin-left', 'padding-left', 'text-indent', 'margin')) then 'some' else $value)))[1]"/>
      <xsl:sequence select="$class ! ('tei-rend-' || .)"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Property → value → class. -->
  <xsl:variable name="ed:styles" as="map(xs:string, map(xs:string, xs:string))" select="map{
    'font-style': map{'italic': 'italic', 'oblique': 'italic', 'normal': 'roman'},
    'font-weight': map{'bold': 'bold', 'bolder': 'bold', '600': 'bold', '700': 'bold', '800': 'bold', '900': 'bold', 'normal': 'regular'},
    'font-variant': map{'small-caps': 'smallcaps', 'all-small-caps': 'smallcaps'},
    'font-variant-caps': map{'small-caps': 'smallcaps', 'all-small-caps': 'smallcaps'},
    'font-size': map{'larger': 'larger', 'large': 'larger', 'x-large': 'larger', 'xx-large': 'larger', 'smaller': 'smaller', 'small': 'smaller', 'x-small': 'smaller', 'xx-small': 'smaller'},
    'letter-spacing': map{'0.1em': 'spaced', '0.15em': 'spaced', '0.2em': 'spaced', '0.25em': 'spaced', '0.3em': 'spaced', '1em': 'spaced', '.1em': 'spaced', '.2em': 'spaced', '.3em': 'spaced'},
    'text-decoration': map{'underline': 'underline', 'line-through': 'strikethrough', 'overline': 'overline'},
    'text-decoration-line': map{'underline': 'underline', 'line-through': 'strikethrough', 'overline': 'overline'},
    'text-transform': map{'uppercase': 'uppercase', 'lowercase': 'lowercase', 'capitalize': 'capitalize'},
    'text-align': map{'center': 'center', 'right': 'right', 'end': 'right', 'left': 'left', 'start': 'left', 'justify': 'justify'},
    'vertical-align': map{'super': 'sup', 'sub': 'sub'},
    'text-indent': map{'some': 'indent'},
    'margin-left': map{'some': 'indented'},
    'padding-left': map{'some': 'indented'},
    'white-space': map{'pre': 'pre', 'pre-wrap': 'pre'},
    'display': map{'block': 'block'},
    'writing-mode': map{'vertical-rl': 'vertical', 'vertical-lr': 'vertical', 'tb-rl': 'vertical'} }"/>

  <!-- A passage's link to itself, and before it the signs of notes that are about the element, and ways on from it. -->
  <xsl:template name="ed:permalink" as="element(a)*">
    <xsl:if test="@xml:id or @corresp or @next or @prev"><xsl:call-template name="ed:pointers-from"/></xsl:if>
    <xsl:if test="ed:is-passage(.)">
      <a class="permalink" href="#{encode-for-uri(ed:passage-id(.))}" aria-label="Link to {ed:passage-label(.)}">¶</a>
    </xsl:if>
  </xsl:template>

  <!-- HTML has no link in a link. -->
  <xsl:template name="ed:pointers-from" as="element(a)*">
    <xsl:if test="(@corresp, @next, @prev)[starts-with(., '#')] or map:contains($ed:about, string(@xml:id))">
      <xsl:if test="not(ancestor::tei:ref or ancestor-or-self::tei:*[ed:is-link(.)])">
        <xsl:call-template name="ed:signs-of-notes"/>
        <xsl:call-template name="ed:ways-on"/>
      </xsl:if>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>

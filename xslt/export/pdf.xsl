<?xml version="1.0" encoding="UTF-8"?>
<!-- Sheets to print, in the language of Typst; edition/exports/sheets.py typesets them.
     Words stand in strings, so nothing in them means anything to Typst. Notes are real footnotes with the signs of the reading text. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:ed="urn:x-edition" ed:name="PDF" ed:media-type="application/pdf"
  exclude-result-prefixes="#all" expand-text="no">

  <xsl:import href="shared/taken.xsl"/>
  <xsl:output method="text"/>

  <xsl:variable name="ed:book" as="document-node()">
    <xsl:document>
      <xsl:sequence select="$ed:taken"/>
      <xsl:call-template name="ed:entries"/>
      <xsl:call-template name="ed:colophon"/>
    </xsl:document>
  </xsl:variable>

  <xsl:template match="/" as="xs:string">
    <xsl:variable name="words" as="xs:string" select="normalize-space($ed:taken)"/>
    <xsl:choose>
      <xsl:when test="string-length($words) gt $ed:longest"><xsl:sequence select="$words"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="ed:sheets"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="ed:sheets" as="xs:string">
    <xsl:variable name="document" as="map(*)" select="$ed:context?document"/>
    <xsl:variable name="edition" as="map(*)" select="$ed:context?edition"/>
    <xsl:variable name="pieces" as="xs:string*">
      <xsl:sequence select="
        '#let title = ', ed:string($document?title), '&#10;',
        '#set document(title: title, author: (', $document?authors?* ! (ed:string(.), ','), '), description: ', ed:string($ed:context?citation), ')&#10;',
        '#set text(', ed:language-argument($document?language), '&#10;)&#10;',
        $ed:style, '&#10;',
        '#let running = ', ed:string($edition?title || $edition?edition[.] ! (', version ' || .)), '&#10;',
        '#show: sheets.with(running: running, title: title)&#10;',
        '#masthead(title, ', ed:string(($document?date_text, $document?date, '')[.][1]), ', ', ed:string($document?subtitle), ', ', ed:string(ed:row-of-names($document?authors?*)), ')&#10;',
        if (count($ed:book//(h2 | h3)[ed:is-listed(.)]) gt 3) then '#contents()&#10;' else ''"/>
      <xsl:apply-templates select="$ed:book" mode="typst"/>
    </xsl:variable>
    <xsl:sequence select="string-join($pieces)"/>
  </xsl:template>

  <!-- LONGEST of edition/exports/sheets.py: where the words alone are more, they say that it would be too long. -->
  <xsl:variable name="ed:longest" as="xs:integer" select="4000000"/>

  <!-- What every sheet has: face, measure, running heads, how notes and headings look. -->
  <xsl:variable name="ed:style" as="xs:string" expand-text="no">
#let faces = ("Literata", "Noto Serif", "Frank Ruhl Libre", "Amiri", "Noto Sans Devanagari", "Noto Sans CJK JP", "Noto Sans", "Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
#let lacking = sys.inputs.at("lacking", default: "")
#let code(letter) = {
  let digits = upper(str(letter.to-unicode(), base: 16))
  h(1pt, weak: true)
  box(stroke: 0.3pt, inset: (x: 1pt), outset: (y: 1pt), text(size: 0.6em, dir: ltr, number-type: "lining", "U+" + "0" * calc.max(0, 4 - digits.len()) + digits))
  h(1pt, weak: true)
}
#let sheets(running: "", title: "", body) = {
  show: content => if lacking == "" { content } else { show regex(lacking): it => it.text.codepoints().filter(sign => sign.match(regex("\p{Cf}")) == none).map(code).join(); content }
  set page(
    paper: "a4",
    margin: (top: 28mm, bottom: 30mm, x: 36mm),
    header: context if counter(page).get().first() > 1 {
      set text(size: 8.5pt, style: "italic", hyphenate: false)
      align(center, if calc.even(counter(page).get().first()) { running } else { title })
    },
    footer: context align(center, text(size: 9pt, counter(page).display())),
  )
  set text(font: faces, size: 10.5pt, hyphenate: sys.inputs.at("hyphenate", default: "yes") == "yes", number-type: "old-style")
  set par(justify: false, leading: 0.72em, spacing: 1.05em)
  set footnote.entry(gap: 0.6em)
  set heading(bookmarked: true)
  show heading: it => block(above: 1.6em, below: 0.8em, sticky: true, text(size: if it.level == 1 { 13pt } else { 11pt }, weight: 500, style: if it.level > 1 { "italic" } else { "normal" }, hyphenate: false, it.body))
  body
}
#let masthead(title, date, subtitle, authors) = {
  if date != "" { text(size: 9.5pt, date); parbreak() }
  block(below: 0.9em, std.title(text(size: 19pt, weight: 500, hyphenate: false, title)))
  if subtitle != "" { text(size: 11.5pt, style: "italic", subtitle); parbreak() }
  if authors != "" { text(size: 10pt, authors); parbreak() }
  v(0.8em)
}
#let contents() = {
  show footnote: none
  outline(title: none, depth: 2)
  v(1em)
}
  </xsl:variable>

  <xsl:function name="ed:string" as="xs:string">
    <xsl:param name="words" as="xs:string?"/>
    <xsl:sequence select="'&quot;' || replace(replace(string($words), '[\p{Cc}\s]+', ' '), '([\\&quot;])', '\\$1') || '&quot;'"/>
  </xsl:function>

  <!-- The language of words as Typst knows languages: two or three letters. -->
  <xsl:function name="ed:language-argument" as="xs:string">
    <xsl:param name="tag" as="xs:string?"/>
    <xsl:variable name="language" as="xs:string" select="lower-case(tokenize($tag, '-')[1])"/>
    <xsl:sequence select="if (matches($language, '^[a-z]{2,3}$')) then 'lang: &quot;' || $language || '&quot;, dir: ' || ed:direction($tag) || ',' else ''"/>
  </xsl:function>

  <!-- The headings that stand in the contents. -->
  <xsl:function name="ed:is-listed" as="xs:boolean">
    <xsl:param name="heading" as="element()"/>
    <xsl:sequence select="exists($heading[normalize-space()][not(ancestor::li or ancestor::table or ancestor::dl)])"/>
  </xsl:function>

  <!-- The levels of headings: none leaves one out, as PDF/UA wants it. -->
  <xsl:variable name="ed:levels" as="map(xs:string, xs:integer)">
    <xsl:iterate select="$ed:book//(h2 | h3 | h4 | h5 | h6)[ed:is-listed(.)]">
      <xsl:param name="levels" as="map(xs:string, xs:integer)" select="map{}"/>
      <xsl:param name="last" as="xs:integer" select="0"/>
      <xsl:on-completion select="$levels"/>
      <xsl:variable name="level" as="xs:integer" select="min((xs:integer(substring(local-name(), 2)) - 1, $last + 1))"/>
      <xsl:next-iteration>
        <xsl:with-param name="levels" select="map:put($levels, generate-id(), $level)"/>
        <xsl:with-param name="last" select="$level"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:variable>

  <!-- The notes by id; those that a sign in the text leads to become footnotes, the first time. -->
  <xsl:variable name="ed:notes-by-id" as="map(xs:string, element(li))" select="
    map:merge($ed:book//section[@role = 'doc-endnotes']/ol/li[@id] ! map:entry('#' || encode-for-uri(@id), .), map{'duplicates': 'use-first'})"/>
  <xsl:variable name="ed:footnotes" as="map(xs:string, element(a))" select="
    map:merge($ed:book//a[@role = 'doc-noteref'][map:contains($ed:notes-by-id, string(@href))] ! map:entry(string(@href), .), map{'duplicates': 'use-first'})"/>
  <xsl:function name="ed:is-footnote" as="xs:boolean">
    <xsl:param name="note" as="element(li)"/>
    <xsl:sequence select="map:contains($ed:footnotes, '#' || encode-for-uri($note/@id))"/>
  </xsl:function>

  <!-- What links lead to, by the link: elements that will stand in the sheets. -->
  <xsl:variable name="ed:targets" as="map(xs:string, xs:boolean)">
    <xsl:variable name="ids" as="map(xs:string, xs:boolean)" select="map:merge(
      $ed:book//*[@id][not(self::li[ed:is-footnote(.)] or self::a[@role = 'doc-noteref'] or self::table or self::tr or self::td or self::th or self::tbody or self::caption)][normalize-space()]
        ! map:entry('#' || encode-for-uri(@id), true()))"/>
    <xsl:sequence select="map:merge(distinct-values($ed:book//a/@href/string())[map:contains($ids, .)] ! map:entry(., true()))"/>
  </xsl:variable>

  <!-- The footnotes in headings. -->
  <xsl:variable name="ed:heading-notes" as="map(xs:string, xs:boolean)" select="
    map:merge($ed:footnotes?*[ancestor::*[map:contains($ed:levels, generate-id())]] ! map:entry(generate-id($ed:notes-by-id(string(@href))), true()))"/>

  <!-- The mark that links lead to. Headings are said again in the contents: their marks, and those in their notes, stand before them. -->
  <xsl:function name="ed:label" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if (exists($element/ancestor::*[map:contains($ed:levels, generate-id()) or map:contains($ed:heading-notes, generate-id())])) then '' else ed:own-label($element)"/>
  </xsl:function>

  <xsl:function name="ed:own-label" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="link" as="xs:string" select="'#' || encode-for-uri($element/@id)"/>
    <xsl:sequence select="if ($element/@id and map:contains($ed:targets, $link)) then '#metadata(none)#label(' || ed:string($link) || ')' else ''"/>
  </xsl:function>

  <!-- In: HTML. Out: Typst. A blank line parts paragraphs. -->
  <xsl:mode name="typst" on-no-match="shallow-skip" on-multiple-match="use-last"/>

  <xsl:template match="text()" mode="typst" as="xs:string*">
    <xsl:variable name="core" as="xs:string" select="normalize-space(translate(., '&#xFE0E;', ''))"/>
    <xsl:if test="matches(., '^\s')"><xsl:sequence select="' '"/></xsl:if>
    <xsl:if test="$core"><xsl:sequence select="'#' || ed:string($core) || ';'"/></xsl:if>
    <xsl:if test="$core and matches(., '\s$')"><xsl:sequence select="' '"/></xsl:if>
  </xsl:template>

  <!-- Elements among words: their content, in their language. -->
  <xsl:template match="*" mode="typst" as="xs:string*" priority="-1">
    <xsl:variable name="arguments" as="xs:string" select="string-join((
      @lang ! ed:language-argument(.),
      if (self::em or self::i or self::cite or self::dfn or self::var or tokenize(@class) = ('tei-rend-italic', 'tei-rend-italics', 'tei-stage', 'expression-words')) then 'style: &quot;italic&quot;,' else (),
      if (self::b or self::strong or tokenize(@class) = 'tei-rend-bold') then 'weight: 600,' else ()))"/>
    <xsl:sequence select="if (self::a[@href]) then '' else ed:label(.)"/>
    <xsl:if test="$arguments"><xsl:sequence select="'#text(' || $arguments || ')['"/></xsl:if>
    <xsl:apply-templates mode="typst"/>
    <xsl:if test="$arguments"><xsl:sequence select="'];'"/></xsl:if>
  </xsl:template>

  <xsl:template match="*[tokenize(@class) = ('visually-hidden', 'note-back', 'way-on', 'mention-sign', 'permalink')] | style" mode="typst" priority="4"/>

  <xsl:template match="div | p | section | article | header | figure | figcaption | aside | pre | dl | ul[not(li)] | ol[not(li)]" mode="typst" as="xs:string*">
    <xsl:sequence select="'&#10;&#10;'"/>
    <xsl:next-match/>
    <xsl:sequence select="'&#10;&#10;'"/>
  </xsl:template>

  <xsl:template match="blockquote | div[tokenize(@class) = ('tei-quote', 'tei-epigraph')]" mode="typst" as="xs:string*" priority="1">
    <xsl:sequence select="'&#10;&#10;#quote(block: true)['"/>
    <xsl:apply-templates select="." mode="typst-inside"/>
    <xsl:sequence select="'];&#10;&#10;'"/>
  </xsl:template>

  <!-- In: an element with a form of its own. Out: its content. -->
  <xsl:mode name="typst-inside" on-no-match="fail" on-multiple-match="use-last"/>
  <xsl:template match="*" mode="typst-inside" as="xs:string*">
    <xsl:variable name="language" as="xs:string" select="string-join(@lang ! ed:language-argument(.))"/>
    <xsl:sequence select="ed:label(.)"/>
    <xsl:if test="$language"><xsl:sequence select="'#text(' || $language || ')['"/></xsl:if>
    <xsl:apply-templates mode="typst"/>
    <xsl:if test="$language"><xsl:sequence select="'];'"/></xsl:if>
  </xsl:template>

  <xsl:template match="*[tokenize(@class) = 'tei-lg']" mode="typst" as="xs:string*" priority="2">
    <xsl:sequence select="'&#10;&#10;', ed:label(.), '#block(inset: (left: 1.2em))['"/>
    <xsl:apply-templates mode="typst"/>
    <xsl:sequence select="'];&#10;&#10;'"/>
  </xsl:template>

  <xsl:template match="*[tokenize(@class) = 'tei-l'][parent::*/tokenize(@class) = 'tei-lg']" mode="typst" as="xs:string*" priority="3">
    <xsl:apply-templates select="." mode="typst-inside"/>
    <xsl:sequence select="'#linebreak();&#10;'"/>
  </xsl:template>

  <xsl:template match="h2 | h3 | h4 | h5 | h6" mode="typst" as="xs:string*" priority="1">
    <xsl:variable name="level" as="xs:integer?" select="$ed:levels(generate-id())"/>
    <xsl:choose>
      <xsl:when test="parent::section[@role = 'doc-endnotes'] and not(../ol/li[not(ed:is-footnote(.))])"/>
      <xsl:when test="$level">
        <xsl:sequence select="'&#10;&#10;', (descendant-or-self::*, descendant::a[@role = 'doc-noteref'][$ed:footnotes(string(@href)) is .] ! $ed:notes-by-id(string(@href))/descendant::*)[@id] ! ed:own-label(.), '#heading(level: ' || $level || ')['"/>
        <xsl:apply-templates mode="typst"/>
        <xsl:sequence select="'];&#10;&#10;'"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="'&#10;&#10;#strong['"/>
        <xsl:apply-templates mode="typst"/>
        <xsl:sequence select="'];&#10;&#10;'"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A link, where it leads to something in the sheets or on the web; its words anyway. -->
  <xsl:template match="a[@href]" mode="typst" as="xs:string*">
    <xsl:variable name="target" as="xs:string?" select="
      if (map:contains($ed:targets, @href)) then 'label(' || ed:string(@href) || ')'
      else if (matches(@href, '^(https?|mailto):', 'i')) then ed:string(iri-to-uri(@href)) else ()"/>
    <xsl:sequence select="ed:label(.)"/>
    <xsl:if test="$target and normalize-space()"><xsl:sequence select="'#link(' || $target || ')['"/></xsl:if>
    <xsl:next-match/>
    <xsl:if test="$target and normalize-space()"><xsl:sequence select="'];'"/></xsl:if>
  </xsl:template>

  <xsl:template match="a[@role = 'doc-noteref']" mode="typst" as="xs:string*" priority="3">
    <xsl:choose>
      <xsl:when test="$ed:footnotes(string(@href)) is .">
        <xsl:sequence select="'#footnote(numbering: _ => ' || ed:string(normalize-space()) || ')['"/>
        <xsl:apply-templates select="$ed:notes-by-id(string(@href))" mode="typst-inside"/>
        <xsl:sequence select="'];'"/>
      </xsl:when>
      <xsl:otherwise><xsl:sequence select="'#super[#' || ed:string(normalize-space()) || '];'"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="section[@role = 'doc-endnotes']/ol/li[ed:is-footnote(.)]" mode="typst" priority="4"/>
  <xsl:template match="span[@class = 'note-marker'][parent::li[ed:is-footnote(.)]]" mode="typst" priority="4"/>

  <xsl:template match="ul | ol" mode="typst" as="xs:string*">
    <xsl:for-each select="li | *[not(self::li)]"><xsl:apply-templates select="." mode="typst"/></xsl:for-each>
  </xsl:template>
  <xsl:template match="li" mode="typst" as="xs:string*" priority="1">
    <xsl:sequence select="'&#10;&#10;', if (parent::ul) then '#list[' else if (../@class = ('note-list', 'expression-list')) then '#block[' else '#enum(start: ' || count(preceding-sibling::li) + 1 || ')['"/>
    <xsl:apply-templates select="." mode="typst-inside"/>
    <xsl:sequence select="'];&#10;&#10;'"/>
  </xsl:template>

  <xsl:template match="dt" mode="typst" as="xs:string*" priority="1">
    <xsl:sequence select="'&#10;&#10;', '#block(below: 0.4em, sticky: true)[#strong['"/>
    <xsl:apply-templates select="." mode="typst-inside"/>
    <xsl:sequence select="']];&#10;&#10;'"/>
  </xsl:template>
  <xsl:template match="dd" mode="typst" as="xs:string*" priority="1">
    <xsl:sequence select="'&#10;&#10;#block(above: 0.4em, inset: (left: 1.2em))[#text(size: 9.5pt)['"/>
    <xsl:apply-templates select="." mode="typst-inside"/>
    <xsl:sequence select="']];&#10;&#10;'"/>
  </xsl:template>

  <!-- A table: short rows are filled, so that each begins on its own. -->
  <xsl:template match="table" mode="typst" as="xs:string*">
    <xsl:variable name="rows" as="element(tr)*" select=".//tr[ancestor::table[1] is current()]"/>
    <xsl:variable name="width" as="function(element(tr)) as xs:integer" select="function($row) { xs:integer(sum($row/(td | th) ! xs:integer((@colspan, 1)[1]))) }"/>
    <xsl:variable name="columns" as="xs:integer" select="max((1, $rows ! $width(.)))"/>
    <xsl:apply-templates select="caption" mode="typst"/>
    <xsl:sequence select="'&#10;&#10;#table(columns: ' || $columns || ', stroke: 0.4pt + luma(60%), inset: 4pt, align: left,&#10;'"/>
    <xsl:for-each select="$rows">
      <xsl:for-each select="td | th">
        <xsl:sequence select="'table.cell(' || @colspan ! ('colspan: ' || .) || ')['"/>
        <xsl:apply-templates select="." mode="typst-inside"/>
        <xsl:sequence select="'],&#10;'"/>
      </xsl:for-each>
      <xsl:sequence select="(1 to $columns - $width(.)) ! '[],'"/>
    </xsl:for-each>
    <xsl:sequence select="');&#10;&#10;'"/>
  </xsl:template>
  <xsl:template match="caption" mode="typst" as="xs:string*" priority="1">
    <xsl:sequence select="'&#10;&#10;'"/>
    <xsl:apply-templates select="." mode="typst-inside"/>
    <xsl:sequence select="'&#10;&#10;'"/>
  </xsl:template>

  <xsl:template match="span[@role = 'note']" mode="typst" as="xs:string*" priority="1">
    <xsl:sequence select="' #&quot;[&quot;;'"/>
    <xsl:apply-templates select="." mode="typst-inside"/>
    <xsl:sequence select="'#&quot;]&quot;;'"/>
  </xsl:template>
  <xsl:template match="br" mode="typst" as="xs:string"><xsl:sequence select="'#linebreak();'"/></xsl:template>
  <xsl:template match="hr" mode="typst" as="xs:string"><xsl:sequence select="'&#10;&#10;#line(length: 30%, stroke: 0.4pt);&#10;&#10;'"/></xsl:template>
  <xsl:template match="sup | sub" mode="typst" as="xs:string*">
    <xsl:sequence select="ed:label(.), if (self::sup) then '#super[' else '#sub['"/>
    <xsl:apply-templates mode="typst"/>
    <xsl:sequence select="'];'"/>
  </xsl:template>
  <xsl:template match="del | s" mode="typst" as="xs:string*">
    <xsl:sequence select="ed:label(.), '#strike['"/>
    <xsl:apply-templates mode="typst"/>
    <xsl:sequence select="'];'"/>
  </xsl:template>
</xsl:stylesheet>

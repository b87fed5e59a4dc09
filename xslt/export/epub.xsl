<?xml version="1.0" encoding="UTF-8"?>
<!-- EPUB 3: the files of a book by name, one JSON object; edition/exports/books.py packs them.
     The text, a file for each part it is read in, then the entries it mentions, then source and rights; with the way through them. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:ed="urn:x-edition" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:epub="http://www.idpf.org/2007/ops" xmlns:opf="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"
  ed:name="EPUB" ed:media-type="application/epub+zip" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="shared/taken.xsl"/>
  <xsl:output method="json" indent="no"/>

  <xsl:template match="/" as="map(*)">
    <xsl:variable name="entries" as="element()?"><xsl:call-template name="ed:entries"/></xsl:variable>
    <xsl:variable name="colophon" as="element()"><xsl:call-template name="ed:colophon"/></xsl:variable>
    <xsl:variable name="front" as="element()*"><xsl:call-template name="ed:front"/></xsl:variable>
    <xsl:variable name="header" as="element()"><header><xsl:sequence select="$front"/></header></xsl:variable>
    <xsl:sequence select="map:merge((
      for-each-pair($ed:taken, 1 to count($ed:taken), function($text, $number) {
        map{ed:part-file($number): ed:file(ed:page('bodymatter', ed:part-title($number), ed:document-tag(), ($header[$number = 1], $text/*)))} }),
      $entries ! map{'registers.xhtml': ed:file(ed:page('backmatter', 'Persons, places and other names', 'en', .))},
      map{'rights.xhtml': ed:file(ed:page('backmatter', 'Source and rights', 'en', $colophon))},
      map{'nav.xhtml': ed:file(ed:navigation(exists($entries)))},
      map{'package.opf': ed:file(ed:package(exists($entries)))}))"/>
  </xsl:template>

  <!-- A long text has a file for each part. -->
  <xsl:variable name="ed:taken" as="document-node()+" select="if (exists($ed:parts)) then $ed:parts else $ed:whole"/>

  <xsl:function name="ed:part-file" as="xs:string">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:sequence select="if ($number = 1) then 'text.xhtml' else 'text-' || $number || '.xhtml'"/>
  </xsl:function>

  <xsl:function name="ed:part-title" as="xs:string">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:sequence select="string-join(($ed:context?document?title, ed:part-name($number)), ': ')"/>
  </xsl:function>

  <xsl:function name="ed:part-name" as="xs:string?">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:sequence select="$ed:context?document?parts?*[$number] ! (?title, ?label, '…')[.][1]"/>
  </xsl:function>

  <xsl:function name="ed:file" as="xs:string">
    <xsl:param name="file" as="element()"/>
    <xsl:sequence select="serialize($file, map{'method': 'xml', 'omit-xml-declaration': false(), 'encoding': 'UTF-8', 'indent': false()}) || '&#10;'"/>
  </xsl:function>

  <xsl:function name="ed:document-tag" as="xs:string">
    <xsl:sequence select="($ed:context?document?language[matches(., '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$')], 'und')[1]"/>
  </xsl:function>

  <xsl:function name="ed:page" as="element(h:html)">
    <xsl:param name="place" as="xs:string"/>
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="language" as="xs:string"/>
    <xsl:param name="content" as="element()*"/>
    <html xmlns="http://www.w3.org/1999/xhtml" lang="{$language}" xml:lang="{$language}">
      <head>
        <title>{$title}</title>
        <link rel="stylesheet" type="text/css" href="book.css"/>
      </head>
      <body epub:type="{$place}"><xsl:apply-templates select="$content" mode="book"/></body>
    </html>
  </xsl:function>

  <!-- Where each id of the book is: the first file that has it (what is divided has its id in several). -->
  <xsl:function name="ed:in-book" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="($ed:files-by-id($id), 'registers.xhtml')[1] || '#' || encode-for-uri($id)"/>
  </xsl:function>

  <xsl:variable name="ed:files-by-id" as="map(xs:string, xs:string)" select="map:merge(
    for-each-pair($ed:taken, 1 to count($ed:taken), function($text, $number) { let $file := ed:part-file($number) return $text//@id ! map:entry(string(.), $file) }))"/>

  <!-- In: HTML. Out: the same as XHTML for a book. -->
  <xsl:mode name="book" on-no-match="shallow-copy" on-multiple-match="use-last"/>

  <xsl:template match="*" mode="book" as="element()">
    <xsl:element name="{local-name()}" namespace="{if (ancestor-or-self::math) then 'http://www.w3.org/1998/Math/MathML' else 'http://www.w3.org/1999/xhtml'}">
      <xsl:apply-templates select="@*, node()" mode="book"/>
    </xsl:element>
  </xsl:template>

  <!-- rp holds nothing but words (XHTML). -->
  <xsl:template match="rp" mode="book" as="element()"><rp xmlns="http://www.w3.org/1999/xhtml">{normalize-space()}</rp></xsl:template>

  <xsl:template match="@tabindex | @role[. = ('paragraph', 'region')]" mode="book"/>
  <xsl:template match="@lang" mode="book" as="attribute()+">
    <xsl:sequence select="."/>
    <xsl:attribute name="xml:lang" select="."/>
  </xsl:template>
  <xsl:template match="a/@href[starts-with(., '#')]" mode="book" as="attribute()">
    <xsl:attribute name="href" select="ed:in-book(ed:decoded(substring(., 2)))"/>
  </xsl:template>
  <xsl:template match="a[@role = 'doc-noteref']/@role" mode="book" as="attribute()+">
    <xsl:sequence select="."/>
    <xsl:attribute name="epub:type" select="'noteref'"/>
  </xsl:template>
  <xsl:template match="section[@role = 'doc-endnotes']/ol/li" mode="book" as="element()">
    <li xmlns="http://www.w3.org/1999/xhtml" epub:type="footnote"><xsl:apply-templates select="@*, node()" mode="book"/></li>
  </xsl:template>

  <!-- encode-for-uri undone, by what it makes of the ids there are. -->
  <xsl:function name="ed:decoded" as="xs:string">
    <xsl:param name="fragment" as="xs:string"/>
    <xsl:sequence select="($ed:ids-by-fragment($fragment), $fragment)[1]"/>
  </xsl:function>

  <xsl:variable name="ed:ids-by-fragment" as="map(xs:string, xs:string)" select="
    map:merge((map:keys($ed:taken-ids), $ed:context?entries?*?id) ! map:entry(encode-for-uri(.), .))"/>

  <xsl:function name="ed:navigation" as="element(h:html)">
    <xsl:param name="has-entries" as="xs:boolean"/>
    <html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">
      <head><title>Contents</title><link rel="stylesheet" type="text/css" href="book.css"/></head>
      <body>
        <nav epub:type="toc" id="toc" role="doc-toc">
          <h1>Contents</h1>
          <ol>
            <li>
              <a href="text.xhtml">{$ed:context?document?title}</a>
              <xsl:variable name="places" as="element(h:li)*" select="for-each-pair($ed:taken, 1 to count($ed:taken), ed:places#2)"/>
              <xsl:if test="exists($places)"><ol><xsl:sequence select="$places"/></ol></xsl:if>
            </li>
            <xsl:if test="$has-entries"><li><a href="registers.xhtml">Persons, places and other names</a></li></xsl:if>
            <li><a href="rights.xhtml">Source and rights</a></li>
          </ol>
        </nav>
      </body>
    </html>
  </xsl:function>

  <!-- The ways to a part: to its headings, to the part where it has none. -->
  <xsl:function name="ed:places" as="element(h:li)*">
    <xsl:param name="text" as="document-node()"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:variable name="headings" as="element()*" select="$text//(h2 | h3)[@id][normalize-space()]"/>
    <xsl:for-each select="$headings"><li xmlns="http://www.w3.org/1999/xhtml"><a href="{ed:part-file($number)}#{encode-for-uri(@id)}">{(normalize-space(string-join(.//text()[not(ancestor::a[@role = 'doc-noteref'])]))[.], '…')[1]}</a></li></xsl:for-each>
    <xsl:if test="empty($headings) and exists($ed:parts)"><li xmlns="http://www.w3.org/1999/xhtml"><a href="{ed:part-file($number)}">{ed:part-name($number)}</a></li></xsl:if>
  </xsl:function>

  <xsl:function name="ed:package" as="element(opf:package)">
    <xsl:param name="has-entries" as="xs:boolean"/>
    <xsl:variable name="document" as="map(*)" select="$ed:context?document"/>
    <xsl:variable name="edition" as="map(*)" select="$ed:context?edition"/>
    <xsl:variable name="day" as="xs:string" select="($edition?date[. castable as xs:date], '2000-01-01')[1]"/>
    <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
      <metadata>
        <dc:identifier id="id">{($ed:context?address[.], 'urn:x-edition:' || encode-for-uri($ed:context?edition_id) || ':' || encode-for-uri($document?id))[1]}</dc:identifier>
        <dc:title>{$document?title}</dc:title>
        <dc:language>{ed:document-tag()}</dc:language>
        <xsl:for-each select="$document?authors?*"><dc:creator>{.}</dc:creator></xsl:for-each>
        <xsl:for-each select="$document?publisher[.]"><dc:publisher>{.}</dc:publisher></xsl:for-each>
        <xsl:for-each select="$document?licences?*"><dc:rights>{(?text, ?target)[.] => string-join(' ')}</dc:rights></xsl:for-each>
        <xsl:for-each select="$document?source_description[.]"><dc:source>{.}</dc:source></xsl:for-each>
        <dc:description>{$ed:context?citation}</dc:description>
        <meta property="dcterms:modified">{$day}T00:00:00Z</meta>
        <meta property="schema:accessMode">textual</meta>
        <meta property="schema:accessModeSufficient">textual</meta>
        <xsl:for-each select="('structuralNavigation', 'tableOfContents', 'readingOrder', 'displayTransformability', 'ARIA')"><meta property="schema:accessibilityFeature">{.}</meta></xsl:for-each>
        <meta property="schema:accessibilityHazard">none</meta>
        <meta property="schema:accessibilitySummary">Text with headings, linked notes and registers; its languages are marked. It has no pictures.</meta>
      </metadata>
      <manifest>
        <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
        <item id="css" href="book.css" media-type="text/css"/>
        <xsl:for-each select="$ed:taken">
          <item id="text-{position()}" href="{ed:part-file(position())}" media-type="application/xhtml+xml">
            <xsl:if test=".//math"><xsl:attribute name="properties" select="'mathml'"/></xsl:if>
          </item>
        </xsl:for-each>
        <xsl:if test="$has-entries"><item id="registers" href="registers.xhtml" media-type="application/xhtml+xml"/></xsl:if>
        <item id="rights" href="rights.xhtml" media-type="application/xhtml+xml"/>
      </manifest>
      <spine>
        <xsl:for-each select="1 to count($ed:taken)"><itemref idref="text-{.}"/></xsl:for-each>
        <xsl:if test="$has-entries"><itemref idref="registers"/></xsl:if>
        <itemref idref="rights"/>
      </spine>
    </package>
  </xsl:function>
</xsl:stylesheet>

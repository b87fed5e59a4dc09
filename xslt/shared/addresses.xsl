<?xml version="1.0" encoding="UTF-8"?>
<!-- Addresses: where on the site another TEI file of the edition is shown. A document does not know where it lies itself; the path it
     writes is enough: the first page of a document lies two folders deep on the site but that of edition.xml, which writes no “../” in
     its paths. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <!-- A pointer to a file of the edition as the address of its page, relative to a page two folders deep; empty where it points to no page.
       ../documents/x.xml#p, ../pages/x.xml, ../edition.xml; x.xml#p is on the shelf of the file that points to it. -->
  <xsl:function name="ed:page-href" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:variable name="path" as="xs:string" select="replace(substring-before($pointer || '#', '#'), '^\./', '')"/>
    <xsl:variable name="fragment" as="xs:string" select="substring-after($pointer, '#')"/>
    <xsl:variable name="home" as="xs:string" select="if (starts-with($path, '../')) then '../../' else ''"/>
    <xsl:variable name="page" as="xs:string?" select="
      if (matches($path, '^([a-z][a-z0-9+.\-]*:|/|.*//)|[?\\]|%[89A-F]', 'i')) then ()
      else if (matches($path, '^(\.\./)*edition\.xml$')) then '../../'
      else if (matches($path, '^(\.\./)*schema/edition\.odd$')) then $home || 'pages/encoding/'
      else if (not(matches($path, '\.(xml|tei)$', 'i'))) then ()
      else if (matches($path, '^(\.\./)*(documents|pages)/')) then $home || replace($path, '^(\.\./)*(documents|pages)/.*$', '$2/') || ed:file-id(replace($path, '^(\.\./)*(documents|pages)/', ''))
      else if (starts-with($path, '.') or matches($path, '^(registers|schema)/')) then ()
      else '../' || ed:file-id($path)"/>
    <xsl:sequence select="$page ! string-join((., $fragment[.] ! ('#' || encode-for-uri(.))))"/>
  </xsl:function>

  <!-- The id of the document in a file, as a folder of the site; edition/records.py gives ids by the same rule. -->
  <xsl:function name="ed:file-id" as="xs:string">
    <xsl:param name="path" as="xs:string"/>
    <xsl:variable name="stem" as="xs:string" select="normalize-unicode($path) => replace('\.(xml|tei)$', '', 'i') => replace('%[2-7][0-9A-Fa-f]', '-') => translate('/', '.')"/>
    <xsl:sequence select="encode-for-uri(replace($stem, '[^\p{L}\p{M}\p{N}._\-]', '-') => replace('\.csl\.json$', '-csl-json')
      => replace('\.(xml|txt|html|epub|pdf|json|jsonld|bib|ris)$', '-$1')) || '/'"/>
  </xsl:function>
</xsl:stylesheet>

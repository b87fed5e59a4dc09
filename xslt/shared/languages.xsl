<?xml version="1.0" encoding="UTF-8"?>
<!-- Languages: which one an element is in, written as BCP 47 wants it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all">

  <!-- The language of an element; the header's only or main language where the text says none; empty where nobody says. -->
  <xsl:function name="ed:language" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="ed:language-tag(($element/ancestor-or-self::*[@xml:lang][1]/@xml:lang/string(), $ed:header-language)[normalize-space()][1])"/>
  </xsl:function>

  <xsl:variable name="ed:header-language" as="xs:string?" select="
    let $all := $ed:headers[.//tei:langUsage/tei:language/@ident][1]//tei:langUsage/tei:language[@ident],
        $main := $all[xs:string(@usage)[. castable as xs:double] ! (xs:double(.) gt 50)]
    return (if (count($all) = 1) then $all else if (count($main) = 1) then $main else ())/string(@ident)"/>
</xsl:stylesheet>

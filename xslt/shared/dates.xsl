<?xml version="1.0" encoding="UTF-8"?>
<!-- Dates: what a header says of when, as ISO 8601 and in words. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <!-- The day, month or year a dated element names (att.datable.w3c), its earliest where it names a span; empty otherwise. -->
  <xsl:function name="ed:iso-date" as="xs:string">
    <xsl:param name="date" as="element()?"/>
    <xsl:sequence select="($date/(@when, @from, @notBefore, @when-iso, @from-iso, @notBefore-iso, @to, @notAfter)/string()[matches(., '^-?\d{4}(-(0[1-9]|1[0-2])(-([0-2]\d|3[01]))?)?$')], '')[1]"/>
  </xsl:function>

  <!-- “20 January 2022”, “January 2022”, “2022”; what is no such date stays as it is. -->
  <xsl:function name="ed:date-in-words" as="xs:string">
    <xsl:param name="iso" as="xs:string"/>
    <xsl:sequence select="
      if ($iso castable as xs:date) then format-date(xs:date($iso), '[D] [MNn] [Y]', 'en', (), ())
      else if ($iso castable as xs:gYearMonth) then format-date(xs:date($iso || '-01'), '[MNn] [Y]', 'en', (), ())
      else $iso"/>
  </xsl:function>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- The search fields, a row each: name, label, type, and the function that finds the values in a passage.
     Types: keyword (searched and counted as it stands), date (“earliest/latest”, found by what overlaps), text (searched word by word).
     The words of a passage, its document and what it names are searched anyway, and need no row. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <xsl:variable name="ed:fields" as="map(xs:string, item())*" select="
    map{'name': 'kind', 'label': 'Kind of passage', 'type': 'keyword', 'values': ed:passage-kind#1},
    map{'name': 'language', 'label': 'Language', 'type': 'keyword', 'values': function($passage as element()) as xs:string* { ed:language($passage)[.] }},
    map{'name': 'year', 'label': 'Year', 'type': 'keyword', 'values': ed:years-of#1},
    map{'name': 'date', 'label': 'Date', 'type': 'date', 'values': ed:dates-of#1},
    map{'name': 'received', 'label': 'Text as received', 'type': 'text', 'values': ed:text-as-received#1}"/>

  <!-- The rows as JSON, without their functions: what the index needs to know of them. -->
  <xsl:template name="ed:field-table" as="array(*)" visibility="public">
    <xsl:sequence select="array{$ed:fields ! map:remove(., 'values')}"/>
  </xsl:template>
</xsl:stylesheet>

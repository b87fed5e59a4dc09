<?xml version="1.0" encoding="UTF-8"?>
<!-- namesdates: names and their parts, marked by their class alone. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="tei:addName | tei:bloc | tei:country | tei:district | tei:eventName | tei:forename | tei:genName | tei:geo | tei:geogFeat | tei:geogName
    | tei:nameLink | tei:objectName | tei:offset | tei:orgName | tei:persName | tei:persPronouns | tei:placeName | tei:region | tei:roleName | tei:settlement
    | tei:surname | tei:location | tei:birth | tei:death | tei:floruit | tei:occupation | tei:affiliation | tei:residence | tei:sex | tei:state | tei:trait"
    mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <xsl:template match="tei:listPerson | tei:listPlace | tei:listOrg | tei:listEvent | tei:listNym | tei:listRelation | tei:person | tei:personGrp | tei:place
    | tei:org | tei:event | tei:nym | tei:relation" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>
</xsl:stylesheet>

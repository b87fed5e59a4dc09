<?xml version="1.0" encoding="UTF-8"?>
<!-- In: any document. Out: what several products need to know of it, found once: the values of the global parameters of shared/, by their
     names, for the stylesheets of all products. One that needs another value declares a variable of that name. And which products there
     is nothing to say for: an apparatus, and what a register may be made of, are asked for here so that most documents need not be. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <xsl:import href="shared/passages.xsl"/>
  <xsl:import href="shared/mentions.xsl"/>
  <xsl:import href="shared/parts.xsl"/>

  <xsl:template match="/" as="map(xs:string, item()*)">
    <xsl:sequence select="map{
      'passages': $ed:passages,
      'beginnings': $ed:beginnings,
      'addresses': $ed:addresses,
      'labels': $ed:labels,
      'worded': $ed:worded,
      'set-off': $ed:set-off,
      'block-holders': $ed:block-holders,
      'editorial-notes': $ed:editorial-notes,
      'remarks': $ed:remarks,
      'marks': $ed:marks,
      'has-apparatus': exists(//tei:app),
      'declares': exists(
        //tei:person | //tei:personGrp | //tei:place | //tei:org | //tei:event | //tei:castList | //tei:relation
        | (//tei:bibl | //tei:biblStruct | //tei:biblFull | //tei:role | //tei:castItem)[@xml:id]
        | //tei:link | //tei:ptr[contains(normalize-space(@target), ' ')] | //tei:annotation
        | (//tei:standOff | //tei:listAnnotation)//tei:note[@target]) }"/>
  </xsl:template>
</xsl:stylesheet>

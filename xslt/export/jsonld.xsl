<?xml version="1.0" encoding="UTF-8"?>
<!-- JSON-LD: the document as an article of schema.org, what it is about and whom and what it mentions, with the same in authority files. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  ed:name="JSON-LD" ed:media-type="application/ld+json" exclude-result-prefixes="#all">

  <xsl:import href="shared/linked.xsl"/>
  <xsl:output method="json" indent="no"/>

  <xsl:template match="/" as="map(*)">
    <xsl:variable name="document" as="map(*)" select="$ed:context?document"/>
    <xsl:variable name="edition" as="map(*)" select="$ed:context?edition"/>
    <xsl:variable name="address" as="xs:string" select="$ed:context?address"/>
    <xsl:sequence select="ed:said(map{
      '@context': ed:linked-context($ed:context?home),
      '@type': 'Article',
      '@id': $address,
      'url': $address,
      'identifier': $document?id,
      'name': $document?title,
      'alternativeHeadline': $document?subtitle,
      'author': array{$document?authors?* ! map{'@type': 'Person', 'name': .}},
      'editor': array{$document?responsibilities?*[?role = 'editor'] ! map{'@type': 'Person', 'name': ?name}},
      'publisher': $document?publisher[.] ! map{'@type': 'Organization', 'name': .},
      'dateCreated': $document?date[matches(., '^\d{4}(-\d\d(-\d\d)?)?$')],
      'inLanguage': $document?language,
      'wordCount': $document?words,
      'version': ($document?edition, $edition?edition)[.][1],
      'license': array{$document?licences?*?target[matches(., '^https?://')] ! ed:iri(.)},
      'creditText': $ed:context?citation,
      'isPartOf': map:merge((map{'@type': 'CreativeWork', 'name': $edition?title}, $ed:context?home[.] ! map{'@id': .}, $edition?edition[.] ! map{'version': .})),
      'about': array{//tei:profileDesc/tei:textClass/tei:keywords/tei:term/normalize-space()[.] ! map{'@type': 'Thing', 'name': .}},
      'mentions': array{$ed:context?entries?* ! ed:linked(.)} })"/>
  </xsl:template>
</xsl:stylesheet>

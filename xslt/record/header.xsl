<?xml version="1.0" encoding="UTF-8"?>
<!-- The header as a record: title, who, when, where from, on what terms. What the header does not say stays empty. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <xsl:function name="ed:header" as="map(*)">
    <xsl:param name="header" as="element(tei:teiHeader)?"/>
    <xsl:variable name="file" as="element()?" select="$header/tei:fileDesc"/>
    <xsl:variable name="title" as="element()?" select="ed:main-title($file/tei:titleStmt/tei:title)"/>
    <xsl:variable name="date" as="element()?" select="ed:document-date($header)"/>
    <xsl:variable name="iso" as="xs:string" select="ed:iso-date($date)"/>
    <xsl:sequence select="map{
      'title': ed:words($title),
      'title_supplied': exists($title/(self::*[@type = 'supplied'] | tei:supplied)),
      'subtitle': ed:words(($file/tei:titleStmt/tei:title[@type = 'sub'])[1]),
      'authors': array{distinct-values($file/tei:titleStmt/tei:author ! ed:words(.)[.])},
      'responsibilities': array{ed:responsibilities($file)},
      'publisher': ed:words(($file/tei:publicationStmt/(tei:publisher, tei:authority, tei:distributor))[1]),
      'edition': ($file/tei:editionStmt/tei:edition ! (@n/string(), ed:words(.))[.], '')[1],
      'date': $iso,
      'date_text': if ($iso) then ed:date-in-words($iso) else ed:words($date),
      'language': ($ed:texts[1] ! ed:language(.), $header ! ed:language(.), '')[1],
      'licences': array{ed:licences($file)},
      'source_description': ed:words(($file/tei:sourceDesc/(tei:bibl, tei:biblStruct, tei:biblFull, tei:p, tei:msDesc))[1]) }"/>
  </xsl:function>

  <!-- The words of an element of the header, notes left out. -->
  <xsl:function name="ed:words" as="xs:string">
    <xsl:param name="element" as="element()?"/>
    <xsl:variable name="words" as="xs:string*">
      <xsl:apply-templates select="$element/node()[not(self::tei:note)]" mode="plain-text"/>
    </xsl:variable>
    <xsl:sequence select="normalize-space(string-join($words))"/>
  </xsl:function>

  <!-- Of several titles the one marked as main, else the first that is no part of another or a machine's. -->
  <xsl:function name="ed:main-title" as="element(tei:title)?">
    <xsl:param name="titles" as="element(tei:title)*"/>
    <xsl:variable name="worded" as="element(tei:title)*" select="$titles[normalize-space()]"/>
    <xsl:sequence select="($worded[@type = ('main', 'full')], $worded[@level = 'a'], $worded[not(@type)], $worded[not(@type = ('sub', 'iso-date'))], $worded)[1]"/>
  </xsl:function>

  <!-- When the document was made: its creation, the sending of a letter, the source's date, at last the publication of the file. -->
  <xsl:function name="ed:document-date" as="element()?">
    <xsl:param name="header" as="element(tei:teiHeader)?"/>
    <xsl:variable name="file" as="element()?" select="$header/tei:fileDesc"/>
    <xsl:variable name="candidates" as="element()*" select="
      $header/tei:profileDesc/tei:creation//tei:date,
      $header/tei:profileDesc/tei:correspDesc/tei:correspAction[@type = 'sent']/tei:date,
      $file/tei:sourceDesc//tei:origDate,
      $file/tei:sourceDesc//tei:date,
      $file/tei:publicationStmt/tei:date"/>
    <xsl:sequence select="($candidates[ed:iso-date(.)], $candidates[normalize-space()])[1]"/>
  </xsl:function>

  <xsl:function name="ed:responsibilities" as="map(*)*">
    <xsl:param name="file" as="element(tei:fileDesc)?"/>
    <xsl:for-each select="($file/tei:titleStmt, $file/tei:editionStmt)/(tei:editor | tei:respStmt | tei:principal | tei:funder | tei:sponsor)">
      <xsl:variable name="role" as="xs:string" select="if (self::tei:respStmt) then string-join(tei:resp ! ed:words(.), '; ') else (@role/string(), local-name())[1]"/>
      <xsl:for-each select="if (self::tei:respStmt) then (tei:name | tei:persName | tei:orgName) else .">
        <xsl:if test="ed:words(.)">
          <xsl:sequence select="map{'role': $role, 'name': ed:words(.)}"/>
        </xsl:if>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:function>

  <!-- Each licence; where there is none, the prose about availability. -->
  <xsl:function name="ed:licences" as="map(*)*">
    <xsl:param name="file" as="element(tei:fileDesc)?"/>
    <xsl:for-each select="$file/tei:publicationStmt/tei:availability">
      <xsl:variable name="status" as="xs:string" select="string(@status)"/>
      <xsl:for-each select="tei:licence, (tei:p | tei:ab)[not(ancestor::tei:licence)]">
        <xsl:if test="ed:words(.) or @target">
          <xsl:sequence select="map{'text': ed:words(.), 'target': string(@target), 'status': if (self::tei:licence) then '' else $status}"/>
        </xsl:if>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:function>

  <!-- What every document needs and the record of its header lacks: the word for it, where it is missed, where it was looked for. -->
  <xsl:function name="ed:lacking" as="map(*)*">
    <xsl:param name="header" as="element(tei:teiHeader)?"/>
    <xsl:param name="record" as="map(*)"/>
    <xsl:variable name="file" as="element()?" select="$header/tei:fileDesc"/>
    <xsl:variable name="root" as="element()" select="$ed:root/*"/>
    <xsl:sequence select="
      if (empty($record?licences?*)) then map{'what': 'licence', 'at': path(($file/tei:publicationStmt, $file, $header, $root)[1]),
        'instead': 'publicationStmt has no availability with a licence.'} else (),
      if (not($record?date or $record?date_text)) then map{'what': 'date', 'at': path(($header/tei:profileDesc/tei:creation, $header/tei:profileDesc, $file/tei:sourceDesc, $header, $root)[1]),
        'instead': 'Neither creation nor sourceDesc nor publicationStmt has a date.'} else (),
      if (not($record?language)) then map{'what': 'language', 'at': path(($ed:texts[1], $root)[1]),
        'instead': 'Neither text nor a single language of langUsage says one.'} else ()"/>
  </xsl:function>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- What is taken away: the reading text, and what goes with it: the entries it mentions, source and rights. The formats for reading
     (txt, html, epub, pdf) are made from this, so they have the words of the reading page, all of them. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="context.xsl"/>
  <xsl:import href="../../shared/language-tags.xsl"/>

  <!-- The reading text as xslt/taken.xsl makes it: all of it; that of each part, where it is read in parts. -->
  <xsl:param name="ed:whole" as="document-node()" required="yes"/>
  <xsl:param name="ed:parts" as="document-node()*"/>

  <!-- A file has all of a long text, unless the format says otherwise. -->
  <xsl:variable name="ed:taken" as="document-node()+" select="$ed:whole"/>

  <!-- What stands before the text: who, what, when. -->
  <xsl:template name="ed:front" as="element()*">
    <xsl:variable name="document" as="map(*)" select="$ed:context?document"/>
    <xsl:for-each select="($document?date_text, $document?date)[.][1]"><p class="kicker">{.}</p></xsl:for-each>
    <h1><xsl:sequence select="ed:language-attributes($document?language)"/>{$document?title}</h1>
    <xsl:for-each select="$document?subtitle[.]"><p class="subtitle"><xsl:sequence select="ed:language-attributes($document?language)"/>{.}</p></xsl:for-each>
    <xsl:if test="array:size($document?authors)" xmlns:array="http://www.w3.org/2005/xpath-functions/array"><p class="hint">{ed:row-of-names($document?authors?*)}</p></xsl:if>
  </xsl:template>

  <!-- Names in a row; semicolons between names that have commas. -->
  <xsl:function name="ed:row-of-names" as="xs:string">
    <xsl:param name="names" as="xs:string*"/>
    <xsl:sequence select="string-join($names, if ($names ! contains(., ',') = true()) then '; ' else ', ')"/>
  </xsl:function>

  <!-- The entries of the registers that the text mentions, by kind; each leads back to its mentions. -->
  <xsl:template name="ed:entries" as="element(section)?">
    <xsl:variable name="entries" as="map(*)*" select="$ed:context?entries?*"/>
    <xsl:if test="exists($entries)">
      <section class="taken-registers" aria-labelledby="edition:registers">
        <h2 id="edition:registers">Persons, places and other names</h2>
        <xsl:for-each select="map:keys($ed:kind-headings)[. = $entries?kind] => sort((), function($kind) { index-of(('person', 'place', 'organisation', 'event', 'work'), $kind) })">
          <xsl:variable name="kind" as="xs:string" select="."/>
          <section>
            <h3>{$ed:kind-headings(.)}</h3>
            <dl>
              <xsl:for-each select="sort($entries[?kind = $kind], 'http://www.w3.org/2013/collation/UCA?lang=en;fallback=yes', function($entry) { $entry?name })">
                <xsl:call-template name="ed:entry"><xsl:with-param name="entry" select="."/></xsl:call-template>
              </xsl:for-each>
            </dl>
          </section>
        </xsl:for-each>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:variable name="ed:kind-headings" as="map(xs:string, xs:string)" select="map{
    'person': 'Persons', 'place': 'Places', 'organisation': 'Organisations', 'event': 'Events', 'work': 'Works' }"/>

  <xsl:template name="ed:entry" as="element()+">
    <xsl:param name="entry" as="map(*)" required="yes"/>
    <dt id="{$entry?id}"><xsl:sequence select="ed:language-attributes($entry?language)"/>{$entry?name}</dt>
    <xsl:variable name="facts" as="xs:string*" select="$entry?type ! translate(., '-_', '  '), $entry?dates?*?words[.]"/>
    <xsl:if test="exists(($facts, $entry?summary))"><dd>{string-join((string-join($facts, ', ')[.], $entry?summary), '. ')}</dd></xsl:if>
    <xsl:if test="exists(($entry?identifiers?*[?url[.]], $entry?url[.]))">
      <dd>
        <xsl:for-each select="($entry?url[.] ! map{'type': 'Register', 'url': .}, $entry?identifiers?*[?url[.]])">
          <xsl:if test="position() gt 1">, </xsl:if>
          <a href="{ed:iri(?url)}">{?type}{?value ! (' ' || .)}</a>
        </xsl:for-each>
      </dd>
    </xsl:if>
    <xsl:variable name="there" as="map(*)*" select="$entry?mentions?*[$ed:taken-ids(?id)]"/>
    <xsl:if test="exists($there)">
      <dd class="taken-mentions">
        <xsl:text>Named in </xsl:text>
        <xsl:for-each-group select="$there" group-by="?passage">
          <xsl:if test="position() gt 1">, </xsl:if>
          <a href="#{encode-for-uri(?id)}">{current-grouping-key()}</a>
        </xsl:for-each-group>
      </dd>
    </xsl:if>
  </xsl:template>

  <!-- The ids in the reading text. -->
  <xsl:variable name="ed:taken-ids" as="map(xs:string, xs:boolean)" select="map:merge($ed:taken//@id ! map:entry(string(.), true()))"/>

  <!-- Where the text is from, on what terms, and how it is cited. -->
  <xsl:template name="ed:colophon" as="element(section)">
    <xsl:variable name="document" as="map(*)" select="$ed:context?document"/>
    <section class="colophon" aria-labelledby="edition:colophon">
      <h2 id="edition:colophon">Source and rights</h2>
      <dl class="facts">
        <dt>To cite</dt>
        <dd>{$ed:context?citation}</dd>
        <xsl:for-each select="$document?source_description[.]"><dt>Source</dt><dd>{.}</dd></xsl:for-each>
        <xsl:for-each select="$document?publisher[.]"><dt>Publisher</dt><dd>{.}</dd></xsl:for-each>
        <xsl:if test="exists($document?responsibilities?*)">
          <dt>Named</dt>
          <xsl:for-each select="$document?responsibilities?*"><dd>{string-join((?role, ?name)[.], ': ')}</dd></xsl:for-each>
        </xsl:if>
        <dt>Rights</dt>
        <xsl:for-each select="$document?licences?*">
          <dd>
            <xsl:choose>
              <xsl:when test="matches(?target, '^https?://', 'i')">{?text[.] ! (. || ' ')}<a href="{ed:iri(?target)}">{?target}</a></xsl:when>
              <xsl:otherwise>{(?text, ?target, ?status)[.][1]}</xsl:otherwise>
            </xsl:choose>
          </dd>
        </xsl:for-each>
        <xsl:if test="empty($document?licences?*)"><dd>Nothing is stated about the rights in this text.</dd></xsl:if>
        <xsl:if test="$ed:context?edition?edition"><dt>Edition</dt><dd>{$ed:context?edition?title}, version {$ed:context?edition?edition}</dd></xsl:if>
        <xsl:for-each select="$ed:context?address[.]"><dt>Address</dt><dd><a href="{.}">{.}</a></dd></xsl:for-each>
      </dl>
    </section>
  </xsl:template>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- textcrit: the lemma, or the first reading or group of readings, in the text; its entry of the apparatus after the text, linked both
     ways. An apparatus that stands apart from the text stays where it stands, linked to the places it is about. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <!-- The entries of the apparatus, by generate-id their number: those in the text that say more than what is read. -->
  <xsl:variable name="ed:apparatus" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each select="$ed:texts//tei:app[not(parent::tei:listApp)][count(*) gt 1 or */(@wit, @resp, @source)]"><xsl:map-entry key="generate-id()" select="position()"/></xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <xsl:function name="ed:read" as="element()?">
    <xsl:param name="app" as="element(tei:app)"/>
    <xsl:sequence select="($app/tei:lem, $app/*[descendant-or-self::tei:rdg])[1]"/>
  </xsl:function>

  <!-- app (TCAPLL): the lemma, else the first reading; a sign leads to the other readings. -->
  <xsl:template match="tei:app" mode="reading" as="element()">
    <xsl:variable name="read" as="element()?" select="ed:read(.)"/>
    <xsl:variable name="number" as="xs:integer?" select="$ed:apparatus(generate-id())"/>
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates select="text()[normalize-space()], $read" mode="reading"/>
      <xsl:choose>
        <xsl:when test="exists($number)">
          <a class="note-ref apparatus" id="ref:edition:app-{$number}" href="#edition:app-{$number}" role="doc-noteref" aria-label="other readings {$number}">°{$number}</a>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="* except $read">
            <xsl:text> </xsl:text>
            <xsl:apply-templates select="." mode="reading"/>
          </xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:element>
  </xsl:template>

  <!-- app in a list (TCAPPL): a line: the place it is about, a link where that is in this text; lemma and readings. -->
  <xsl:template match="tei:listApp/tei:app" mode="reading" as="element(div)" priority="1">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <xsl:for-each select="(@loc, @from)[normalize-space()][1]">
        <xsl:element name="{if (ed:href(../@from)) then 'a' else 'span'}">
          <xsl:attribute name="class">app-place by-edition</xsl:attribute>
          <xsl:sequence select="ed:href(../@from)"/>
          <xsl:text>{replace(., '^#', '')}</xsl:text>
        </xsl:element>
        <xsl:text> </xsl:text>
      </xsl:for-each>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </div>
  </xsl:template>

  <!-- lem, rdg (TCAPLL): its words, else that it omits them; in the apparatus the sigla of the witnesses follow. -->
  <xsl:template match="tei:lem | tei:rdg" mode="reading" as="element()">
    <xsl:variable name="app" as="element()?" select="ancestor::tei:app[1]"/>
    <xsl:variable name="in-text" as="xs:boolean" select="exists($app) and map:contains($ed:apparatus, generate-id($app)) and ed:read($app) ! ((self::tei:rdgGrp/(tei:lem, .//tei:rdg), .)[1] is current())"/>
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
      <xsl:if test="not($in-text)">
        <xsl:if test="not(* or normalize-space())"><span class="by-edition">omitted</span></xsl:if>
        <xsl:call-template name="ed:sigla"/>
        <xsl:if test="self::tei:lem and following-sibling::*"><span class="by-edition">] </span></xsl:if>
      </xsl:if>
      <xsl:call-template name="ed:permalink"/>
    </xsl:element>
  </xsl:template>

  <!-- rdgGrp (TCAPSU): its readings. -->
  <xsl:template match="tei:rdgGrp" mode="reading" as="element()">
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:variable name="group" as="element()" select="."/>
      <xsl:choose>
        <xsl:when test="ancestor::tei:app[1] ! (map:contains($ed:apparatus, generate-id()) and ed:read(.) is $group)"><xsl:apply-templates select="(tei:lem, .//tei:rdg)[1]" mode="reading"/></xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates mode="reading"/>
          <xsl:call-template name="ed:sigla"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:element>
  </xsl:template>

  <!-- The witnesses and hands that have a reading, or who proposed it. -->
  <xsl:template name="ed:sigla" as="element(span)?">
    <xsl:variable name="sigla" as="xs:string*" select="(tokenize(@wit), tokenize(@resp)[not(current()/@wit)], tokenize(@source)[not(current()/@wit)]) ! replace(., '^.*#', '')"/>
    <xsl:if test="exists($sigla)"><span class="sigla by-edition">{' ' || string-join($sigla, ' ')}</span></xsl:if>
  </xsl:template>

  <!-- wit, witDetail, witStart, witEnd, lacunaStart, lacunaEnd (TCAPWD, TCAPMI): words among words; where a witness begins or ends, in brackets. -->
  <xsl:template match="tei:wit | tei:witDetail" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- witStart, witEnd, lacunaStart, lacunaEnd (TCAPMI): in brackets. -->
  <xsl:template match="tei:witStart | tei:witEnd | tei:lacunaStart | tei:lacunaEnd" mode="reading" as="element()">
    <xsl:call-template name="ed:sign">
      <xsl:with-param name="words" select="map{'witStart': 'witness begins', 'witEnd': 'witness ends', 'lacunaStart': 'gap begins', 'lacunaEnd': 'gap ends'}(local-name()), string-join(tokenize(@wit) ! replace(., '^.*#', ''), ' ')"/>
    </xsl:call-template>
  </xsl:template>

  <!-- listApp (TCAPPL): a list of entries. -->
  <xsl:template match="tei:listApp" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>

  <!-- listWit, witness (TCAPWL): a line each, the siglum before it. -->
  <xsl:template match="tei:listWit | tei:witness" mode="reading" as="element(div)">
    <div>
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="self::tei:witness and @xml:id and not(tei:abbr)"><span class="siglum by-edition">{@xml:id} </span></xsl:if>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </div>
  </xsl:template>

  <!-- variantEncoding (TCAPLK): not shown, a word to machines on how the apparatus is linked. -->
  <xsl:template match="tei:variantEncoding" mode="reading" as="element()">
    <xsl:call-template name="ed:fact"/>
  </xsl:template>

  <xsl:variable name="ed:apparatus-entries" as="element(tei:app)*" select="if (map:size($ed:apparatus)) then $ed:texts//tei:app[map:contains($ed:apparatus, generate-id())] else ()"/>
  <xsl:variable name="ed:apparatus-by-part" as="map(xs:integer, element()*)" select="ed:by-part($ed:apparatus-entries)"/>

  <!-- The apparatus after the text: an item an entry, what is read first. -->
  <xsl:template name="ed:apparatus" as="element(section)?">
    <xsl:param name="part" as="xs:integer?" tunnel="yes"/>
    <xsl:variable name="entries" as="element(tei:app)*" select="if (exists($part)) then $ed:apparatus-by-part($part) else $ed:apparatus-entries"/>
    <xsl:if test="exists($entries)">
      <section class="notes apparatus" role="doc-endnotes" aria-labelledby="edition:apparatus">
        <h2 id="edition:apparatus">Other readings</h2>
        <ol class="note-list">
          <xsl:for-each select="$entries">
            <xsl:variable name="read" as="element()?" select="ed:read(.)"/>
            <xsl:variable name="number" as="xs:integer" select="$ed:apparatus(generate-id())"/>
            <li class="app-entry" id="edition:app-{$number}">
              <xsl:sequence select="ed:language-attributes(ed:language(.)[. ne ed:language($ed:texts[1])])"/>
              <span class="note-marker">{$number}</span>
              <xsl:text> </xsl:text>
              <span class="by-edition">{ed:plain-text(($read/descendant-or-self::*/(self::tei:lem | self::tei:rdg))[1]) ! (if (.) then ed:shortened(.) else '…')}</span>
              <xsl:for-each select="($read/descendant-or-self::*/(self::tei:lem | self::tei:rdg))[1]"><xsl:call-template name="ed:sigla"/></xsl:for-each>
              <span class="by-edition">] </span>
              <xsl:for-each select="($read[self::tei:rdgGrp]/((.//tei:rdg | * except (tei:lem | tei:rdgGrp)) except (tei:lem, .//tei:rdg)[1]), * except $read)">
                <xsl:if test="position() gt 1"><span class="by-edition">; </span></xsl:if>
                <xsl:apply-templates select="." mode="reading"/>
              </xsl:for-each>
              <xsl:text> </xsl:text>
              <a class="note-back" href="#ref%3Aedition%3Aapp-{$number}" role="doc-backlink" aria-label="Back to the text at other readings {$number}">↩&#xFE0E;</a>
            </li>
          </xsl:for-each>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- What an entry says beyond its facts, as HTML: a list of descriptions, one term for parts of a sort. Every word of it is there. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <!-- Addresses from a page three folders deep; to another entry of the same file as well. Where an entry of another file stands, the site
       knows: “entry:” and the pointer as it is written. -->
  <xsl:function name="ed:site-href" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:sequence select="ed:page-href($pointer)[starts-with(., '../../')] ! ('../' || .)"/>
  </xsl:function>

  <!-- What readers call the parts of an entry. -->
  <xsl:variable name="ed:part-words" as="map(xs:string, xs:string)" select="map{
    'actor': 'Played by', 'affiliation': 'Affiliation', 'age': 'Age', 'author': 'Author', 'bibl': 'Literature', 'biblStruct': 'Literature', 'birth': 'Born', 'death': 'Died', 'desc': 'Description',
    'editor': 'Editor', 'education': 'Education', 'event': 'Event', 'faith': 'Faith', 'gender': 'Gender', 'langKnowledge': 'Languages', 'listBibl': 'Literature',
    'listEvent': 'Events', 'location': 'Location', 'nationality': 'Nationality', 'note': 'Note', 'noteGrp': 'Notes', 'occupation': 'Occupation', 'p': 'Description', 'ab': 'Description',
    'persPronouns': 'Pronouns', 'population': 'Population', 'residence': 'Residence', 'roleDesc': 'Role', 'sex': 'Sex', 'socecStatus': 'Status', 'state': 'State', 'trait': 'Trait', 'climate': 'Climate', 'terrain': 'Terrain' }"/>

  <!-- The elements of an entry that are said elsewhere: as names, dates, facts, entries or relations of their own. -->
  <xsl:function name="ed:is-said" as="xs:boolean">
    <xsl:param name="part" as="element()"/>
    <xsl:param name="entry" as="element()"/>
    <xsl:param name="forms" as="element()*"/>
    <xsl:sequence select="exists($part intersect $forms) or exists($part/(self::tei:idno | self::tei:listRelation | self::tei:relation))
      or exists($part/(self::tei:birth | self::tei:death | self::tei:floruit)[not(*) and not(ed:dating(.)?words and normalize-space() and not(matches(normalize-space(), '^[-\d]+$')))])
      or exists($part/(self::tei:location | self::tei:geo)[exists(ed:coordinates($entry))][not(.//text()[normalize-space()] except ed:geo($entry)//text())])
      or ed:is-declared($part) or exists($part[ed:is-register-list(.)][.//*[ed:is-declared(.)]][not(*[not(ed:is-declared(.))])])"/>
  </xsl:function>

  <xsl:function name="ed:description" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:param name="forms" as="element()*"/>
    <xsl:variable name="is-work" as="xs:boolean" select="exists($entry/(self::tei:bibl | self::tei:biblStruct | self::tei:biblFull))"/>
    <xsl:variable name="beside" as="element()*" select="$entry/(tei:note | tei:noteGrp | tei:bibl | tei:listBibl | tei:idno | tei:listRelation | tei:relation | tei:relatedItem)"/>
    <xsl:variable name="role" as="element()?" select="$entry/(self::tei:role | self::tei:castItem)/ancestor-or-self::tei:castItem[1]"/>
    <xsl:variable name="parts" as="element()*" select="if ($is-work) then $beside else if ($role) then $role/(tei:roleDesc | tei:actor) else $entry/*"/>
    <xsl:variable name="shown" as="element()*" select="$parts[not(ed:is-said(., $entry, $forms))][normalize-space() or .//@target]"/>
    <xsl:variable name="html" as="element()*">
      <xsl:if test="$is-work and ($entry/node() except $beside)[not(self::tei:title)][normalize-space()]">
        <p class="entry-reference"><xsl:apply-templates select="$entry/node() except $beside" mode="reading"/></p>
      </xsl:if>
      <xsl:if test="exists($shown)">
        <dl class="entry-facts">
          <xsl:for-each-group select="$shown" group-by="ed:part-word(.)">
            <dt>
              <xsl:choose>
                <xsl:when test="ed:part-document(.)"><xsl:text>In </xsl:text><a href="../../../documents/{ed:part-document(.)}/">{ed:part-document(.)}</a></xsl:when>
                <xsl:otherwise>{current-grouping-key()}</xsl:otherwise>
              </xsl:choose>
            </dt>
            <xsl:for-each select="current-group()">
              <dd>
                <xsl:sequence select="ed:language-attributes(ed:language-tag(@xml:lang))"/>
                <xsl:choose>
                  <xsl:when test="self::tei:note or self::tei:p or self::tei:desc or self::tei:bibl"><xsl:apply-templates mode="reading"/></xsl:when>
                  <xsl:otherwise><xsl:apply-templates select="." mode="reading"/></xsl:otherwise>
                </xsl:choose>
                <xsl:variable name="more" as="xs:string*" select="ed:dating(.)?words[.], ed:certainty-in-words(@cert)"/>
                <xsl:if test="exists($more)"><span class="by-edition"> ({string-join($more, '; ')})</span></xsl:if>
              </dd>
            </xsl:for-each>
          </xsl:for-each-group>
        </dl>
      </xsl:if>
    </xsl:variable>
    <xsl:sequence select="ed:as-html($html)"/>
  </xsl:function>

  <!-- The term a part stands under: the document a note is about, the editors' own word (@type), or what its element means. -->
  <xsl:function name="ed:part-word" as="xs:string">
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="type" as="xs:string?" select="$part/(self::tei:note | self::tei:bibl | self::tei:state | self::tei:trait | self::tei:desc | self::tei:listBibl)/@type ! translate(., '_-', '  ')"/>
    <xsl:variable name="word" as="xs:string" select="($type[normalize-space()], $ed:part-words(local-name($part)), local-name($part))[1]"/>
    <xsl:sequence select="(ed:part-document($part) ! ('In ' || .), upper-case(substring($word, 1, 1)) || substring($word, 2))[1]"/>
  </xsl:function>

  <xsl:function name="ed:part-document" as="xs:string?">
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="source" as="xs:string*" select="tokenize($part/self::tei:note/@source)"/>
    <xsl:sequence select="if (count($source) eq 1) then ed:page-href($source)[matches(., '^\.\./\.\./documents/[^#]+/$')] ! replace(., '^\.\./\.\./documents/|/$', '') else ()"/>
  </xsl:function>

  <!-- One line for a card: the first description. -->
  <xsl:function name="ed:summary" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="ed:plain-text(($entry/tei:desc, $entry/tei:p, $entry/tei:note[@type = 'in-text'], $entry/tei:note, $entry/tei:occupation, $entry/ancestor-or-self::tei:castItem[1]/tei:roleDesc)[normalize-space()][1])"/>
  </xsl:function>

  <xsl:function name="ed:as-html" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:sequence select="serialize($nodes, map{'method': 'html', 'html-version': 5.0, 'indent': false()})"/>
  </xsl:function>
</xsl:stylesheet>

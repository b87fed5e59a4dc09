<?xml version="1.0" encoding="UTF-8"?>
<!-- The header as a record: title, who, when, where, where from, on what terms. What the header does not say is taken, fact by fact, from
     the headers of the corpora around the document, and a few from the text; what nobody says stays empty. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <!-- The facts of the document: of each the first that a header says, from the document's own outwards. A title is never a corpus's:
       that is the series the document stands in. -->
  <xsl:function name="ed:header" as="map(*)">
    <xsl:variable name="around" as="map(*)*" select="$ed:headers[not(. is $ed:document/tei:teiHeader[1])] ! ed:facts(.)"/>
    <xsl:variable name="own" as="map(*)" select="ed:facts(($ed:document/tei:teiHeader[1], $ed:document)[1])"/>
    <xsl:variable name="joined" as="map(*)" select="map:merge(for $fact in map:keys($own) return
      map:entry($fact, (($own, $around)[ed:is-said(.($fact))], $own)[1]($fact)))"/>
    <xsl:variable name="titles" as="xs:string*" select="($own?title, ed:title-of-text())[.]"/>
    <xsl:sequence select="map:merge((map{
      'title': string($titles[1]),
      'title_supplied': $own?title_supplied,
      'subtitle': string(($own?subtitle, ed:shelfmark()[not(contains($titles[1], .))])[.][1]),
      'series': string(($own?series, $around?title)[.][1]),
      'authors': array{if (array:size($joined?authors) gt 0) then $joined?authors?* else ed:authors-of-source()},
      'changes': array{ed:changes($ed:document/tei:teiHeader[1]/tei:revisionDesc)},
      'language': ed:document-language() }, $joined), map{'duplicates': 'use-first'})"/>
  </xsl:function>

  <xsl:function name="ed:is-said" as="xs:boolean">
    <xsl:param name="fact" as="item()"/>
    <xsl:sequence select="if ($fact instance of array(*)) then array:size($fact) gt 0 else string($fact) ne ''"/>
  </xsl:function>

  <!-- What one header says; everything empty where it is none. -->
  <xsl:function name="ed:facts" as="map(*)">
    <xsl:param name="header" as="element()"/>
    <xsl:variable name="file" as="element()?" select="$header/self::tei:teiHeader/tei:fileDesc[1]"/>
    <xsl:variable name="profile" as="element()?" select="$header/self::tei:teiHeader/tei:profileDesc[1]"/>
    <xsl:variable name="titles" as="element()*" select="$file/tei:titleStmt/tei:title"/>
    <xsl:variable name="title" as="element()?" select="ed:main-title($titles)"/>
    <xsl:variable name="date" as="element()?" select="ed:document-date($header)"/>
    <xsl:sequence select="map{
      'title': ed:words($title),
      'title_supplied': exists($title/(self::*[@type = 'supplied'] | tei:supplied)),
      'subtitle': string-join((ed:words(ed:in-language-of($title, ($titles except $title)[@type = ('sub', 'subtitle', 'subordinate')])), ed:issue($file))[.], '; '),
      'series': ed:words(($titles[@level = ('s', 'j')][not(. is $title)][normalize-space()], $file/tei:seriesStmt/(tei:title, tei:p)[normalize-space()])[1]),
      'authors': array{distinct-values($file/tei:titleStmt/tei:author ! ed:author(.)[matches(., '\p{L}')])},
      'responsibilities': array{ed:responsibilities($file)},
      'publisher': ed:words(($file/tei:publicationStmt/(tei:publisher, tei:authority, tei:distributor))[normalize-space()][1]),
      'edition': ($file/tei:editionStmt/tei:edition ! (@n/string(), ed:words(.))[.], '')[1],
      'date': ed:iso-of($date),
      'date_text': ed:date-of($date),
      'place': ed:place-in-words(ed:document-place($file, $profile)),
      'licences': array{ed:licences($file)},
      'source_description': ed:source-in-words($file/tei:sourceDesc[1]) }"/>
  </xsl:function>

  <!-- The words of an element of the header, notes left out. -->
  <xsl:function name="ed:words" as="xs:string">
    <xsl:param name="element" as="element()?"/>
    <xsl:variable name="words" as="xs:string*">
      <xsl:apply-templates select="$element/node()[not(self::tei:note)]" mode="plain-text"/>
    </xsl:variable>
    <xsl:sequence select="normalize-space(string-join($words))"/>
  </xsl:function>

  <!-- Of several titles the one marked as main, else the first that is no part of another, no series and no machine's; of equal ones
       in several languages that in the language of the text. -->
  <xsl:function name="ed:main-title" as="element(tei:title)?">
    <xsl:param name="titles" as="element(tei:title)*"/>
    <xsl:variable name="worded" as="element(tei:title)*" select="$titles[normalize-space()]"/>
    <xsl:variable name="own" as="element(tei:title)*" select="$worded[not(@level = ('s', 'j'))]"/>
    <xsl:sequence select="ed:in-language-of($ed:texts[1], head((
      [$own[@type = ('main', 'full', 'uniform')]], [$own[@level = 'a']], [$own[not(@type)]], [$own[not(@type = $ed:lesser-titles)]],
      [$worded[not(@type = $ed:lesser-titles)]], [$worded])[exists(?*)])?*)"/>
  </xsl:function>

  <xsl:variable name="ed:lesser-titles" as="xs:string*" select="tokenize('sub subtitle subordinate alt alternative short abbr desc iso-date date volume part page filename')"/>

  <!-- Of several elements the first in the language of another, else the first. -->
  <xsl:function name="ed:in-language-of" as="element()?">
    <xsl:param name="other" as="element()?"/>
    <xsl:param name="elements" as="element()*"/>
    <xsl:variable name="language" as="xs:string" select="if ($other instance of element(tei:title)) then ed:language($other) else ed:document-language()"/>
    <xsl:sequence select="if (count($elements) gt 1) then ($elements[ed:language(.) = $language], $elements)[1] else $elements"/>
  </xsl:function>

  <!-- Which number of a journal it is: of all numbers the title is the same. -->
  <xsl:function name="ed:issue" as="xs:string?">
    <xsl:param name="file" as="element()?"/>
    <xsl:variable name="scopes" as="element()*" select="($file/tei:sourceDesc//tei:monogr[tei:title/@level = 'j'])[1]//tei:biblScope[@unit = ('volume', 'issue')]"/>
    <xsl:sequence select="string-join($scopes[1]/../tei:biblScope[@unit = ('volume', 'issue')] ! (@unit || ' ' || (ed:words(.)[matches(., '\d')], @n, string-join(distinct-values((@from, @to)), '–'))[.][1] ! replace(., '^\D+(\d)', '$1')), ', ')[.]"/>
  </xsl:function>

  <!-- The title a text gives itself, where its header gives none: on its title page, at its head, in the description of its source. -->
  <xsl:function name="ed:title-of-text" as="xs:string*">
    <xsl:variable name="page" as="element()*" select="$ed:texts[1]/tei:front//tei:docTitle/tei:titlePart"/>
    <xsl:sequence select="
      ($page[@type = 'main'], $page, $ed:texts[1]/tei:front//tei:titlePart, $ed:texts[1]/(. | tei:body | tei:group | tei:body/tei:div[1])/tei:head,
      $ed:document/tei:teiHeader//tei:sourceDesc/descendant::tei:title[not(@level = ('s', 'j'))])[normalize-space()][1] ! ed:words(.)"/>
  </xsl:function>

  <!-- The shelfmark of the manuscript, of a document that is its description alone: the titles of a catalogue are often all the same. -->
  <xsl:function name="ed:shelfmark" as="xs:string?">
    <xsl:variable name="manuscript" as="element()?" select="$ed:texts[1]/self::tei:msDesc/tei:msIdentifier[1]"/>
    <xsl:sequence select="($manuscript/tei:idno[not(@type)], $manuscript/tei:idno, $manuscript/tei:msName)[normalize-space()][1] ! ed:words(.)"/>
  </xsl:function>

  <!-- The name of an author: what names, not numbers of authorities; of several languages the first. -->
  <xsl:function name="ed:author" as="xs:string">
    <xsl:param name="author" as="element()"/>
    <xsl:variable name="names" as="element()*" select="$author/(tei:persName | tei:orgName | tei:name | tei:rs)[normalize-space()]"/>
    <xsl:variable name="alone" as="xs:boolean" select="not($author/text()[normalize-space()])"/>
    <xsl:sequence select="if ($alone and exists($names)) then ed:name-in-order($names[1])
      else if ($author/tei:idno) then normalize-space(string-join($author/node()[not(self::tei:idno | self::tei:note)] ! (if (self::*) then ed:words(.) else string()), ' '))
      else ed:name-in-order($author)"/>
  </xsl:function>

  <!-- A name that is only its parts, as it is said: forenames, link, surname. -->
  <xsl:function name="ed:name-in-order" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="if ($name/tei:surname and $name/tei:forename and not($name/text()[normalize-space()] or $name/(* except (tei:forename, tei:surname, tei:nameLink, tei:genName))))
      then string-join(($name/tei:forename, $name/tei:nameLink, $name/tei:surname, $name/tei:genName) ! ed:words(.), ' ') else ed:words($name)"/>
  </xsl:function>

  <!-- Who wrote the source, where the title statement does not say: the sender of a letter, the author of the book, or of the works in a
       manuscript (not those who wrote about it). -->
  <xsl:function name="ed:authors-of-source" as="xs:string*">
    <xsl:variable name="header" as="element()?" select="$ed:headers[1]"/>
    <xsl:variable name="senders" as="element()*" select="$header//tei:correspDesc/tei:correspAction[@type = 'sent'][1]/(tei:persName | tei:orgName | tei:name | tei:rs)[normalize-space()]"/>
    <xsl:variable name="books" as="element()*" select="$header//tei:sourceDesc//(tei:bibl | tei:biblStruct | tei:biblFull)[not(ancestor::tei:msDesc)][descendant::tei:author[normalize-space()]]"/>
    <xsl:variable name="works" as="element()*" select="$header//tei:sourceDesc//(tei:msItem | tei:msItemStruct)/(tei:author, tei:bibl[not(../tei:author)]/tei:author)"/>
    <xsl:sequence select="distinct-values(head(([$senders], [$books[1]//tei:author], [$works])[exists(?*)])?* ! ed:author(.)[matches(., '\p{L}')])"/>
  </xsl:function>

  <!-- When the document was made: its creation, the sending of a letter, the making of the manuscript or the first printing, what a title
       is marked to say, the earliest that the source says, the text's own date, each a date rather than words; else words that say it,
       of a calendar that needs no naming. At last the publication of the file; but that says nothing of when a manuscript was made. -->
  <xsl:function name="ed:document-date" as="element()?">
    <xsl:param name="header" as="element()"/>
    <xsl:variable name="file" as="element()?" select="$header/tei:fileDesc[1]"/>
    <xsl:variable name="events" as="element()*" select="for $type in ('written', 'print', 'premiere') return $header/../tei:standOff//tei:event[@type = $type]"/>
    <xsl:variable name="source" as="element()*" select="$file/tei:sourceDesc//tei:date[ed:is-of-source(.)]"/>
    <xsl:variable name="text" as="element()?" select="$ed:texts[1][$header is $ed:headers[1]]"/>
    <xsl:variable name="making" as="element()*" select="(
      $header/tei:profileDesc/tei:creation//tei:date,
      $header/tei:profileDesc/tei:correspDesc/tei:correspAction[@type = 'sent']/tei:date,
      $file/tei:sourceDesc//tei:origDate,
      $source[ancestor::tei:bibl/@type = ('firstEdition', 'firstPrint', 'first')],
      $events[1],
      $file/tei:titleStmt/tei:title[@type = 'iso-date'],
      sort($source, (), function($date) { ed:iso-of($date) ! (if (.) then xs:integer(replace(., '^(-?\d+).*$', '$1')) else 9999) }),
      ($text/tei:front//tei:docDate, $text//tei:dateline[1]//tei:date)[1])"/>
    <xsl:variable name="published" as="element()*" select="$file[not(tei:sourceDesc//tei:msDesc)]/tei:publicationStmt/tei:date"/>
    <xsl:sequence select="($making[ed:iso-of(.)], $making[not(@calendar)][ed:is-dated-in-words(.)], $published[ed:iso-of(.)], ($making, $published)[ed:is-dated-in-words(.)])[1]"/>
  </xsl:function>

  <!-- Whether a date in the description of the source says when that was made: not what a note, its keeping or a reader's list of books
       says; in the description of a manuscript, what is said of its origin and of its works. -->
  <xsl:function name="ed:is-of-source" as="xs:boolean">
    <xsl:param name="date" as="element(tei:date)"/>
    <xsl:variable name="around" as="element()*" select="$date/ancestor::*"/>
    <xsl:sequence select="not($date/@type = ('lifespan', 'birth', 'death', 'access', 'accessed'))
      and empty($around/(self::tei:note | self::tei:availability | self::tei:respStmt | self::tei:provenance | self::tei:revisionDesc | self::tei:listPerson | self::tei:listPlace | self::tei:listOrg))
      and (empty($around/self::tei:msDesc) or exists($around/(self::tei:origin | self::tei:colophon | self::tei:msDesc/tei:head[. intersect $around] | self::tei:summary) | $date/(. | parent::tei:bibl)/parent::tei:msItem)
        and empty($around/(self::tei:bibl[not(parent::tei:msItem)] | self::tei:biblStruct)[ancestor::tei:msDesc]))"/>
  </xsl:function>

  <xsl:function name="ed:is-dated-in-words" as="xs:boolean">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="exists($date[normalize-space()][not((., @*) ! contains(., '9999') = true())])"/>
  </xsl:function>

  <!-- The day, month or year a date names, by its attributes, or by words that are a year, the first of several, or a date in figures; none for the year 9999,
       which says that nobody knows. -->
  <xsl:function name="ed:iso-of" as="xs:string">
    <xsl:param name="date" as="element()?"/>
    <xsl:variable name="dating" as="map(*)" select="ed:dating($date)"/>
    <xsl:variable name="figures" as="xs:string" select="normalize-space($date)"/>
    <xsl:variable name="is-ours" as="xs:boolean" select="not($date/@calendar) or matches($date/@calendar, 'gregorian', 'i')"/>
    <xsl:sequence select="string(($dating?earliest, $dating?latest, ed:iso-date($date),
      $figures[$is-ours] ! ed:day(.),
      $figures[$is-ours] ! replace(., '^\D*(\d{4})(\D*|\s*[-–—/]\s*\d\d(\d\d)?\D*)$', '$1')[matches(., '^[12]\d{3}$')])[.][not(matches(., '^(9999|0000)'))][1])"/>
  </xsl:function>

  <!-- A date in words: what its attributes say, both ends of a span; else as it is written, figures of a day in words. -->
  <xsl:function name="ed:date-of" as="xs:string">
    <xsl:param name="date" as="element()?"/>
    <xsl:variable name="iso" as="xs:string" select="ed:iso-of($date)"/>
    <xsl:variable name="dating" as="map(*)" select="ed:dating($date)"/>
    <xsl:variable name="words" as="xs:string?" select="$dating?words[$dating?earliest or $dating?latest or not(normalize-space($date))]"/>
    <xsl:sequence select="if ($words and not(contains($words, '9999'))) then $words
      else if ($iso and (ed:iso-date($date) or ed:day($date) = $iso or not(normalize-space($date)))) then ed:date-in-words($iso) else ed:words($date)"/>
  </xsl:function>

  <!-- Where the document was made, or its source was printed: the one that says when, if one does. -->
  <xsl:function name="ed:document-place" as="element()?">
    <xsl:param name="file" as="element()?"/>
    <xsl:param name="profile" as="element()?"/>
    <xsl:variable name="sent" as="element()*" select="$profile/tei:correspDesc/tei:correspAction[@type = 'sent']"/>
    <xsl:variable name="dated" as="element()?" select="($file/.. ! ed:document-date(.))/ancestor::*[self::tei:bibl or self::tei:biblStruct or self::tei:biblFull][last()]"/>
    <xsl:sequence select="(
      $profile/tei:creation//(tei:placeName | tei:settlement)[not(ancestor::tei:placeName)],
      $sent/descendant::tei:placeName, $sent/descendant::tei:settlement,
      $file/tei:sourceDesc//tei:origPlace,
      ($dated, $file/tei:sourceDesc)[1]//tei:pubPlace[not(ancestor::tei:msDesc)])[normalize-space()][1]"/>
  </xsl:function>

  <!-- The name of a place, of several languages that of the text, without coordinates. -->
  <xsl:function name="ed:place-in-words" as="xs:string">
    <xsl:param name="place" as="element()?"/>
    <xsl:variable name="names" as="element()*" select="$place/(tei:placeName | tei:geogName)[normalize-space()]"/>
    <xsl:sequence select="if (count(distinct-values($names/@xml:lang)) gt 1) then ed:words(ed:in-language-of((), $names))
      else if (exists($names)) then string-join(distinct-values($names ! ed:words(.)), ', ')
      else normalize-space(string-join($place/node()[not(self::tei:geo | self::tei:location | self::tei:note)] ! (if (self::*) then ed:words(.) else string())))"/>
  </xsl:function>

  <!-- The source in words: the book, or where the manuscript lies. -->
  <xsl:function name="ed:source-in-words" as="xs:string">
    <xsl:param name="source" as="element()?"/>
    <xsl:variable name="first" as="element()?" select="($source/(tei:bibl | tei:biblStruct | tei:biblFull | tei:msDesc),
      $source/(tei:listBibl | tei:listWit/tei:witness | tei:listBibl/tei:listBibl)/(tei:bibl | tei:biblStruct | tei:biblFull | tei:msDesc), $source/tei:p, $source/tei:ab)[normalize-space()][1]"/>
    <xsl:variable name="manuscript" as="element()?" select="$first/self::tei:msDesc/tei:msIdentifier[1]"/>
    <xsl:variable name="book" as="element()?" select="$first/descendant-or-self::*[self::tei:bibl[not(tei:bibl)] or self::tei:biblStruct][1]"/>
    <xsl:sequence select="
      if ($manuscript) then string-join($manuscript/(tei:settlement, tei:institution, tei:repository, tei:collection, tei:idno, tei:msName)[normalize-space()] ! ed:words(.), ', ')
      else if ($book/self::tei:biblStruct) then string-join($book/*/(. | tei:imprint)/*[not(self::tei:imprint | self::tei:idno | self::tei:ref | self::tei:availability | self::tei:note)][normalize-space()] ! ed:words(.), '. ')
      else if ($book) then normalize-space(string-join($book/node()[not(self::tei:idno | self::tei:availability | self::tei:note)] ! (if (self::*) then ed:words(.) else string())))
      else ed:words($first)"/>
  </xsl:function>

  <!-- The language of the text: what it says of itself, else what most of its words are in (in an EpiDoc file, of the edition itself), else what the header says. -->
  <xsl:function name="ed:document-language" as="xs:string">
    <xsl:sequence select="$ed:text-language"/>
  </xsl:function>

  <xsl:variable name="ed:text-language" as="xs:string">
    <xsl:variable name="said" as="xs:string?" select="($ed:texts[1]/(. | tei:body)/@xml:lang[normalize-space()])[last()] ! ed:language-tag(.)"/>
    <xsl:variable name="counted" as="xs:string*">
      <xsl:if test="not($said)">
        <xsl:for-each-group select="($ed:passages[ancestor::tei:div/@type = 'edition'], $ed:passages[not($ed:texts//tei:div/@type = 'edition')])" group-by="ed:language(.)">
          <xsl:sort select="sum(current-group() ! string-length())" order="descending"/>
          <xsl:sequence select="current-grouping-key()"/>
        </xsl:for-each-group>
      </xsl:if>
    </xsl:variable>
    <xsl:sequence select="string(($said, $counted[1], $ed:texts[1] ! ed:language(.), $ed:headers[1] ! ed:language(.))[.][1])"/>
  </xsl:variable>

  <xsl:function name="ed:responsibilities" as="map(*)*">
    <xsl:param name="file" as="element(tei:fileDesc)?"/>
    <xsl:for-each select="($file/tei:titleStmt, $file/tei:editionStmt)/(tei:editor | tei:respStmt | tei:principal | tei:funder | tei:sponsor)">
      <xsl:variable name="role" as="xs:string" select="if (self::tei:respStmt) then string-join(tei:resp ! ed:words(.), '; ') else (@role/string(), local-name())[1]"/>
      <xsl:for-each select="if (self::tei:respStmt) then (tei:name | tei:persName | tei:orgName) else .">
        <xsl:if test="ed:author(.)">
          <xsl:sequence select="map{'role': $role, 'name': ed:author(.)}"/>
        </xsl:if>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:function>

  <!-- What was changed, the latest first; of one day as the header has it. A list of changes may say for all of them when, by whom, to
       what version. -->
  <xsl:function name="ed:changes" as="map(*)*">
    <xsl:param name="revisions" as="element(tei:revisionDesc)*"/>
    <xsl:for-each select="$revisions//tei:change[not(ancestor::tei:change)]">
      <xsl:sort select="ed:iso-date(ancestor-or-self::*[ed:iso-date(.)][1])" order="descending"/>
      <xsl:variable name="around" as="element()*" select="reverse(ancestor-or-self::*[self::tei:change or self::tei:listChange or self::tei:revisionDesc])"/>
      <xsl:variable name="names" as="element()*" select="(.//tei:respStmt, .)/(tei:name | tei:persName)"/>
      <xsl:variable name="day" as="xs:string" select="string(($around, .//tei:date)[ed:iso-date(.)][1] ! ed:iso-date(.))"/>
      <xsl:sequence select="map{
        'date': $day,
        'date_text': string($day[.] ! ed:date-in-words(.)),
        'text': ed:words(.),
        'who': string-join(distinct-values(if ($around/@who) then $around[@who][1]/tokenize(@who) ! ed:who(.) else $names ! ed:words(.)), ', '),
        'version': string($around[@n][1]/@n),
        'status': string($around[@status][1]/@status) }"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Who a pointer in the header names: the name that stands there; nothing where it leads elsewhere. -->
  <xsl:function name="ed:who" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:sequence select="if (matches($pointer, '[#:/]')) then key('ed:by-id', substring-after($pointer, '#')[starts-with($pointer, '#')], $ed:root)[1] ! ed:author(.) else $pointer"/>
  </xsl:function>

  <!-- On what terms a file may be used: of each availability its licences; where none is marked as such, the prose that points at
       one, else all of its prose. A licence counts whatever the status of its availability. -->
  <xsl:function name="ed:licences" as="map(*)*">
    <xsl:param name="file" as="element(tei:fileDesc)?"/>
    <xsl:for-each select="$file/tei:publicationStmt/tei:availability ! ed:terms(.)">
      <xsl:variable name="target" as="xs:string" select="string((@target, .//(tei:ref | tei:ptr)[ed:is-licence(.)]/@target, self::tei:licence//tei:ref/@target)[1])"/>
      <xsl:if test="ed:words(.) or $target">
        <xsl:sequence select="map{'text': ed:words(.), 'target': $target, 'status': if (self::tei:licence or $target) then '' else string(../@status)}"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="ed:terms" as="element()*">
    <xsl:param name="availability" as="element(tei:availability)"/>
    <xsl:variable name="prose" as="element()*" select="$availability/(tei:p | tei:ab)"/>
    <xsl:variable name="pointing" as="element()*" select="$prose[.//(tei:ref | tei:ptr)[ed:is-licence(.)]]"/>
    <xsl:sequence select="if ($availability/tei:licence) then $availability/tei:licence else if (exists($pointing)) then $pointing else $prose"/>
  </xsl:function>

  <xsl:function name="ed:is-licence" as="xs:boolean">
    <xsl:param name="pointer" as="element()"/>
    <xsl:sequence select="$pointer/@type = ('licence', 'license') or matches($pointer/@target, '^https?://(www\.)?(creativecommons\.org|opendatacommons\.org|rightsstatements\.org|gnu\.org/licenses|opensource\.org/licenses)')"/>
  </xsl:function>

  <!-- What every document needs and the record of its header lacks: the word for it, where it is missed, where it was looked for. -->
  <xsl:function name="ed:lacking" as="map(*)*">
    <xsl:param name="record" as="map(*)"/>
    <xsl:variable name="header" as="element()?" select="$ed:headers[1]"/>
    <xsl:variable name="file" as="element()?" select="$header/tei:fileDesc[1]"/>
    <xsl:sequence select="
      if (empty($record?licences?*)) then map{'what': 'licence', 'at': path(($file/tei:publicationStmt, $file, $header, $ed:document)[1]),
        'instead': 'publicationStmt has no availability with a licence.'} else (),
      if (not($record?date or $record?date_text)) then map{'what': 'date', 'at': path(($header/tei:profileDesc/tei:creation, $header/tei:profileDesc, $file/tei:sourceDesc, $header, $ed:document)[1]),
        'instead': 'Neither creation nor sourceDesc nor publicationStmt has a date.'} else (),
      if (not($record?language)) then map{'what': 'language', 'at': path(($ed:texts[1], $ed:document)[1]),
        'instead': 'Neither text nor a single language of langUsage says one.'} else ()"/>
  </xsl:function>
</xsl:stylesheet>

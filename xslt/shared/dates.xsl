<?xml version="1.0" encoding="UTF-8"?>
<!-- Dates: what an element says of when (att.datable), as ISO 8601 and in words. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all">

  <!-- The day, month or year a dated element names (att.datable.w3c), its earliest where it names a span; empty otherwise. -->
  <xsl:function name="ed:iso-date" as="xs:string">
    <xsl:param name="date" as="element()?"/>
    <xsl:sequence select="($date/(@when, @from, @notBefore, @when-iso, @from-iso, @notBefore-iso, @to, @notAfter)/ed:day(.)[.], '')[1]"/>
  </xsl:function>

  <!-- “20 January 2022”, “January 2022”, “2022”, “44 BC”, “20 January 2022, 16:00”; what is no such date stays as it is; a day from its beginning to its end needs no hours. The years before
       the first are counted without one that is no year (XML Schema 1.0, that TEI's dates are of): -0044 is 44 BC. -->
  <xsl:function name="ed:date-in-words" as="xs:string">
    <xsl:param name="iso" as="xs:string"/>
    <xsl:variable name="day" as="xs:string" select="ed:day($iso)"/>
    <xsl:variable name="year" as="xs:string" select="replace($day, '^-?0*(\d+).*$', '$1') || ' BC'[starts-with($day, '-')]"/>
    <xsl:variable name="time" as="xs:string?" select="substring-after($iso, 'T')[matches(., '^\d\d:\d\d') and not(matches(., '^(00:00|23:59)'))] ! (', ' || substring(., 1, 5))"/>
    <xsl:sequence select="
      if ($day castable as xs:date) then format-date(xs:date($day), '[D] [MNn] ', 'en', (), ()) || $year || $time
      else if ($day castable as xs:gYearMonth) then format-date(xs:date($day || '-01'), '[MNn] ', 'en', (), ()) || $year
      else if (matches($day, '^-?\d+$')) then $year
      else $iso"/>
  </xsl:function>

  <!-- What an element says of when, taken apart. earliest and latest are ISO 8601 or empty; the time between them is how long it went
       on where "duration" is true, else what is not known more exactly; "words" say all of it but the certainty. Attributes for other
       calendars (att.datable.custom) are read where theirs counts years as ours does. -->
  <xsl:function name="ed:dating" as="map(*)">
    <xsl:param name="element" as="element()?"/>
    <xsl:sequence select="if (exists($element/@*[map:contains($ed:dating-attributes, local-name())])) then ed:dating-taken-apart($element) else $ed:undated"/>
  </xsl:function>

  <xsl:variable name="ed:undated" as="map(*)" select="map{'earliest': '', 'latest': '', 'duration': false(), 'certainty': '', 'words': ''}"/>

  <xsl:variable name="ed:dating-attributes" as="map(xs:string, xs:boolean)" select="map:merge(
    ('cert', 'dur', 'dur-iso', ('when', 'from', 'notBefore', 'to', 'notAfter') ! (., . || '-iso', . || '-custom')) ! map:entry(., true()))"/>

  <xsl:function name="ed:dating-taken-apart" as="map(*)">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="bounds" as="xs:string*" select="$element/(@when, @from, @notBefore, @to, @notAfter, @when-iso, @from-iso, @notBefore-iso, @to-iso, @notAfter-iso)"/>
    <xsl:variable name="custom" as="xs:string?" select="'-custom'[not($element/@datingMethod) or matches($element/@datingMethod, 'julian|gregorian', 'i')]"/>
    <xsl:variable name="value" as="function(xs:string) as xs:string" select="
      function($name) { (for $suffix in ('', '-iso', $custom) return ed:day($element/@*[local-name() = $name || $suffix]))[.][1] => string() }"/>
    <xsl:sequence select="map{
      'earliest': ($value('when'), $value('from'), $value('notBefore'))[.][1] => string(),
      'latest': ($value('when'), $value('to'), $value('notAfter'))[.][1] => string(),
      'duration': exists($element/(@from | @to | @from-iso | @to-iso)),
      'certainty': string($element/@cert),
      'words': if (exists($bounds) or $element/@dur or $element/@dur-iso) then ed:dating-in-words($element) else '' }"/>
  </xsl:function>

  <!-- The day, month or year of an ISO date, without the time of the day and its zone; empty for what is none. -->
  <xsl:function name="ed:day" as="xs:string">
    <xsl:param name="date" as="xs:string?"/>
    <xsl:sequence select="replace(normalize-space($date), '(T.*|Z|[+\-]\d\d:\d\d)$', '')[matches(., '^-?\d{4}(-(0[1-9]|1[0-2])(-([0-2]\d|3[01]))?)?$')] => string()"/>
  </xsl:function>

  <!-- “20 January 2022”, “from … to …”, “between … and …”, “not after …”, “for 3 days”. -->
  <xsl:function name="ed:dating-in-words" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="said" as="function(xs:string) as xs:string?" select="
      function($name) { $element/@*[local-name() = ($name, $name || '-iso')][1] ! ed:date-in-words(normalize-space()) }"/>
    <xsl:variable name="from" as="xs:string?" select="$said('from')"/>
    <xsl:variable name="to" as="xs:string?" select="$said('to')"/>
    <xsl:variable name="after" as="xs:string?" select="$said('notBefore')"/>
    <xsl:variable name="before" as="xs:string?" select="$said('notAfter')"/>
    <xsl:sequence select="string-join((
      $said('when'),
      if ($from and $from eq $to) then $from else if ($from and $to) then 'from ' || $from || ' to ' || $to else ($from ! ('from ' || . || ' on'), $to ! ('until ' || .)),
      if ($after and $after eq $before) then $after else if ($after and $before) then 'between ' || $after || ' and ' || $before else ($after ! ('not before ' || .), $before ! ('not after ' || .)),
      $element/(@dur, @dur-iso)[1] ! ed:duration-in-words(normalize-space())), ', ')"/>
  </xsl:function>

  <!-- “for 2 years and 3 days”; what is no duration of ISO 8601 stays as it is. -->
  <xsl:function name="ed:duration-in-words" as="xs:string">
    <xsl:param name="duration" as="xs:string"/>
    <xsl:variable name="weeks" as="xs:string" select="replace($duration, '^P(\d+)W$', '$1')"/>
    <xsl:variable name="value" as="xs:duration?" select="if ($duration castable as xs:duration) then xs:duration($duration) else ()"/>
    <xsl:variable name="parts" as="xs:string*" select="
      if ($weeks ne $duration) then ed:counted(xs:integer($weeks), 'week')
      else $value ! (ed:counted(years-from-duration(.), 'year'), ed:counted(months-from-duration(.), 'month'), ed:counted(days-from-duration(.), 'day'),
        ed:counted(hours-from-duration(.), 'hour'), ed:counted(minutes-from-duration(.), 'minute'))"/>
    <xsl:sequence select="if (exists($parts)) then 'for ' || string-join($parts, ' and ') else $duration"/>
  </xsl:function>

  <!-- “certainty: medium”; nothing of what is certain or says nothing. -->
  <xsl:function name="ed:certainty-in-words" as="xs:string?">
    <xsl:param name="certainty" as="attribute()?"/>
    <xsl:sequence select="$certainty/normalize-space()[not(. = ('', 'high', '1'))] ! ('certainty: ' || .)"/>
  </xsl:function>

  <xsl:function name="ed:counted" as="xs:string?">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="unit" as="xs:string"/>
    <xsl:sequence select="if ($number eq 0) then () else $number || ' ' || $unit || 's'[$number ne 1]"/>
  </xsl:function>
</xsl:stylesheet>

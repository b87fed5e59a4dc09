<?xml version="1.0" encoding="UTF-8"?>
<!-- Letters (header, HD44CD): who wrote when, from where, to whom. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <!-- What the header says of sending and receiving, a line each, before the text. -->
  <xsl:template name="ed:letter" as="element(dl)?">
    <xsl:variable name="actions" as="element()*" select="$ed:document/tei:teiHeader/tei:profileDesc/tei:correspDesc[1]/tei:correspAction[normalize-space() or tei:date/@*]"/>
    <xsl:if test="exists($actions)">
      <dl class="letter-facts by-edition">
        <xsl:for-each select="$actions">
          <dt>{(map{'sent': 'Sent', 'received': 'Received', 'transmitted': 'Transmitted', 'redirected': 'Redirected', 'forwarded': 'Forwarded'}(string(@type)), @type/string(), 'Letter')[1]}</dt>
          <dd>
            <xsl:sequence select="ed:language-attributes(ed:language(.)[not(. = $ed:texts[1] ! ed:language(.))])"/>
            <xsl:text>{string-join(if (*) then (* except (tei:date | tei:note), tei:date)
              ! (if (self::tei:date and not(normalize-space())) then ed:dating(.)?words else normalize-space(.))[.] else normalize-space(), ', ')}</xsl:text>
          </dd>
        </xsl:for-each>
      </dl>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- One self-contained HTML file: edition/exports/pages.py puts style and fonts into the empty style element. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:x-edition" ed:name="Web page in one file" ed:media-type="text/html" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="shared/taken.xsl"/>
  <xsl:output method="html" html-version="5" indent="no" include-content-type="no"/>

  <xsl:template match="/" as="element(html)">
    <xsl:variable name="document" as="map(*)" select="$ed:context?document"/>
    <html lang="en">
      <head>
        <meta charset="utf-8"/>
        <title>{$document?title} · {$ed:context?edition?title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <xsl:for-each select="$document?authors?*"><meta name="author" content="{.}"/></xsl:for-each>
        <xsl:for-each select="$ed:context?address[.]"><link rel="canonical" href="{.}"/></xsl:for-each>
        <xsl:for-each select="$document?licences?*?target[matches(., '^https?://')]"><link rel="license" href="{ed:iri(.)}"/></xsl:for-each>
        <style></style>
      </head>
      <body class="taken">
        <main>
          <header class="document-head"><xsl:call-template name="ed:front"/></header>
          <xsl:call-template name="ed:contents-list"/>
          <div class="leaf-text">
            <xsl:sequence select="$ed:taken"/>
            <xsl:call-template name="ed:entries"/>
            <xsl:call-template name="ed:colophon"/>
          </div>
        </main>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="ed:contents-list" as="element(nav)?">
    <xsl:variable name="headings" as="element()*" select="$ed:taken//(h2 | h3)[@id][not(ancestor::section[@aria-labelledby])]"/>
    <xsl:if test="count($headings) gt 2">
      <nav class="taken-contents" aria-label="Contents">
        <ul>
          <xsl:for-each select="$headings"><li class="level-{local-name()}"><a href="#{encode-for-uri(@id)}">{normalize-space(string-join(.//text()[not(ancestor::a[@role = 'doc-noteref'])]))}</a></li></xsl:for-each>
        </ul>
      </nav>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>

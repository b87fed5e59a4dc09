<?xml version="1.0" encoding="UTF-8"?>
<!-- The templates of the reading text as a package, which is compiled once for all pages and the registers (pages/, register.xsl, taken.xsl);
     what stands here as public is another thing on each page. A variable of a package has no document of its own: a page says
     which it is (ed:root), and where it has from what is known of it (ed:found). -->
<xsl:package name="urn:x-edition:pages" package-version="1" version="3.0" declared-modes="no"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="reading.xsl"/>

  <xsl:expose component="*" names="*" visibility="final"/>
  <xsl:expose component="mode" names="reading" visibility="public"/>
  <xsl:expose component="variable" names="ed:root ed:up ed:marks ed:block-holders ed:in-parts ed:to-header" visibility="public"/>
  <xsl:expose component="template" names="ed:page ed:letter ed:ways-on ed:fact" visibility="public"/>
  <xsl:expose component="function" visibility="public" names="ed:found#1 ed:way#2 ed:to-part#1 ed:is-passage#1 ed:html-id#1 ed:is-endnote#1
    ed:address#1 ed:heading-words#1 ed:certainty-in-words#1 ed:is-described#1"/>
</xsl:package>

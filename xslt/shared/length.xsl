<?xml version="1.0" encoding="UTF-8"?>
<!-- How long a document may be before it is read in parts. A project that wants other lengths has a file of this name. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <!-- In words of six signs each, so that scripts that write no spaces count as well. -->
  <xsl:variable name="ed:long" as="xs:integer" select="60000"/>
</xsl:stylesheet>

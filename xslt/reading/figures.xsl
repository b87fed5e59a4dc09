<?xml version="1.0" encoding="UTF-8"?>
<!-- figures: tables, figures, formulae. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:template match="tei:figure[ed:holds-block(.) or ed:in(.., $ed:containers)]" mode="reading" as="element(figure)" priority="1">
    <figure>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </figure>
  </xsl:template>

  <xsl:template match="tei:figure | tei:formula | tei:notatedMusic" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- figDesc (FT): what the picture shows, in words, for those who do not see it. -->
  <xsl:template match="tei:figDesc" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <xsl:template match="tei:table" mode="reading" as="element(div)">
    <div class="table-scroll" tabindex="0" role="region" aria-label="{(tei:head[1]/ed:plain-text(.), 'Table')[.][1]}">
      <table>
        <xsl:call-template name="ed:attributes"/>
        <xsl:if test="tei:head">
          <caption><xsl:apply-templates select="tei:head" mode="reading"/></caption>
        </xsl:if>
        <tbody><xsl:apply-templates select="* except tei:head" mode="reading"/></tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template match="tei:row" mode="reading" as="element(tr)">
    <tr>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates select="*" mode="reading"/>
    </tr>
  </xsl:template>

  <xsl:template match="tei:cell" mode="reading" as="element()">
    <xsl:element name="{if (@role = 'label' or ../@role = 'label') then 'th' else 'td'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:for-each select="@cols[matches(., '^[1-9]\d{0,2}$')]"><xsl:attribute name="colspan" select="."/></xsl:for-each>
      <xsl:for-each select="@rows[matches(., '^[1-9]\d{0,2}$')]"><xsl:attribute name="rowspan" select="."/></xsl:for-each>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- figures: tables, figures, images, formulae, music. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:m="http://www.w3.org/1998/Math/MathML" xmlns:ed="urn:x-edition"
  exclude-result-prefixes="#all" expand-text="yes">

  <!-- figure (FTGRA): a figure with its heading. -->
  <xsl:template match="tei:figure[ed:holds-block(.) or ed:in(.., $ed:containers)]" mode="reading" as="element(figure)" priority="1">
    <figure>
      <xsl:call-template name="ed:attributes"/>
      <xsl:apply-templates mode="reading"/>
    </figure>
  </xsl:template>

  <!-- figure among words (FTGRA). -->
  <xsl:template match="tei:figure" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- figDesc (FTGRA): what the picture shows, in words. -->
  <xsl:template match="tei:figDesc" mode="reading" as="element()">
    <xsl:call-template name="ed:inline"/>
  </xsl:template>

  <!-- graphic (COGR): the image that lies beside the TEI; where it does not, that it is missing (the site takes that away: edition/images.py). -->
  <xsl:template match="tei:graphic[map:contains($ed:local-images, generate-id())]" mode="reading" as="element(span)" priority="1">
    <span>
      <xsl:call-template name="ed:attributes"/>
      <span class="image-place by-edition" data-image="{$ed:local-images(generate-id())}">[image, which is missing: {replace(ed:local-address(@url), '^.*/', '')}]</span>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </span>
  </xsl:template>

  <!-- graphic, media (COGR): a link to the image or recording; nothing is fetched from elsewhere. -->
  <xsl:template match="tei:graphic | tei:media" mode="reading" as="element(span)">
    <xsl:variable name="address" as="xs:string?" select="ed:image-address(@url)"/>
    <span>
      <xsl:call-template name="ed:attributes"/>
      <span class="by-edition">
        <xsl:text>[</xsl:text>
        <xsl:choose>
          <xsl:when test="$address and not(ancestor::tei:ref)">
            <xsl:call-template name="ed:image-link">
              <xsl:with-param name="address" select="$address"/>
              <xsl:with-param name="of" select="(../tei:head, ../tei:figDesc, tei:desc)[normalize-space()][1] ! ('“' || ed:shortened(normalize-space()) || '”')"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:otherwise>{ed:image-word(.)}{@url[matches(., '^[^:]*$')] ! (': ' || replace(., '^.*/', ''))}</xsl:otherwise>
        </xsl:choose>
        <xsl:text>]</xsl:text>
      </span>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </span>
  </xsl:template>

  <xsl:function name="ed:image-word" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="if ($node/self::tei:media) then 'recording' else if ($node/self::tei:notatedMusic) then 'music' else 'image'"/>
  </xsl:function>

  <!-- A link to an image: of what, for those who listen; a manifest or a service of images (IIIF) is called so. Of what a service has,
       also a link to a small image: nothing is fetched from elsewhere before a reader asks for it. -->
  <xsl:template name="ed:image-link" as="node()+">
    <xsl:param name="address" as="xs:string" required="yes"/>
    <xsl:param name="of" as="xs:string?"/>
    <a class="image-link" href="{$address}">
      <xsl:text>{if (matches($address, '/manifests?([./][^?#]*)?$')) then 'IIIF manifest' else if (matches($address, '/info\.json$')) then 'IIIF ' || ed:image-word(.) else ed:image-word(.)}</xsl:text>
      <xsl:if test="$of"><span class="visually-hidden"> of {$of}</span></xsl:if>
    </a>
    <xsl:for-each select="ed:small-image($address)">
      <xsl:text>, </xsl:text>
      <a class="image-link" href="{.}">small<span class="visually-hidden"> image{$of ! (' of ' || .)}</span></a>
    </xsl:for-each>
  </xsl:template>

  <!-- The address of a small image, where a service is named (IIIF Image API: {{region}}/{{size}}/{{rotation}}/{{quality}}.{{format}}). -->
  <xsl:function name="ed:small-image" as="xs:string?">
    <xsl:param name="address" as="xs:string"/>
    <xsl:variable name="service" as="xs:string" select="'/(full|square|(pct:)?[\d.]+,[\d.]+,[\d.]+,[\d.]+)/[^/?#]+/(!?[\d.]+)/(default|native|color|gray|bitonal)(\.\w+)?$'"/>
    <xsl:sequence select="if (matches($address, '/info\.json$')) then replace($address, 'info\.json$', 'full/!200,200/0/default.jpg')
      else $address[matches(., $service)] ! replace(., $service, '/$1/!200,200/$3/$4.jpg')"/>
  </xsl:function>

  <!-- Where the image of a page is shown that lies beside the TEI; where it does not, nothing is. -->
  <xsl:template name="ed:page-image" as="element(span)?">
    <xsl:for-each select="$ed:local-images(generate-id())">
      <span class="page-image by-edition" data-image="{.}"></span>
    </xsl:for-each>
  </xsl:template>

  <!-- The address of the image that @facs points to: an address of the web, or that of the first graphic of what it points to here. -->
  <xsl:function name="ed:image" as="xs:string?">
    <xsl:param name="facs" as="attribute()"/>
    <xsl:sequence select="(ed:pictures($facs) ! ed:image-address(.))[1]"/>
  </xsl:function>

  <!-- Only addresses of the web: where other files lie, the page does not know. -->
  <xsl:function name="ed:image-address" as="xs:string?">
    <xsl:param name="address" as="attribute()?"/>
    <xsl:sequence select="tokenize($address)[1][matches(., '^https?://[^/]', 'i')]"/>
  </xsl:function>

  <!-- formula (FTFOR): MathML as mathematics; another notation as it is written. -->
  <xsl:template match="tei:formula" mode="reading" as="element()">
    <xsl:choose>
      <xsl:when test="m:math"><xsl:call-template name="ed:inline"/></xsl:when>
      <xsl:when test="@notation[normalize-space()] and not(*)">
        <code>
          <xsl:call-template name="ed:attributes"/>
          <xsl:apply-templates mode="reading"/>
          <xsl:call-template name="ed:permalink"/>
        </code>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="ed:inline"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- MathML: the elements that show mathematics, with attributes that can do no harm. -->
  <xsl:template match="m:math | m:mrow | m:mi | m:mn | m:mo | m:ms | m:mspace | m:mtext | m:mfrac | m:msqrt | m:mroot | m:mstyle | m:merror | m:mpadded | m:mphantom
    | m:msub | m:msup | m:msubsup | m:munder | m:mover | m:munderover | m:mmultiscripts | m:mprescripts | m:none | m:mtable | m:mtr | m:mtd" mode="reading" as="element()">
    <xsl:element name="{local-name()}">
      <xsl:for-each select="@display[. = ('block', 'inline')] | @mathvariant[. = 'normal'] | @stretchy[. = ('true', 'false')] | @columnspan[matches(., '^\d+$')] | @rowspan[matches(., '^\d+$')]">
        <xsl:attribute name="{local-name()}" select="."/>
      </xsl:for-each>
      <xsl:apply-templates mode="reading"/>
    </xsl:element>
  </xsl:template>

  <!-- mfenced, as browsers no longer know it: its parts in parentheses, commas between them. -->
  <xsl:template match="m:mfenced" mode="reading" as="element(mrow)">
    <mrow>
      <mo>{(@open, '(')[1]}</mo>
      <xsl:for-each select="*">
        <xsl:if test="position() gt 1"><mo>,</mo></xsl:if>
        <xsl:apply-templates select="." mode="reading"/>
      </xsl:for-each>
      <mo>{(@close, ')')[1]}</mo>
    </mrow>
  </xsl:template>

  <!-- notatedMusic (FTNM): a link to the music, and its words. -->
  <xsl:template match="tei:notatedMusic" mode="reading" as="element()">
    <xsl:variable name="address" as="xs:string?" select="(tei:ptr/@target, tei:ref/@target, tei:graphic/@url) ! ed:image-address(.)"/>
    <xsl:element name="{if (ed:holds-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="ed:attributes"/>
      <span class="by-edition">
        <xsl:text>[</xsl:text>
        <xsl:choose>
          <xsl:when test="$address and not(ancestor::tei:ref)"><xsl:call-template name="ed:image-link"><xsl:with-param name="address" select="$address[1]"/></xsl:call-template></xsl:when>
          <xsl:otherwise>music</xsl:otherwise>
        </xsl:choose>
        <xsl:text>] </xsl:text>
      </span>
      <xsl:apply-templates mode="reading"/>
    </xsl:element>
  </xsl:template>

  <!-- The tables of the document, by generate-id their number. -->
  <xsl:variable name="ed:table-numbers" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each select="$ed:root//tei:table"><xsl:map-entry key="generate-id()" select="position()"/></xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <!-- table (FTTAB): a table that can be scrolled, its heading the caption. -->
  <xsl:template match="tei:table" mode="reading" as="element(div)">
    <div class="table-scroll" tabindex="0" role="region" aria-label="{string-join(('Table ' || $ed:table-numbers(generate-id()), tei:head[1]/ed:shortened(ed:plain-text(.))[.]), ': ')}">
      <table>
        <xsl:call-template name="ed:attributes"/>
        <xsl:if test="tei:head">
          <caption><xsl:apply-templates select="tei:head" mode="reading"/></caption>
        </xsl:if>
        <tbody>
          <xsl:for-each select="(* | text()[normalize-space()]) except tei:head">
            <xsl:choose>
              <xsl:when test="self::tei:row"><xsl:apply-templates select="." mode="reading"/></xsl:when>
              <xsl:otherwise><tr><td><xsl:apply-templates select="." mode="reading"/></td></tr></xsl:otherwise>
            </xsl:choose>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

  <!-- row (FTTAB): a row; what is no cell has one of its own. -->
  <xsl:template match="tei:table/tei:row" mode="reading" as="element(tr)" priority="1">
    <tr>
      <xsl:call-template name="ed:attributes"/>
      <xsl:for-each select="* | text()[normalize-space()]">
        <xsl:choose>
          <xsl:when test="self::tei:cell"><xsl:apply-templates select="." mode="reading"/></xsl:when>
          <xsl:otherwise><td><xsl:apply-templates select="." mode="reading"/></td></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </tr>
  </xsl:template>

  <!-- cell (FTTAB): a cell as wide and high as it says; a label heads its row or column. -->
  <xsl:template match="tei:table/tei:row/tei:cell" mode="reading" as="element()" priority="1">
    <xsl:element name="{if (@role = 'label' or ../@role = 'label') then 'th' else 'td'}">
      <xsl:call-template name="ed:attributes"/>
      <xsl:if test="@role = 'label' or ../@role = 'label'"><xsl:attribute name="scope" select="if (../@role = 'label') then 'col' else 'row'"/></xsl:if>
      <xsl:for-each select="@cols[matches(., '^[1-9]\d{0,2}$')]"><xsl:attribute name="colspan" select="."/></xsl:for-each>
      <xsl:for-each select="@rows[matches(., '^[1-9]\d{0,2}$')]"><xsl:attribute name="rowspan" select="."/></xsl:for-each>
      <xsl:apply-templates mode="reading"/>
      <xsl:call-template name="ed:permalink"/>
    </xsl:element>
  </xsl:template>

  <!-- row, cell without a table (FTTAB): blocks. -->
  <xsl:template match="tei:row | tei:cell" mode="reading" as="element(div)">
    <xsl:call-template name="ed:block"/>
  </xsl:template>
</xsl:stylesheet>

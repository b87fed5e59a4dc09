<?xml version="1.0" encoding="UTF-8"?>
<!-- Language tags: as BCP 47 wants them, and in which direction the script runs. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <!-- A tag with the shorter of two codes, as BCP 47 (2.2.1) wants it and browsers need it: de for deu and ger; the tag of a language that is
       named in English instead. Empty for none, and for what can be no tag: a language has two or three letters there. -->
  <xsl:function name="ed:language-tag" as="xs:string">
    <xsl:param name="given" as="xs:string?"/>
    <xsl:variable name="tag" as="xs:string" select="translate(normalize-space($given), '_', '-')"/>
    <xsl:variable name="first" as="xs:string" select="if (contains($tag, '-')) then substring-before($tag, '-') else $tag"/>
    <xsl:variable name="short" as="xs:string?" select="($ed:short-codes(lower-case($first)), $first[matches(., '^[A-Za-z]{2,3}$')])[1]"/>
    <xsl:sequence select="if ($short) then $short || substring($tag, 1 + string-length($first)) else ''"/>
  </xsl:function>

  <!-- ISO 639-2, bibliographic and terminological codes, and names in English → ISO 639-1. -->
  <xsl:variable name="ed:short-codes" as="map(xs:string, xs:string)" select="map:merge(
    tokenize('ara:ar arm:hy hye:hy baq:eu eus:eu bel:be bos:bs bul:bg cat:ca ces:cs cze:cs chi:zh zho:zh cym:cy wel:cy dan:da deu:de ger:de
      ell:el gre:el eng:en epo:eo est:et fas:fa per:fa fin:fi fra:fr fre:fr geo:ka kat:ka gla:gd gle:ga glg:gl heb:he hin:hi hrv:hr
      hun:hu ice:is isl:is ind:id ita:it jpn:ja kaz:kk kir:ky kor:ko lat:la lav:lv lit:lt ltz:lb mac:mk mkd:mk may:ms msa:ms mon:mn nep:ne
      nld:nl dut:nl nno:nn nob:nb nor:no oci:oc pol:pl por:pt ron:ro rum:ro rus:ru san:sa slk:sk slo:sk slv:sl sot:st spa:es sqi:sq alb:sq
      srp:sr swe:sv tam:ta tat:tt tgk:tg tha:th tib:bo bod:bo tuk:tk tur:tr uig:ug ukr:uk urd:ur uzb:uz vie:vi yid:yi
      arabic:ar armenian:hy chinese:zh czech:cs danish:da dutch:nl english:en french:fr german:de greek:el hebrew:he hungarian:hu italian:it
      japanese:ja latin:la norwegian:no polish:pl portuguese:pt russian:ru sanskrit:sa spanish:es swedish:sv syriac:syr turkish:tr')
    ! map:entry(substring-before(., ':'), substring-after(., ':')))"/>

  <!-- rtl for the scripts that are, unless the tag says the text is transliterated. -->
  <xsl:function name="ed:direction" as="xs:string">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize(lower-case($tag), '-')"/>
    <xsl:variable name="right-to-left" as="xs:string*" select="tokenize('ar arc dv fa he ota phn ps sd syc syr ug ur yi')"/>
    <xsl:sequence select="if ($parts = ('arab', 'hebr', 'syrc') or $parts[1] = $right-to-left and not($parts = ('latn', 'cyrl'))) then 'rtl' else 'ltr'"/>
  </xsl:function>

  <!-- What a browser needs to know of a language; nothing of what is no language tag. -->
  <xsl:function name="ed:language-attributes" as="attribute()*">
    <xsl:param name="tag" as="xs:string?"/>
    <xsl:if test="matches($tag, '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$')">
      <xsl:attribute name="lang" select="$tag"/>
      <xsl:attribute name="dir" select="ed:direction($tag)"/>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>

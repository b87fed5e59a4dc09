<?xml version="1.0" encoding="UTF-8"?>
<!-- What a file declares and where it points: its ids, and its pointers in so far as they can be judged from within the edition.
     Guidelines: SA (linking), and every attribute whose values are of the datatype teidata.pointer. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:eg="http://www.tei-c.org/ns/Examples"
  xmlns:ed="urn:x-edition" exclude-result-prefixes="#all">

  <!-- Attributes that hold pointers, on whatever element they stand. -->
  <xsl:variable name="ed:pointing" as="map(xs:string, xs:boolean)" select="ed:set('
    adj adjFrom adjTo ana calendar change children copyOf corresp datingMethod datingPoint decls domains edRef exclude facs fVal feats
    follow given hand inst lemmaRef mergedIn mutual next nymRef origin parts period perf prev ref rendition replyTo resp sameAs
    scribeRef scriptRef select since source spanTo synch target targetEnd toWhom unitRef url where who wit')"/>

  <!-- Attributes that hold pointers on these elements alone; on others they hold dates, numbers or names. -->
  <xsl:variable name="ed:pointing-on" as="map(xs:string, xs:string*)" select="map{
    'active': 'relation', 'passive': 'relation', 'class': ('msContents', 'msItem', 'msItemStruct'), 'code': ('occupation', 'socecStatus'),
    'from': ('app', 'arc', 'rt', 'span'), 'to': ('app', 'arc', 'rt', 'span'), 'new': 'handShift', 'parent': ('iNode', 'leaf'),
    'scheme': ('catRef', 'classCode', 'keywords', 'locus', 'locusGrp', 'occupation', 'socecStatus'),
    'start': ('annotationBlock', 'incident', 'kinesic', 'pause', 'u', 'vocal', 'writing'),
    'end': ('annotationBlock', 'incident', 'kinesic', 'pause', 'u', 'vocal', 'writing') }"/>

  <xsl:function name="ed:is-pointer" as="xs:boolean">
    <xsl:param name="attribute" as="attribute()"/>
    <xsl:variable name="name" as="xs:string" select="name($attribute)"/>
    <xsl:sequence select="map:contains($ed:pointing, $name) or $ed:pointing-on($name) = local-name($attribute/..)"/>
  </xsl:function>

  <!-- The pointers of the edition's own elements (those in an egXML are examples), a pair of attribute and token each. -->
  <xsl:variable name="ed:pointers" as="map(xs:string, item())*" select="
    for $attribute in $ed:root//tei:*/@*[ed:is-pointer(.)], $token in tokenize($attribute) return map{'token': $token, 'attribute': $attribute}"/>

  <!-- Where a file points outside itself: relative addresses alone, each once, with the place of the first and the number of all.
       An address with a scheme or a prefix, or from the root of a site, is not the edition's to judge; nor is one below @xml:base. -->
  <xsl:function name="ed:pointers-out" as="map(*)*">
    <xsl:for-each-group select="$ed:pointers[not(matches(?token, '^(#|/|[A-Za-z][A-Za-z0-9+.\-]*:)'))][not(?attribute/ancestor::*/@xml:base)]" group-by="?token">
      <xsl:sequence select="ed:pointer(current-grouping-key(), current-group())"/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Where a file points at an id of its own that it does not have. A fragment with parentheses is an XPointer and not looked up;
       what came by inclusion, below an @xml:base of its own, may mean the file it is from. -->
  <xsl:function name="ed:dangling" as="map(*)*">
    <xsl:for-each-group select="$ed:pointers[matches(?token, '^#[^()]+$')][not(?attribute/ancestor::*[@xml:base[not(contains(., ':'))]] except $ed:document)]" group-by="?token">
      <xsl:if test="empty(key('ed:by-id', substring(current-grouping-key(), 2), $ed:root))">
        <xsl:sequence select="ed:pointer(current-grouping-key(), current-group())"/>
      </xsl:if>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="ed:pointer" as="map(*)">
    <xsl:param name="token" as="xs:string"/>
    <xsl:param name="uses" as="map(xs:string, item())+"/>
    <xsl:sequence select="map{'target': $token, 'attribute': name($uses[1]?attribute), 'at': path($uses[1]?attribute/..), 'count': count($uses),
      'sort': if (name($uses[1]?attribute) = ('url', 'facs')) then 'image' else if (name($uses[1]?attribute) = 'ref' or ed:says-who($uses[1]?attribute)) then 'name' else ''}"/>
  </xsl:function>

  <!-- Whether an attribute says who speaks: shared/mentions.xsl takes that for a name. -->
  <xsl:function name="ed:says-who" as="xs:boolean">
    <xsl:param name="attribute" as="attribute()"/>
    <xsl:sequence select="name($attribute) = 'who' and local-name($attribute/..) = ('sp', 'u', 'post', 'said', 'q')"/>
  </xsl:function>

  <!-- The elements that have an id; those of examples are not the file's. -->
  <xsl:variable name="ed:identified" as="element()*" select="$ed:root//*[@xml:id][not(self::eg:*)]"/>

  <!-- An id given again: where, and where it was given first. -->
  <xsl:function name="ed:doubled" as="map(*)*">
    <xsl:for-each-group select="$ed:identified" group-by="string(@xml:id)">
      <xsl:variable name="first" as="element()" select="current-group()[1]"/>
      <xsl:sequence select="tail(current-group()) ! map{'id': current-grouping-key(), 'at': path(), 'first': path($first)}"/>
    </xsl:for-each-group>
  </xsl:function>
</xsl:stylesheet>

"""The rules of the edition: for each, what breaks it and what keeps it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree, isoschematron

from edition.settings import HOME
from edition.transform import Rules, Transformer
from edition.validate import parse

SCHEMATRON = HOME / "tei" / "schema" / "edition.sch"
XML_MODEL = '<?xml-model href="../schema/edition.{}" type="application/xml"?>'
MODELS = XML_MODEL.format("rng") + XML_MODEL.format("sch")
TEI = '{models}<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff>{apart}</standOff><text><body>{body}</body></text></TEI>'

NOT_NORMALISED = 'ana="../edition.xml#not-normalised"'
REASON = '<note target="#a-d1">Not normalised: relative order only.</note>'
PREFERRED = '<placeName type="preferred">Almaty</placeName>'


def passage(content: str) -> str:
    return f'<p xml:id="a.p1">{content}</p>'


def parallel(target: str, desc: str = "<desc>gas</desc>") -> str:
    return f'<linkGrp type="parallel">{desc}<link target="{target}"/></linkGrp>'


def entry(names: str = PREFERRED, key: str = 'xml:id="pl-almaty"') -> str:
    return f"<listPlace><place {key}>{names}</place></listPlace>"


def idno(kind: str, value: str) -> str:
    return entry(f'{PREFERRED}<idno type="{kind}">{value}</idno>')


def geo(value: str) -> str:
    return entry(f"{PREFERRED}<location><geo>{value}</geo></location>")


BROKEN = [
    # rule, what of the message, body, stand-off part
    ("passage-id", "This p is a passage and has no xml:id: “A lamp.”", "<p>A lamp.</p>", ""),
    ("passage-id", "This head is a passage", "<div><head>A lamp.</head></div>", ""),
    ("passage-id", "This note is a passage", passage('A<note place="foot" n="1">B</note>'), ""),
    ("passage-id", "This quote is a passage", "<epigraph><cit><quote>A lamp.</quote></cit></epigraph>", ""),
    ("words", "This persName holds no words", passage('<persName ref="#a">, </persName>'), ""),
    ("words", "This quote holds no words", passage("<quote/>"), ""),
    ("words", "This placeName holds no words", "", entry(PREFERRED + "<placeName> </placeName>")),
    ("when-or-span", 'when="2022" is one point in time; notAfter', passage('<date when="2022" notAfter="2022">2022</date>'), ""),
    (
        "bounds-order",
        'notBefore="2022-01" is later than notAfter="2021-12-31"',
        "",
        '<date notBefore="2022-01" notAfter="2021-12-31">A</date>',
    ),
    ("bounds-order", 'notBefore="2017" is later', "", '<date notBefore="2017" notAfter="2016-01-05">A</date>'),
    ("span-order", 'from="2022-01-05" is later than to="2022-01-04"', "", '<date from="2022-01-05" to="2022-01-04">A</date>'),
    ("date-or-mark", "“at times” has neither a calendar date", passage("<date>at times</date>"), ""),
    (
        "date-and-mark",
        "marked as not normalised, yet has when, dur",
        passage(f'<date xml:id="a-d1" when="2022" dur="P1Y" {NOT_NORMALISED}>A</date>'),
        REASON,
    ),
    ("mark-explained", 'the note needs target="#a-d2"', passage(f'<date xml:id="a-d2" {NOT_NORMALISED}>at times</date>'), REASON),
    ("mark-explained", 'the note needs target="#…"', passage(f"<date {NOT_NORMALISED}>at times</date>"), REASON),
    (
        "date-category",
        'ana="../edition.xml#metonym" of “2022”',
        passage('<date when="2022" ana="../edition.xml#metonym">2022</date>'),
        "",
    ),
    (
        "metonym-marked",
        "“Moscow” stands for ../o.xml#org-a",
        passage('<placeName ref="#a" corresp="../o.xml#org-a">Moscow</placeName>'),
        "",
    ),
    ("metonym-category", 'ana="#metonym" of “Moscow”', passage('<placeName ref="#a" ana="#metonym">Moscow</placeName>'), ""),
    (
        "metonym-category",
        "of “Moscow”: a place name has one of",
        passage('<placeName ana="../edition.xml#metonym ../edition.xml#metonym-arguable">Moscow</placeName>'),
        "",
    ),
    ("rs-type", "“the president” does not say what it refers to", passage('<rs ref="#a">the president</rs>'), ""),
    ("rs-ref", "“the president” is of type “person” and points to no entry", passage('<rs type="person">the president</rs>'), ""),
    ("rs-event", "The event “riots” has no xml:id", passage('<rs type="event">riots</rs>'), ""),
    ("cert-of", 'cert="low" of “Almaty” says nothing', passage('<placeName cert="low">Almaty</placeName>'), ""),
    ("cert-of", 'cert="low" of “2022” says nothing', "", '<note><date cert="low">2022</date></note>'),
    ("choice-pair", "this one holds sic.", passage("<choice><sic>Oreno</sic></choice>"), ""),
    ("choice-pair", "this one holds sic, corr, corr", passage("<choice><sic>A</sic><corr>B</corr><corr>C</corr></choice>"), ""),
    ("choice-pair", "this one holds nothing", passage("<choice/>"), ""),
    ("choice-differs", "The correction “Orano” is the same", passage("<choice><sic>Orano</sic><corr>Orano </corr></choice>"), ""),
    ("note-resp", "resp is missing", passage('A<note type="editorial" xml:id="a.ed1">B</note>'), ""),
    ("note-marker", "n is missing", passage('A<note place="foot" xml:id="a.fn1">B</note>'), ""),
    ("parallel-desc", "desc is missing", passage("A"), parallel("#a.p1 b.xml#b.p1", "<desc> </desc>")),
    ("parallel-two", 'target="#a.p1" names 1', passage("A"), parallel("#a.p1")),
    ("parallel-documents", "all of one: b.xml#b.p1 b.xml#b.p2", "", parallel("b.xml#b.p1 b.xml#b.p2")),
    ("parallel-once", "names b.xml#b.p1 more than once", passage("A"), parallel("b.xml#b.p1 #a.p1 b.xml#b.p1")),
    ("parallel-here", "names #a.p2, which", passage("A"), parallel("#a.p1 #a.p2 b.xml#b.p1")),
    ("entry-id", "This place cannot be pointed to, it has no xml:id: “Almaty”", "", entry(key="")),
    (
        "entry-prefix",
        'xml:id="place-almaty": the identifier of a place begins with “pl-”',
        "",
        entry(key='xml:id="place-almaty"'),
    ),
    ("entry-preferred", "“pl-almaty” has 0", "", entry("<placeName>Almaty</placeName>")),
    ("entry-preferred", "“pl-almaty” has 2", "", entry(PREFERRED + PREFERRED)),
    ("idno-type", 'type="wikidata" of an idno: the types known are Wikidata, GeoNames', "", idno("wikidata", "Q232")),
    ("idno-form", "“232” is no identifier of Wikidata: one looks like Q232", "", idno("Wikidata", "232")),
    ("idno-form", "“Q232” is no identifier of GeoNames: one looks like 1522867", "", idno("GeoNames", "Q232")),
    ("idno-form", "“kz” is no identifier of ISO3166-1: one looks like KZ", "", idno("ISO3166-1", "kz")),
    ("idno-form", "“118578537X1” is no identifier of GND", "", idno("GND", "118578537X1")),
    ("geo-numbers", "“43.34116, 52.86192” is no pair", "", geo("43.34116, 52.86192")),
    ("geo-numbers", "“43.34116” is no pair", "", geo("43.34116")),
    ("geo-numbers", "is no pair", "", geo("43.3 52.8 100")),
    ("geo-range", "“143.3 52.8” lies outside the globe", "", geo("143.3 52.8")),
    ("geo-range", "“43.3 -180.5” lies outside the globe", "", geo("43.3 -180.5")),
]

KEPT = [
    # body, stand-off part
    ('<p xml:id="a.p1">A lamp.</p><list><item xml:id="a.i1">One.</item><item><p xml:id="a.p2">Two.</p></item></list>', ""),
    (passage('A<note type="editorial" resp="../edition.xml#editors" xml:id="a.ed1"><p>B</p></note>'), ""),
    (passage('A<note place="foot" n="[1]" xml:id="a.fn1">B</note>'), ""),
    ('<epigraph><cit><quote xml:id="a.ep1">“A lamp.”</quote><bibl xml:id="a.ep2">B</bibl></cit></epigraph>', ""),
    (passage('<date when="2022-01-05" cert="high">5 January</date> <date dur="P30Y">30 years</date>'), ""),
    (passage('<date from="2011" to="2011">2011</date> <date notAfter="1991">before</date>'), ""),
    (passage('<date notBefore="2016" notAfter="2016-01-05">A</date> <date notBefore="2016-01-05" notAfter="2016">B</date>'), ""),
    (passage(f'<date xml:id="a-d1" {NOT_NORMALISED}>at times</date>'), REASON),
    (passage(f'<date xml:id="a-d1" {NOT_NORMALISED}>at times</date>'), '<note target="#a-d0 #a-d1">Why.</note>'),
    ("", '<note target="#a-d1"><date notBefore="2011-12-16" notAfter="2011-12-31" cert="low">16–31 December 2011</date></note>'),
    (passage('<placeName ref="#a" ana="../../edition.xml#metonym" corresp="../o.xml#org-a">Moscow</placeName>'), ""),
    (passage('<placeName ref="#a" ana="../edition.xml#metonym-arguable" cert="low">Moscow</placeName>'), ""),
    (passage('<rs type="person" ref="#a">the president</rs> <rs type="event" xml:id="a-d1">riots</rs>'), ""),
    (passage('<choice><sic>Oreno</sic><corr cert="high">Orano</corr></choice> <choice><sic>””</sic><corr>”</corr></choice>'), ""),
    (passage("A"), parallel("#a.p1 b.xml#b.p1 b.xml#b.p2")),
    ("", entry()),
    (
        "",
        '<listPerson><person xml:id="pers-a"><persName type="preferred">A</persName><persName>B</persName></person></listPerson>',
    ),
    ("", '<listPerson><personGrp xml:id="grp-a"><persName type="preferred">A</persName></personGrp></listPerson>'),
    ("", '<listBibl><bibl xml:id="bibl-a"><title type="preferred">A</title><bibl type="evidence">B</bibl></bibl></listBibl>'),
    *(("", idno(kind, value)) for kind, value in [("Wikidata", "Q1000852"), ("GeoNames", "607610"), ("GND", "4073387-3")]),
    *(("", idno(kind, value)) for kind, value in [("ISO3166-1", "KZ"), ("ISO3166-2", "CN-XJ"), ("ISO3166-3", "SUHH")]),
    *(("", idno(kind, value)) for kind, value in [("VIAF", "49228757"), ("UN-M49", "143"), ("GND", "118578537")]),
    ("", geo("43.34116 52.86192")),
    ("", geo(" -90\n 180 ")),
]


@pytest.fixture(scope="module")
def rules(transformer: Transformer) -> Rules:
    return transformer.rules(SCHEMATRON)


def broken(rules: Rules, body: str, apart: str, models: str = MODELS) -> list[tuple[str, str]]:
    """Which rules a document breaks, and what they say."""
    tree = parse(TEI.format(models=models, apart=apart, body=body).encode(), "document.xml")
    return [(report["id"], report["message"]) for report in rules.reports(tree)]


@pytest.mark.parametrize(("rule", "says", "body", "apart"), BROKEN)
def test_what_breaks_a_rule_breaks_no_other(rules: Rules, rule: str, says: str, body: str, apart: str) -> None:
    [(name, message)] = broken(rules, body, apart)
    assert name == rule
    assert says in message


@pytest.mark.parametrize(("body", "apart"), KEPT)
def test_what_keeps_the_rules(rules: Rules, body: str, apart: str) -> None:
    assert broken(rules, body, apart) == []


@pytest.mark.parametrize(("rule", "kept"), [("schema-grammar", "sch"), ("schema-rules", "rng")])
def test_a_file_names_its_schemas(rules: Rules, rule: str, kept: str) -> None:
    assert [name for name, _ in broken(rules, "", "", XML_MODEL.format(kept))] == [rule]


def test_each_rule_has_a_name_and_is_broken_by_a_test() -> None:
    schema = etree.parse(SCHEMATRON)
    names = [
        rule.get("id") for kind in ("assert", "report") for rule in schema.iter(f"{{http://purl.oclc.org/dsdl/schematron}}{kind}")
    ]
    assert set(names) == {rule for rule, *_ in BROKEN} | {"schema-grammar", "schema-rules"}


def test_the_rules_are_schematron_to_others_too() -> None:
    assert isoschematron.schematron_schema_valid(etree.parse(SCHEMATRON))


@pytest.mark.parametrize("file", sorted((HOME / "tei").rglob("*.xml")), ids=lambda file: file.name)
def test_the_edition_keeps_its_rules(rules: Rules, file: Path) -> None:
    assert rules.findings(parse(file.read_bytes(), str(file))) == []

"""A RELAX NG schema judges documents as its specification says, and tells an editor where and why."""

from __future__ import annotations

import contextlib
import copy
import random
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from lxml import etree

from edition.relaxng.grammar import Fault, Grammar, GrammarError
from edition.validate import Unreadable, parse

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
LETTERS = f"""
<grammar {RNG} ns="urn:letters" xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0">
  <a:documentation>Letters, small enough to be read.</a:documentation>
  <start combine="choice"><ref name="letter"/></start>
  <start combine="choice"><element name="letters"><oneOrMore><ref name="letter"/></oneOrMore></element></start>
  <define name="letter">
    <element name="letter">
      <ref name="common"/>
      <element name="header">
        <element name="title"><ref name="phrases"/></element>
        <zeroOrMore><element name="author"><ref name="phrases"/></element></zeroOrMore>
        <interleave>
          <element name="source"><text/></element>
          <optional><element name="licence"><attribute name="target"><data type="anyURI"/></attribute><text/></element></optional>
        </interleave>
      </element>
      <ref name="division"/>
    </element>
  </define>
  <define name="division">
    <element name="div">
      <ref name="common"/>
      <optional><element name="head"><ref name="phrases"/></element></optional>
      <choice>
        <oneOrMore><choice><ref name="p"/><ref name="list"/><ref name="num"/></choice></oneOrMore>
        <oneOrMore><ref name="division"/></oneOrMore>
      </choice>
      <optional><element name="closer"><ref name="phrases"/></element></optional>
    </element>
  </define>
  <define name="p"><element name="p"><ref name="common"/><ref name="phrases"/></element></define>
  <define name="list">
    <choice>
      <element name="list"><attribute name="type"><value>gloss</value></attribute>
        <oneOrMore><element name="label"><text/></element><element name="item"><ref name="phrases"/></element></oneOrMore>
      </element>
      <element name="list"><optional><attribute name="type"><value>bulleted</value></attribute></optional>
        <oneOrMore><element name="item"><ref name="phrases"/></element></oneOrMore>
      </element>
    </choice>
  </define>
  <define name="num">
    <element name="num">
      <data type="nonNegativeInteger">
        <param name="maxInclusive">99</param><except><value type="integer">13</value></except>
      </data>
    </element>
  </define>
  <define name="phrases">
    <zeroOrMore>
      <choice>
        <text/>
        <element name="persName"><ref name="common"/>
          <optional><attribute name="ref"><ref name="pointers"/></attribute></optional>
          <ref name="phrases"/>
        </element>
        <element name="date">
          <choice>
            <attribute name="when"><choice><data type="date"/><data type="gYear"/></choice></attribute>
            <group>
              <attribute name="from"><data type="date"/></attribute><attribute name="to"><data type="date"/></attribute>
            </group>
            <empty/>
          </choice>
          <text/>
        </element>
        <element name="choice">
          <element name="sic"><ref name="phrases"/></element>
          <element name="corr">
            <optional>
              <attribute name="cert">
                <choice><value>high</value><value>medium</value><value>low</value><value>unknown</value></choice>
              </attribute>
            </optional>
            <ref name="phrases"/>
          </element>
        </element>
        <element name="rs"><attribute name="type"/><ref name="phrases"/></element>
        <element name="lb"><empty/></element>
        <element><anyName><except><nsName/><nsName ns=""/></except></anyName>
          <zeroOrMore><attribute><anyName/></attribute></zeroOrMore><text/></element>
      </choice>
    </zeroOrMore>
  </define>
  <define name="pointers">
    <list><oneOrMore><data type="anyURI"><param name="pattern">\\S+</param></data></oneOrMore></list>
  </define>
  <define name="common" combine="interleave"><optional><attribute name="xml:id"><data type="ID"/></attribute></optional></define>
  <define name="common" combine="interleave"><optional><attribute name="n"/></optional></define>
</grammar>"""
HEADER = "<header><title>A letter</title><author>A. B.</author><source>Paper.</source></header>"
LETTER = f"""<letters xmlns="urn:letters" xmlns:m="urn:music"><letter n="1">{HEADER}
  <div xml:id="d1"><head>Dear <persName ref="#a #b">B.</persName></head>
    <p>On <date when="1890-05-01">May Day</date> or <date from="1890-05-02" to="1890-05-03">after</date>,
      <choice><sic>teh</sic><corr cert="high">the</corr></choice> <rs type="ship">ship</rs><lb/><m:note pitch="c">♪</m:note>.</p>
    <list type="gloss"><label>a</label><item>first</item><label>b</label><item>second</item></list>
    <list><item>one</item><item>two</item></list>
    <num>12</num>
    <closer>Yours</closer>
  </div></letter>
  <letter><header><title>Another</title><licence target="http://example.org/">free</licence><source/></header>
    <div><div><p>One.</p></div><div><p>Two <choice><sic>a</sic><corr>b</corr></choice>.</p></div></div></letter></letters>"""


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "letters.rng"
    path.write_text(LETTERS, "utf-8")
    return path


@pytest.fixture(scope="module")
def letters(schema: Path) -> Grammar:
    return Grammar(schema)


@pytest.fixture
def messages(letters: Grammar) -> Callable[[str], list[str]]:
    """What is said of a fragment of a division."""

    def said(division: str) -> list[str]:
        document = f'<letter xmlns="urn:letters">{HEADER}<div>{division}</div></letter>'
        return [fault.message for fault in faults(letters, document)]

    return said


def faults(grammar: Grammar, document: str) -> list[Fault]:
    return list(grammar.faults(etree.ElementTree(etree.fromstring(document))))


def grammar(folder: Path, **files: str) -> Grammar:
    """The grammar of ``main`` among files that are given without their RELAX NG namespace."""
    for name, text in files.items():
        (folder / f"{name}.rng").write_text(re.sub(r"^<(\w+)", rf"<\1 {RNG}", text), "utf-8")
    return Grammar(folder / "main.rng")


def test_a_document_that_keeps_to_the_schema_has_no_faults(letters: Grammar):
    assert faults(letters, LETTER) == []


@pytest.mark.parametrize(
    ("division", "message"),
    [
        ("<p><persname>B.</persname></p>", "<persname> is not an element of this schema; did you mean <persName>?"),
        (
            "<p><wobble>B.</wobble></p>",
            "<wobble> is not an element of this schema. Allowed here: <choice>, <date>, <lb>, <persName>, <rs>, "
            "any element but not those of the namespace “urn:letters”, those without a namespace",
        ),
        ("<p>one</p><head>two</head>", "<head> is not allowed here in <div>: it must come before <p>"),
        ("<p>one</p><div><p>two</p></div>", "<div> is not allowed here in <div>: it must come before <p>"),
        ("<head>one</head><head>two</head><p/>", "<head> is not allowed again in <div>. Allowed here: <div>, <list>, <num>, <p>"),
        ("<p>one</p><title>two</title>", "<title> is not allowed in <div>. Allowed here: <closer>, <list>, <num>, <p>"),
        ("<p><lb><lb/></lb></p>", "<lb> is not allowed in <lb>. No element is allowed here"),
        ("<num><lb/></num>", "<lb> is not allowed in <num>. Only text is allowed here"),
        ("<closer>Yours</closer>", "<closer> is not allowed yet in <div>: one of <div>, <list>, <num>, <p> must come first"),
        ("<p><choice><corr>a</corr></choice></p>", "<corr> is not allowed yet in <choice>: <sic> must come first"),
        ("<p><choice><sic>a</sic></choice></p>", "<choice> is incomplete: after <sic> it needs <corr>"),
        ("<p><choice/></p>", "<choice> is incomplete: it needs <sic>"),
        ("<p><choice><sic/><corr/>or</choice></p>", "text is not allowed directly in <choice>: “or”"),
        ("<p><date wehn='1890'/></p>", "@wehn is not an attribute of <date>; did you mean @when?"),
        (
            "<p><rs foo='ship'>ship</rs></p>",
            "@foo is not an attribute of <rs>. It may have @type; <rs> lacks the attribute @type",
        ),
        ("<p wibble='a'/>", "@wibble is not an attribute of <p>. It may have @n, @xml:id"),
        (
            "<p><persName n='1' xml:id='a'>B. <date when='1890' to='1890-05-01'/></persName></p>",
            "@to of <date> is not allowed together with @when",
        ),
        ("<p><date from='1890-05-01'/></p>", "<date> lacks the attribute @to"),
        ("<p><rs>ship</rs></p>", "<rs> lacks the attribute @type"),
        (
            "<p><choice><sic/><corr cert='sure'/></choice></p>",
            '@cert="sure" of <corr>: the value must be one of “high”, “medium”, “low”, “unknown”',
        ),
        (
            "<p><choice><sic/><corr cert='hihg'/></choice></p>",
            '@cert="hihg" of <corr>: the value must be one of “high”, “medium”, “low”, “unknown”; did you mean “high”?',
        ),
        (
            "<p><date when='2011-13'/></p>",
            '@when="2011-13" of <date>: the value must be a date such as 2011-12-16, or a year such as 2011',
        ),
        (
            "<p><persName ref=''/></p>",
            '@ref="" of <persName>: the value must be words with spaces between, '
            "each an address or a pointer such as #id, without spaces",
        ),
        ("<num>100</num>", "“100” in <num>: the value must be a whole number, 0 or more, at most 99"),
        ("<num/>", "<num> is empty: the value must be a whole number, 0 or more, at most 99"),
    ],
)
def test_a_fault_is_told_once_and_in_words(messages: Callable[[str], list[str]], division: str, message: str):
    assert messages(division) == [message]


def test_the_outermost_element_must_be_one_of_the_start(letters: Grammar):
    assert [fault.message for fault in faults(letters, '<p xmlns="urn:letters">one</p>')] == [
        "<p> is not allowed. The outermost element must be <letter>, <letters>"
    ]


def test_a_document_without_the_namespace_is_one_fault(letters: Grammar):
    assert [fault.message for fault in faults(letters, f"<letter>{HEADER}<div><p/></div></letter>")] == [
        '<letter> is not an element of this schema; did you mean <letter xmlns="urn:letters">?'
    ]


def test_a_fault_has_the_line_where_a_start_tag_ends_or_a_text_begins(letters: Grammar):
    document = LETTER.replace("<lb/>", "<lb\n n='1'/>").replace("<label>b", "<!--\n-->\n stray <label>b")
    assert [(fault.line, fault.column, fault.kind) for fault in faults(letters, document)] == [
        (5, 1, "attribute"),
        (8, 1, "text"),
    ]


def test_two_elements_of_one_name_are_told_apart_by_what_they_have(messages: Callable[[str], list[str]]):
    assert messages("<list type='gloss'><label/><item/></list><list type='bulleted'><item/></list>") == []
    assert messages("<list type='bulleted'><label/><item/></list>") == ["<label> is not allowed in <list>. Allowed here: <item>"]


def test_what_is_in_a_misplaced_element_is_still_judged(messages: Callable[[str], list[str]]):
    assert messages("<p><p>one <persName><rs>two</rs></persName></p></p>") == [
        "<p> is not allowed in <p>. Allowed here: <choice>, <date>, <lb>, <persName>, <rs>, "
        "any element but not those of the namespace “urn:letters”, those without a namespace",
        "<rs> lacks the attribute @type",
    ]


def test_an_element_that_would_be_right_elsewhere_is_judged_as_it_is_there(tmp_path: Path):
    found = grammar(
        tmp_path,
        main="""<grammar>
          <start><element name="place"><ref name="preferred"/><zeroOrMore><ref name="form"/></zeroOrMore></element></start>
          <define name="preferred">
            <element name="name"><attribute name="type"><value>preferred</value></attribute><text/></element>
          </define>
          <define name="form">
            <element name="name"><attribute name="type"><value>form</value></attribute><attribute name="source"/>
              <element name="w"><text/></element></element>
          </define></grammar>""",
    )
    assert [fault.message for fault in faults(found, '<place><name type="form" source="a"><w/></name></place>')] == [
        '@type="form" of <name>: the value must be “preferred”'
    ]


def test_faults_in_a_row_are_one_but_not_those_that_text_parts(messages: Callable[[str], list[str]]):
    assert len(messages("<p>one <item>two</item> <item>three</item> four</p>")) == 1
    assert len(messages("<p>one <item>two</item> three <item>four</item></p>")) == 2


def test_an_element_that_the_schema_never_allows_is_one_fault(tmp_path: Path):
    found = grammar(tmp_path, main='<element name="a"><optional><element name="b"><notAllowed/></element></optional></element>')
    assert [fault.message for fault in faults(found, "<a><b/></a>")] == ["<b> is never allowed by this schema"]


def test_a_name_that_is_only_misspelt_counts_as_what_was_meant(messages: Callable[[str], list[str]]):
    assert messages("<p><choice><sci>a</sci><corr>b</corr></choice></p>") == [
        "<sci> is not an element of this schema; did you mean <sic>?"
    ]


def test_two_elements_in_the_wrong_order_are_one_fault(messages: Callable[[str], list[str]]):
    assert messages("<p><choice><corr>b</corr><sic>a</sic></choice></p>") == [
        "<corr> is not allowed yet in <choice>: <sic> must come first"
    ]


def test_elements_of_other_namespaces_are_named_with_their_prefix(messages: Callable[[str], list[str]]):
    assert messages("<m:note xmlns:m='urn:music'/><p/>")[0].startswith(
        '<note xmlns="urn:music"> is not an element of this schema'
    )


def test_comments_and_processing_instructions_part_no_text(messages: Callable[[str], list[str]]):
    assert messages("<num>1<!-- one -->2<?p i?></num>") == []


def test_a_value_excepted_from_a_datatype_is_a_fault(messages: Callable[[str], list[str]]):
    assert len(messages("<num>013</num>")) == 1


def test_an_included_grammar_is_overridden_where_it_is_included(tmp_path: Path):
    found = grammar(
        tmp_path,
        main='<grammar><include href="base.rng"><define name="x"><element name="new"><empty/></element></define></include>'
        '<define name="y"><empty/></define></grammar>',
        base='<grammar><start><element name="all"><ref name="x"/><ref name="y"/><externalRef href="other.rng"/></element></start>'
        '<div><define name="x"><element name="old"><empty/></element></define></div></grammar>',
        other='<element name="other"><text/></element>',
    )
    assert faults(found, "<all><new/><other>a</other></all>") == []
    assert [fault.message for fault in faults(found, "<all><old/><other>a</other></all>")] == [
        "<old> is not an element of this schema. Allowed here: <new>"
    ]


def test_a_grammar_in_a_grammar_refers_to_the_outer_one(tmp_path: Path):
    found = grammar(
        tmp_path,
        main='<grammar><start><element name="a"><grammar><start><parentRef name="b"/></start><define name="b"><text/></define>'
        '</grammar></element></start><define name="b"><element name="b"><empty/></element></define></grammar>',
    )
    assert faults(found, "<a><b/></a>") == []
    assert faults(found, "<a>b</a>") != []


def test_parts_that_are_interleaved_come_in_any_order(tmp_path: Path):
    found = grammar(
        tmp_path,
        main='<element name="a"><mixed><interleave><element name="b"><empty/></element>'
        '<oneOrMore><element name="c"><empty/></element></oneOrMore></interleave></mixed></element>',
    )
    assert faults(found, "<a>x<c/>y<b/><c/>z</a>") == []
    assert [fault.message for fault in faults(found, "<a>x<c/><c/>z</a>")] == ["<a> is incomplete: after <c> it needs <b>"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<grammar", "main.rng:1: not well-formed XML"),
        ("<html/>", "main.rng:1: <html> is no pattern of RELAX NG"),
        ('<grammar><start>\n<ref name="x"/></start></grammar>', "main.rng:2: “x” is not defined"),
        (
            '<grammar><start><ref name="x"/></start>\n<define name="x"><ref name="x"/></define></grammar>',
            "main.rng:2: “x” refers to itself without an element between",
        ),
        ('<element name="a"><data type="wobble"/></element>', "main.rng:1: the datatype wobble with {} is none"),
        ('<element name="a:b"><empty/></element>', "main.rng:1: the prefix of “a:b” is not declared"),
        ('<externalRef href="http://example.org/a.rng"/>', "main.rng:1: “http://example.org/a.rng” is no file of this machine"),
        ('<externalRef href="main.rng"/>', "main.rng:1: the file includes itself"),
        ('<externalRef href="none.rng"/>', "none.rng:1: the file cannot be read: No such file or directory"),
    ],
)
def test_a_schema_that_cannot_be_read_is_refused_with_file_and_line(tmp_path: Path, text: str, message: str):
    with pytest.raises(GrammarError) as refused:
        grammar(tmp_path, main=text)
    assert message in str(refused.value)


def test_a_file_that_is_no_relax_ng_is_refused(tmp_path: Path):
    (tmp_path / "x.rng").write_text("<TEI/>")
    with pytest.raises(GrammarError, match=r"x\.rng:1: not RELAX NG in XML syntax"):
        Grammar(tmp_path / "x.rng")


# The same verdicts as Jing


def broken(document: etree._ElementTree, seed: int) -> etree._ElementTree:
    """A copy of a document with one thing changed, which may or may not be a fault."""
    chance = random.Random(seed)
    tree = copy.deepcopy(document)
    elements = list(tree.iter("*"))[1:]
    element, other = chance.choice(elements), chance.choice(elements)
    match chance.randrange(8):
        case 0:
            element.tag = other.tag
        case 1:
            element.tag = f"{element.tag}x"
        case 2:
            element.text = f"{element.text or ''} stray"
        case 3:
            element.attrib.update(dict(other.attrib))
        case 4 if element.attrib:
            element.set(element.keys()[0], chance.choice(["", "a b", "2011-13", "x", "2000"]))
        case 5 if element.attrib:
            del element.attrib[element.keys()[0]]
        case 6 if other not in element.iterdescendants() and other is not element:
            other.addprevious(element)
        case _:
            element.getparent().remove(element)  # type: ignore[union-attr]
    return tree


def moderate(folder: Path) -> Iterator[etree._ElementTree]:
    """The trees of the files below a folder that are not long and can be read."""
    for path in sorted(folder.rglob("*.xml")):
        if path.stat().st_size < 50_000:
            with contextlib.suppress(Unreadable):
                yield parse(path.read_bytes(), path.name)


def jing(schema: Path, files: list[Path]) -> dict[Path, int]:
    """The line of the first fault Jing finds in each file that has any."""
    run = subprocess.run(["jing", "-i", schema, *files], capture_output=True, text=True, check=False)
    first: dict[Path, int] = {}
    for line in run.stdout.splitlines():
        path, number, _, _ = line.split(":", 3)
        first.setdefault(Path(path), int(number))
    return first


def compared(schema: Path, documents: Iterator[etree._ElementTree], folder: Path) -> list[list[Fault]]:
    """The faults of each invalid document, after making sure that Jing finds the same documents invalid."""
    files = []
    for number, document in enumerate(documents):
        files.append(folder / f"{number}.xml")
        document.write(files[-1], encoding="utf-8")
    ours = Grammar(schema)
    theirs = jing(schema, files)
    found = {file: list(ours.faults(etree.parse(file, etree.XMLParser(collect_ids=False)))) for file in files}
    assert {file for file, told in found.items() if told} == set(theirs)
    same_line = [told[0].line == theirs[file] for file, told in found.items() if told if told[0].kind != "incomplete"]
    assert sum(same_line) > 0.9 * len(same_line)
    return [told for told in found.values() if told]


def test_documents_with_one_break_are_judged_as_jing_judges_them(
    schema: Path, tmp_path: Path, cannot_run: Callable[[str], NoReturn]
):
    if not shutil.which("jing"):
        cannot_run("jing is not installed")
    document = etree.ElementTree(etree.fromstring(LETTER))
    told = compared(schema, (broken(document, seed) for seed in range(300)), tmp_path)
    assert len(told) > 150
    assert sum(len(faults) == 1 for faults in told) > 0.85 * len(told)  # what is moved may be missed where it was


@pytest.mark.slow
def test_tei_with_one_break_is_judged_as_jing_judges_it(shared: Path, tmp_path: Path, cannot_run: Callable[[str], NoReturn]):
    if not shutil.which("jing"):
        cannot_run("jing is not installed")
    schema = shared / "schema/tei/tei_all.rng"
    ours = Grammar(schema)
    valid = [tree for tree in moderate(shared / "corpora") if not any(ours.faults(tree))]
    told = compared(schema, (broken(valid[seed % len(valid)], seed) for seed in range(200)), tmp_path)
    assert sum(len(faults) == 1 for faults in told) > 0.9 * len(told)


@pytest.mark.slow
def test_a_large_schema_is_read_and_applied_in_no_time(shared: Path):
    started = time.monotonic()
    grammar = Grammar(shared / "schema/tei/tei_all.rng")
    tree = etree.parse(shared / "corpora/sanskrit-sarit/tarkabhasa.xml")
    list(grammar.faults(tree))
    assert time.monotonic() - started < 2

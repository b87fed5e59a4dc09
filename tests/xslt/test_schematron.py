"""From rules to what they say of a document: the compiler, and how a schema that is wrong is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from edition.transform import Rules, Transformer, TransformError

Judge = Callable[..., list[str]]

SCHEMA = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="{binding}">
<ns prefix="t" uri="urn:t"/><ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>
{rules}</schema>"""


@pytest.fixture
def compiled(transformer: Transformer, tmp_path: Path) -> Callable[..., Rules]:
    """The rules of a schema with this content, from the third line on."""

    def compiled(rules: str, binding: str = "xslt3") -> Rules:
        path = tmp_path / "rules.sch"
        path.write_text(SCHEMA.format(binding=binding, rules=rules))
        return transformer.rules(path)

    return compiled


@pytest.fixture
def judge(compiled: Callable[..., Rules]) -> Judge:
    """The messages of these rules about a document with this content."""
    return lambda rules, content="<p/>": [message for _, _, message in compiled(rules).findings(document(content))]


def document(content: str) -> etree._ElementTree:
    return etree.parse(io.BytesIO(f'<t xmlns="urn:t">{content}</t>'.encode()))


def rule(content: str, context: str = "t:p") -> str:
    return f'<pattern><rule context="{context}">{content}</rule></pattern>'


def test_an_assertion_speaks_when_its_test_fails_a_report_when_it_holds(judge: Judge) -> None:
    assert judge(rule('<assert test="@n">no number</assert><report test="@n">a number</report>'), '<p/><p n="1"/>') == [
        "no number",
        "a number",
    ]


def test_the_first_rule_of_a_pattern_that_fits_is_the_only_one(judge: Judge) -> None:
    rules = (
        '<pattern><rule context="t:p[@n]"><report test="true()">numbered</report></rule>'
        '<rule context="t:*[@n]"><report test="true()">also numbered</report></rule>'
        '<rule context="t:p"><report test="true()">plain</report></rule></pattern>'
    )
    assert judge(rules, '<p/><p n="1"/><q n="2"/>') == ["plain", "numbered", "also numbered"]


def test_each_pattern_has_its_say(judge: Judge) -> None:
    assert judge(rule('<report test="true()">one</report>') + rule('<report test="true()">two</report>')) == ["one", "two"]


@pytest.mark.parametrize(
    "context", ["/", "/*", "@n", "t:p/@*", "text()", "comment()", "processing-instruction(pi)", "t:p | t:q", "//t:p"]
)
def test_a_context_is_any_node(judge: Judge, context: str) -> None:
    assert judge(rule('<report test="true()">here</report>', context), '<p n="1">a<!--b--><?pi c?></p>') == ["here"]


def test_a_finding_has_line_and_role(compiled: Callable[..., Rules]) -> None:
    rules = compiled(
        '<pattern role="info"><rule context="t:p"><report test="true()">a</report>'
        '<report test="true()" role="warn">b</report></rule>'
        '<rule context="@n" role="warning"><report test="true()">c</report></rule>'
        '<rule context="t:q" role="fatal"><report test="true()">d</report></rule></pattern>'
        + rule('<report test="true()">e</report>', "t:q")
    )
    assert rules.findings(document('\n<p\n n="1"/>\n<q/>')) == [
        (3, "info", "a"),
        (3, "warning", "b"),
        (3, "warning", "c"),
        (4, "error", "d"),
        (4, "error", "e"),
    ]


def test_a_report_names_assertion_and_path(compiled: Callable[..., Rules]) -> None:
    assert compiled(rule('<assert id="numbered" test="@n">no number</assert>')).reports(document("<p/>")) == [
        {"path": "/Q{urn:t}t[1]/Q{urn:t}p[1]", "role": "error", "id": "numbered", "message": "no number"}
    ]


def test_the_subject_is_where_the_fault_is_shown(compiled: Callable[..., Rules]) -> None:
    rules = compiled(
        '<pattern><rule context="/*" subject="t:q"><report test="true()" subject="t:p[2]">a</report>'
        '<report test="true()">b</report><report test="true()" subject="t:none">c</report></rule></pattern>'
    )
    assert [line for line, _, _ in rules.findings(document("\n<p/>\n<p/>\n<q/>"))] == [3, 4, 1]


def test_a_message_has_values_and_names_and_no_stray_space(judge: Judge) -> None:
    message = (
        '\n <name/> in <name path=".."/>:\n <value-of select="@n"/><emph>, <value-of select="1, 2"/></emph> &amp; “{@n}” '
        '<xsl:value-of select="@n" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/> '
    )
    assert judge(rule(f'<report test="true()">{message}</report>'), '<p n="&lt;"/>') == ["p in t: <, 1 2 & “{@n}” <"]


def test_diagnostics_follow_the_message(judge: Judge) -> None:
    rules = rule('<let name="a" value="@n"/><assert test="false()" diagnostics="d1 d2">Wrong.</assert>')
    diagnostics = '<diagnostics><diagnostic id="d1">It is <value-of select="$a"/>.</diagnostic>'
    diagnostics += '<diagnostic id="d2">So.</diagnostic></diagnostics>'
    assert judge(rules + diagnostics, '<p n="1"/>') == ["Wrong. It is 1. So."]


def test_a_variable_belongs_to_schema_pattern_or_rule(judge: Judge) -> None:
    shown = '<report test="true()"><value-of select="$a, $b"/></report>'
    rules = (
        '<let name="a" value="\'schema\'"/><let name="b" value="count(//t:p)"/>'
        f'<pattern><let name="a" value="\'pattern\'"/><rule context="t:p">{shown}</rule></pattern>'
        f'<pattern><let name="a" value="name(/*)"/><rule context="t:p[$a = \'t\']"><let name="b" value="@n"/>{shown}</rule>'
        f'<rule context="t:q"><let name="a" value="concat($a, \'!\')"/>{shown}</rule></pattern>'
        f"{rule(shown)}"
    )
    assert judge(rules, '<p n="7"/><q/>') == ["pattern 1", "t 7", "t! 1", "schema 1"]


def test_a_variable_may_hold_elements_as_they_are_written(judge: Judge) -> None:
    holder = '<let name="a"><v xmlns="" form="[a-z]{2}">{x}</v></let>'
    assert judge(holder + rule('<report test="matches(\'ab\', $a/v/@form)">a <value-of select="$a"/></report>')) == ["a {x}"]


def test_an_abstract_pattern_is_written_out_for_its_parameters(judge: Judge) -> None:
    rules = (
        '<pattern abstract="true" id="has"><param name="why" value="\'because\'"/><let name="n" value="count(//t:$what)"/>'
        '<rule context="t:$what"><assert test="$needs">$what lacks it: <value-of select="$n, $why"/></assert></rule></pattern>'
        '<pattern is-a="has"><param name="what" value="p"/><param name="needs" value="@n"/></pattern>'
        '<pattern is-a="has"><param name="what" value="q"/><param name="needs" value="@m"/>'
        '<param name="why" value="\'so\'"/></pattern>'
    )
    assert judge(rules, '<p n="1"/><q n="1"/><p/>') == ["$what lacks it: 2 because", "$what lacks it: 1 so"]


def test_a_rule_extends_an_abstract_one(judge: Judge) -> None:
    rules = (
        '<pattern><rule abstract="true" id="base"><let name="a" value="@n"/><assert test="$a">base</assert></rule>'
        '<rule context="t:p"><extends rule="base"/><assert test="$a = 1">own</assert></rule></pattern>'
    )
    assert judge(rules) == ["base", "own"]


def test_other_files_are_included_by_element_or_content(compiled: Callable[..., Rules], tmp_path: Path) -> None:
    (tmp_path / "parts" / "more").mkdir(parents=True)
    sch = 'xmlns="http://purl.oclc.org/dsdl/schematron"'
    (tmp_path / "parts" / "pattern.sch").write_text(
        f'<pattern {sch}><include href="more/rules.sch#second"/>'
        '<rule context="t:q"><extends href="more/rules.sch#third"/></rule></pattern>'
    )
    (tmp_path / "parts" / "more" / "rules.sch").write_text(
        f'<pattern {sch}><rule context="t:p" id="first"><report test="true()">first</report></rule>'
        '<rule context="t:p" id="second"><report test="true()">second</report></rule>'
        '<rule context="t:p" id="third"><report test="true()">third</report></rule></pattern>'
    )
    rules = compiled('<include href="parts/pattern.sch"/>')
    assert [message for _, _, message in rules.findings(document("<p/><q/>"))] == ["second", "third"]


def test_keys_functions_and_stylesheets_of_its_own(compiled: Callable[..., Rules], tmp_path: Path) -> None:
    (tmp_path / "own.xsl").write_text(
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        '<xsl:function name="f:twice" xmlns:f="urn:f">'
        '<xsl:param name="n"/><xsl:sequence select="2 * $n"/></xsl:function></xsl:stylesheet>'
    )
    xsl = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
    rules = compiled(
        f'<ns prefix="f" uri="urn:f"/><xsl:include href="own.xsl" {xsl}/><xsl:key name="n" match="t:p" use="@n" {xsl}/>'
        + rule("<report test=\"f:twice(2) = 4 and count(key('n', @n)) = 2\">twice</report>")
    )
    assert [message for _, _, message in rules.findings(document('<p n="1"/><p n="1"/><p n="2"/>'))] == ["twice", "twice"]


def test_quick_fixes_phases_and_documentation_are_passed_over(judge: Judge) -> None:
    rules = (
        '<title>T</title><p>P</p><phase id="a"><active pattern="b"/></phase><sqf:fixes xmlns:sqf="urn:q"/>'
        '<pattern id="c"><title>T</title><p>P</p><rule context="t:p">'
        '<report test="true()" sqf:fix="f" xmlns:sqf="urn:q">here</report>'
        '<sqf:fix id="f" xmlns:sqf="urn:q"/></rule></pattern>'
    )
    assert judge(rules) == ["here"]


@pytest.mark.parametrize("binding", ["xslt", "xslt2", "xslt3", "xpath2", "XSLT3"])
def test_a_query_binding_is_xpath(compiled: Callable[..., Rules], binding: str) -> None:
    assert compiled(rule('<report test="true()">a</report>'), binding).findings(document("<p/>"))


@pytest.mark.parametrize(
    ("line", "wrong", "says"),
    [
        (3, "<pattern><rule context='t:p'><assert test='(('>a</assert></rule></pattern>", "expected"),
        (4, "<pattern>\n<rule context='t:p['><assert test='1'>a</assert></rule></pattern>", "Unexpected"),
        (5, "<pattern><rule context='t:p'>\n\n<assert test='$nothing'>a</assert></rule></pattern>", "Variable $nothing"),
        (4, "<pattern><rule context='t:p'>\n<assert test='1'><value-of select='u:p'/></assert></rule></pattern>", "prefix 'u'"),
        (3, "<let name='a' value='1'/>\n<let name='a' value='2'/>", "Duplicate global variable/parameter $a"),
        (4, "<let name='a' value='1'/>\n<let name='b' value=')'/>", "Unexpected"),
        (4, "<pattern><rule context='t:p'>\n<asert test='1'>a</asert></rule></pattern>", "asert is not allowed in rule"),
        (4, "<pattern>\n<assert test='1'>a</assert></pattern>", "assert is not allowed in pattern"),
        (4, "<pattern>\n<rule><assert test='1'>a</assert></rule></pattern>", "rule lacks @context"),
        (4, "<pattern><rule context='t:p'>\n<assert>a</assert></rule></pattern>", "assert lacks @test"),
        (4, "\n<pattern is-a='model'/>", "Nothing abstract has the id “model”"),
        (4, "<pattern><rule context='t:p'>\n<extends rule='base'/></rule></pattern>", "Nothing abstract has the id “base”"),
        (
            4,
            "<pattern><rule context='t:p'>\n<assert test='1' diagnostics='d'>a</assert></rule></pattern>",
            "No diagnostic has the id “d”",
        ),
        (4, "\n<include href='none.sch'/>", "none.sch cannot be read as XML"),
        (4, "\n<include href='#none'/>", "Nothing has the id of #none"),
        (4, "\n<include href='http://localhost:1/rules.sch'/>", "cannot be read"),
        (4, "<pattern>\n</rule>", "mismatch"),
    ],
)
def test_a_schema_that_is_wrong_is_refused_with_its_line(judge: Judge, tmp_path: Path, line: int, wrong: str, says: str) -> None:
    with pytest.raises(TransformError) as refusal:
        judge(wrong)
    assert str(refusal.value).startswith(f"{tmp_path / 'rules.sch'}:{line}: ")
    assert says in str(refusal.value)


def test_an_unknown_query_binding_is_refused(compiled: Callable[..., Rules]) -> None:
    with pytest.raises(TransformError, match=r"rules\.sch:1: The query binding “stx” is not known here"):
        compiled("", "stx")


def test_what_is_no_schematron_is_refused(transformer: Transformer, tmp_path: Path) -> None:
    (tmp_path / "a.sch").write_text("<p/>")
    with pytest.raises(TransformError, match=r"a\.sch:1: This is no Schematron schema"):
        transformer.rules(tmp_path / "a.sch")
    with pytest.raises(TransformError, match=r"b\.sch: cannot be read"):
        transformer.rules(tmp_path / "b.sch")


def test_a_fault_in_an_included_file_is_placed_there(compiled: Callable[..., Rules], tmp_path: Path) -> None:
    (tmp_path / "a part.sch").write_text(
        '<pattern xmlns="http://purl.oclc.org/dsdl/schematron">\n'
        '<rule context="t:p"><assert test="u:q">a</assert></rule></pattern>'
    )
    with pytest.raises(TransformError, match=r"a part\.sch:2: Namespace prefix 'u' has not been declared"):
        compiled('<include href="a%20part.sch"/>')


def test_all_faults_of_a_schema_are_told(judge: Judge) -> None:
    with pytest.raises(TransformError) as refusal:
        judge(rule("<assert test='$a'>a</assert>\n<assert test='$b'>a</assert>"))
    assert ["$a" in line or "$b" in line for line in str(refusal.value).splitlines()] == [True, True]


def test_a_pattern_that_includes_itself_is_refused(judge: Judge) -> None:
    with pytest.raises(TransformError, match=r"rules\.sch:4: #self includes itself"):
        judge('<pattern id="self">\n<include href="#self"/></pattern>')


@pytest.mark.parametrize(
    "rules",
    [
        "\n" + rule('<assert test="xs:integer(@n) = 1">a</assert>'),
        "\n" + rule('<let name="a" value="xs:integer(@n)"/><assert test="$a = 1">a</assert>'),
        "\n" + rule('<assert test="false()">a <value-of select="xs:integer(@n)"/></assert>'),
        '\n<let name="a" value="xs:integer(//@n)"/>' + rule('<assert test="$a = 1">a</assert>'),
    ],
    ids=["test", "variable of a rule", "message", "variable of the schema"],
)
def test_a_rule_that_cannot_be_evaluated_is_named(compiled: Callable[..., Rules], rules: str) -> None:
    with pytest.raises(TransformError, match=r"rules\.sch:4: fails at line \d of the document: Cannot convert"):
        compiled(rules).findings(document('\n<p n="one"/>'))


def test_a_rule_reaches_no_network(compiled: Callable[..., Rules]) -> None:
    with pytest.raises(TransformError, match="http"):
        compiled(rule("<assert test=\"doc('http://localhost:1/x.xml')/*\">a</assert>")).findings(document("<p/>"))

"""How a text can be cited: what the header declares, and what of it is not followed."""

from __future__ import annotations

import pytest
from lxml import etree

from edition.citation_trees import trees
from edition.transform import Products, Transformer
from edition.validate import parse

HEAD = "<fileDesc><titleStmt><title>A</title></titleStmt></fileDesc><encodingDesc><refsDecl>{}</refsDecl></encodingDesc>"


@pytest.fixture(scope="module")
def made(transformer: Transformer):
    """The products of a body, and a header with citation structures."""

    def products(body: str, structures: str = "") -> Products:
        header = HEAD.format(structures) if structures else ""
        data = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{header}</teiHeader><text><body>{body}</body></text></TEI>'
        return transformer.products(parse(data.encode(), "a.xml"), "a.xml")

    return products


def refs(products: Products) -> list[str]:
    return [unit.ref for unit in trees(products.record)[0].units]


def cut(products: Products, ref: str) -> str:
    unit = next(unit for unit in trees(products.record)[0].units if unit.ref == ref)
    return products.resolved.encode()[unit.place[0] : unit.place[1]].decode()


def test_units_are_found_in_documents_with_signs_of_every_script(made):
    text = made('<!-- <p> --><p xml:id="a">тихо</p><?p <p>?><p xml:id="b">水<hi>&lt;p&gt;</hi></p>')
    assert refs(text) == ["a", "b"]
    assert cut(text, "b").startswith('<p xml:id="b">水<hi>&lt;p&gt;</hi></p>')


def test_several_structures_beside_one_another_come_in_the_order_of_the_text(made):
    structures = '<citeStructure match="//p" use="@n" unit="p"/><citeStructure match="//l" use="@n" unit="l"/>'
    assert refs(made('<p n="1">a</p><l n="2">b</l><p n="3">c</p>', structures)) == ["1", "2", "3"]


def test_a_unit_without_a_reference_is_none(made):
    assert refs(made('<p n="1">a</p><p>b</p>', '<citeStructure match="//p" use="@n"/>')) == ["1"]


def test_of_units_with_one_reference_the_first_has_it_and_the_editor_is_told(made):
    structures = '<citeStructure match="//div" use="@n"><citeStructure match="p" use="position()" delim="."/></citeStructure>'
    text = made('<div n="1"><p>a</p></div><div n="1"><p>b</p><p>c</p></div><div n="2"><p>d</p></div>', structures)
    assert refs(text) == ["1", "1.1", "2", "2.1"]
    assert [(each.code, "“1”" in each.message) for each in text.findings] == [("W308", True)]


@pytest.mark.parametrize(
    "match",
    [
        "doc('file:///etc/hostname')//*",
        "unparsed-text-lines('file:///etc/hostname')",
        "environment-variable('HOME')",
        "//p[(: :)doc('x')]",
        "//p[doc (: :) ('x')]",
        "//p[for $i in 1 to 1000000000 return $i]",
        "//p[(1 to 1000000000)[. = 7]]",
        "//p['x' => doc()]",
        "doc#1('x')",
        "//p[Q{http://www.w3.org/2005/xpath-functions}doc('x')]",
        "//p[fn:doc('x')]",
        "//p[//p[//p[//p[//p]]]]",
        "//p[",
        "//p[matches(., '(a+)+$')]",
        "//none:p",
        "/" * 600,
    ],
)
def test_a_path_that_does_more_than_look_at_the_document_is_not_followed(made, match):
    value = match.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    text = made("<p>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!</p>", f'<citeStructure match="{value}" use="@n"/>')
    assert [each.code for each in text.findings] == ["W307"]
    assert [tree.name for tree in trees(text.record)] == ["passages"]


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("@n", ["7"]),
        ("concat('p', @n)", ["p7"]),
        ("substring-after(@xml:id, '-')", ["1"]),
        ("tei:hi", ["b"]),
        ("count(preceding-sibling::*) + 1", ["1"]),
        ("translate(hi, 'b', 'c')", ["c"]),
        ("string-join((@n, hi), '“(')", ["7“(b"]),
    ],
)
def test_paths_as_editors_write_them(made, use, expected):
    assert refs(made('<p n="7" xml:id="p-1">a <hi>b</hi></p>', f'<citeStructure match="//p" use="{use}"/>')) == expected


def test_milestones_reach_to_the_next_one_and_the_last_to_the_end(made):
    text = made('<p>a<pb n="1"/>b <hi>c<pb n="2"/>d</hi></p><p>e</p>', '<citeStructure match="//pb" use="@n"/>')
    assert cut(text, "1") == '<pb n="1"/>b <hi>c'
    assert cut(text, "2") == '<pb n="2"/>d</hi></p><p>e</p></body></text>'


def test_what_is_open_at_both_ends_makes_a_piece_well_formed(made):
    text = made('<p>a<pb n="1"/>b <hi>c<pb n="2"/>d</hi></p><p>e</p>', '<citeStructure match="//pb" use="@n"/>')
    tei = text.resolved.encode()
    for unit in trees(text.record)[0].units:
        start, end, opened, closed = unit.place
        closed = closed or opened
        tags = [tei[one:other] for one, other in zip(opened[::2], opened[1::2], strict=True)]
        names = [tei[one:other].decode().strip("<>").split()[0] for one, other in zip(closed[::2], closed[1::2], strict=True)]
        whole = b"".join(tags) + tei[start:end] + "".join(f"</{name}>" for name in reversed(names)).encode()
        assert etree.fromstring(whole).tag.endswith("}TEI")

"""The grammar, the guidelines and the files of the edition say the same, and what the grammar accepts is TEI.

The master is ``tei/schema/edition.rnc``. Jing judges; ``tests.tei_variants`` makes the files it judges besides our own. With
``EDITION_TEST_SHARED`` naming the folder that holds ``schema/tei/tei_all.rng``, the grammar is compared with that of all TEI.
"""

import copy
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

from tests.tei_reading import ID, TEI, TEI_FOLDER, xml
from tests.tei_variants import RNG, Writer, mutated

SCHEMA = TEI_FOLDER / "schema"
GRAMMAR = SCHEMA / "edition.rng"
GUIDELINES = SCHEMA / "edition.odd"
EXAMPLES = "{http://www.tei-c.org/ns/Examples}"
DOCUMENTATION = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
XML = "{http://www.w3.org/XML/1998/namespace}"
FILES = sorted(TEI_FOLDER.rglob("*.xml"))
SEED = 2022

Jing = Callable[[Path, Sequence[Path]], dict[str, str]]
# Element to attribute to the values of its closed list; None where the values are no list.
Declared = dict[str, dict[str, set[str] | None]]


def write(folder: Path, name: str, root: etree._Element) -> Path:
    path = folder / f"{name}.xml"
    path.write_bytes(etree.tostring(root, encoding="utf-8"))
    return path


# The grammar


def test_the_grammar_in_xml_syntax_is_what_trang_makes_of_the_master(tmp_path: Path, cannot_run):
    trang = shutil.which("trang") or cannot_run("trang is not installed")
    made = tmp_path / "edition.rng"
    subprocess.run([trang, str(SCHEMA / "edition.rnc"), str(made)], check=True)
    assert made.read_text(encoding="utf-8") == GRAMMAR.read_text(encoding="utf-8"), "trang edition.rnc edition.rng"


def test_the_grammar_accepts_every_file_of_the_edition(jing: Jing):
    assert jing(GRAMMAR, FILES) == {}


@pytest.mark.slow
def test_what_the_grammar_accepts_all_of_tei_accepts(tmp_path: Path, jing: Jing, shared: Path):
    chance = random.Random(SEED)
    roots = [xml(path) for path in FILES]
    writer = Writer(xml(GRAMMAR), samples(roots))
    changed = [write(tmp_path, f"changed-{number}", mutated(chance.choice(roots), roots, chance)) for number in range(2000)]
    written = [write(tmp_path, f"written-{number}", writer.file(chance)) for number in range(300)]
    refused = jing(GRAMMAR, [*changed, *written])
    assert refused.keys() <= {path.name for path in changed}
    assert 200 < len(refused) < len(changed) - 200
    accepted = [path for path in [*changed, *written] if path.name not in refused]
    assert jing(shared / "schema/tei/tei_all.rng", [*FILES, *accepted]) == {}


def samples(roots: Sequence[etree._Element]) -> list[str]:
    """Every value of an attribute or an identifier in the files, once, in a fixed order."""
    values = {word for root in roots for each in root.iter(TEI + "*") for value in each.attrib.values() for word in value.split()}
    return sorted(values | {each.text or "" for root in roots for each in root.iter(TEI + "idno")})


def test_a_value_that_is_in_no_list_is_refused(tmp_path: Path, jing: Jing):
    files = []
    for root in map(xml, FILES):
        tried: set[tuple[str, str]] = set()
        for element in root.iter(TEI + "*"):
            name = local_name(element)
            for attribute, values in grammar_declares()[name].items():
                if values and element.get(expanded(attribute)) in values and (name, attribute) not in tried:
                    tried.add((name, attribute))
                    value = element.get(expanded(attribute), "")
                    element.set(expanded(attribute), f"{value}-other")
                    files.append(write(tmp_path, f"{len(files)}-{name}-{attribute}".replace(":", "-"), root))
                    element.set(expanded(attribute), value)
    lists = {(name, attribute) for name, attributes in grammar_declares().items() for attribute, v in attributes.items() if v}
    assert {tuple(path.stem.split("-", 1)[1].split("-")) for path in files} == lists
    refused = jing(GRAMMAR, files)
    assert [path.name for path in files if path.name not in refused] == []


class Break(NamedTuple):
    """One way to depart from the grammar: where in the documents and registers, and what is done there."""

    rule: str
    where: str
    change: Callable[[etree._Element], object]


def element(name: str, **attributes: str) -> etree._Element:
    return etree.Element(TEI + name, attributes)


BREAKS = [
    Break("a name in a text points to a register", "//t:text//t:persName", lambda e: e.attrib.pop("ref")),
    Break("a person points to persons", "//t:text//t:persName", lambda e: e.set("ref", "../registers/places.xml#pl-almaty")),
    Break("a place points to places", "//t:text//t:placeName", lambda e: e.set("ref", "../registers/persons.xml#pers-putin")),
    Break("a name in a register points nowhere", "//t:person/t:persName", lambda e: e.set("ref", "#pers-putin")),
    Break("a name in a text has no type", "//t:text//t:orgName", lambda e: e.set("type", "preferred")),
    Break("what a name stands for is marked", "//t:placeName[@corresp]", lambda e: e.attrib.pop("ana")),
    Break("a date has a certainty", "//t:text//t:date[@when]", lambda e: e.attrib.pop("cert")),
    Break("a date is a date", "//t:text//t:date[@when]", lambda e: e.set("when", "2022-02-30")),
    Break("a date has one reading", "//t:text//t:date[@when]", lambda e: e.set("notAfter", "2022")),
    Break("a mark excludes a date", "//t:text//t:date[contains(@ana, 'not-')]", lambda e: e.set("when", "2022")),
    Break("an event has an identifier", "//t:rs[@type = 'event']", lambda e: e.attrib.pop(ID)),
    Break("a passage has an identifier", "//t:body/t:p", lambda e: e.attrib.pop(ID)),
    Break("an identifier of a passage has a stop", "//t:body/t:p", lambda e: e.set(ID, "p1")),
    Break("a heading opens its division", "//t:div/t:head", lambda e: e.getparent().append(e)),
    Break("paragraphs go before divisions", "//t:body[t:closer]", lambda e: e.insert(2, e[0])),
    Break("a slip has its correction", "//t:choice", lambda e: e.remove(e[1])),
    Break("a correction says whose it is", "//t:corr", lambda e: e.attrib.pop("resp")),
    Break("words quoted have a speaker", "//t:said", lambda e: e.attrib.pop("who")),
    Break("a note of the editors says whose it is", "//t:note[@type = 'editorial']", lambda e: e.attrib.pop("resp")),
    Break("a text has no links", "//t:body/t:p", lambda e: e.append(element("ref", target="https://example.org/"))),
    Break("a note of the editors has no names", "//t:note[@type = 'editorial']", lambda e: e.append(element("name"))),
    Break("a parallel has two passages", "//t:link", lambda e: e.set("target", "#icc.p1")),
    Break("an entry has one preferred name", "//t:person/t:persName[1]", lambda e: e.addnext(copy.deepcopy(e))),
    Break("the preferred name comes first", "//t:person/t:persName[1]", lambda e: e.getnext().addnext(e)),
    Break("an identifier names its source", "//t:idno", lambda e: e.attrib.pop("source")),
    Break("an identifier has the form of its authority", "//t:idno[@type = 'Wikidata']", lambda e: e.set("type", "GeoNames")),
    Break("coordinates are two numbers", "//t:geo", lambda e: setattr(e, "text", "43.3")),
    Break("a register holds one kind of entry", "//t:listPlace/t:place", lambda e: setattr(e, "tag", TEI + "org")),
    Break("an element of TEI that is not used", "//t:body/t:p", lambda e: e.append(element("hi"))),
    Break("an attribute of TEI that is not used", "//t:body/t:p", lambda e: e.set("rend", "italic")),
    Break("an element of no TEI", "//t:body/t:p", lambda e: e.append(element("persname"))),
]


def test_each_rule_of_the_grammar_is_kept(tmp_path: Path, jing: Jing):
    files = []
    for number, (_, where, change) in enumerate(BREAKS):
        root, found = next((root, found[0]) for root in map(xml, FILES) if (found := find(root, where)))
        change(found)
        files.append(write(tmp_path, str(number), root))
    refused = jing(GRAMMAR, files)
    assert [rule for number, (rule, _, _) in enumerate(BREAKS) if f"{number}.xml" not in refused] == []


def test_each_element_attribute_and_value_of_the_grammar_is_explained():
    grammar = xml(GRAMMAR)
    bare = [each.get("name") for each in grammar.iter(RNG + "element", RNG + "attribute") if first(each) != DOCUMENTATION]
    values = [each.text for each in grammar.iter(RNG + "value") if each.getnext() is None or each.getnext().tag != DOCUMENTATION]
    assert (bare, values) == ([], [])


def first(parent: etree._Element) -> str:
    return str(parent[0].tag) if len(parent) else ""


# The guidelines


def test_jing_accepts_the_guidelines_as_tei(jing: Jing, shared: Path):
    assert jing(shared / "schema/tei/tei_all.rng", [GUIDELINES]) == {}


def test_files_grammar_and_guidelines_have_the_same_elements():
    used = {local_name(each) for path in FILES for each in xml(path).iter(TEI + "*")}
    assert used == set(grammar_declares()) == set(guidelines_declare())


def test_files_grammar_and_guidelines_have_the_same_attributes():
    used: dict[str, set[str]] = {name: set() for name in grammar_declares()}
    for path in FILES:
        for each in xml(path).iter(TEI + "*"):
            used[local_name(each)].update(prefixed(str(name)) for name in each.attrib)
    allowed = {name: set(attributes) for name, attributes in grammar_declares().items()}
    explained = {name: set(attributes) for name, attributes in guidelines_declare().items()}
    assert used == allowed == explained


def test_files_grammar_and_guidelines_have_the_same_lists_of_values():
    assert guidelines_declare() == grammar_declares()
    said = {
        (local_name(each), prefixed(str(name)), value)
        for path in FILES
        for each in xml(path).iter(TEI + "*")
        for name, value in each.attrib.items()
    }
    unused = [
        (name, attribute, value)
        for name, attributes in grammar_declares().items()
        for attribute, values in attributes.items()
        for value in values or ()
        if attribute != "cert" and (name, attribute, value) not in said  # certainty is one scale for all
    ]
    assert unused == []


def test_the_modules_include_the_elements_that_are_specified():
    guidelines = xml(GUIDELINES)
    included = [name for each in guidelines.iter(TEI + "moduleRef") for name in each.get("include", "").split()]
    specified = {each.get("ident"): each.get("module") for each in guidelines.iter(TEI + "elementSpec")}
    by_module = {name: ref.get("key") for ref in guidelines.iter(TEI + "moduleRef") for name in ref.get("include", "").split()}
    assert sorted(included) == sorted(map(str, specified))
    assert by_module == specified
    groups = {f"#{group.get(ID)}" for group in guidelines.iter(TEI + "specGrp")}
    assert {each.get("target") for each in guidelines.iter(TEI + "specGrpRef")} == groups


def test_every_example_of_the_guidelines_is_what_the_named_passage_has():
    assert [text for text, source in examples() if not occurs(text, source)] == []


def test_every_element_has_an_example():
    lacking = [
        spec.get("ident")
        for spec in xml(GUIDELINES).iter(TEI + "elementSpec")
        if spec.find(f"{TEI}exemplum//{EXAMPLES}{spec.get('ident')}") is None
    ]
    assert lacking == []


def test_an_example_that_departs_from_the_passage_is_noticed():
    source = "../documents/icc-2022-01-20.xml#icc.h2"
    assert occurs('<head xml:id="icc.h2">Bourgeois rivalries <!-- … -->chaos</head>', source)
    assert not occurs('<head xml:id="icc.h2">Bourgeois rivalry <!-- … -->chaos</head>', source)
    assert not occurs('<head xml:id="icc.h2">chaos<!-- … -->Bourgeois rivalries</head>', source)


def examples() -> Iterator[tuple[str, str]]:
    """Each example of the guidelines as markup, and where it is from."""
    for example in xml(GUIDELINES).iter(EXAMPLES + "egXML"):
        yield markup(example, EXAMPLES).partition(">")[2].rpartition("<")[0], example.get("source", "")


def occurs(example: str, source: str) -> bool:
    """Whether the example stands in the passage; a comment stands for anything."""
    path, _, identifier = source.partition("#")
    root = xml((SCHEMA / path).resolve())
    found = [root] if not identifier else [each for each in root.iter(TEI + "*") if each.get(ID) == identifier]
    kept = [re.escape(part.strip()) for part in re.split(r"<!--.*?-->", example)]
    return len(found) == 1 and re.search(".*?".join(kept), markup(found[0], TEI)) is not None


def markup(element: etree._Element, namespace: str) -> str:
    """The element as canonical XML without its namespace, with single spaces for white space."""
    bare = copy.deepcopy(element)
    bare.tail = None
    for each in bare.iter(namespace + "*"):
        each.tag = local_name(each)
    etree.cleanup_namespaces(bare)
    text = etree.tostring(bare, method="c14n", with_comments=True).decode()
    return " ".join(re.sub(r"<[^!][^>]*>", lambda tag: " ".join(tag[0].replace("&#xA;", " ").split()), text).split())


def test_every_passage_of_the_guidelines_has_an_id():
    identifiers = [each.get(ID) for each in xml(GUIDELINES).iter(TEI + "head", TEI + "item", TEI + "elementSpec")]
    paragraphs = [each.get(ID) for each in find(xml(GUIDELINES), "//t:text//t:p")]
    assert all(str(name).startswith("encoding.") for name in [*identifiers, *paragraphs])


# What grammar and guidelines declare


@cache
def grammar_declares() -> Declared:
    """The attributes of each element, and their values, over all places where the element may stand."""
    grammar = xml(GRAMMAR)
    defined = {str(each.get("name")): each for each in grammar.iter(RNG + "define")}
    declared: Declared = {}

    def values(pattern: etree._Element) -> Iterator[str]:
        for each in pattern.iter(RNG + "value", RNG + "ref"):
            if each.tag == RNG + "ref":
                yield from values(defined[str(each.get("name"))])
            else:
                yield str(each.text)

    def read(pattern: etree._Element, into: dict[str, set[str] | None]) -> None:
        for each in pattern.iterchildren(RNG + "*"):
            if each.tag == RNG + "attribute":
                name = str(each.get("name"))
                into[name] = (into.get(name) or set()) | set(values(each)) or None
            elif each.tag == RNG + "ref":
                read(defined[str(each.get("name"))], into)
            elif each.tag != RNG + "element":
                read(each, into)

    for each in grammar.iter(RNG + "element"):
        read(each, declared.setdefault(str(each.get("name")), {}))
    return declared


@cache
def guidelines_declare() -> Declared:
    """The attributes that each specification of the guidelines defines, and their values."""
    return {
        str(spec.get("ident")): {
            str(attribute.get("ident")): {str(each.get("ident")) for each in attribute.iter(TEI + "valItem")} or None
            for attribute in spec.iter(TEI + "attDef")
        }
        for spec in xml(GUIDELINES).iter(TEI + "elementSpec")
    }


def find(root: etree._Element, path: str) -> list[etree._Element]:
    return root.getroottree().xpath(path, namespaces={"t": TEI[1:-1]})


def local_name(element: etree._Element) -> str:
    return etree.QName(element).localname


def expanded(attribute: str) -> str:
    return attribute.replace("xml:", XML)


def prefixed(attribute: str) -> str:
    return attribute.replace(XML, "xml:")

"""A corpus in one file: each document in it with an id, a page, a file and a header of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from edition import store
from edition.build import Report
from edition.catalogue import Catalogue
from edition.records import Document, document_id, member_path
from edition.review import review
from edition.settings import Settings, read
from edition.snapshot import current
from tests.plain import PLAIN
from tests.stored import file_of, page_of

TEI = "http://www.tei-c.org/ns/1.0"


def header(title: str, more: str = "", profile: str = "") -> str:
    return f"<teiHeader><fileDesc><titleStmt><title>{title}</title>{more}</titleStmt>{profile}</fileDesc></teiHeader>"


LICENCE = "<publicationStmt><availability><licence>Free.</licence></availability></publicationStmt>"
PERSONS = '<standOff><listPerson><person xml:id="ada"><persName>Ada</persName></person></listPerson></standOff>'
CORPUS = f"""<?xml version="1.0"?>
<teiCorpus xmlns="{TEI}" xml:lang="en">
{header("The letters", "<author>Ada</author>", LICENCE)}
{PERSONS}
<TEI>{header("First", "<author>Bea</author>")}
<text><body><p xml:id="one">One, to <persName ref="#ada">her</persName>; see <ref target="#two">two</ref>.</p></body></text></TEI>
<TEI xml:id="second.xml">{header("Second")}
<text xml:lang="de"><body><p xml:id="two">Zwei.
<strange>x</strange></p></body></text></TEI>
<teiCorpus>{header("The cards")}
<TEI xml:id="second.xml"><text><body><p xml:id="three">Three.
<ref target="#nowhere">x</ref></p></body></text></TEI>
<text><body><p>On cards.</p></body></text>
</teiCorpus>
</teiCorpus>
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, make: Callable[..., Report]) -> Settings:
    """A folder with a corpus in a sub-folder, built."""
    project = tmp_path_factory.mktemp("corpus")
    (project / "tei" / "in").mkdir(parents=True)
    (project / "tei" / "in" / "post.xml").write_text(CORPUS)
    settings = read(project, {}, PLAIN)
    make(settings)
    return settings


@pytest.fixture(scope="module")
def shelf(folder: Settings) -> Catalogue:
    return Catalogue(current(folder.out).catalogue)


@pytest.fixture(scope="module")
def documents(shelf: Catalogue) -> dict[str, Document]:
    return {each.id: each for each in shelf.listing()}


def test_each_document_in_a_corpus_has_an_id_of_its_own(documents: dict[str, Document]) -> None:
    assert list(documents) == ["in.post.1", "in.post.second-xml", "in.post.3", "in.post.corpus-1", "in.post"]
    assert {each.source for each in documents.values()} == {"in/post.xml"}
    assert {each.collection for each in documents.values()} == {"in/post", "in"}


def test_each_has_its_own_words_and_no_others(documents: dict[str, Document], shelf: Catalogue) -> None:
    texts = {id: " ".join(each.text for each in shelf.passages_of(id)) for id in documents}
    assert texts == {
        "in.post.1": "One, to her; see two.",
        "in.post.second-xml": "Zwei. x",
        "in.post.3": "Three. x",
        "in.post.corpus-1": "On cards.",
        "in.post": "",
    }


def test_what_a_header_lacks_is_said_by_those_of_its_corpora(documents: dict[str, Document]) -> None:
    first, second, third = (documents[f"in.post.{name}"] for name in ("1", "second-xml", "3"))
    assert (first.title, first.series, first.authors, first.language) == ("First", "The letters", ("Bea",), "en")
    assert (second.title, second.authors, second.language) == ("Second", ("Ada",), "de")
    assert (third.title, third.title_supplied, third.series, third.authors) == ("3", True, "The cards", ("Ada",))
    assert {each.licences[0].text for each in (first, second, third)} == {"Free."}


def test_each_is_published_as_its_element(folder: Settings, documents: dict[str, Document]) -> None:
    snapshot = current(folder.out)
    published = file_of(snapshot, store.TEI, documents["in.post.second-xml"].path)
    root = etree.fromstring(published)
    assert (root.tag, root.get("{http://www.w3.org/XML/1998/namespace}id")) == (f"{{{TEI}}}TEI", "second.xml")
    assert "".join(root.itertext()).split() == ["Second", "Zwei.", "x"]
    assert file_of(snapshot, store.TEI, documents["in.post"].path).decode() == CORPUS
    assert "Zwei" in page_of(snapshot, "reading", documents["in.post.second-xml"].path)


def test_the_headers_of_its_corpora_stand_behind_its_own(folder: Settings, documents: dict[str, Document]) -> None:
    header = page_of(current(folder.out), "header", documents["in.post.1"].path)
    assert header.index("First") < header.index("The letters")
    assert "Second" not in header


def test_findings_name_the_lines_of_the_file(folder: Settings) -> None:
    found = [(each.line, each.code) for each in review(folder).findings if each.code not in ("W304", "W305")]
    assert found == [(9, "W101"), (11, "E301"), (12, "E012")]  # a pointer from one document of a file to another leads somewhere


def test_who_is_named_in_one_document_has_an_entry_of_the_file(shelf: Catalogue) -> None:
    (entry,) = shelf.entries("person")
    assert [(each.document, each.words) for each in shelf.mentions_of(entry)] == [("in.post.1", "her")]


def test_a_corpus_without_words_of_its_own_is_no_document(tmp_path: Path, make: Callable[..., Report]) -> None:
    text = "<text><body><p>A lamp.</p></body></text>"
    (tmp_path / "all.xml").write_text(
        f'<teiCorpus xmlns="{TEI}">{header("All")}<TEI>{header("A")}{text}</TEI><TEI>{header("B")}{text}</TEI></teiCorpus>'
    )
    make(settings := read(tmp_path, {}, PLAIN))
    shelf = Catalogue(current(settings.out).catalogue)
    site = shelf.document("edition", "edition")
    assert [each.id for each in shelf.listing()] == ["all.1", "all.2"]
    assert site is not None
    assert site.title == "All"


def test_what_a_corpus_includes_whole_is_the_document_of_its_own_file(
    tmp_path: Path, make: Callable[..., Report], tei: Callable[..., str]
) -> None:
    include = '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="a.xml"/>'
    (tmp_path / "a.xml").write_text(tei())
    (tmp_path / "all.xml").write_text(
        f'<teiCorpus xmlns="{TEI}">{header("All")}{include}<TEI><text><body><p>B.</p></body></text></TEI></teiCorpus>'
    )
    make(settings := read(tmp_path, {}, PLAIN))
    listed = Catalogue(current(settings.out).catalogue).listing()
    assert [each.id for each in listed] == ["a", "all.1"] or [each.id for each in listed] == ["a", "all.2"]


def test_a_document_of_a_corpus_that_cannot_be_told_from_a_file_is_found(tmp_path: Path, make: Callable[..., Report]) -> None:
    text = "<text><body><p>{}</p></body></text>"
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "1.xml").write_text(f'<TEI xmlns="{TEI}">{text.format("A")}</TEI>')
    (tmp_path / "all.xml").write_text(
        f'<teiCorpus xmlns="{TEI}"><TEI>{text.format("B")}</TEI><TEI>{text.format("C")}</TEI></teiCorpus>'
    )
    report = make(settings := read(tmp_path, {}, PLAIN))
    assert [(each.path, each.code) for each in report.findings if each.is_error] == [("all.xml", "E004")]
    assert [each.id for each in Catalogue(current(settings.out).catalogue).listing()] == ["all.2", "all.1"]


def test_only_a_corpus_that_changed_is_made_anew(tmp_path: Path, make: Callable[..., Report], tei: Callable[..., str]) -> None:
    (tmp_path / "a.xml").write_text(tei())
    corpus = f'<teiCorpus xmlns="{TEI}"><TEI><text><body><p>B</p></body></text></TEI></teiCorpus>'
    (tmp_path / "all.xml").write_text(corpus)
    make(settings := read(tmp_path, {}, PLAIN))
    (tmp_path / "all.xml").write_text(corpus.replace("B", "C"))
    assert make(settings).transformed == 1
    shelf = Catalogue(current(settings.out).catalogue)
    assert [each.text for each in shelf.passages_of("all.1")] == ["C"]


@pytest.mark.parametrize(
    ("source", "member", "path", "id"),
    [
        ("post.xml", "", "post.xml", "post"),
        ("in/post.xml", "3", "in/post/3.xml", "in.post.3"),
        ("post.xml", "a b/c", "post/a-b.c.xml", "post.a-b.c"),
        ("post.xml", "entry__1910-05-12.xml", "post/entry__1910-05-12-xml.xml", "post.entry__1910-05-12-xml"),
        ("report.pdf.xml", "1", "report.pdf/1.xml", "report.pdf.1"),
        ("report.csl.json.xml", "", "report.csl.json.xml", "report-csl-json"),
    ],
)
def test_the_path_of_a_document_makes_its_id(source: str, member: str, path: str, id: str) -> None:
    assert (member_path(source, member), document_id(member_path(source, member))) == (path, id)


def test_a_long_name_of_a_part_is_shortened_but_not_confused() -> None:
    one, other = (member_path("post.xml", "n" * 300 + end) for end in "ab")
    assert one != other
    assert len(one) < 100


def test_links_lead_to_the_document_of_a_corpus_that_has_their_target(tmp_path: Path, make: Callable[..., Report]) -> None:
    text = '<TEI><text><body><p xml:id="{0}">{0}</p></body></text></TEI>'
    links = '<standOff><linkGrp><link target="#a #b"/></linkGrp></standOff>'
    (tmp_path / "all.xml").write_text(f'<teiCorpus xmlns="{TEI}">{links}{"".join(map(text.format, "abc"))}</teiCorpus>')
    make(settings := read(tmp_path, {}, PLAIN))
    shelf = Catalogue(current(settings.out).catalogue)
    assert shelf.linked_documents() == (("all.1", "all.2"),)
    (link,) = shelf.links_between("all.1", "all.2")
    assert [(each.document, each.key) for each in link.targets] == [("all.1", "a"), ("all.2", "b")]
    assert [each.id for each in shelf.linked_with("all.1", 5)] == ["all.2"]
    assert shelf.linked_with("all.3", 5) == ()

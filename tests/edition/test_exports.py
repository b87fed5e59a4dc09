"""Formats: what each holds, that nothing of a text is lost in them, and when they are made again."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote
from zipfile import ZipFile

import pypdf
import pytest
import rdflib

from edition.build import BuildError, Report
from edition.catalogue import Catalogue
from edition.exports.sheets import LONG, LONGEST, TypesetError, typeset
from edition.inclusion import Whole
from edition.records import FORMATS, Document
from edition.settings import Settings, read
from edition.snapshot import Snapshot, current
from edition.store import Entry, in_format, place
from edition.transform import Transformer
from edition.validate import parse
from tests.formats import books_refused
from tests.stored import exported, unpacked

CORPUS = Path(__file__).parents[1] / "corpus"
MADE = [extension for extension in FORMATS if extension != "xml"]
SHEET = (
    '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:ed="urn:x-edition"'
    ' ed:name="Title" ed:media-type="text/plain"><xsl:param name="context"/>{0}<xsl:template match="/">'
    '<xsl:sequence select="{1}"/></xsl:template></xsl:stylesheet>'
)


@pytest.fixture
def corpus(tmp_path: Path) -> Settings:
    """The tiny edition in a project folder of its own, with all formats."""
    shutil.copytree(CORPUS, tmp_path / "tei")
    return read(tmp_path, {}, {})


def text(snapshot: Snapshot, document: Document, extension: str) -> str:
    return (exported(snapshot, extension, document.path) or b"").decode()


def opened(snapshot: Snapshot, extension: str, path: str) -> BytesIO:
    return BytesIO(exported(snapshot, extension, path) or b"")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def letters(text: str) -> list[str]:
    return [sign for sign in text if sign.isalnum()]


def in_order(sought: list[str], words: list[str]) -> bool:
    """Whether all that is sought stands among the words, in this order."""
    left = iter(words)
    return all(word in left for word in sought)


def test_every_format_is_made_of_every_document(built: Snapshot, catalogue: Catalogue) -> None:
    made = [each["extension"] for each in json.loads(built.formats.read_text("utf-8"))]
    assert made == MADE
    for document in catalogue.listing():
        for extension in made:
            assert exported(built, extension, document.path), (document.id, extension)
    assert json.loads(built.findings.read_text("utf-8")) == []


def test_plain_text_has_each_passage_with_its_words_in_order(built: Snapshot, catalogue: Catalogue) -> None:
    for document in catalogue.listing():
        plain = words(text(built, document, "txt"))
        for passage in catalogue.passages_of(document.id):
            assert in_order(words(passage.text), plain), passage


def test_paragraphs_of_plain_text_are_lines_and_notes_have_their_signs(made: Callable[[str], Settings]) -> None:
    snapshot = current(made("<p>A lamp<note>Of brass.</note> stood\n there.</p><lg><l>It</l><l>shone</l></lg>").out)
    assert text(snapshot, Catalogue(snapshot.catalogue).listing()[0], "txt").startswith(
        "A lamp\n\nA lamp[1] stood there.\n\nIt\nshone\n\nNotes\n\n[1] Of brass.\n"
    )


def test_the_page_in_one_file_needs_nothing_else_and_its_links_lead_somewhere(built: Snapshot, catalogue: Catalogue) -> None:
    for document in catalogue.listing():
        page = text(built, document, "html")
        assert "<script" not in page
        assert "@font-face" in page
        assert "url(" not in page
        assert not re.search(r"<(img|link|iframe|source)\b[^>]*\b(src|href)=\"(?!https://)[^\"]*\"", page)
        ids = re.findall(r'\sid="([^"]*)"', page)
        assert len(ids) == len(set(ids))
        assert {unquote(link) for link in re.findall(r'\shref="#([^"]*)"', page)} <= set(ids)
        assert all(not link or link.startswith(("#", "http")) for link in re.findall(r'\shref="([^"]*)"', page))


def test_names_lead_to_what_the_registers_know_and_back(built: Snapshot, catalogue: Catalogue) -> None:
    document = next(each for each in catalogue.listing() if catalogue.entries_in(each.id))
    entry = catalogue.entries_in(document.id)[0]
    page = text(built, document, "html")
    id = f"entry.{entry.kind}.{entry.key}"
    assert f'href="#{id}"' in page
    described = page.partition(f'<dt id="{id}"')[2].partition("<dt")[0]
    assert entry.name in described
    assert f'href="#{catalogue.mentions_of(entry)[0].id}"' in unquote(described)


def test_json_has_the_passages_mentions_and_entries(built: Snapshot, catalogue: Catalogue) -> None:
    for document in catalogue.listing():
        data = json.loads(text(built, document, "json"))
        assert data["document"]["title"] == document.title
        passages = catalogue.passages_of(document.id)
        assert [(each["id"], each["text"]) for each in data["passages"]] == [(each.id, each.text) for each in passages]
        entries = {each["id"]: each for each in data["entries"]}
        known = [each for each in data["mentions"] if "entry" in each]
        assert {each["entry"] for each in known} == set(entries)
        assert sorted(each["key"] for each in data["entries"]) == sorted(each.key for each in catalogue.entries_in(document.id))


def test_books_pass_epubcheck_without_a_warning(built: Snapshot, tmp_path: Path, cannot_run: Callable[[str], NoReturn]) -> None:
    if not shutil.which("javac"):
        cannot_run("Java is not installed with its compiler")
    books = unpacked(built, "epub", tmp_path)
    assert len(books) == 3
    assert books_refused(books) == ""


def test_an_image_is_named_where_only_words_are_taken_away(built: Snapshot, catalogue: Catalogue) -> None:
    plan = next(document for document in catalogue.listing() if document.id == "garden.plan")
    for extension in ("txt", "html"):
        assert "[image: plan.png]" in text(built, plan, extension)


def test_a_book_has_its_notes_registers_and_rights_and_ways_between_them(built: Snapshot, catalogue: Catalogue) -> None:
    for document in catalogue.listing():
        with ZipFile(opened(built, "epub", document.path)) as book:
            assert book.namelist()[0] == "mimetype"
            files = {name: book.read(name).decode() for name in book.namelist()}
        pages = {name.removeprefix("EPUB/"): page for name, page in files.items() if name.endswith(".xhtml")}
        for page in pages.values():
            for name, id in re.findall(r'href="([a-z]+\.xhtml)#([^"]*)"', page):
                assert f'id="{unquote(id)}"' in pages[name]
        assert ("registers.xhtml" in pages) == bool(catalogue.entries_in(document.id))
        assert "schema:accessibilityFeature" in files["EPUB/package.opf"]
        plain = letters(html.unescape(re.sub("<[^>]*>", "", pages["text.xhtml"])))
        assert all(in_order(letters(passage.text), plain) for passage in catalogue.passages_of(document.id))


LENGTH = (
    '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:ed="urn:x-edition">'
    '<xsl:variable name="ed:long" select="60"/></xsl:stylesheet>'
)
"""A project’s own measure: sixty words are a long text."""


def test_a_long_book_has_a_file_for_each_part_and_ways_between_them(tmp_path: Path, made: Callable[[str], Settings]) -> None:
    (tmp_path / "xslt" / "shared").mkdir(parents=True)
    (tmp_path / "xslt" / "shared" / "length.xsl").write_text(LENGTH, "utf-8")
    chapters = "".join(
        f'<div><head xml:id="c{number}">Chapter {number}</head><p>Oil {"burns on and on " * 4}'
        f'<ref target="#c{9 - number}">elsewhere</ref>.<note>Remark {number}.</note></p></div>'
        for number in range(1, 9)
    )
    with ZipFile(opened(current(made(chapters).out), "epub", "lamp.xml")) as book:
        files = {name.removeprefix("EPUB/"): book.read(name).decode() for name in book.namelist()}
    parts = [name for name in files if name.startswith("text")]
    assert len(parts) > 3
    assert all(files["package.opf"].count(f'href="{name}"') == 1 for name in parts)
    for number in range(1, 9):
        (here,) = (name for name in parts if f'id="c{number}"' in files[name])
        assert f"Remark {number}." in files[here]
        assert f'href="{here}#c{number}"' in files["nav.xhtml"]
        assert f'href="{here}#c{number}"' in "".join(files[name] for name in parts)
    assert "".join(files[name] for name in parts).count("elsewhere") == 8


def test_signs_around_small_letters_are_plain_words_in_a_book(made: Callable[[str], Settings]) -> None:
    ruby = '<seg type="ruby"><seg type="rb">株</seg><seg type="rp">(</seg><seg type="rt">かぶ</seg><seg type="rp">)</seg></seg>'
    snapshot = current(made(f"<p>{ruby}</p>").out)
    with ZipFile(opened(snapshot, "epub", "lamp.xml")) as book:
        assert not re.search("<rp><", book.read("EPUB/text.xhtml").decode())


def test_sheets_are_tagged_say_their_title_and_have_all_words(built: Snapshot, catalogue: Catalogue) -> None:
    for document in catalogue.listing():
        sheets = pypdf.PdfReader(opened(built, "pdf", document.path))
        assert sheets.metadata is not None
        assert sheets.metadata.title == document.title
        assert sheets.trailer["/Root"]["/MarkInfo"]["/Marked"] == pypdf.generic.BooleanObject(True)
        about = sheets.trailer["/Root"]["/Metadata"].get_data().decode()
        assert "<pdfuaid:part>1</pdfuaid:part>" in about
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in about
        printed = letters(re.sub(r"[-\u00ad]\n", "", "\n".join(page.extract_text() for page in sheets.pages)))
        for passage in catalogue.passages_of(document.id):
            latin = [letter for letter in letters(passage.text) if letter.isascii()]  # the reader of PDFs turns others round
            assert in_order(latin, printed), passage.id


def test_codes_stand_for_letters_that_no_font_has_and_each_build_says_so(
    tmp_path: Path, tei: Callable[..., str], make: Callable[..., Report]
) -> None:
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "lamp.xml").write_text(tei("<p>A lamp, ܠܡܦ&#x202C;, 𐌰, 灯り, შუქი.</p>"), "utf-8")
    settings = read(tmp_path, {"exports.without": "html epub"}, {})
    for other in ("<p>A wick.</p>", "<p>Oil.</p>"):  # the second time the sheets come from the cache
        (tmp_path / "tei" / "oil.xml").write_text(tei(other), "utf-8")
        told = [each.message for each in make(settings).findings if each.code == "W402"]
        assert len(told) == 1
        assert told[0].endswith("They are ܠ (U+0720), ܡ (U+0721), ܦ (U+0726), 𐌰 (U+10330).")
    printed = pypdf.PdfReader(opened(current(settings.out), "pdf", "lamp.xml")).pages[0].extract_text()
    assert {"U+0720", "U+0721", "U+0726", "U+10330"} == set(re.findall(r"U\+[0-9A-F]{4,5}", printed))
    assert {*"灯りშუქი"} <= {*printed}


def test_what_is_too_long_to_be_typeset_is_not_written_in_typsts_language(transformer: Transformer, corpus: Settings) -> None:
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>{"oil " * (LONGEST // 4 + 1)}</p></body></text></TEI>'
    ((_, node),) = transformer.nodes(Whole(parse(tei.encode(), "long.xml")))
    sheets = transformer.export("pdf", node, "{}")
    assert "#" not in sheets
    with pytest.raises(TypesetError, match="more than 4,000,000 characters"):
        typeset(sheets, corpus)


def test_a_long_text_is_typeset_and_refused_like_a_short_one(corpus: Settings) -> None:
    long = '#set document(title: "Oil")\n' + "oil " * (LONG // 4)
    assert typeset(long, corpus)[0].startswith(b"%PDF")
    with pytest.raises(TypesetError, match="panicked with: oh"):
        typeset(long + '#panic("oh")', corpus)


def test_a_word_parted_where_a_link_in_it_ends_is_typeset(made: Callable[[str], Settings]) -> None:
    link = '<ref target="#lamp">Burgtheater</ref>direktor'
    lines = "".join(f'<p xml:lang="de">{"o " * number}{link}</p>' for number in range(45))
    assert exported(current(made(f'<p xml:id="lamp">A lamp.</p>{lines}').out), "pdf", "lamp.xml")


def test_a_note_in_a_heading_may_be_linked_to_though_the_contents_repeat_the_heading(made: Callable[[str], Settings]) -> None:
    note = '<note>Of <ref xml:id="brass" target="#lamp">brass</ref>.</note>'
    heads = "".join(f"<div><head>{head}</head><p>It stood there.</p></div>" for head in (f"Lamps{note}", "Wicks", "Oil", "Light"))
    snapshot = current(made(f'{heads}<p xml:id="lamp">See <ref target="#brass">there</ref>.</p>').out)
    assert exported(snapshot, "pdf", "lamp.xml")


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its own words about itself
def test_json_ld_is_an_article_that_says_what_it_mentions(corpus: Settings, make: Callable[..., Report]) -> None:
    settings = read(corpus.project, {"site.url": "https://lamps.example.org/", "exports.without": "html epub pdf"}, {})
    make(settings)
    snapshot = current(settings.out)
    catalogue = Catalogue(snapshot.catalogue)
    schema = rdflib.Namespace("https://schema.org/")
    for document in catalogue.listing():
        graph = rdflib.Graph().parse(data=text(snapshot, document, "jsonld"), format="json-ld")
        article = rdflib.URIRef(f"https://lamps.example.org/documents/{document.id}/")
        assert (article, rdflib.RDF.type, schema.Article) in graph
        assert graph.value(article, schema.name) == rdflib.Literal(document.title)
        assert len(list(graph.objects(article, schema.mentions))) == len(catalogue.entries_in(document.id))
    linked = {str(each) for each in graph.objects(None, schema.sameAs)}
    assert linked <= {
        id.url for kind in ("person", "place", "work") for each in catalogue.entries(kind) for id in each.identifiers
    }


def of_formats(settings: Settings) -> dict[str, int]:
    """The entries of the store that the formats of documents are in, and when each was written."""
    stored = Catalogue(current(settings.out).catalogue).all_stored()
    return {each.formats: place(settings.out, each.formats).stat().st_mtime_ns for each in stored if each.formats}


def test_an_unchanged_document_is_not_made_again(corpus: Settings, make: Callable[..., Report]) -> None:
    make(corpus)
    before = of_formats(corpus)
    song = corpus.documents / "song.xml"
    song.write_text(song.read_text("utf-8").replace("</title>", "!</title>", 1), "utf-8")
    make(corpus)
    after = of_formats(corpus)
    kept = {name for name in after if before.get(name) == after[name]}
    assert len(after) == len(before)
    assert (len(before), len(kept)) == (3, 2)


def test_what_a_register_says_is_renewed_in_the_documents_that_mention_it(corpus: Settings, make: Callable[..., Report]) -> None:
    make(corpus)
    persons = corpus.tei / "registers" / "persons.xml"
    persons.write_text(persons.read_text("utf-8").replace("Alder<", "Alder the Younger<"), "utf-8")
    make(corpus)
    snapshot = current(corpus.out)
    pages = [text(snapshot, document, "html") for document in Catalogue(snapshot.catalogue).listing()]
    assert any(re.search(r"<dt id=[^>]*>[^<]*Alder the Younger[^<]*</dt>", page) for page in pages)


def test_a_format_that_is_switched_off_is_not_made(corpus: Settings, make: Callable[..., Report]) -> None:
    make(read(corpus.project, {"exports.without": "html pdf epub"}, {}))
    formats = ("txt", "json", "jsonld", "bib", "ris", "csl.json", "styled.json")
    for entry in of_formats(corpus):
        assert Entry(place(corpus.out, entry)).files.keys() == {"findings.json", *map(in_format, formats)}
    assert {path.name.partition("-")[2] for path in current(corpus.out).downloads.iterdir()} == {
        f"{each}.zip" for each in ("tei", *formats) if each != "styled.json"
    }


def test_a_format_of_the_project_is_a_stylesheet(corpus: Settings, make: Callable[..., Report]) -> None:
    folder = corpus.project / "xslt" / "export"
    folder.mkdir(parents=True)
    own = SHEET.format('<xsl:output method="text"/>', "parse-json($context)?document?title")
    (folder / "title.xsl").write_text(own, "utf-8")
    make(corpus)
    snapshot = current(corpus.out)
    document = Catalogue(snapshot.catalogue).listing()[0]
    assert text(snapshot, document, "title") == document.title
    assert json.loads(snapshot.formats.read_text("utf-8"))[-1] == {
        "extension": "title", "name": "Title", "media_type": "text/plain",
    }  # fmt: skip


def test_a_stylesheet_that_fails_on_a_document_takes_away_that_format_alone(
    corpus: Settings, make: Callable[..., Report]
) -> None:
    folder = corpus.project / "xslt" / "export"
    folder.mkdir(parents=True)
    own = SHEET.format('<xsl:output method="json"/>', "if (//*:title = 'Song of the Rain') then error() else map{}")
    (folder / "json.xsl").write_text(own, "utf-8")
    report = make(corpus)
    snapshot = current(corpus.out)
    assert [(each.code, each.path) for each in report.findings] == [("W401", "tei/documents/song.xml")]
    assert [exported(snapshot, "json", path) is not None for path in ("song.xml", "lamp.xml")] == [False, True]
    assert exported(snapshot, "txt", "song.xml")


def test_a_stylesheet_that_is_wrong_in_itself_is_told_once_with_its_line_and_nothing_is_published(
    corpus: Settings, make: Callable[..., Report]
) -> None:
    folder = corpus.project / "xslt" / "export"
    folder.mkdir(parents=True)
    (folder / "json.xsl").write_text(SHEET.format('<xsl:output method="json"/>', "no-function(1)"), "utf-8")
    with pytest.raises(BuildError, match=r"A stylesheet is wrong: .*/export/json\.xsl: .*on line 1 .*no-function") as refused:
        make(corpus)
    assert "\n" not in str(refused.value)
    assert not (corpus.out / "current").exists()


@pytest.fixture
def made(tmp_path: Path, tei: Callable[..., str], make: Callable[..., Report]) -> Callable[[str], Settings]:
    """Builds a project of one document around the content of a body."""

    def build(body: str) -> Settings:
        (tmp_path / "tei").mkdir()
        (tmp_path / "tei" / "lamp.xml").write_text(tei(body), "utf-8")
        settings = read(tmp_path, {}, {})
        make(settings)
        return settings

    return build

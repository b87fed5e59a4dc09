"""Runs say where the words of a passage lie in its page; nothing of a text is lost on the way to the page."""

from __future__ import annotations

import contextlib
import random
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.catalogue import Catalogue
from edition.findings import Unreadable
from edition.inclusion import Whole
from edition.runs import BY_EDITION, page, places, text
from edition.settings import HOME
from edition.snapshot import Snapshot
from edition.transform import Products, Transformer
from edition.validate import parse
from tests.stored import page_of
from webapp.slices import element

ALTERNATIVES = re.compile(r"<(choice|app|subst|del|surplus|w|pc|fw|lb|pb|cb|gb|milestone|g)\b")
"""Where page and plain text differ on purpose: of alternatives one is read, breaks may join words."""
NAMES = {"tei": "http://www.tei-c.org/ns/1.0"}
SAMPLE = 60


def files(folder: Path) -> list[Path]:
    """TEI of moderate size below a folder; always the same sample of many."""
    found = sorted(path for path in folder.rglob("*.xml") if path.stat().st_size < 150_000)
    return found if len(found) <= SAMPLE else sorted(random.Random(1).sample(found, SAMPLE))


@pytest.fixture(scope="module")
def own(transformer: Transformer) -> list[tuple[Path, Products]]:
    """Everything made of the tiny edition and of the project's own TEI."""
    return list(transformed(transformer, [*files(Path(__file__).parents[1] / "corpus"), *files(HOME / "tei")]))


@pytest.fixture(scope="module")
def foreign(transformer: Transformer, shared: Path) -> list[tuple[Path, Products]]:
    """Everything made of a sample of the editions of others."""
    return list(transformed(transformer, files(shared / "corpora")))


def transformed(transformer: Transformer, paths: list[Path]) -> Iterator[tuple[Path, Products]]:
    """What is made of files that are one document each."""
    for path in paths:
        with contextlib.suppress(Unreadable):
            made = [*transformer.made(Whole(parse(path.read_bytes(), path.name)), path.name)]
            if len(products := [each for each in made if isinstance(each, Products)]) == 1:
                yield path, products[0]


@pytest.fixture(params=["own", "foreign"])
def products(request: pytest.FixtureRequest) -> list[tuple[Path, Products]]:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


class Page(HTMLParser):
    """The ids of a fragment, its words, and whether its elements are nested as HTML nests them."""

    VOID = frozenset(("br", "wbr", "img", "hr", "col"))

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.words: list[str] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(fragment)
        self.close()
        self.wrong += self.open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if id := dict(attributes).get("id"):
            self.ids[id] += 1
        if tag in ("p", "div", "section", "ul", "ol", "table", "blockquote", "figure", "h2") and "p" in self.open:
            self.wrong.append(f"{tag} in p")
        if tag == "a" and "a" in self.open:
            self.wrong.append("a in a")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def test_the_words_of_runs_are_the_plain_text(products: list[tuple[Path, Products]]) -> None:
    compared = 0
    for path, made in products:
        whole = made.resolved.encode()
        for passage in made.record["passages"]:
            if not ALTERNATIVES.search(element(whole, passage["place"])):
                compared += 1
                shown = text(made.reading, passage["runs"])
                assert letters(shown) == letters(passage["text"]), (path, passage["id"])
    assert compared > 50


def letters(words: str) -> str:
    """Without white space, and without what stands in HTML as an entity: there words part."""
    return re.sub(r"[\s&<>]", "", words)


def test_places_are_where_the_words_stand(own: list[tuple[Path, Products]]) -> None:
    for path, made in own:
        for passage in made.record["passages"]:
            shown = text(made.reading, passage["runs"])
            for word in re.finditer(r"\w+", shown):
                pieces = places(passage["runs"], *word.span())
                assert "".join(made.reading[start:end] for start, end in pieces) == word[0], (path, passage["id"])


def test_each_passage_is_one_id_of_the_page_and_of_the_source(products: list[tuple[Path, Products]]) -> None:
    for path, made in products:
        ids = [passage["id"] for passage in made.record["passages"]]
        assert len(ids) == len(set(ids)), path
        for fragment in (made.reading, made.source):
            page = Page(fragment)
            assert [id for id in ids if page.ids[id] != 1] == [], path
            assert [id for id, count in page.ids.items() if count > 1] == [], path


def test_pages_are_well_nested(products: list[tuple[Path, Products]]) -> None:
    wrong = {path.name: Page(made.reading).wrong[:3] for path, made in products if Page(made.reading).wrong}
    assert wrong == {}


def test_every_word_of_a_text_is_in_its_page(products: list[tuple[Path, Products]]) -> None:
    for path, made in products:
        tree = parse(path.read_bytes(), path.name)
        texts = tree.xpath("//tei:text[not(ancestor::tei:text)]//text() | //tei:sourceDoc//text()", namespaces=NAMES)
        there = "".join(Page(made.reading).words)
        assert [word for words in texts for word in str(words).split() if word not in there][:5] == [], path


def test_every_word_of_a_file_is_in_its_source_view(own: list[tuple[Path, Products]]) -> None:
    for path, made in own:
        page = etree.HTML(made.source)
        for sign in page.xpath("//a[contains(@class, 'to-page')]"):
            sign.text = ""
        shown = "".join(page.itertext())
        assert re.sub(r"\s+", "", "".join(etree.fromstring(shown.encode()).itertext())) == re.sub(
            r"\s+", "", "".join(parse(path.read_bytes(), "").getroot().itertext())
        ), path


def test_the_words_the_edition_adds_are_nobodys() -> None:
    fragment = '<p id="a">On<a class="note-ref" id="ref:b">[1]</a> and<span class="tei-x by-edition"> off</span>.</p>'
    assert text(fragment, page(fragment, {"a"}).runs["a"]) == "On and."


def test_words_part_where_a_block_begins_or_ends() -> None:
    fragment = '<div id="a">one<p>two</p>three<br>four <em>f</em>ive</div>'
    assert text(fragment, page(fragment, {"a"}).runs["a"]) == "one two three four five"


def test_a_passage_inside_a_passage_has_its_own_words() -> None:
    fragment = '<div id="a">one <p id="b">two</p> three</div>'
    found = page(fragment, {"a", "b"}).runs
    assert {id: text(fragment, each).split() for id, each in found.items()} == {"a": ["one", "three"], "b": ["two"]}


def test_attributes_with_brackets_and_comments_are_no_words() -> None:
    fragment = """<p id="a&amp;b" title="x > y" data-x='"<b>"'>one<!-- <p id="c">no</p> --> two</p>"""
    assert text(fragment, page(fragment, {"a&b"}).runs["a&b"]) == "one  two"


WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), blacklist_characters="<>&\"'"), min_size=1, max_size=5
)


def fragments() -> st.SearchStrategy[str]:
    inline = st.recursive(
        WORDS | st.sampled_from(["&amp;", "&lt;", "<br>", "<!-- x -->", " "]),
        lambda inner: st.builds(
            lambda name, classes, content: f'<{name} class="{classes}">{"".join(content)}</{name}>',
            st.sampled_from(["span", "em", "div", "p"]),
            st.sampled_from(["tei-hi", *sorted(BY_EDITION)]),
            st.lists(inner, max_size=4),
        ),
        max_leaves=12,
    )
    return st.lists(inline, max_size=5).map(lambda parts: f'<div id="a">{"".join(parts)}</div>')


@given(fragments())
def test_any_piece_of_the_text_of_runs_is_found_in_the_fragment(fragment: str) -> None:
    offsets = page(fragment, {"a"}).runs.get("a", ())
    shown = text(fragment, offsets)
    assert list(offsets) == sorted(offsets)
    for start in range(len(shown)):
        pieces = list(places(offsets, start, start + 3))
        joined = "".join(fragment[first:last] for first, last in pieces)
        assert joined.replace(" ", "") == shown[start : start + 3].replace(" ", "")
        assert all("<" not in fragment[first:last] and ">" not in fragment[first:last] for first, last in pieces)


def test_runs_are_kept_in_the_catalogue(catalogue: Catalogue, built: Snapshot) -> None:
    reading = page_of(built, "reading", "lamp.xml")
    note = catalogue.passage("lamp", "lamp.fn1")
    assert note is not None
    assert " ".join(text(reading, note.runs).split()) == note.text

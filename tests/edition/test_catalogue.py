"""The catalogue answers about documents in order of path and passages in order of the text."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from edition.catalogue import Catalogue, CatalogueError
from edition.records import Document, Entry, Form, Mention, Passage, Reference
from edition.snapshot import Snapshot


def test_documents_stand_in_order_of_their_paths(catalogue: Catalogue) -> None:
    assert [document.id for document in catalogue.listing()] == ["garden.plan", "lamp", "song"]
    assert [document.id for document in catalogue.listing(offset=1, limit=1)] == ["lamp"]
    assert [document.id for document in catalogue.listing("pages")] == ["about"]
    assert [document.title for document in catalogue.listing("edition")] == ["A Tiny Edition"]
    registers = ["events", "organisations", "persons", "places", "works"]
    assert [document.id for document in catalogue.listing("registers")] == registers
    assert catalogue.listing("nowhere") == ()


def test_counts_are_of_documents_alone(catalogue: Catalogue) -> None:
    passages = [passage for document in catalogue.listing() for passage in catalogue.passages_of(document.id)]
    assert catalogue.documents == 3
    assert catalogue.passages == len(passages) == sum(document.passages for document in catalogue.listing())
    assert catalogue.words == sum(document.words for document in catalogue.listing())


def test_a_document_is_found_on_its_shelf(catalogue: Catalogue) -> None:
    assert catalogue.document("about") is None
    assert catalogue.document("about", "pages") is not None
    assert catalogue.document("nobody") is None


def test_neighbours_are_those_on_the_shelf(catalogue: Catalogue) -> None:
    around = {each.id: [other and other.id for other in catalogue.neighbours(each.id)] for each in catalogue.listing()}
    assert around == {"garden.plan": [None, "lamp"], "lamp": ["garden.plan", "song"], "song": ["lamp", None]}
    assert catalogue.neighbours("nobody") == (None, None)


def test_passages_are_numbered_from_one_through_all_documents(catalogue: Catalogue) -> None:
    numbered = list(catalogue.all_passages())
    assert [number for number, _ in numbered] == list(range(1, catalogue.passages + 1))
    order = [passage for document in catalogue.listing() for passage in catalogue.passages_of(document.id)]
    assert [passage for _, passage in numbered] == [replace(each, runs=(), shown=(), place=()) for each in order]
    assert catalogue.numbered([7, 1, 3]) == (order[6], order[0], order[2])
    assert catalogue.numbered(range(1, catalogue.passages + 1)) == tuple(order)


def test_one_passage_is_asked_for_by_document_and_id(catalogue: Catalogue) -> None:
    note = catalogue.passage("lamp", "lamp.fn1")
    assert note is not None
    assert (note.kind, note.label, note.language, note.text) == ("note", "note 1", "en", "It is an old table, of pear wood")
    assert note.fields == {"kind": ("note",), "language": ("en",)}
    assert catalogue.passage("song", "lamp.fn1") is None
    assert [passage.id for passage in catalogue.passages_of("lamp", limit=2)] == ["lamp.m1", "lamp.m2"]


def test_entries_are_found_by_kind_and_by_key(catalogue: Catalogue) -> None:
    assert [entry.key for entry in catalogue.entries("person")] == ["pers-alder", "grp-friends", "pers-nobody"]
    assert [entry.key for entry in catalogue.entries("place")] == ["pl-valley", "pl-millbrook"]
    lamp = Reference("documents/lamp.xml", "", "lamp")
    assert catalogue.entry("person", "pers-alder") == Entry(
        "registers/persons.xml", "pers-alder", "person", "", "Alder, Tom", ("Alder", "Alder, Tom", "Tom Alder"), "en",
        (Form("Alder"), Form("Alder, Tom", type="preferred"), Form("Tom Alder", sources=(lamp,))),
    )  # fmt: skip
    assert catalogue.entry("place", "pers-alder") is None


def test_every_mention_of_an_entry_is_known_with_its_passage_and_words(catalogue: Catalogue) -> None:
    alder = catalogue.entry("person", "pers-alder")
    assert alder is not None
    assert [replace(mention, id="", number=0, places=()) for mention in catalogue.mentions_of(alder)] == [
        Mention("garden.plan", "body.d2-e1", alder.file, alder.key, "persName", "Alder", start=0, end=5, kind="person"),
        Mention("lamp", "lamp.ep2", alder.file, alder.key, "persName", "Tom Alder", start=2, end=11, kind="person"),
    ]
    nobody = catalogue.entry("person", "pers-nobody")
    assert nobody is not None
    assert catalogue.mentions_of(nobody) == ()


def test_the_entries_of_a_document_stand_in_the_order_of_their_first_mention(catalogue: Catalogue) -> None:
    assert [entry.key for entry in catalogue.entries_in("lamp")] == [
        "org-lantern", "pers-alder", "grp-friends", "pl-millbrook", "ev-purchase", "bibl-lamps"
    ]  # fmt: skip
    assert catalogue.entries_in("song") == ()


def test_every_mention_is_in_a_passage_of_its_document_and_names_an_entry(catalogue: Catalogue) -> None:
    for document in catalogue.listing():
        for entry in catalogue.entries_in(document.id):
            for mention in catalogue.mentions_of(entry):
                passage = catalogue.passage(mention.document, mention.passage)
                assert passage is not None
                assert passage.text[mention.start : mention.end] == mention.words


def test_a_relation_is_known_from_both_sides(catalogue: Catalogue) -> None:
    valley, millbrook = (catalogue.entry("place", key) for key in ("pl-valley", "pl-millbrook"))
    assert valley is not None
    assert millbrook is not None
    assert [(each.name, each.entry.key, each.is_active) for each in catalogue.relations_of(valley)] == [
        ("contains", "pl-millbrook", True),
        ("part of", "pl-millbrook", False),
    ]
    assert [(each.name, each.entry.key, each.is_active) for each in catalogue.relations_of(millbrook)] == [
        ("contains", "pl-valley", False),
        ("part of", "pl-valley", True),
    ]


def test_it_answers_in_several_threads(catalogue: Catalogue) -> None:
    answers: list[Document | None] = []
    threads = [threading.Thread(target=lambda: answers.append(catalogue.document("lamp"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert len(set(map(repr, answers))) == 1


def test_a_catalogue_of_another_version_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(b"")  # to SQLite a database without tables
    with pytest.raises(CatalogueError, match=r"another version of this software made the catalogue; run “edition build”"):
        Catalogue(path)


@pytest.mark.parametrize("data", [None, b"no database at all, only words", b"SQLite format 3\0" + b"\0" * 4000])
def test_a_missing_or_damaged_catalogue_says_so(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "catalogue.sqlite"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(CatalogueError, match=r"catalogue\.sqlite: the catalogue cannot be read"):
        Catalogue(path)


def test_a_truncated_catalogue_says_so(tmp_path: Path, built: Snapshot) -> None:
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(built.catalogue.read_bytes()[:5000])
    with pytest.raises(CatalogueError):
        Catalogue(path)


def test_a_passage_is_a_value() -> None:
    assert Passage("a", "b", "note", "note 1", "en", "x") == Passage("a", "b", "note", "note 1", "en", "x")

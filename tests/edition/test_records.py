"""What a document is called, and what its header says."""

from __future__ import annotations

import pytest

from edition.catalogue import Catalogue
from edition.recorded import document
from edition.records import Licence, RecordError, Responsibility, document_id, resolved


@pytest.mark.parametrize(
    ("source", "id"),
    [
        ("lamp.xml", "lamp"),
        ("garden/plan.xml", "garden.plan"),
        ("letters/1910/05.12.xml", "letters.1910.05.12"),
        ("A lamp (2nd)!.xml", "A-lamp--2nd--"),
        ("ключ_名-1.xml", "ключ_名-1"),
        ("cafe\u0301.xml", "caf\u00e9"),
        ("rnā.xml", "rnā"),
        ("कि.xml", "कि"),
        ("report.pdf.xml", "report-pdf"),
        ("report.csl.json.xml", "report-csl-json"),
        ("report.json.2.xml", "report.json.2"),
        ("report.xml.xml", "report-xml"),
        ("html/lamp.xml", "html.lamp"),
        ("lamp/html.xml", "lamp-html"),
        ("pdf.xml", "pdf"),
        ("two\nlines.xml", "two-lines"),
    ],
)
def test_an_id_is_the_stem_with_its_folders_fit_for_an_address(source: str, id: str) -> None:
    assert document_id(source) == id


def test_the_header_says_who_when_and_on_what_terms(catalogue: Catalogue) -> None:
    lamp = catalogue.document("lamp")
    assert lamp is not None
    assert (lamp.title, lamp.subtitle, lamp.title_supplied) == ("A Lamp by the Window", "A Report", True)
    assert (lamp.date, lamp.date_text, lamp.language) == ("1910-05-12", "12 May 1910", "en")
    assert (lamp.authors, lamp.publisher, lamp.edition) == (("Ada Reed",), "The Gardeners", "2")
    assert lamp.responsibilities == (Responsibility("Encoding", "The Gardeners"),)
    assert lamp.licences == (Licence("Free.", "https://creativecommons.org/publicdomain/zero/1.0/"),)
    assert lamp.source_description == "One sheet of paper, two pages."
    assert [(line.id, line.text, line.level) for line in lamp.contents] == [
        ("lamp.h1", "The room", 1),
        ("lamp.h2", "The shelf in the room", 2),
        ("lamp.h3", "The window", 1),
    ]


def test_what_a_header_does_not_say_stays_empty(catalogue: Catalogue) -> None:
    song = catalogue.document("song")
    assert song is not None
    assert (song.subtitle, song.date, song.publisher, song.authors, song.licences) == ("", "", "", (), ())


def test_a_folder_is_a_collection(catalogue: Catalogue) -> None:
    assert {each.id: each.collection for each in catalogue.listing()} == {"garden.plan": "garden", "lamp": "", "song": ""}


def test_a_record_of_another_shape_is_refused() -> None:
    with pytest.raises(RecordError, match=r"lamp\.xml: the record lacks 'header'"):
        document({}, "lamp", "lamp.xml")


@pytest.mark.parametrize(
    ("target", "file", "key"),
    [
        ("persons.xml#pers-a", "registers/persons.xml", "pers-a"),
        ("../documents/lamp.xml#lamp.p1", "documents/lamp.xml", "lamp.p1"),
        ("#pers-a", "registers/places.xml", "pers-a"),
        ("../documents/lamp.xml", "documents/lamp.xml", ""),
        ("a%20name.xml#%C3%A9", "registers/a name.xml", "é"),
        ("../../elsewhere.xml#a", "../elsewhere.xml", "a"),
        ("./places.xml?lang=en#a", "registers/places.xml", "a"),
        ("..", ".", ""),
    ],
)
def test_a_pointer_starts_from_the_folder_of_its_file(target: str, file: str, key: str) -> None:
    assert resolved("registers/places.xml", target) == (file, key)

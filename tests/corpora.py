"""A folder of corpora, each built as an edition of its own: is each word served, what is refused, what does it cost?

``python -m tests.corpora FOLDER`` writes the table of ``docs/corpora.md`` anew, a row for each sub-folder of FOLDER.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from lxml import etree

from edition.catalogue import Catalogue
from edition.findings import CODES, Unreadable
from edition.inclusion import whole
from edition.inputs import Scan
from edition.records import is_tei_name
from edition.settings import HOME, read
from edition.snapshot import Snapshot, current
from tests import formats, words
from tests.stored import unpacked
from webapp import create_app

PAGE = HOME / "docs" / "corpora.md"
ROOTS = (words.TEI + "TEI", words.TEI + "teiCorpus")
LEFT_OUT = ("E001", "E002", "E003", "E004", "E005", "E006", "E007", "E008", "E009", "E010", "E011", "E013")

LETTERS = "W402"
"""The finding that tells of letters without a font."""
SHEETS_CHECKED = 2
"""PDFs of each corpus that veraPDF checks, the smallest: large ones take it minutes."""

HEADING = """# Corpora that were tried

Each corpus is built as an edition of its own, without any setting, and what is served is compared with its files: the words
between two tags of the TEI must stand between two tags of the pages, as often (`tests/words.py`).

Missing are words of texts that no page has, then documents that are not served. Seconds are those of processors, all processes
together, for everything: pages, records, exports, catalogue and index; MB is the TEI, memory that of the largest process.
Findings are all that the build tells; what is left out is listed below.

This page is made by `python -m tests.corpora FOLDER`, for any folder of folders of TEI; it needs Java, Poppler, and veraPDF
(`scripts/test` installs it).

## The pages

| corpus | documents | words | missing | seconds | MB | MB/s | memory, MB | findings |
|---|---|---|---|---|---|---|---|---|
"""


HEADING_OF_FORMATS = """
## The formats

Words that the formats for reading lack. The page in one file and the book are compared with the TEI; plain text with that page,
letter by letter in its order; the text in the PDFs with it too, as Poppler gives it. What cannot be compared is said in
`tests/formats.py`. EPUBCheck judges every book (warnings count), veraPDF the two smallest PDFs of each corpus (PDF/UA-1 and
PDF/A-2a, each a check), rdflib, bibtexparser, rispy and a schema the JSON-LD, BibTeX, RIS and CSL-JSON of every document.
“Codes” are documents with letters that no font has: in their PDFs codes stand for them.

| corpus | html | epub | txt | pdf | PDFs made | codes | books refused | PDFs refused | data refused |
|---|---|---|---|---|---|---|---|---|---|
"""


class Formats(NamedTuple):
    """What is known of the formats of a corpus: words missing by extension, and what was refused of what was checked."""

    missing: Mapping[str, int]
    sheets: int
    with_codes: int
    books: tuple[int, int]
    checked: tuple[int, int]
    data: tuple[int, int]


class Compared(NamedTuple):
    """A file with a text to be read: its words, how many of them no page has, and whether it is served at all."""

    source: str
    words: int
    missing: int
    examples: tuple[str, ...]
    is_served: bool


class Row(NamedTuple):
    """What is known of a corpus when it has been built."""

    name: str
    documents: int
    words: int
    missing: int
    unserved: int
    seconds: float
    size: int
    memory: int
    findings: int
    left_out: Counter[str]
    formats: Formats


def compared(folder: Path, site: FlaskClient) -> Iterator[Compared]:
    """Each file with a text below a folder of documents, compared with the pages that a site gives of it, inclusions made."""
    pages: dict[str, list[str]] = {}
    address = "/api/v1/documents"
    while address:
        answer = site.get(address).json
        assert answer is not None
        for document in answer["documents"]:
            pages.setdefault(document["source"], []).extend(urlsplit(part).path for part in document["parts"])
        address = answer["next"] or ""
    scan = Scan(folder)
    for path in sorted(path for path in folder.rglob("*") if is_tei_name(path.name)):
        root = root_of(path, scan)
        if root is None:
            continue
        source = path.relative_to(folder).as_posix()
        wanted = words.of_texts(root)
        lost = words.missing(wanted, *(site.get(page).text for page in pages.get(source, ())))
        yield Compared(source, wanted.total(), lost.total(), tuple(lost)[:8], source in pages)


def root_of(path: Path, scan: Scan) -> etree._Element | None:
    """The root of a TEI file that has a text; None of what is none, and of what no parser reads.

    What it includes is in it, but for whole documents, which are served as what they are.
    """
    try:
        _, reach = scan.file(path, path.name)
        file = whole(path.read_bytes(), path, path.name, reach)
    except (Unreadable, OSError):
        return None
    for element in [each for each in file.roots if each.tag in ROOTS]:
        element.getparent().remove(element)  # type: ignore[union-attr]
    root = file.tree.getroot()
    return root if root.tag in ROOTS and next(root.iter(*words.TEXTS), None) is not None else None


def measured(name: str, folder: Path) -> Row | None:
    """A corpus built in a process of its own, then compared; None where nothing of it can be published."""
    with tempfile.TemporaryDirectory() as out:
        command = [str(Path(sys.executable).with_name("edition")), "build", "--project", out, "--tei", str(folder), "--out", out]
        process = subprocess.Popen([*command, "--jobs", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        project = read(Path(out), {"tei": str(folder), "out": out}, {})
        size = sum(path.stat().st_size for path in folder.rglob("*") if is_tei_name(path.name))
        if process.returncode:
            return None
        told = json.loads(current(project.out).findings.read_text("utf-8"))
        files = list(compared(folder, create_app(project).test_client()))
        return Row(
            name,
            sum(each.is_served for each in files),
            sum(each.words for each in files),
            sum(each.missing for each in files),
            sum(not each.is_served for each in files),
            used.ru_utime + used.ru_stime,
            size,
            used.ru_maxrss * 1024,
            len(told),
            Counter(each["code"] for each in told if each["code"] in LEFT_OUT),
            in_formats(folder, current(project.out), sum(each["code"] == LETTERS for each in told)),
        )


def in_formats(folder: Path, snapshot: Snapshot, with_codes: int) -> Formats:
    """What is lost in the formats of a corpus, and what readers refuse of them."""
    missing: Counter[str] = Counter()
    scan = Scan(folder)
    sources = by_source(Catalogue(snapshot.catalogue))
    for source, paths in sources.items():
        root = root_of(folder / source, scan)
        if root is not None:
            missing.update({name: lost.total() for name, lost in formats.lost(root, snapshot, paths).items()})
    every = [path for paths in sources.values() for path in paths]
    with tempfile.TemporaryDirectory() as unpacked_to:
        sheets = sorted(unpacked(snapshot, "pdf", Path(unpacked_to)), key=lambda path: path.stat().st_size)
        some = sheets[:SHEETS_CHECKED]
        books = unpacked(snapshot, "epub", Path(unpacked_to))
        refused = formats.books_refused(books).count("not valid: ")
        passed = formats.sheets_checked(some).count("PASS ")
    faults = len(list(formats.faults(snapshot, every)))
    return Formats(
        missing,
        len(sheets),
        with_codes,
        (refused, len(books)),
        (2 * len(some) - passed, 2 * len(some)),
        (faults, len(every) * len(formats.CHECKS)),
    )


def by_source(catalogue: Catalogue) -> Mapping[str, list[str]]:
    """The paths of the documents in each file."""
    paths: dict[str, list[str]] = {}
    for document in catalogue.listing():
        paths.setdefault(document.source, []).append(document.path)
    return paths


def page(rows: Mapping[str, Row | None]) -> str:
    """The whole page, of what is known of each corpus."""
    lines = [_line(row) for row in rows.values() if row]
    made = [_line_of_formats(row) for row in rows.values() if row]
    refused = [f"- {name}: nothing is published, no file of it is TEI P5.\n" for name, row in rows.items() if not row]
    refused += [f"- {row.name}: {_reasons(row)}\n" for row in rows.values() if row and row.left_out]
    return HEADING + "".join(lines) + HEADING_OF_FORMATS + "".join(made) + "\n## What is left out, and why\n\n" + "".join(refused)


def _line(row: Row) -> str:
    missing = f"{row.missing:,} words, {row.unserved} documents"
    rate = f"{row.size / 1e6:.1f} | {row.size / 1e6 / row.seconds:.2f}"
    return (
        f"| {row.name} | {row.documents:,} | {row.words:,} | {missing} | {row.seconds:.1f} | {rate} "
        f"| {row.memory / 1e6:.0f} | {row.findings:,} |\n"
    )


def _line_of_formats(row: Row) -> str:
    known = row.formats
    words = " | ".join(f"{known.missing.get(name, 0):,}" for name in ("html", "epub", "txt", "pdf"))
    judged = " | ".join(f"{refused} of {checked:,}" for refused, checked in (known.books, known.checked, known.data))
    return f"| {row.name} | {words} | {known.sheets} of {known.books[1]} | {known.with_codes} | {judged} |\n"


def _reasons(row: Row) -> str:
    return "; ".join(f"{times} × {code} ({CODES[code][0].rstrip('.')})" for code, times in sorted(row.left_out.items())) + "."


if __name__ == "__main__":
    corpora = sorted(each for each in Path(sys.argv[1]).resolve().iterdir() if each.is_dir())
    PAGE.write_text(page({each.name: measured(each.name, each) for each in corpora}), "utf-8")

"""What is made of each file, once, kept in a cache under the digest of the file, its place, and of all that makes it.

An entry has a line with a ``finding`` of the file itself, or for each ``document`` in it one, followed by its ``rows`` for the
catalogue. Its files are called by the number of that line, the product, and the part.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from edition import cache, citation_trees, records
from edition.catalogue import Chunk, Shelved, facts, rows
from edition.findings import Finding, Unreadable, finding
from edition.inputs import Input
from edition.overrides import stylesheets
from edition.parts import fragments
from edition.settings import HOME, Settings
from edition.transform import FRAGMENTS, Products, Transformer
from edition.workers import Progress, Tools, work_through

SAID = ("ids", "doubled", "dangling", "pointers", "lacking", "images")
"""The parts of a record that review and pages need as they are."""
COMMON = ("series", "language", "publisher", "licences")
"""What a folder of TEI without a header of its own has from those of its documents: see ``edition.site``."""
_PACKAGES = ("tei-edition", "lxml", "pystemmer", "saxonche", "whoosh3")


def software(settings: Settings) -> str:
    """The digest of everything but the texts that decides what a build makes: our code, the stylesheets, the libraries."""
    digest = hashlib.sha256()
    folders = ((HOME / "edition", "**/*.py"), (HOME / "search_index", "**/*.py"), (stylesheets(settings), "**/*.xsl"))
    for folder, pattern in folders:
        for path in sorted(folder.glob(pattern)):
            digest.update(f"{path.relative_to(folder.parent)}\0".encode() + path.read_bytes() + b"\0")
    digest.update("".join(f"{name} {importlib.metadata.version(name)}\n" for name in _PACKAGES).encode())
    return digest.hexdigest()


def fields(settings: Settings, software: str) -> tuple[records.Field, ...]:
    """The search fields that the stylesheets know; kept until these change, since asking takes as long as a short document."""
    kept = settings.out / "fields.json"
    try:
        known = json.loads(kept.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        known = {}
    if known.get("software") != software:
        known = {"software": software, "fields": Transformer(stylesheets(settings)).fields()}
        new = kept.with_name(".fields.json")
        new.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
        new.replace(kept)
    return tuple(records.Field(**row) for row in known["fields"])


def make(settings: Settings, inputs: Sequence[Input], jobs: int, progress: Progress) -> tuple[list[Finding], list[Finding]]:
    """Put the products of these files into the cache; the files that were refused, and those that were lost, as findings.

    A file is lost when the process that works on it dies. The next build tries it again: it may not be the file's fault.
    """
    (settings.out / "cache").mkdir(exist_ok=True)
    refused: list[Finding] = []
    lost: list[Finding] = []
    results = work_through(Tools(stylesheets(settings)), inputs, _make, jobs, "Transforming", progress)
    for each, fault in zip(inputs, results, strict=True):
        if fault is None:
            lost.append(finding("E013", each.shown))
        else:
            refused += fault
    return refused, lost


def _make(tools: Tools, each: Input) -> list[Finding]:
    """Transform one file into the cache; the finding that leaves it out, if there is one."""
    try:
        keep(each, tools.transformer.made(each.whole(), each.shown))
    except Unreadable as cause:
        return [each.judged(cause.finding)]
    return []


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as the cache has it: id, path on its shelf, whether it was withdrawn, its files, and what there is to report.

    ``said`` is what review and report need of its record; ``rows`` must be read before the next document.
    """

    id: str
    path: str
    is_withdrawn: bool
    said: Mapping[str, Any]
    files: tuple[cache.File, ...]
    findings: tuple[Finding, ...]
    rows: Iterable[Chunk]


def keep(each: Input, made: Iterable[Products | Finding]) -> None:
    """Put what was made of a file into the cache; whole or not at all."""
    cache.hold(each.entry, partial(_lines, each, made))


def _lines(each: Input, made: Iterable[Products | Finding], put: cache.Put) -> Iterator[Mapping[str, Any]]:
    """What an entry says: of the file itself, or of each document in it, its rows behind it."""
    for number, one in enumerate(made):
        if isinstance(one, Finding):
            yield {"finding": _note(one)}
            continue
        path = records.member_path(each.source, one.member)
        document = records.document(one.record, records.document_id(path), each.source, path)
        is_withdrawn = each.role == "documents" and document.is_withdrawn
        header = one.record["header"]
        said = {name: one.record[name] for name in SAID} | {name: header[name] for name in COMMON}
        said |= {"title": document.title}
        said["entries"] = [{"id": entry["id"]} for entry in one.record["entries"]]
        links = records.links(one.record)
        said["mentions"] = [{"key": key, "target": ""} for key in links.keys]
        known = {"id": document.id, "path": path, "is_withdrawn": is_withdrawn, "said": said}
        files = () if is_withdrawn else [put(f"{number}.{name}", data) for name, data in _contents(each, one)]
        yield {"document": known, "findings": [_note(note) for note in one.findings], "files": files}
        for table, chunk in rows(_withdrawn(document) if is_withdrawn else _shelved(document, each, one)):
            yield {"rows": [table, chunk]}
        for table, chunk in () if is_withdrawn else facts(one.record, links, each.role, each.place):
            yield {"rows": [table, chunk]}


def named(file: cache.File) -> tuple[str, int]:
    """Which product of a document a file is (``tei`` and ``resolved`` are its TEI), and which part of it."""
    _, product, part = file.path.name.split(".")
    return product, int(part)


def _contents(each: Input, made: Products) -> Iterator[tuple[str, bytes]]:
    """The files of a document: product and part of each, and what is in it."""
    yield "tei.0", made.resolved.encode() if made.member else each.data()
    if each.role == "documents":
        yield "resolved.0", made.resolved.encode()
    for product in FRAGMENTS:
        for part, fragment in enumerate(fragments(getattr(made, product), each.role)):
            yield f"{product}.{part}", fragment.encode()


def _withdrawn(document: records.Document) -> Shelved:
    return Shelved("withdrawn", document, "", (), (), ())


def _shelved(document: records.Document, each: Input, made: Products) -> Shelved:
    """All that the catalogue is to know of a document."""
    record = made.record
    return Shelved(
        each.role,
        document,
        each.place,
        records.passages(record, document.id),
        records.entries(record, each.place),
        records.mentions(record, document.id, each.place),
        records.relations(record, each.place),
        records.passage_links(record, each.place),
        records.remarks(record, each.place),
        records.links(record).ids if made.member else (),
        citation_trees.citation(record),
        records.anchors(record),
        record["header-tei"],
        record["correspondence"],
        records.slices(record),
    )


def _note(each: Finding) -> tuple[int, int, str, str]:
    return (each.line, each.column, each.code, each.message)


def held(each: Input) -> Iterator[Kept | Finding] | None:
    """What was made of a file, one by one; None when the cache does not have it, or damaged."""
    return _read(each) if cache.is_held(each.entry) else None


def _read(each: Input) -> Iterator[Kept | Finding]:
    lines = _Lines(cache.lines(each.entry))
    for line in lines.others():
        known: dict[str, Any] = json.loads(line)
        if "finding" in known:
            yield Finding(each.shown, *known["finding"])
        else:
            findings = tuple(Finding(each.shown, *note) for note in known["findings"])
            yield Kept(**known["document"], files=cache.files(each.entry, known), findings=findings, rows=lines.rows())


class _Lines:
    """The lines of an entry: those that begin something, and the rows behind one of them, which may be left unread."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._next: bytes | None = None

    def others(self) -> Iterator[bytes]:
        """The lines that are no rows."""
        while line := self._next or next(self._lines, b""):
            self._next = None
            if not line.startswith(_ROWS):
                yield line

    def rows(self) -> Iterator[Chunk]:
        """The rows that come next."""
        for line in self._lines:
            if not line.startswith(_ROWS):
                self._next = line
                return
            table, chunk = json.loads(line)["rows"]
            yield table, chunk


_ROWS = b'{"rows"'

"""What is made of each file, once, kept in the store under the digest of the file, its place, and of all that makes it.

The files of an entry lie in a folder for each document that the file of TEI holds, counted from 1 (or for a finding in its
place): its TEI, its pages, of a long one part by part, what the catalogue has to know of it as rows, and what reports say.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Any

from edition import citation_trees, recorded, records, store
from edition.catalogue import Chunk, Shelved, facts, rows
from edition.findings import Finding, Unreadable, finding
from edition.inputs import Input, is_little
from edition.overrides import stylesheets
from edition.parts import fragments
from edition.settings import HOME, Settings
from edition.transform import ALWAYS, FRAGMENTS, Products
from edition.workers import Tools, Workers

SAID = ("ids", "doubled", "dangling", "pointers", "lacking", "images")
"""The parts of a record that review and pages need as they are."""
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


def fields(settings: Settings, software: str, workers: Workers) -> tuple[records.Field, ...]:
    """The search fields that the stylesheets know; kept until these change, since asking takes as long as a short document."""
    kept = settings.out / "fields.json"
    try:
        known = json.loads(kept.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        known = {}
    if known.get("software") != software:
        known = {"software": software, "fields": workers.begin(_fields, None)()}
        new = kept.with_name(".fields.json")
        new.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
        new.replace(kept)
    return tuple(records.Field(**row) for row in known["fields"])


def _fields(tools: Tools, task: None) -> list[dict[str, str]]:
    return tools.transformer.fields()


def ready(tools: Tools, task: None) -> None:
    """Have in a worker what every file needs, before it is known which files there are."""
    tools.transformer.ready("record", *(f"pages/{name}" for name in ALWAYS))


def make(inputs: Sequence[Input], workers: Workers) -> tuple[list[Finding], list[Finding]]:
    """Put the products of these files into the store; the files that were refused, and those that were lost, as findings.

    A file is lost when the process that works on it dies. The next build tries it again: it may not be the file's fault.
    """
    refused: list[Finding] = []
    lost: list[Finding] = []
    results = workers.work_through(inputs, _make, "Transforming", is_little(inputs))
    for each, fault in zip(inputs, results, strict=True):
        if fault is None:
            lost.append(finding("E013", each.shown))
        else:
            refused += fault
    return refused, lost


def _make(tools: Tools, each: Input) -> list[Finding]:
    """Transform one file into the store; the finding that leaves it out, if there is one."""
    try:
        keep(each, tools.transformer.made(each.whole(), each.shown))
    except Unreadable as cause:
        return [each.judged(cause.finding)]
    return []


FINDING, SAID_OF, ROWS = "finding.json", "said.json", "rows.jsonl"
"""Files of a document that are not for readers: a finding in its place, what reports say of it, its rows, a chunk a line."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as the store has it: id, path on its shelf, whether it was withdrawn, and what there is to report.

    ``said`` is what review and report need of its record; ``entry`` is open until the next document is asked for.
    """

    id: str
    path: str
    is_withdrawn: bool
    said: Mapping[str, Any]
    findings: tuple[Finding, ...]
    entry: store.Entry
    number: int

    @property
    def rows(self) -> Iterator[Chunk]:
        """What the catalogue has to know of it."""
        return (tuple(json.loads(line)) for line in self.entry.lines(f"{self.number}/{ROWS}"))

    def pages(self, product: str) -> Iterator[str]:
        """Its pages of one kind, part by part."""
        for part in count():
            name = f"{self.number}/{store.page(product, part)}"
            if name not in self.entry:
                return
            yield self.entry.read(name).decode()


def keep(each: Input, made: Iterable[Products | Finding]) -> None:
    """Put what was made of a file into the store; whole or not at all."""
    with store.writing(each.entry) as entry:
        for number, one in enumerate(made, 1):
            if isinstance(one, Finding):
                entry.add(f"{number}/{FINDING}", _json(_note(one)))
            else:
                _keep(entry, each, number, one)


def _keep(entry: store.Writer, each: Input, number: int, one: Products) -> None:
    """Put a document into an entry."""
    path = records.member_path(each.source, one.member)
    document = recorded.document(one.record, records.document_id(path), each.source, path)
    is_withdrawn = each.role == "documents" and document.is_withdrawn
    said = {name: one.record[name] for name in SAID}
    said["entries"] = [{"id": entry["id"]} for entry in one.record["entries"]]
    links = recorded.links(one.record)
    said["mentions"] = [{"key": key, "target": ""} for key in links.keys]
    known = {"id": document.id, "path": path, "is_withdrawn": is_withdrawn, "said": said}
    for name, data in () if is_withdrawn else _contents(each, one):
        entry.add(f"{number}/{name}", data)
    entry.add(f"{number}/{SAID_OF}", _json(known | {"findings": [_note(note) for note in one.findings]}))
    shelved = _withdrawn(document) if is_withdrawn else _shelved(document, each, one)
    chunks = rows(replace(shelved, member=number))
    with entry.stream(f"{number}/{ROWS}") as file:
        for chunk in chunks if is_withdrawn else chain(chunks, facts(one.record, links, each.role, each.place)):
            file.write(_json(chunk) + b"\n")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _contents(each: Input, made: Products) -> Iterator[tuple[str, bytes]]:
    """The files of a document for readers: what each is called, and what is in it."""
    yield store.TEI, made.resolved.encode() if made.member else each.data()
    if each.role == "documents":
        yield store.RESOLVED, made.resolved.encode()
        if made.record["header-tei"]:
            yield store.HEADER, made.record["header-tei"].encode()
    for product in FRAGMENTS:
        for part, fragment in enumerate(fragments(getattr(made, product), each.role)):
            yield store.page(product, part), fragment.encode()


def _withdrawn(document: records.Document) -> Shelved:
    return Shelved("withdrawn", document, "", (), (), ())


def _shelved(document: records.Document, each: Input, made: Products) -> Shelved:
    """All that the catalogue is to know of a document."""
    record = made.record
    return Shelved(
        each.role,
        document,
        each.place,
        recorded.passages(record, document.id),
        recorded.entries(record, each.place),
        recorded.mentions(record, document.id, each.place),
        recorded.relations(record, each.place),
        recorded.passage_links(record, each.place),
        recorded.remarks(record, each.place),
        recorded.links(record).ids if made.member else (),
        citation_trees.trees(record),
        recorded.anchors(record),
        bool(record["header-tei"]),
        record["correspondence"],
        recorded.slices(record),
    )


def _note(each: Finding) -> tuple[int, int, str, str]:
    return (each.line, each.column, each.code, each.message)


def held(each: Input) -> Iterator[Kept | Finding]:
    """What was made of a file, one by one; raises StoreError when the store does not have it, or damaged."""
    with store.Entry(each.entry) as entry:
        for number in count(1):
            if f"{number}/{FINDING}" in entry:
                yield Finding(each.shown, *json.loads(entry.read(f"{number}/{FINDING}")))
            elif f"{number}/{SAID_OF}" in entry:
                known = json.loads(entry.read(f"{number}/{SAID_OF}"))
                findings = tuple(Finding(each.shown, *note) for note in known.pop("findings"))
                yield Kept(**known, findings=findings, entry=entry, number=number)
            else:
                return

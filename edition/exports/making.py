"""The formats of all documents, made in worker processes; what did not change since the last build is in the store."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from edition import records, store
from edition.catalogue import Catalogue, note_formats
from edition.exports.context import citation, context
from edition.exports.formats import CITING, formats, packed
from edition.exports.sheets import TypesetError, can_typeset, fonts
from edition.exports.styled import STYLED, styled
from edition.findings import Finding, finding
from edition.inputs import Input, is_little
from edition.records import Document
from edition.settings import HOME, Settings
from edition.snapshot import Format, Snapshot
from edition.store import in_format
from edition.transform import Node, StylesheetError, TransformError
from edition.workers import Tools, Workers

_FINDINGS = "findings.json"
"""What there is to report of the formats of a document: code and detail of each."""


@dataclass(frozen=True, slots=True)
class Task:
    """The documents of a file whose formats the store lacks, by their paths, and the entries that are to hold them.

    ``edition`` is the record of the edition itself.
    """

    settings: Settings
    input: Input
    catalogue: Path
    documents: Mapping[str, tuple[Document, Path]]
    edition: Document
    formats: tuple[Format, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What became of all: which formats there are, the entries of the store with the paths of their files, and what to report.

    What there is to report of the formats of a document is noted in the catalogue.
    """

    formats: tuple[Format, ...]
    entries: Mapping[str, str]
    findings: tuple[Finding, ...]


def decides(settings: Settings) -> str:
    """The digest of what decides on the formats, besides what decides on the pages: which there are, style, fonts, Typst."""
    digest = hashlib.sha256(f"{settings.edition_id} {settings.email} {[each.extension for each in formats(settings)]}".encode())
    digest.update(importlib.metadata.version("typst").encode() if can_typeset() else b"")
    folders = (HOME / "webapp" / "static", settings.project / "static", *fonts(settings))
    for path in (path for folder in folders for path in sorted(folder.rglob("*"))):
        if path.suffix in (".css", ".ttf", ".otf"):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def make(
    settings: Settings,
    inputs: Sequence[Input],
    software: str,
    workers: Workers,
    snapshot: Snapshot,
    is_needed: Callable[[str], bool],
) -> Made:
    """Have every format of every document in the store, and tell the catalogue of a snapshot where they are.

    ``is_needed`` says which entries the store lacks.
    """
    wanted = tuple(each for each in formats(settings) if each.extension != "pdf" or can_typeset())
    with closing(Catalogue(snapshot.catalogue)) as catalogue:
        edition = catalogue.document("edition", "edition")
        if edition is None:
            raise OSError(f"{snapshot.catalogue}: the edition has no record")
        files = {each.source: each for each in inputs if each.role == "documents"}
        decided = f"{software} {settings.site_url} {edition!r}"
        documents = tuple(catalogue.naming())
        entries = {id: _entry(decided, files[source], path, named) for id, path, source, named, _ in documents}
        lacking: dict[str, dict[str, tuple[Document, Path]]] = defaultdict(dict)
        for id, path, source, _, _ in documents:
            if is_needed(entries[id]) and (document := catalogue.document(id)):
                lacking[source][path] = document, store.place(settings.out, entries[id])
    tasks = [Task(settings, files[source], snapshot.catalogue, own, edition, wanted) for source, own in lacking.items()]
    results = workers.work_through(tasks, _make, "Exporting", is_little([task.input for task in tasks]))
    findings = [] if wanted == formats(settings) else [finding("N401", "edition.toml")]
    died = [task for task, result in zip(tasks, results, strict=True) if result is None]
    findings += [finding("W401", task.input.shown, detail="The process that made it died.") for task in died]
    snapshot.formats.write_text(json.dumps([asdict(each) for each in wanted], indent=1, ensure_ascii=False) + "\n", "utf-8")
    absent = {entry.stem for own in lacking.values() for _, entry in own.values() if not entry.exists()}
    made = {entries[id]: files[source].shown for id, _, source, _, _ in documents if entries[id] not in absent}
    changed = _changed(settings.out, ((id, entries[id], before) for id, _, _, _, before in documents), made)
    note_formats(snapshot.catalogue, changed)
    return Made(wanted, made, tuple(findings))


def _changed(
    out: Path, documents: Iterable[tuple[str, str, str]], made: Mapping[str, str]
) -> Iterator[tuple[str, str, Iterable[Finding]]]:
    """The documents whose formats are in another entry than before: id, entry (empty for none), and what there is to report."""
    for id, entry, before in documents:
        if entry not in made and before:
            yield id, "", ()
        elif entry in made and entry != before:
            with store.Entry(store.place(out, entry)) as opened:
                told = [finding(code, made[entry], detail=detail) for code, detail in json.loads(opened.read(_FINDINGS))]
            yield id, entry, told


def _entry(decided: str, file: Input, path: str, named: str) -> str:
    """What the store calls the formats of a document: the digest of all that they are made from."""
    return hashlib.sha256(f"{decided}\n{file.digest} {file.source} {path}\n{named}".encode()).hexdigest()


def _make(tools: Tools, task: Task) -> bool:
    """Put the formats of a file's documents into the store."""
    for member, node in tools.transformer.nodes(task.input.whole()):
        path = records.member_path(task.input.source, member)
        if path in task.documents:
            document, place = task.documents[path]
            with store.writing(place) as entry:
                findings = list(_made(tools, task, document, node, entry))
                entry.add(_FINDINGS, json.dumps(findings, ensure_ascii=False).encode())
    return True


def _made(tools: Tools, task: Task, document: Document, node: Node, entry: store.Writer) -> Iterator[tuple[str, str]]:
    """Put the formats that can be made of a document into an entry; what there is to report of them."""
    cited = citation(document, task.edition, task.settings)
    known = context(_catalogue(task.catalogue), document, task.edition, task.settings)
    for name in (each.extension for each in task.formats):
        if name in CITING:
            entry.add(in_format(name), CITING[name][2](cited).encode())
            continue
        try:
            data, unshown = packed(name, tools.transformer.export(name, node, known), task.settings)
        except StylesheetError:
            raise
        except (TransformError, TypesetError, json.JSONDecodeError) as cause:
            yield "W401", f"It is {name}. {cause}"
            continue
        entry.add(in_format(name), data)
        if unshown:
            yield "W402", f"They are {_listed(unshown)}."
    if can_typeset():
        entry.add(in_format(STYLED), styled(cited))


@lru_cache(maxsize=1)
def _catalogue(path: Path) -> Catalogue:
    return Catalogue(path)


def _listed(letters: str) -> str:
    """The first of these letters with their codes, and how many there are besides."""
    first = ", ".join(
        f"{each} (U+{ord(each):04X})" if each.isprintable() else f"U+{ord(each):04X}" for each in letters[:MOST_LISTED]
    )
    return first if len(letters) <= MOST_LISTED else f"{first}, and {len(letters) - MOST_LISTED} more"


MOST_LISTED = 5
"""Letters that a finding names one by one."""

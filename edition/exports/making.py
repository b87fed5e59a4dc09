"""The formats of all documents, made in worker processes; what did not change since the last build is taken from the cache."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from edition import records
from edition.cache import content, hold, is_held
from edition.catalogue import Catalogue
from edition.exports.archives import write_archives
from edition.exports.cmif import write_letters
from edition.exports.collected import COLLECTED, Collector
from edition.exports.context import citation, context
from edition.exports.formats import CITING, formats, packed
from edition.exports.registers import write_registers
from edition.exports.sheets import TypesetError, can_typeset, fonts
from edition.exports.styled import STYLED, styled
from edition.findings import Finding, finding
from edition.inputs import Input
from edition.overrides import stylesheets
from edition.records import Document
from edition.settings import HOME, Settings
from edition.snapshot import Format, Snapshot
from edition.transform import StylesheetError, TransformError
from edition.workers import Progress, Tools, work_through

CACHED = ".export"
"""What the names of cached formats end in. In each, the letters that it could not show are a line before its bytes."""


@dataclass(frozen=True, slots=True)
class Task:
    """The documents of a file, by their paths: all their formats are to be put into a snapshot.

    ``software`` is the digest of what decides, besides documents and registers, what a format is. ``edition`` is its own record.
    """

    settings: Settings
    input: Input
    snapshot: Snapshot
    documents: tuple[Document, ...]
    edition: Document
    formats: tuple[Format, ...]
    software: str


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a file, or of all: the entries of the cache that hold the formats, and those that could not be made."""

    entries: frozenset[Path]
    findings: tuple[Finding, ...]


def decides(settings: Settings) -> str:
    """The digest of what decides on the formats, besides what decides on the pages: which there are, style, fonts, Typst."""
    digest = hashlib.sha256(f"{settings.edition_id} {settings.email} {[each.extension for each in formats(settings)]}".encode())
    digest.update(importlib.metadata.version("typst").encode() if can_typeset() else b"")
    folders = (HOME / "webapp" / "static", settings.project / "static", *fonts(settings))
    for path in (path for folder in folders for path in sorted(folder.rglob("*"))):
        if path.suffix in (".css", ".woff2", ".ttf", ".otf"):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def forget(settings: Settings) -> None:
    """Empty the cache of formats."""
    for entry in (settings.out / "cache").iterdir():
        if entry.suffix in (CACHED, COLLECTED):
            entry.unlink()


def make(settings: Settings, inputs: Sequence[Input], software: str, jobs: int, progress: Progress, snapshot: Snapshot) -> Made:
    """Put every format of every document into a snapshot whose catalogue is written."""
    wanted = tuple(each for each in formats(settings) if each.extension != "pdf" or can_typeset())
    catalogue = Catalogue(snapshot.catalogue)
    by_source: dict[str, list[Document]] = defaultdict(list)
    for document in catalogue.listing():
        by_source[document.source].append(document)
    edition = catalogue.document("edition", "edition")
    if edition is None:
        raise OSError(f"{snapshot.catalogue}: the edition has no record")
    tasks = [
        Task(settings, each, snapshot, tuple(by_source[each.source]), edition, wanted, software)
        for each in inputs
        if each.role == "documents" and each.source in by_source
    ]
    results = work_through(Tools(stylesheets(settings)), tasks, _make, jobs, "Exporting", progress)
    findings = [] if wanted == formats(settings) else [finding("N401", "edition.toml")]
    entries: set[Path] = set()
    for task, made in zip(tasks, results, strict=True):
        if made is None:
            findings.append(finding("W401", task.input.shown, detail="The process that made it died."))
        else:
            entries |= made.entries
            findings += made.findings
    snapshot.formats.parent.mkdir(exist_ok=True)
    snapshot.formats.write_text(json.dumps([asdict(each) for each in wanted], indent=1, ensure_ascii=False) + "\n", "utf-8")
    write_archives(snapshot, wanted, settings)
    collector = Collector(settings, software)
    write_registers(snapshot, catalogue, collector, settings)
    findings += write_letters(snapshot, catalogue, collector, settings)
    catalogue.close()
    return Made(frozenset(entries | collector.entries), tuple(findings))


def _make(tools: Tools, task: Task) -> Made:
    """Make what the cache lacks of a file's formats, and put all of them into the snapshot."""
    known = {
        each.path: context(_catalogue(task.snapshot.catalogue), each, task.edition, task.settings) for each in task.documents
    }
    entries = {path: _entries(task, path, context) for path, context in known.items()}
    lacking = {path: [name for name, entry in own.items() if not is_held(entry)] for path, own in entries.items()}
    findings: list[Finding] = []
    cited: set[Path] = set()
    if any(lacking.values()):
        for path, name, made in _made(tools, task, known, lacking):
            if isinstance(made, Finding):
                findings.append(made)
            else:
                data, letters = made
                hold(entries[path][name], [f"{letters}\n".encode(), data])
    for document in task.documents:
        for name, entry in entries[document.path].items():
            if entry.exists():
                unshown, _, data = content(entry).partition(b"\n")
                _place(task.snapshot.export(name, document.path), data)
                if unshown:
                    findings.append(finding("W402", task.input.shown, detail=f"They are {_listed(unshown.decode())}."))
        for each in task.formats:
            if each.extension in CITING:
                write = CITING[each.extension][2]
                data = write(citation(document, task.edition, task.settings)).encode()
                _place(task.snapshot.export(each.extension, document.path), data)
        if can_typeset():
            cited.add(_put_styled(task, document))
    held = {entry for own in entries.values() for entry in own.values()}
    return Made(frozenset(held | cited), tuple(findings))


def _listed(letters: str) -> str:
    """The first of these letters with their codes, and how many there are besides."""
    first = ", ".join(
        f"{each} (U+{ord(each):04X})" if each.isprintable() else f"U+{ord(each):04X}" for each in letters[:MOST_LISTED]
    )
    return first if len(letters) <= MOST_LISTED else f"{first}, and {len(letters) - MOST_LISTED} more"


MOST_LISTED = 5
"""Letters that a finding names one by one."""


def _put_styled(task: Task, document: Document) -> Path:
    """Put the citations of a document in styles into the snapshot; gives their entry in the cache."""
    cited = citation(document, task.edition, task.settings)
    digest = hashlib.sha256(f"{task.software} {cited!r}".encode()).hexdigest()
    entry = task.settings.out / "cache" / f"{digest}.{STYLED}{CACHED}"
    if not is_held(entry):
        hold(entry, [styled(cited)])
    _place(task.snapshot.export(STYLED, document.path), content(entry))
    return entry


@lru_cache(maxsize=1)
def _catalogue(path: Path) -> Catalogue:
    return Catalogue(path)


def _entries(task: Task, path: str, context: str) -> Mapping[str, Path]:
    """Where the cache keeps the formats of a document that stylesheets make."""
    digest = hashlib.sha256(f"{task.software} {task.input.digest} {path}\n{context}".encode()).hexdigest()
    names = (each.extension for each in task.formats if each.extension not in CITING)
    return {name: task.settings.out / "cache" / f"{digest}.{name}{CACHED}" for name in names}


def _made(
    tools: Tools, task: Task, known: Mapping[str, str], lacking: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str, tuple[bytes, str] | Finding]]:
    """The formats the cache lacks, one by one: the document's path, the extension, what was made or why there is nothing."""
    for member, node in tools.transformer.nodes(task.input.whole()):
        path = records.member_path(task.input.source, member)
        for name in lacking.get(path, ()):
            try:
                yield path, name, packed(name, tools.transformer.export(name, node, known[path]), task.settings)
            except StylesheetError:
                raise
            except (TransformError, TypesetError, json.JSONDecodeError) as cause:
                yield path, name, finding("W401", task.input.shown, detail=f"It is {name}. {cause}")


def _place(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)

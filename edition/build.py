"""tei/ → snapshot: every document parsed, transformed, catalogued and indexed, all or nothing.

The steps are those of ``build``: list what there is, transform what the cache does not hold, write the snapshot beside the
current one, switch. A build that fails or is killed leaves the current snapshot as it is; the next one clears up after it.
Nothing in a snapshot depends on the clock, the machine, the locale or the order in which a folder lists its files.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import importlib.metadata
import json
import multiprocessing
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edition import catalogue, records, snapshot
from edition.records import Document, Field, Passage
from edition.settings import HOME, Settings
from edition.transform import Transformer, TransformError
from edition.validate import Finding, Unreadable, finding, parse

WriteIndex = Callable[[Path, Sequence[Field], Iterable[tuple[int, Passage, str]]], int]
"""Writes a search index into a new folder from numbered passages and their collections; the number written."""
Progress = Callable[[int, int], None]
"""Told how many documents are done, of how many."""

_PACKAGES = ("tei-edition", "lxml", "pystemmer", "saxonche", "whoosh3")


class BuildError(Exception):
    """Nothing was published; the message says why and what to do. The snapshot that was current still is."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: counts, what it had to say, and whether there was anything to do."""

    snapshot: str
    documents: int
    passages: int
    transformed: int
    findings: tuple[Finding, ...]
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """A TEI file: its shelf (``documents``, ``pages``, ``edition``), its path on it, its place, the SHA-256 of its bytes."""

    role: str
    source: str
    path: Path
    digest: str

    @property
    def id(self) -> str:
        """The document id its path makes."""
        return records.document_id(self.source)


def build(
    settings: Settings,
    write_index: WriteIndex,
    jobs: int,
    strict: bool = False,
    force: bool = False,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Build the project's snapshot and make it current; nothing is done when nothing changed, unless ``force``.

    With ``strict`` an error in any document fails the build. Raises BuildError; whatever is raised, the old snapshot serves.
    """
    try:
        settings.out.mkdir(parents=True, exist_ok=True)
        with _lock(settings.out):
            snapshot.prune(settings.out)
            return _build(settings, write_index, jobs, strict, force, progress)
    except (OSError, sqlite3.Error) as cause:
        raise BuildError(f"The build could not be finished: {cause}. {_advice(cause)}") from cause
    except TransformError as cause:
        raise BuildError(f"A stylesheet is wrong: {cause}") from cause


def _build(settings: Settings, write_index: WriteIndex, jobs: int, strict: bool, force: bool, progress: Progress) -> Report:
    inputs, faults = _inputs(settings)
    software = _software(settings)
    id = _snapshot_id(settings, inputs, faults, software)
    there = _sound(settings.out, id)
    if there and not force:
        return _again(settings.out, there, strict)
    keys = {each: hashlib.sha256((software + each.digest).encode()).hexdigest() for each in inputs}
    missing = [each for each in inputs if force or not (settings.out / "cache" / keys[each] / "record.json").is_file()]
    faults += _transform(settings, missing, keys, jobs, progress)
    kept = [each for each in inputs if not any(fault.path == _shown(settings, each) for fault in faults)]
    if strict and faults:
        raise BuildError(_listed(faults) + "\nWith --strict nothing is published while there are errors.")
    if not any(each.role == "documents" for each in kept):
        raise BuildError(_listed(faults) + f"\n{settings.documents}: no TEI document that can be published. {_ADVICE_EMPTY}")
    cached = [(each, settings.out / "cache" / keys[each]) for each in kept]
    findings = tuple(sorted([*faults, *_cached_findings(settings, cached)]))
    folder = settings.out / "snapshots" / f".new-{id}"
    documents, passages = _write(settings, folder, cached, findings, write_index)
    name = snapshot.settle(settings.out, folder, id)
    snapshot.switch(settings.out, name)
    _prune_cache(settings.out, set(keys.values()))
    snapshot.prune(settings.out)
    return Report(id, documents, passages, len(missing), findings)


_ADVICE_EMPTY = "A document is a file whose name ends in .xml; name the folder with --tei."


def _inputs(settings: Settings) -> tuple[list[Input], list[Finding]]:
    """The TEI files of the project in order of shelf and path, and those that cannot be read or share an id with one before."""
    if not settings.tei.is_dir():
        raise BuildError(f"{settings.tei}: there is no such folder. Name the folder of TEI with --tei.")
    shelves = [("documents", settings.documents, "**/*.xml"), ("edition", settings.tei, "edition.xml")]
    if settings.documents != settings.tei:
        shelves.append(("pages", settings.tei / "pages", "*.xml"))
    inputs: list[Input] = []
    faults: list[Finding] = []
    taken: dict[tuple[str, str], str] = {}
    for role, folder, pattern in shelves:
        for source, path in _listing(folder, pattern):
            if role == "documents" and path == settings.tei / "edition.xml":
                continue
            try:
                new = Input(role, source, path, hashlib.sha256(path.read_bytes()).hexdigest())
            except PermissionError as cause:
                faults.append(finding("E005", _relative(settings, path), detail=f"The system says: {cause.strerror}."))
                continue
            first = taken.setdefault((role, new.id), source)
            if first != source:
                faults.append(finding("E004", _relative(settings, path), detail=f"{first} has the id “{new.id}” already."))
            else:
                inputs.append(new)
    return inputs, faults


def _listing(folder: Path, pattern: str) -> list[tuple[str, Path]]:
    """The files below a folder, by path; nothing hidden, and no link that leads to a folder."""
    found = [(path.relative_to(folder).as_posix(), path) for path in folder.glob(pattern) if path.is_file()]
    return sorted((source, path) for source, path in found if not any(part.startswith(".") for part in source.split("/")))


def _relative(settings: Settings, path: Path) -> str:
    """A path as an editor knows it: from the project if it lies there."""
    return path.relative_to(settings.project).as_posix() if path.is_relative_to(settings.project) else str(path)


def _shown(settings: Settings, each: Input) -> str:
    return _relative(settings, each.path)


def _software(settings: Settings) -> str:
    """The digest of everything but the texts that decides what a build makes: our code, the stylesheets, the libraries."""
    digest = hashlib.sha256()
    folders = ((HOME / "edition", "*.py"), (HOME / "search_index", "*.py"), (settings.stylesheets, "**/*.xsl"))
    for folder, pattern in folders:
        for path in sorted(folder.glob(pattern)):
            digest.update(f"{path.relative_to(folder.parent)}\0".encode() + path.read_bytes() + b"\0")
    digest.update("".join(f"{name} {importlib.metadata.version(name)}\n" for name in _PACKAGES).encode())
    return digest.hexdigest()


def _snapshot_id(settings: Settings, inputs: Sequence[Input], faults: Sequence[Finding], software: str) -> str:
    went_in = [software, settings.site_url, *map(str, faults)]
    went_in += [f"{each.role} {each.source} {each.digest}" for each in inputs]
    return hashlib.sha256("\n".join(went_in).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _sound(out: Path, id: str) -> snapshot.Snapshot | None:
    """A whole and undamaged snapshot of this id, if there is one."""
    found = (snapshot.Snapshot(path) for path in sorted((out / "snapshots").glob(f"{id}*")))
    return next((each for each in found if not snapshot.damaged(each)), None)


def _again(out: Path, there: snapshot.Snapshot, strict: bool) -> Report:
    """The report of a snapshot that was built before, made current again if it is not."""
    stored = json.loads(there.findings.read_text("utf-8"))
    findings = tuple(Finding(**each) for each in stored)
    if strict and any(each.is_error for each in findings):
        raise BuildError(_listed(findings) + "\nWith --strict nothing is published while there are errors.")
    if snapshot.current_name(out) != there.path.name:
        snapshot.switch(out, there.path.name)
    opened = catalogue.Catalogue(there.catalogue)
    return Report(there.id, opened.documents, opened.passages, 0, findings, unchanged=True)


# Transforming: in worker processes, each with a Saxon of its own. What a worker makes goes into the cache at once.


def _transform(
    settings: Settings, inputs: Sequence[Input], keys: Mapping[Input, str], jobs: int, progress: Progress
) -> list[Finding]:
    """Put the products of these files into the cache; the files that cannot be transformed, as findings.

    When a worker process dies, the documents it left are tried again one at a time, so that only the one that kills is lost.
    """
    faults: list[Finding] = []
    (settings.out / "cache").mkdir(exist_ok=True)
    progress(0, len(inputs))
    left = list(inputs)
    try:
        for done in _in_workers(settings, inputs, keys, min(jobs, len(inputs))):
            left.remove(done[0])
            faults += done[1]
            progress(len(inputs) - len(left), len(inputs))
    except BrokenProcessPool:
        for each in list(left):
            try:
                faults += next(_in_workers(settings, [each], keys, 1))[1]
            except BrokenProcessPool:
                faults.append(finding("E010", _shown(settings, each), detail="The process that worked on it died."))
            left.remove(each)
            progress(len(inputs) - len(left), len(inputs))
    return faults


def _in_workers(
    settings: Settings, inputs: Sequence[Input], keys: Mapping[Input, str], jobs: int
) -> Iterator[tuple[Input, list[Finding]]]:
    if not inputs:
        return
    context = multiprocessing.get_context("spawn")  # Saxon does not survive a fork into a thread
    with ProcessPoolExecutor(jobs, context, _start_worker, (settings.stylesheets,)) as pool:
        waiting = {}
        for each in inputs:
            target = settings.out / "cache" / keys[each]
            waiting[pool.submit(_work, each, _shown(settings, each), target)] = each
        try:
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


_transformer: Transformer


def _start_worker(stylesheets: Path) -> None:
    global _transformer
    _transformer = Transformer(stylesheets)


def _work(each: Input, shown: str, target: Path) -> list[Finding]:
    """Transform one file into a new folder of the cache; the finding that leaves it out, if there is one."""
    data = each.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != each.digest:
        raise OSError(f"{shown} was changed during the build")
    try:
        products = _transformer.products(parse(data, shown), shown)
    except Unreadable as cause:
        return [cause.finding]
    new = target.with_name(f".new-{target.name}-{os.getpid()}")
    new.mkdir()
    (new / "reading.html").write_text(products.reading, "utf-8")
    (new / "source.html").write_text(products.source, "utf-8")
    found = [[note.line, note.column, note.code, note.message] for note in products.findings]
    record = dict(products.record) | {"findings": found}
    (new / "record.json").write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":")), "utf-8")
    if target.exists():
        shutil.rmtree(target)
    try:
        new.rename(target)
    except OSError:  # the same bytes stand in two places, and another worker was first
        shutil.rmtree(new)
    return []


# Writing: everything below works on a folder that nobody looks at before it is whole.

Cached = tuple[Input, Path]


def _write(
    settings: Settings, folder: Path, cached: Sequence[Cached], findings: Sequence[Finding], write_index: WriteIndex
) -> tuple[int, int]:
    folder.mkdir(parents=True)
    new = snapshot.Snapshot(folder)
    for each, products in cached:
        _place_tei(each, new.tei(each.role, each.source))
        for product in ("reading", "source"):
            _place(products / f"{product}.html", new.fragment(product, each.role, each.source))
    counts = catalogue.write(new.catalogue, _entries(cached))
    fields = tuple(Field(**row) for row in Transformer(settings.stylesheets).fields())
    opened = catalogue.Catalogue(new.catalogue)
    collections = {document.id: document.collection for document in opened.listing()}
    numbered = ((number, passage, collections[passage.document]) for number, passage in opened.all_passages())
    write_index(new.index, fields, numbered)
    stored = [{name: getattr(each, name) for name in Finding.__slots__} for each in findings]
    new.findings.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", "utf-8")
    snapshot.write_manifest(folder)
    return counts


def _place_tei(each: Input, target: Path) -> None:
    """The file itself, byte for byte what was transformed."""
    data = each.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != each.digest:
        raise OSError(f"{each.path} was changed during the build")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def _place(cached: Path, target: Path) -> None:
    """A product from the cache; a copy, so that damage to the one is no damage to the other."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(cached, target)


def _entries(cached: Sequence[Cached]) -> Iterator[tuple[str, Document, Iterator[Passage]]]:
    for each, products in cached:
        record = _record(products)
        yield each.role, records.document(record, each.id, each.source), records.passages(record, each.id)


def _record(products: Path) -> dict[str, Any]:
    return json.loads((products / "record.json").read_text("utf-8"))  # type: ignore[no-any-return]


def _cached_findings(settings: Settings, cached: Sequence[Cached]) -> Iterator[Finding]:
    for each, products in cached:
        for line, column, code, message in _record(products)["findings"]:
            yield Finding(_shown(settings, each), line, column, code, message)


def _prune_cache(out: Path, used: set[str]) -> None:
    for path in (out / "cache").iterdir():
        if path.name not in used:
            shutil.rmtree(path)


@contextmanager
def _lock(out: Path) -> Iterator[None]:
    """One build at a time in a folder; the lock goes with the process, however it ends."""
    with (out / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BuildError(f"{out}: another build is at work here. Wait until it is done.") from None
        yield


def _listed(findings: Iterable[Finding]) -> str:
    return "\n".join(f"{each}\n    {each.help}" for each in findings)


def _advice(cause: BaseException) -> str:
    if (isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)) or "full" in str(cause):
        return "Make room on the disk and build again; what was published before is still served."
    return "Build again when that is mended; what was published before is still served."

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
import logging
import multiprocessing
import os
import signal
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from edition import catalogue, records, snapshot
from edition.records import Document, Field, Passage, RecordError
from edition.settings import HOME, Settings
from edition.transform import Transformer, TransformError
from edition.validate import Finding, Unreadable, finding, parse

WriteIndex = Callable[[Path, Sequence[Field], Iterable[tuple[int, Passage, str]]], int]
"""Writes a search index into a new folder from numbered passages and their collections; the number written."""
Progress = Callable[[str, int, int], None]
"""Told which step is at work, how much of it is done, of how much."""

log = logging.getLogger(__name__)

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
    """A TEI file: its shelf (``documents``, ``pages``, ``edition``), its path on it, its place, the SHA-256 of its bytes.

    ``shown`` is its place as an editor knows it; ``entry`` is the file of the cache that holds what was made of it.
    """

    role: str
    source: str
    path: Path
    shown: str
    digest: str
    entry: Path

    @property
    def id(self) -> str:
        """The document id its path makes."""
        return records.document_id(self.source)

    def data(self) -> bytes:
        """The bytes of the file; raises BuildError when they are no longer those the build began with."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            raise BuildError(f"{self.shown} was removed during the build. {_ADVICE_CHANGED}") from None
        if hashlib.sha256(data).hexdigest() != self.digest:
            raise BuildError(f"{self.shown} was changed during the build. {_ADVICE_CHANGED}")
        return data


_ADVICE_CHANGED = "Build again; what was published before is still served."


def build(
    settings: Settings,
    write_index: WriteIndex,
    jobs: int,
    strict: bool = False,
    force: bool = False,
    progress: Progress = lambda step, done, total: None,
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
    except RecordError as cause:
        raise BuildError(f"A stylesheet and edition/records.py disagree: {cause}") from cause


def _build(settings: Settings, write_index: WriteIndex, jobs: int, strict: bool, force: bool, progress: Progress) -> Report:
    software = _software(settings)
    inputs, faults = _inputs(settings, software)
    there = None if force else _sound(settings.out, _snapshot_id(settings, inputs, faults, software))
    if there:
        return _again(settings.out, there, strict)
    missing = [each for each in inputs if force or _held(each.entry) is None]
    refused, lost = _transform(settings, missing, jobs, progress)
    id = _snapshot_id(settings, inputs, faults + lost, software)
    faults += refused + lost
    if strict and faults:
        raise BuildError(_listed(faults) + "\nWith --strict nothing is published while there are errors.")
    left_out = {fault.path for fault in faults}
    kept = [each for each in inputs if each.shown not in left_out]
    if not any(each.role == "documents" for each in kept):
        raise BuildError(_listed(faults) + f"\n{settings.documents}: no TEI document that can be published. {_ADVICE_EMPTY}")
    folder = settings.out / "snapshots" / f".new-{id}"
    documents, passages, findings = _write(settings, folder, kept, faults, write_index, progress)
    snapshot.switch(settings.out, snapshot.settle(settings.out, folder, id))
    _tidy(settings.out, {each.entry for each in inputs})
    return Report(id, documents, passages, len(missing) - len(refused) - len(lost), findings)


_ADVICE_EMPTY = "A document is a file whose name ends in .xml; name the folder with --tei."


def _inputs(settings: Settings, software: str) -> tuple[list[Input], list[Finding]]:
    """The TEI files of the project in order of shelf and path, and those that cannot be read or share an id with one before."""
    if not settings.tei.is_dir():
        raise BuildError(f"{settings.tei}: there is no such folder. Name the folder of TEI with --tei.")
    inputs: list[Input] = []
    faults: list[Finding] = []
    taken: dict[tuple[str, str], str] = {}
    for role, folder, path in _files(settings, faults):
        source, shown = path.relative_to(folder).as_posix(), _shown(settings, path)
        try:
            digest = _digest(path, shown)
        except Unreadable as cause:
            faults.append(cause.finding)
            continue
        entry = settings.out / "cache" / hashlib.sha256((software + digest).encode()).hexdigest()
        new = Input(role, source, path, shown, digest, entry)
        first = taken.setdefault((role, new.id), source)
        if first != source:
            faults.append(finding("E004", shown, detail=f"{first} has the id “{new.id}” already."))
        else:
            inputs.append(new)
    return inputs, faults


def _files(settings: Settings, faults: list[Finding]) -> Iterator[tuple[str, Path, Path]]:
    """Shelf, its folder, and path of each file that could be TEI; a folder that cannot be listed is added to ``faults``."""

    def refuse(cause: OSError) -> None:
        if not isinstance(cause, PermissionError):
            raise cause
        faults.append(finding("E005", _shown(settings, Path(cause.filename)), detail=f"The system says: {cause.strerror}."))

    documents, header, pages = settings.documents, settings.tei / "edition.xml", settings.tei / "pages"
    for path in _below(documents, settings.out, refuse):
        if path != header:
            yield "documents", documents, path
    if os.path.lexists(header):
        yield "edition", settings.tei, header
    if documents != settings.tei and pages.is_dir():
        for path in _below(pages, settings.out, refuse):
            yield "pages", pages, path


def _below(folder: Path, but: Path, refuse: Callable[[OSError], None]) -> list[Path]:
    """The files named ``….xml`` below a folder, in order of path; nothing hidden, and nothing behind a link to a folder."""
    found: list[Path] = []
    for here, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".") and Path(here, name) != but]
        found += [Path(here, name) for name in names if name.endswith(".xml") and not name.startswith(".")]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _digest(path: Path, shown: str) -> str:
    """The SHA-256 of a file; raises Unreadable, and FileNotFoundError when it went away since the folder was listed."""
    if any(0xD800 <= ord(sign) < 0xE000 for sign in str(path)):
        raise Unreadable(finding("E011", shown, detail="It is not in UTF-8."))
    if len(path.name.encode()) > NAME_BYTES:
        raise Unreadable(finding("E011", shown, detail=f"It is longer than {NAME_BYTES} bytes."))
    if path.is_symlink() and not path.exists():
        raise Unreadable(finding("E005", shown, detail="It is a link to a file that is not there."))
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable(finding("E005", shown, detail="It is no ordinary file."))
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except PermissionError as cause:
        raise Unreadable(finding("E005", shown, detail=f"The system says: {cause.strerror}.")) from cause


NAME_BYTES = 250
"""The longest name of a file: file systems allow 255, and the build's own names for it are a little longer."""


def _shown(settings: Settings, path: Path) -> str:
    """A path as an editor knows it, the same on every machine: from the project if it lies there, else from the TEI folder."""
    home = settings.project if path.is_relative_to(settings.project) else settings.tei
    shown = path.relative_to(home).as_posix()
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in shown)


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
    """The digest of what goes in. ``faults`` are those that the bytes of the files do not explain."""
    went_in = [software, settings.site_url, *map(str, faults)]
    went_in += [part for each in inputs for part in (each.role, each.source, each.digest)]
    return hashlib.sha256(json.dumps(went_in).encode()).hexdigest()[:16]


def _sound(out: Path, id: str) -> snapshot.Snapshot | None:
    """A whole and undamaged snapshot of this id, if there is one."""
    found = (snapshot.Snapshot(path) for path in sorted((out / "snapshots").glob(f"{id}*")))
    return next((each for each in found if not snapshot.damaged(each, thoroughly=True)), None)


def _again(out: Path, there: snapshot.Snapshot, strict: bool) -> Report:
    """The report of a snapshot that was built before, made current again if it is not."""
    stored = json.loads(there.findings.read_text("utf-8"))
    findings = tuple(Finding(**each) for each in stored)
    if strict and any(each.is_error for each in findings):
        raise BuildError(_listed(findings) + "\nWith --strict nothing is published while there are errors.")
    with closing(catalogue.Catalogue(there.catalogue)) as opened:
        documents, passages = opened.documents, opened.passages
    if snapshot.current_name(out) != there.path.name:
        snapshot.switch(out, there.path.name)
    return Report(there.id, documents, passages, 0, findings, unchanged=True)


# Transforming: in worker processes, each with a Saxon of its own. What a worker makes goes into the cache at once.


def _transform(settings: Settings, inputs: Sequence[Input], jobs: int, progress: Progress) -> tuple[list[Finding], list[Finding]]:
    """Put the products of these files into the cache; the files that were refused, and those that were lost, as findings.

    A file is lost when the process that works on it dies. What was left then is done by a single process, so that it is known
    which file kills it. The next build tries a lost file again: it may not be the file's fault.
    """
    refused: list[Finding] = []
    lost: list[Finding] = []
    (settings.out / "cache").mkdir(exist_ok=True)
    left = list(inputs)
    deaths = 0
    progress("Transforming", 0, len(inputs))
    while left:
        done = 0
        try:
            for fault in _in_workers(settings, left, jobs):
                refused += fault
                done += 1
                progress("Transforming", len(inputs) - len(left) + done, len(inputs))
        except BrokenProcessPool as cause:
            deaths = 1 if done else deaths + 1
            if deaths > MOST_DEATHS:
                raise BuildError(
                    f"Worker processes die before they have done anything ({cause}). Is there memory enough?"
                ) from cause
            if jobs == 1:
                lost.append(finding("E013", left[done].shown))
                done += 1
            jobs = 1
        left = left[done:]
    return refused, lost


MOST_DEATHS = 3
"""How many worker processes may die one after the other without having done a single file."""


def _in_workers(settings: Settings, inputs: Sequence[Input], jobs: int) -> Iterator[list[Finding]]:
    """What ``_work`` gives for each file, in their order."""
    context = multiprocessing.get_context("spawn")  # Saxon does not survive a fork into a thread
    with ProcessPoolExecutor(min(jobs, len(inputs)), context, _start_worker, (settings.stylesheets,)) as pool:
        waiting = [pool.submit(_work, each) for each in inputs]
        try:
            for future in waiting:
                yield future.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


_transformer: Transformer


def _start_worker(stylesheets: Path) -> None:
    global _transformer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and ends us in order
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _transformer = Transformer(stylesheets)


def _end_with_parent() -> None:
    """No worker outlives a build that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _work(each: Input) -> list[Finding]:
    """Transform one file into the cache; the finding that leaves it out, if there is one."""
    try:
        products = _transformer.products(parse(each.data(), each.shown), each.shown)
    except Unreadable as cause:
        return [cause.finding]
    notes = [(note.line, note.column, note.code, note.message) for note in products.findings]
    made = {"reading": products.reading, "source": products.source, "record": products.record, "findings": notes}
    _hold(each.entry, made)
    return []


def _hold(entry: Path, made: Mapping[str, Any]) -> None:
    """Write an entry of the cache: its SHA-256 on a line, then JSON. It is there whole or not at all."""
    body = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
    new = entry.with_name(f".new-{entry.name}-{os.getpid()}")
    new.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    new.replace(entry)


def _held(entry: Path) -> bytes | None:
    """The JSON of an entry of the cache; None when there is none or it is damaged."""
    try:
        digest, _, body = entry.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    return body if hashlib.sha256(body).hexdigest().encode() == digest else None


# Writing: everything below works on a folder that nobody looks at before it is whole.


def _write(
    settings: Settings,
    folder: Path,
    kept: Sequence[Input],
    faults: Sequence[Finding],
    write_index: WriteIndex,
    progress: Progress,
) -> tuple[int, int, tuple[Finding, ...]]:
    """Write a snapshot of these files; the numbers of documents and passages in it, and all findings."""
    folder.mkdir(parents=True)
    new = snapshot.Snapshot(folder)
    notes: list[Finding] = []
    documents, passages = catalogue.write(new.catalogue, _placed(new, kept, notes))
    findings = tuple(sorted([*faults, *notes]))
    fields = tuple(Field(**row) for row in Transformer(settings.stylesheets).fields())
    with closing(catalogue.Catalogue(new.catalogue)) as opened:
        write_index(new.index, fields, _numbered(opened, progress))
    stored = [asdict(each) for each in findings]
    new.findings.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", "utf-8")
    snapshot.write_manifest(folder)
    return documents, passages, findings


def _numbered(opened: catalogue.Catalogue, progress: Progress) -> Iterator[tuple[int, Passage, str]]:
    """Every passage with its number and its collection."""
    collections = {document.id: document.collection for document in opened.listing()}
    for number, passage in opened.all_passages():
        yield number, passage, collections[passage.document]
        progress("Indexing", number, opened.passages)


def _placed(
    new: snapshot.Snapshot, kept: Sequence[Input], notes: list[Finding]
) -> Iterator[tuple[str, Document, Iterator[Passage]]]:
    """Put the files of each document in their places; what the catalogue has to know of it. Findings are added to ``notes``."""
    for each in kept:
        held = _held(each.entry)
        if held is None:
            raise OSError(f"{each.entry} went away or was damaged during the build")
        made = json.loads(held)
        _place(new.tei(each.role, each.source), each.data())
        for product in ("reading", "source"):
            _place(new.fragment(product, each.role, each.source), made[product].encode())
        notes += [Finding(each.shown, *note) for note in made["findings"]]
        yield each.role, records.document(made["record"], each.id, each.source), records.passages(made["record"], each.id)


def _place(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def _tidy(out: Path, used: Set[Path]) -> None:
    """Remove what no later build needs. The new snapshot is current already: what cannot be removed is no failure."""
    try:
        snapshot.prune(out)
        for path in (out / "cache").iterdir():
            if path not in used:
                snapshot.remove(path)
    except OSError as cause:
        log.warning("%s: what is no longer needed could not be removed: %s", out, cause)


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

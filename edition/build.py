"""tei/ → snapshot: every document parsed, transformed, catalogued and indexed, all or nothing.

The steps are those of ``build``: list what there is, transform what the store does not hold, write the snapshot beside the
current one, switch. A build that fails or is killed leaves the current snapshot as it is; the next one clears up after it.
Nothing in a snapshot depends on the clock, the machine, the locale or the order in which a folder lists its files.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from edition import catalogue, images, products, snapshot, store
from edition.assembling import Contents, WriteIndex, assemble, has_header
from edition.before import Before
from edition.exports import making
from edition.findings import Finding
from edition.inputs import Input, InputError, is_little, listed
from edition.overrides import stylesheets
from edition.records import RecordError
from edition.review import review
from edition.seen import Seen
from edition.settings import Settings
from edition.site import folder_name
from edition.store import StoreError
from edition.transform import TransformError
from edition.workers import Progress, Tools, Workers, WorkersError

log = logging.getLogger(__name__)


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


def build(
    settings: Settings,
    write_index: WriteIndex,
    jobs: int,
    strict: bool = False,
    force: bool = False,
    progress: Progress = lambda step, done, total: None,
) -> Report:
    """Build the project's snapshot and make it current; nothing is done when nothing changed, unless ``force``.

    With ``strict`` everything is validated first, and an error in any file fails the build. Raises BuildError; whatever is
    raised, the old snapshot serves.
    """
    try:
        settings.out.mkdir(parents=True, exist_ok=True)
        with _lock(settings.out):
            snapshot.prune(settings.out)
            return _build(settings, write_index, jobs, strict, force, progress)
    except (OSError, sqlite3.Error) as cause:
        raise BuildError(f"The build could not be finished: {cause}. {_advice(cause)}") from cause
    except (InputError, StoreError, WorkersError) as cause:
        raise BuildError(str(cause)) from cause
    except TransformError as cause:
        raise BuildError(f"A stylesheet is wrong: {cause}") from cause
    except RecordError as cause:
        raise BuildError(f"A stylesheet and edition/recorded.py disagree: {cause}") from cause


def _build(settings: Settings, write_index: WriteIndex, jobs: int, strict: bool, force: bool, progress: Progress) -> Report:
    reviewed = _reviewed(settings, jobs, progress) if strict else ()
    with Workers(Tools(stylesheets(settings)), jobs, progress) as workers:
        workers.begin(products.ready, None, jobs=1)
        software = products.software(settings)
        taking = hashlib.sha256((software + making.decides(settings)).encode()).hexdigest()
        seen = Seen(settings.out, f"{software} {settings.tei}", force)
        inputs, faults = listed(settings, software, seen)
        seen.keep()
        id = _snapshot_id(settings, inputs, faults, taking)
        there = None if force else _sound(settings.out, id)
        if there:
            return _again(settings.out, there, reviewed)
        held = {} if force else store.held(settings.out)
        is_needed = _needed(settings.out, held, is_damaged=any((settings.out / "snapshots").glob(f"{id}*")))
        before = Before(None if force else snapshot.Snapshot(settings.out / "current"))
        new = snapshot.Snapshot(settings.out / "snapshots" / f".new-{id}")
        new.path.mkdir(parents=True)
        missing = [each for each in inputs if is_needed(each.made)]
        is_copied = before.take_catalogue([each.made for each in inputs], new.catalogue)  # while a worker compiles
        refused, lost = products.make(missing, workers)
        if not is_little(missing):
            workers.end()  # Saxon keeps the memory that long documents took, and their formats take as much
        if lost:
            id = _snapshot_id(settings, inputs, faults + lost, taking)
        faults += refused + lost
        if strict and any(fault.is_error for fault in faults):
            raise BuildError(_listed(faults) + _STRICT)
        left_out = {fault.path for fault in faults}
        kept = [each for each in inputs if each.shown not in left_out]
        if not any(each.role == "documents" for each in kept):
            raise BuildError(_listed(faults) + f"\n{settings.documents}: no TEI document that can be published. {_ADVICE_EMPTY}")
        contents = Contents(settings, taking, tuple(kept), tuple(faults), held, is_needed, before)
        written = assemble(new, contents, is_copied, workers, write_index, progress)
    snapshot.switch(settings.out, snapshot.settle(settings.out, new.path, id))
    _tidy(settings.out)
    transformed = len(missing) - len(refused) - len(lost)
    return Report(id, written.documents, written.passages, transformed, _joined(written.findings, reviewed))


def _needed(out: Path, held: dict[str, int], is_damaged: bool) -> Callable[[str], bool]:
    """Says of an entry, by its name, whether it must be made: it is not ``held``, or not as long as the current snapshot says.

    Those that this does not know (a build was killed) are read to see whether they are whole; if a snapshot ``is_damaged``, all.
    What must be made counts as held no longer.
    """
    named = snapshot.needed(out / "current")

    def is_needed(name: str) -> bool:
        is_sound = name in held and named.get(name, held[name]) == held[name]
        if not is_sound or ((is_damaged or name not in named) and not store.is_whole(store.place(out, name))):
            held.pop(name, None)
        return name not in held

    return is_needed


_STRICT = "\nWith --strict nothing is published while there are errors."


def _reviewed(settings: Settings, jobs: int, progress: Progress) -> tuple[Finding, ...]:
    """What validation finds; raises BuildError when that is an error."""
    found = review(settings, jobs=jobs, progress=progress).findings
    errors = [each for each in found if each.is_error]
    if errors:
        raise BuildError(_listed(errors) + _STRICT)
    return found


def _joined(findings: Iterable[Finding], reviewed: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted({*findings, *reviewed}))


_ADVICE_EMPTY = "A document is a file whose name ends in .xml or .tei; name the folder with --tei."


def _snapshot_id(settings: Settings, inputs: Sequence[Input], faults: Sequence[Finding], software: str) -> str:
    """The digest of what goes in. ``faults`` are those that the bytes of the files do not explain."""
    went_in = [software, settings.site_url, *map(str, faults)]
    went_in += [] if has_header(inputs) else [folder_name(settings)]
    went_in += [part for each in images.listed(settings.tei, settings.out) for part in each]
    went_in += [part for each in inputs for part in (each.role, each.source, each.digest)]
    return hashlib.sha256(json.dumps(went_in).encode()).hexdigest()[:16]


def _sound(out: Path, id: str) -> snapshot.Snapshot | None:
    """A whole and undamaged snapshot of this id, if there is one."""
    found = (snapshot.Snapshot(path) for path in sorted((out / "snapshots").glob(f"{id}*")))
    return next((each for each in found if not snapshot.damaged(each)), None)


def _again(out: Path, there: snapshot.Snapshot, reviewed: Iterable[Finding]) -> Report:
    """The report of a snapshot that was built before, made current again if it is not."""
    findings = [Finding(**each) for each in json.loads(there.findings.read_text("utf-8"))]
    with closing(catalogue.Catalogue(there.catalogue)) as opened:
        documents, passages = opened.documents, opened.passages
    if snapshot.current_name(out) != there.path.name:
        snapshot.switch(out, there.path.name)
    return Report(there.id, documents, passages, 0, _joined(findings, reviewed), unchanged=True)


def _tidy(out: Path) -> None:
    """Remove what no later build needs. The new snapshot is current already: what cannot be removed is no failure."""
    try:
        snapshot.prune(out)
        store.remove_but(out, snapshot.named(out))
    except OSError as cause:
        log.warning("%s: what is no longer needed could not be removed: %s", out, cause)


@contextmanager
def _lock(out: Path) -> Iterator[None]:
    """One build at a time in a folder; the lock goes with the process, however it ends: a fork of it does not hold it."""
    with (out / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BuildError(f"{out}: another build is at work here. Wait until it is done.") from None
        _locked.add(file)
        try:
            yield
        finally:
            _locked.discard(file)


_locked: set[TextIO] = set()
os.register_at_fork(after_in_child=lambda: [file.close() for file in _locked])


def _listed(findings: Iterable[Finding]) -> str:
    return "\n".join(f"{each}\n    {each.help}" for each in findings)


def _advice(cause: BaseException) -> str:
    if (isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)) or "full" in str(cause):
        return "Make room on the disk and build again; what was published before is still served."
    return "Build again when that is mended; what was published before is still served."

"""Files of the whole edition, made in workers: registers as data, letters, archives. What did not change is taken over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from edition.before import Before
from edition.catalogue import Catalogue
from edition.exports.archives import Archives, write_archives
from edition.exports.cmif import write_letters
from edition.exports.collected import Collector
from edition.exports.registers import write_registers
from edition.findings import Finding
from edition.settings import Settings
from edition.snapshot import Format, MadeFrom, Snapshot
from edition.workers import Tools, Workers

REGISTERS = "registers"
"""What a manifest calls the registers as data."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What became of them: the names of entries of the store that hold some, the SHA-256 of others, and what to report.

    ``origins`` say what some are made from.
    """

    entries: frozenset[str]
    digests: Mapping[Path, str]
    origins: Mapping[str, MadeFrom]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be made for a snapshot; ``software`` is the digest of what decides on it, besides what the catalogue has.

    The registers are made from what has the digest ``origin``, if they were not ``taken`` over.
    """

    settings: Settings
    software: str
    snapshot: Snapshot
    origin: str
    taken: MadeFrom | None


def begin(
    settings: Settings,
    software: str,
    workers: Workers,
    snapshot: Snapshot,
    formats: tuple[Format, ...],
    before: Before,
    is_needed: Callable[[str], bool],
) -> Callable[[], Whole]:
    """Begin to make them for a snapshot whose catalogue is written; what is given waits until that is done.

    What did not change is taken over from the snapshot ``before``, but for what of it ``is_needed`` in the store.
    """
    with closing(Catalogue(snapshot.catalogue)) as catalogue:
        origin = hashlib.sha256(f"{software} {settings.site_url} {catalogue.names()}".encode()).hexdigest()
    taken = before.take(REGISTERS, origin, snapshot, is_needed)
    collected = workers.begin(_collect, _Task(settings, software, snapshot, origin, taken))
    extensions = ("tei", *(each.extension for each in formats))
    # PDFs have fonts in them, and are more than all others together
    halves = (tuple(each for each in extensions if (each == "pdf") is is_pdf) for is_pdf in (True, False))
    digests = [workers.begin(write_archives, Archives(settings, snapshot, half, before)) for half in halves]

    def result() -> Whole:
        registers, letters, findings = collected()
        written = {path: digest for some in digests for path, digest in some().items()}
        return Whole(letters.union(registers.entries), written, {REGISTERS: registers}, findings)

    return result


def _collect(tools: Tools, task: _Task) -> tuple[MadeFrom, frozenset[str], tuple[Finding, ...]]:
    """Make what stylesheets make: the registers; the letters, with the entries of the store for them, and what to report."""
    registers, letters = (Collector(task.settings, task.software, tools) for _ in range(2))
    folder = task.snapshot.registers
    with closing(Catalogue(task.snapshot.catalogue)) as catalogue:
        if task.taken is None:
            write_registers(task.snapshot, catalogue, registers, task.settings)
        made = task.taken or MadeFrom(task.origin, task.snapshot.listed(folder), tuple(sorted(registers.entries)))
        findings = write_letters(task.snapshot, catalogue, letters, task.settings)
    return made, frozenset(letters.entries), tuple(findings)

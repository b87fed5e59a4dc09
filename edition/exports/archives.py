"""Archives of the whole corpus: the TEI, and each format. What did not change is copied from those of the snapshot before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from edition.before import Before
from edition.catalogue import Catalogue, Stored
from edition.records import without_suffix
from edition.settings import Settings
from edition.snapshot import Snapshot
from edition.store import TEI, Store, in_format
from edition.workers import Tools
from edition.zipped import Archive, Written

_File = tuple[str, str]
"""A file of the store: its entry, and its name there."""


@dataclass(frozen=True, slots=True)
class Archives:
    """Archives of a snapshot whose catalogue is written: one of each of the formats, ``tei`` for the TEI itself."""

    settings: Settings
    snapshot: Snapshot
    formats: tuple[str, ...]
    before: Before


def write_archives(tools: Tools, task: Archives) -> dict[Path, str]:
    """Write an archive each, in it a folder of its name; the SHA-256 of each. Where no document has a format there is none."""
    downloads = task.snapshot.downloads
    downloads.mkdir(exist_ok=True)
    with closing(Catalogue(task.snapshot.catalogue)) as catalogue:
        stored = tuple(catalogue.all_stored())
    store = Store(task.settings.out)
    digests: dict[Path, str] = {}
    for extension in task.formats:
        target = downloads / f"{task.settings.edition_id}-{extension}.zip"
        old = task.before.file(f"{downloads.name}/{target.name}")
        known = _files(task.before.stored, extension) if old else {}
        digest = _archive(store, _files(stored, extension), target, Written(old) if old else None, known)
        if digest:
            digests[target] = digest
    return digests


def _files(stored: Iterable[Stored], extension: str) -> dict[str, _File]:
    """What may be in an archive, by its name there."""
    if extension == "tei":
        return {f"{each.role}/{each.path}": (each.entry, f"{each.member}/{TEI}") for each in stored}
    name = in_format(extension)
    return {f"{without_suffix(each.path)}.{extension}": (each.formats, name) for each in stored if each.formats}


def _archive(store: Store, files: Mapping[str, _File], target: Path, old: Written | None, known: Mapping[str, _File]) -> str:
    """Write an archive of those files that are there; its SHA-256, empty if none is. ``old`` is one of the files ``known``."""
    folder = f"{target.stem}/"
    is_empty = True
    with target.open("wb") as file, Archive(file) as archive:
        for is_known, names in groupby(sorted(files), key=lambda name: known.get(name) == files[name]):
            if is_known and old:
                taken = [folder + name for name in names if folder + name in old]
                archive.take(old, taken)
                is_empty = is_empty and not taken
                continue
            for name in names:
                entry, member = files[name]
                made = store.entry(entry)
                if member in made:
                    archive.add_packed(folder + name, *made.packed(member))
                    is_empty = False
    if is_empty:
        target.unlink()
    return "" if is_empty else archive.sha256

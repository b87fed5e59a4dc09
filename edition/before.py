"""The snapshot that was current when a build began: what did not change is taken over from it, if it is as it was written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Any

from edition.catalogue import Catalogue, CatalogueError, Stored, is_renewable
from edition.snapshot import NO_MANIFEST, MadeFrom, Snapshot, digest, link, manifest


class Before:
    """A snapshot that may be there or not, whole or not; None for none."""

    def __init__(self, snapshot: Snapshot | None) -> None:
        self._snapshot = snapshot

    @cached_property
    def _manifest(self) -> dict[str, Any]:
        try:
            return manifest(self._snapshot.path) if self._snapshot else {}
        except NO_MANIFEST:
            return {}

    @cached_property
    def stored(self) -> tuple[Stored, ...]:
        """Where the store has its documents; none where its catalogue cannot be read."""
        if self._snapshot is None:
            return ()
        try:
            with closing(Catalogue(self._snapshot.catalogue)) as catalogue:
                return tuple(catalogue.all_stored())
        except CatalogueError:
            return ()

    @property
    def index(self) -> Path | None:
        """The folder of its search index, if there is one."""
        return self._snapshot.index if self._snapshot else None

    def take_catalogue(self, made: Sequence[str], target: Path) -> bool:
        """Copy its catalogue to where a new snapshot has it, if it is worth renewing for these files and as it was written."""
        if self._snapshot is None or not is_renewable(self._snapshot.catalogue, made):
            return False
        catalogue = self.file(target.name)
        if catalogue:
            shutil.copyfile(catalogue, target)
        return catalogue is not None

    def file(self, name: str) -> Path | None:
        """A file of it, by its path there, if it is as it was written; to know that, it is read whole."""
        listed = self._manifest.get("files", {}).get(name)
        if self._snapshot is None or listed is None:
            return None
        path = self._snapshot.path / name
        return path if path.is_file() and digest(path) == listed["sha256"] else None

    def take(self, what: str, origin: str, new: Snapshot, is_needed: Callable[[str], bool]) -> MadeFrom | None:
        """Put the files of one sort into a new snapshot; None if they were made from others, or the store lacks their entries."""
        told = self._manifest.get("made", {}).get(what)
        if told is None or told["origin"] != origin or any(map(is_needed, told["entries"])):
            return None
        files = {name: path for name in told["files"] if (path := self.file(name))}
        if len(files) < len(told["files"]):
            return None
        for name, path in files.items():
            (new.path / name).parent.mkdir(exist_ok=True)
            link(path, new.path / name)
        return MadeFrom(origin, tuple(told["files"]), tuple(told["entries"]))

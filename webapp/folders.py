"""Collections: the folders below the documents folder (and corpora in one file), for protocols that gather documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Folder:
    """A collection by its path (empty: all of the edition), the paths of those in it, and the ids of its own documents."""

    path: str
    folders: tuple[str, ...]
    documents: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called: the last part of its path."""
        return self.path.rpartition("/")[2]


def folders(documents: Iterable[tuple[str, str]]) -> Mapping[str, Folder]:
    """All collections by path, from the ids and paths of documents, in the order of these."""
    inside: dict[str, dict[str, None]] = {"": {}}
    own: dict[str, list[str]] = {"": []}
    for id, path in documents:
        folder = path.rpartition("/")[0]
        own.setdefault(folder, []).append(id)
        inside.setdefault(folder, {})
        while folder:
            outer = folder.rpartition("/")[0]
            inside.setdefault(outer, {})[folder] = None
            folder = outer
    return {path: Folder(path, tuple(inside[path]), tuple(own.get(path, ()))) for path in inside}

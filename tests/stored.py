"""What the store has of the documents of a snapshot, by their paths on their shelves."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from edition.catalogue import Catalogue, Stored
from edition.snapshot import Snapshot
from edition.store import Entry, in_format, page, place


def stored(snapshot: Snapshot, path: str, role: str = "documents") -> Stored:
    """Where the store has a document."""
    with closing(Catalogue(snapshot.catalogue)) as catalogue:
        return next(each for each in catalogue.all_stored() if (each.role, each.path) == (role, path))


def file_of(snapshot: Snapshot, name: str, path: str, role: str = "documents") -> bytes:
    """A file that was made of a document."""
    found = stored(snapshot, path, role)
    with Entry(place(snapshot.out, found.entry)) as entry:
        return entry.read(f"{found.member}/{name}")


def page_of(snapshot: Snapshot, product: str, path: str, role: str = "documents") -> str:
    """A page of a document."""
    return file_of(snapshot, page(product), path, role).decode()


def exported(snapshot: Snapshot, extension: str, path: str) -> bytes | None:
    """A document in a format; None where it was not made."""
    with Entry(place(snapshot.out, stored(snapshot, path).formats)) as entry:
        return entry.read(in_format(extension)) if in_format(extension) in entry else None


def unpacked(snapshot: Snapshot, extension: str, folder: Path) -> list[Path]:
    """All documents in a format, as files in a folder."""
    with closing(Catalogue(snapshot.catalogue)) as catalogue:
        paths = [document.path for document in catalogue.listing()]
    made = ((f"{number}.{extension}", exported(snapshot, extension, path)) for number, path in enumerate(paths))
    return [written(folder / name, data) for name, data in made if data is not None]


def written(path: Path, data: bytes) -> Path:
    """A file with this in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path

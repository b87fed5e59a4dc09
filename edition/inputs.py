"""Which files are an edition: those of the TEI folder, by shelf, each with the digest of its bytes and of what it includes.

The shelves are ``documents``, ``pages``, ``registers`` and ``edition`` (its header, ``edition.xml``). What cannot be read is a
finding, as is a file whose id another has already.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from edition import records, store
from edition.findings import Finding, Unreadable, finding, printable
from edition.inclusion import Reach, Whole, is_below, targets, whole
from edition.seen import Seen
from edition.settings import Settings


class InputError(Exception):
    """There is no TEI to work on, or it changes under our hands; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Input:
    """A TEI file: its shelf, its path on it, where it lies, the SHA-256 of its bytes, what it may include.

    ``place`` is its path below the TEI folder (empty for a file from elsewhere), ``shown`` the path an editor knows it by;
    ``digest`` covers the file and all it may include; ``made`` is the name of what is made of it, in the store below ``out``.
    ``is_included`` says that another file may include it.
    """

    role: str
    source: str
    path: Path
    place: str
    shown: str
    own_digest: str
    reach: Reach
    digest: str
    made: str
    out: Path
    is_included: bool = False

    @property
    def id(self) -> str:
        """The document id its path makes."""
        return records.document_id(self.source)

    @property
    def entry(self) -> Path:
        """The entry of the store that holds what is made of it."""
        return store.place(self.out, self.made)

    def data(self) -> bytes:
        """The bytes of the file; raises InputError when they are no longer those that were listed."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            raise InputError(f"{self.shown} was removed during the work. {_ADVICE_CHANGED}") from None
        if hashlib.sha256(data).hexdigest() != self.own_digest:
            raise InputError(f"{self.shown} was changed during the work. {_ADVICE_CHANGED}")
        return data

    def whole(self) -> Whole:
        """The tree of the file with all it includes; raises Unreadable, and InputError as ``data`` does."""
        return whole(self.data(), self.path, self.shown, self.reach)

    def judged(self, refusal: Finding) -> Finding:
        """Why the file is no document: what is only part of others is none without fault."""
        return finding("N001", self.shown) if refusal.code == "E002" and self.is_included else refusal


LITTLE_FILES, LITTLE_BYTES = 16, 1_000_000
"""Files, and bytes of them, that one process has worked on before another one has compiled the stylesheets too."""


def is_little(inputs: Sequence[Input]) -> bool:
    """Whether these files are so little work that it is not worth sharing."""
    try:
        return len(inputs) <= LITTLE_FILES and sum(each.path.stat().st_size for each in inputs) <= LITTLE_BYTES
    except OSError:  # it was removed, as will be said when it is read
        return False


_ADVICE_CHANGED = "Begin again; what was published before is still served."


def listed(settings: Settings, software: str, seen: Seen | None = None) -> tuple[list[Input], list[Finding]]:
    """The TEI files of the project in order of shelf and path, and those that cannot be read or share an id with one before.

    ``software`` is the digest of what decides what is made of a file; what was ``seen`` is not read again. Raises InputError
    when there is no TEI folder.
    """
    if not settings.tei.is_dir():
        raise InputError(f"{settings.tei}: there is no such folder. Name the folder of TEI with --tei.")
    inputs: list[Input] = []
    faults: list[Finding] = []
    taken: dict[tuple[str, str], str] = {}
    scan = Scan(settings.tei, seen)
    for role, source, path in _files(settings, faults):
        try:
            new = described(settings, software, path, role, source, scan)
        except Unreadable as cause:
            faults.append(cause.finding)
            continue
        first = taken.setdefault((role, new.id), source)
        if first != source:
            faults.append(finding("E004", new.shown, detail=f"{first} has the id “{new.id}” already."))
        else:
            inputs.append(new)
    included = {path for each in inputs for path, digest in each.reach.digests.items() if digest}
    if included:
        inputs = [replace(each, is_included=True) if each.path in included else each for each in inputs]
    return inputs, faults


class Scan:
    """The files of a folder as far as they were looked at: the digest of each, and what it names to be included."""

    def __init__(self, home: Path, seen: Seen | None = None) -> None:
        self._home = home
        self._seen = seen or Seen()
        self._read: dict[str, tuple[str, ...]] = {}
        self._alone = Reach(home)

    def file(self, path: Path, shown: str) -> tuple[str, Reach]:
        """The SHA-256 of a file and all that it may include; raises Unreadable, and FileNotFoundError when it just went away."""
        digest, *named = self._looked_at(path, shown)
        return digest, Reach(self._home, self._reached(named)) if named else self._alone

    def _looked_at(self, path: Path, shown: str) -> tuple[str, ...]:
        """The SHA-256 of a file, and what it names."""
        known = str(path)
        if known not in self._read:
            self._read[known] = self._seen.found(path, lambda: self._found(path, shown))
        return self._read[known]

    def _found(self, path: Path, shown: str) -> tuple[str, ...]:
        data = _bytes(path, shown)
        return hashlib.sha256(data).hexdigest(), *map(str, targets(data, path, self._home))

    def _reached(self, named: Iterable[str]) -> dict[Path, str]:
        """What is named, and what that names in turn, with the digest of each; empty for what cannot be read."""
        digests: dict[Path, str] = {}
        waiting = deque(named)
        while waiting:
            path = Path(waiting.popleft())
            if path not in digests and is_below(path, self._home):
                try:
                    digests[path], *more = self._looked_at(path, path.name)
                    waiting.extend(more)
                except (OSError, Unreadable):
                    digests[path] = ""
        return dict(sorted(digests.items()))


def described(settings: Settings, software: str, path: Path, role: str, source: str, scan: Scan) -> Input:
    """One file as an input; raises Unreadable when it cannot be one."""
    place = _below(str(path), settings.tei)
    known = shown(settings, path)
    own, reach = scan.file(path, known)
    with_all = [own, *(f"{each.relative_to(reach.home).as_posix()} {digest}" for each, digest in reach.digests.items())]
    digest = hashlib.sha256("\n".join(with_all).encode()).hexdigest() if reach.digests else own
    went_in = "\n".join((software, digest, role, source, place))
    made = hashlib.sha256(went_in.encode()).hexdigest()
    return Input(role, source, path, place, known, own, reach, digest, made, settings.out)


def _files(settings: Settings, faults: list[Finding]) -> Iterator[tuple[str, str, Path]]:
    """Shelf, path on it, and path of each file that could be TEI; a folder that cannot be listed is added to ``faults``."""

    def refuse(cause: OSError) -> None:
        if not isinstance(cause, PermissionError):
            raise cause
        faults.append(finding("E005", shown(settings, Path(cause.filename)), detail=f"The system says: {cause.strerror}."))

    def named(role: str, folder: Path) -> Iterator[tuple[str, str, Path]]:
        for source in sorted(_named(str(folder), str(settings.out), refuse)):
            yield role, source, folder / source

    documents, header = settings.documents, settings.tei / "edition.xml"
    yield from (each for each in named("documents", documents) if each[2] != header)
    if os.path.lexists(header):
        yield "edition", header.name, header
    if documents != settings.tei:
        for role in ("pages", "registers"):
            if (settings.tei / role).is_dir():
                yield from named(role, settings.tei / role)
        guidelines = settings.tei / "schema" / "edition.odd"
        if guidelines.is_file():
            yield "pages", "encoding.xml", guidelines


def _named(home: str, but: str, refuse: Callable[[OSError], None]) -> Iterator[str]:
    """The files named as TEI is below a folder, by their paths there; nothing hidden, and nothing behind a link to a folder."""
    for here, folders, names in os.walk(home, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".") and f"{here}/{name}" != but]
        start = f"{here}/"[len(home) + 1 :]
        yield from (start + name for name in names if records.is_tei_name(name) and not name.startswith("."))


def _bytes(path: Path, shown: str) -> bytes:
    """The bytes of a file; raises Unreadable, and FileNotFoundError when it went away since the folder was listed."""
    if any(0xD800 <= ord(sign) < 0xE000 for sign in str(path)):
        raise Unreadable(finding("E011", shown, detail="It is not in UTF-8."))
    if len(path.name.encode()) > NAME_BYTES:
        raise Unreadable(finding("E011", shown, detail=f"It is longer than {NAME_BYTES} bytes."))
    if path.is_symlink() and not path.exists():
        raise Unreadable(finding("E005", shown, detail="It is a link to a file that is not there."))
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable(finding("E005", shown, detail="It is no ordinary file."))
        return path.read_bytes()
    except PermissionError as cause:
        raise Unreadable(finding("E005", shown, detail=f"The system says: {cause.strerror}.")) from cause


NAME_BYTES = 250
"""The longest name of a file: file systems allow 255, and the build's own names for it are a little longer."""


def shown(settings: Settings, path: str | Path) -> str:
    """A path as an editor knows it, the same on every machine: from the project or the TEI folder if it lies there."""
    known = str(path)
    return printable(_below(known, settings.project) or _below(known, settings.tei) or known)


def _below(path: str, folder: Path) -> str:
    """A path as seen from a folder that it is below, ``.`` for the folder itself; empty for others."""
    home = f"{folder}/"
    return path[len(home) :] if path.startswith(home) else "." if path == str(folder) else ""


def exists(path: Path) -> bool:
    """Whether there is anything at a path, whatever signs it has."""
    try:
        return path.exists()
    except (OSError, ValueError):  # no file has such a name
        return False

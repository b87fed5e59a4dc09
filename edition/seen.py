"""What was found in files, kept in the folder of builds: a file that is as it was is not read again.

As it was means: the size, the two times and the number that the file system keeps of it are the same. What changes twice within
one tick of the file system's clock looks the same, so of a file as young as the look at it nothing is kept (git's index has the
same care). The file of all this is worth nothing if it is damaged or if another version of this software wrote it.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

NAME = "seen.json"
"""What the file is called in the folder of builds."""
TICK = 2_000_000_000
"""The coarsest clock of a file system in nanoseconds (FAT)."""
_Known = list[Any]
"""Of a file: how it was, and the words that were found."""


class Seen:
    """The files that were looked at, by path, with what was found; ``by`` says what does the looking.

    Without a folder of builds nothing is known and nothing kept; ``afresh`` nothing is known.
    """

    def __init__(self, out: Path | None = None, by: str = "", afresh: bool = False) -> None:
        self._began = time.time_ns()
        self._path = out / NAME if out else None
        self._by = by
        self._before = _read(self._path, by) if self._path and not afresh else {}
        self._now: dict[str, _Known] = {}

    def found(self, path: Path, find: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        """What ``find`` finds in a file; it is not called where that is known. Raises what ``find`` raises."""
        try:
            at = path.stat()
        except (OSError, ValueError):
            return find()
        state = [at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino]
        known = self._before.get(str(path))
        if known is None or known[0] != state:
            known = [state, *find()]
        if max(at.st_mtime_ns, at.st_ctime_ns) < self._began - TICK:
            self._now[str(path)] = known
        return tuple(known[1:])

    def keep(self) -> None:
        """Keep for the next time what was asked for this time, where there is a folder for it."""
        if self._path is None or (self._path.exists() and self._now == self._before):
            return
        data = json.dumps({"by": self._by, "files": self._now}, separators=(",", ":")).encode()
        new = self._path.with_name(f".{NAME}-{os.getpid()}")
        with suppress(OSError):
            new.write_bytes(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
            new.replace(self._path)


def _read(path: Path, by: str) -> Mapping[str, _Known]:
    try:
        digest, _, data = path.read_bytes().partition(b"\n")
    except OSError:
        return {}
    if hashlib.sha256(data).hexdigest().encode() != digest:
        return {}
    kept = json.loads(data)
    files: Mapping[str, _Known] = kept["files"] if kept["by"] == by else {}
    return files

"""Zip files whose bytes depend on what is in them alone: no clock, no account, one order."""

from __future__ import annotations

import zipfile
from types import TracebackType
from typing import IO

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip file can say."""


class Archive:
    """A zip file that is being written, as a context."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w")

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._zip.close()

    def add(self, name: str, data: bytes, compressed: bool = True) -> None:
        """One more file."""
        info = zipfile.ZipInfo(name, _MOMENT)
        info.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        info.create_system = 3
        info.external_attr = 0o644 << 16
        self._zip.writestr(info, data)

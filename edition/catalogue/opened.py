"""A catalogue is opened, read-only and immutable."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from edition.catalogue.schema import FORMAT


class CatalogueError(Exception):
    """The catalogue is missing or damaged."""


def _close(connections: list[sqlite3.Connection]) -> None:
    for connection in connections:
        connection.close()


class Opened:
    """An open catalogue, as far as everything asked of it needs it."""

    def __init__(self, path: Path) -> None:
        self._address = path.resolve().as_uri() + "?mode=ro&immutable=1"
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self.close = weakref.finalize(self, _close, self._connections)
        """Closes the connections of all threads, when nobody asks any more; also done when the catalogue is forgotten."""
        try:
            if self._all("PRAGMA user_version")[0][0] != FORMAT:
                raise CatalogueError(f"{path}: another version of this software made the catalogue; run “edition build”")
            totals = "SELECT count(*), total(words), total(passages) FROM documents WHERE role = 'documents'"
            self.documents, self.words, self.passages = map(int, self._all(totals)[0])
        except sqlite3.Error as error:
            raise CatalogueError(f"{path}: the catalogue cannot be read ({error})") from error

    def _all(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        if not hasattr(self._local, "connection"):
            self._local.connection = sqlite3.connect(self._address, uri=True, check_same_thread=False)  # to be closed from any
            self._connections.append(self._local.connection)
        return self._local.connection.execute(query, values).fetchall()  # type: ignore[no-any-return]

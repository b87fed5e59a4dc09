"""Files of the whole edition that stylesheets make (``xslt/collected/``), kept in the store while what they are made of stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from edition import store
from edition.settings import Settings
from edition.workers import Tools


class Collector:
    """Makes such files in a worker; ``entries`` are the names of those of the store that it has used.

    ``software`` is the digest of what decides, besides what is known of the documents, what a file is.
    """

    def __init__(self, settings: Settings, software: str, tools: Tools) -> None:
        self._settings = settings
        self._software = software
        self._tools = tools
        self.entries: set[str] = set()

    def made(self, name: str, known: Mapping[str, Any]) -> bytes:
        """What the stylesheet of this name makes of what is known. Raises TransformError."""
        context = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
        entry = hashlib.sha256(f"{self._software} {name}\n{context}".encode()).hexdigest()
        place = store.place(self._settings.out, entry)
        if not store.is_whole(place):
            with store.writing(place) as writer:
                writer.add(name, self._tools.transformer.collected(name, context).encode())
        self.entries.add(entry)
        with store.Entry(place) as made:
            return made.read(name)

"""Files of the whole edition that stylesheets make (``xslt/collected/``), kept in the store while what they are made of stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from edition import store
from edition.overrides import stylesheets
from edition.settings import Settings
from edition.transform import Transformer


class Collector:
    """Makes such files for one build; ``entries`` are those of the store that it has used.

    ``software`` is the digest of what decides, besides what is known of the documents, what a file is; ``is_needed`` says what
    the store lacks.
    """

    def __init__(self, settings: Settings, software: str, is_needed: Callable[[Path], bool]) -> None:
        self._settings = settings
        self._software = software
        self._is_needed = is_needed
        self.entries: set[Path] = set()

    @cached_property
    def _transformer(self) -> Transformer:
        return Transformer(stylesheets(self._settings))

    def made(self, name: str, known: Mapping[str, Any]) -> bytes:
        """What the stylesheet of this name makes of what is known. Raises TransformError."""
        context = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(f"{self._software} {name}\n{context}".encode()).hexdigest()
        place = store.place(self._settings.out, digest)
        if self._is_needed(place):
            with store.writing(place) as entry:
                entry.add(name, self._transformer.collected(name, context).encode())
        self.entries.add(place)
        with store.Entry(place) as made:
            return made.read(name)

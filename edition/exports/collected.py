"""Files of the whole edition that stylesheets make (``xslt/collected/``), kept in the cache while what they are made of stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from edition import cache
from edition.overrides import stylesheets
from edition.settings import Settings
from edition.transform import Transformer

COLLECTED = ".collected"
"""What the names of these files in the cache end in."""


class Collector:
    """Makes such files for one build; ``entries`` are those of the cache that it has used.

    ``software`` is the digest of what decides, besides what is known of the documents, what a file is; ``is_needed`` says what
    the cache lacks.
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
        entry = self._settings.out / "cache" / f"{digest}.{name}{COLLECTED}"
        if self._is_needed(entry):
            cache.hold(entry, partial(self._lines, name, context))
        self.entries.add(entry)
        ((file,),) = (cache.files(entry, json.loads(line)) for line in cache.lines(entry))
        return file.path.read_bytes()

    def _lines(self, name: str, context: str, put: cache.Put) -> Iterator[Mapping[str, Any]]:
        yield {"files": [put(name, self._transformer.collected(name, context).encode())]}

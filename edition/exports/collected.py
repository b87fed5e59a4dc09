"""Files of the whole edition that stylesheets make (``xslt/collected/``), kept in the cache while what they are made of stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from edition.cache import content, hold, is_held
from edition.overrides import stylesheets
from edition.settings import Settings
from edition.transform import Transformer

COLLECTED = ".collected"
"""What the names of these files in the cache end in."""


class Collector:
    """Makes such files for one build; ``entries`` are those of the cache that it has used.

    ``software`` is the digest of what decides, besides what is known of the documents, what a file is.
    """

    def __init__(self, settings: Settings, software: str) -> None:
        self._settings = settings
        self._software = software
        self.entries: set[Path] = set()

    @cached_property
    def _transformer(self) -> Transformer:
        return Transformer(stylesheets(self._settings))

    def made(self, name: str, known: Mapping[str, Any]) -> bytes:
        """What the stylesheet of this name makes of what is known. Raises TransformError."""
        context = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(f"{self._software} {name}\n{context}".encode()).hexdigest()
        entry = self._settings.out / "cache" / f"{digest}.{name}{COLLECTED}"
        if not is_held(entry):
            hold(entry, [self._transformer.collected(name, context).encode()])
        self.entries.add(entry)
        return content(entry)

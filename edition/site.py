"""What a folder of TEI is called that has no header of its own: what its documents have in common, else its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from edition.records import Document, Licence
from edition.settings import Settings

_SAYS_NOTHING = frozenset("tei xml data texts documents editions src source corpus".split())
"""Names of folders that are the same in many projects: the one around is called by a name of its own."""


class Common:
    """What the documents seen so far have in common."""

    def __init__(self) -> None:
        self._title = ""
        self._number = 0
        self._series: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()
        self._publishers: set[str] = set()
        self._licences: dict[tuple[str, ...], tuple[Licence, ...]] = {}

    def add(self, said: Mapping[str, Any]) -> None:
        """One more document, by what its header says."""
        self._title = self._title or said["title"]
        self._number += 1
        self._series[said["series"]] += 1
        self._languages[said["language"]] += 1
        self._publishers.add(said["publisher"])
        licences = tuple(Licence(**each) for each in said["licences"])
        self._licences.setdefault(tuple(each.target or each.text for each in licences), licences)

    def site(self, name: str) -> Document:
        """The edition as a document: the series most stand in, the only one's title, or ``name``; terms if all have the same."""
        only = self._title if self._number == 1 else ""
        return Document(
            id="edition",
            source="",
            title=self._most(self._series) or only or name,
            language=self._most(self._languages),
            publisher=next(iter(self._publishers)) if len(self._publishers) == 1 else "",
            licences=next(iter(self._licences.values())) if len(self._licences) == 1 else (),
        )

    def _most(self, counted: Counter[str]) -> str:
        """What more than half of the documents say; empty where they do not."""
        value, count = next(iter(counted.most_common(1)), ("", 0))
        return value if count * 2 > self._number else ""


def folder_name(settings: Settings) -> str:
    """The name of the folder of TEI in words; of one whose name says nothing, that of the folder around it."""
    named = [path.name for path in (settings.tei, *settings.tei.parents) if path.name]
    own = next((name for name in named if name.lower() not in _SAYS_NOTHING), "An edition")
    words = re.sub(r"\btei\b", "TEI", " ".join(re.split(r"[\s_-]+", own)).strip())
    return words[:1].upper() + words[1:]

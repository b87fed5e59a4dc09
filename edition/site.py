"""What a folder of TEI is called that has no header of its own: what its documents have in common, else its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from edition.records import Document, Licence
from edition.settings import Settings

_SAYS_NOTHING = frozenset("tei xml data texts documents editions src source corpus".split())
"""Names of folders that are the same in many projects: the one around is called by a name of its own."""


COMMON = ("title", "series", "language", "publisher", "licences")
"""What an edition may have in common: fields of its documents."""


def common(documents: Iterable[Sequence[Any]], name: str) -> Document:
    """The edition as a document, by what each of its documents says (``COMMON``).

    The series most stand in, or the only one's title, or ``name``; their language; publisher and terms if all have the same.
    """
    titles: list[str] = []
    series: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    publishers: set[str] = set()
    terms: dict[tuple[str, ...], Sequence[Mapping[str, Any]]] = {}
    for title, of, language, publisher, licences in documents:
        titles = [*titles[:1], title]
        series[of] += 1
        languages[language] += 1
        publishers.add(publisher)
        terms.setdefault(tuple(each["target"] or each["text"] for each in licences), licences)
    only = titles[0] if series.total() == 1 else ""
    return Document(
        id="edition",
        source="",
        title=_most(series) or only or name,
        language=_most(languages),
        publisher=next(iter(publishers)) if len(publishers) == 1 else "",
        licences=tuple(Licence(**each) for each in next(iter(terms.values()))) if len(terms) == 1 else (),
    )


def _most(counted: Counter[str]) -> str:
    """What more than half of them say; empty where they do not."""
    value, count = next(iter(counted.most_common(1)), ("", 0))
    return value if count * 2 > counted.total() else ""


def folder_name(settings: Settings) -> str:
    """The name of the folder of TEI in words; of one whose name says nothing, that of the folder around it."""
    named = [path.name for path in (settings.tei, *settings.tei.parents) if path.name]
    own = next((name for name in named if name.lower() not in _SAYS_NOTHING), "An edition")
    words = re.sub(r"\btei\b", "TEI", " ".join(re.split(r"[\s_-]+", own)).strip())
    return words[:1].upper() + words[1:]

"""What a stylesheet of ``xslt/export/`` knows besides the document: its facts, the edition, and the entries it mentions.

A value of JSON; it decides, with the document and the stylesheets, what the formats are, so its digest is part of theirs.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from edition.catalogue import Catalogue
from edition.citations import Citation, in_words
from edition.records import Document, Entry
from edition.settings import Settings


def citation(document: Document, edition: Document, settings: Settings) -> Citation:
    """What there is to cite: with the permanent address where the edition has a public one, else the path on any copy."""
    return Citation(document, None, edition, _at(settings, f"documents/{quote(document.id, safe='')}/"))


def context(catalogue: Catalogue, document: Document, edition: Document, settings: Settings) -> str:
    """All that the formats of a document are made from, besides its TEI."""
    cited = citation(document, edition, settings)
    entries, marks = _named(catalogue, document, settings)
    known = {
        "document": {name: value for name, value in asdict(document).items() if name != "contents"},
        "edition": {name: value for name, value in asdict(edition).items() if name != "contents"},
        "edition_id": settings.edition_id,
        "home": settings.site_url,
        "address": cited.address if cited.is_public else "",
        "citation": "".join(part.words for part in in_words(cited)),
        "entries": entries,
        "marks": marks,
    }
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


def _at(settings: Settings, path: str) -> str:
    return f"{settings.site_url or '/'}{path}"


def _named(catalogue: Catalogue, document: Document, settings: Settings) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The entries a document mentions, in the order of their first mention; the id of an entry by the mark that names it."""
    marks: dict[str, str] = {}
    mentioned: dict[tuple[str, str], dict[str, Any]] = {}
    for mention, kind, key in catalogue.mentions_in(document.id):
        id = f"entry.{kind}.{key}"
        marks.setdefault(str(mention.number), id)
        seen = mentioned.setdefault(
            (mention.file, mention.key),
            {"id": id, "kind": kind, "key": key, "url": _entry_url(settings, kind, key), "mentions": []},
        )
        seen["mentions"].append({"id": mention.id, "passage": mention.passage, "words": mention.words})
    facts = {(each.file, each.key): entry_facts(each) for each in catalogue.entries_in(document.id)}
    return [each | facts[at] for at, each in mentioned.items()], marks


def _entry_url(settings: Settings, kind: str, key: str) -> str:
    return f"{settings.site_url}registers/{kind}s/{quote(key, safe='')}/" if settings.site_url else ""


def entry_facts(entry: Entry) -> dict[str, Any]:
    """What data say of an entry; what is not known is not there."""
    facts = {
        "name": entry.name or entry.key,
        "names": list(entry.names),
        "type": entry.type,
        "language": entry.language,
        "dates": [asdict(each) for each in entry.dates],
        "latitude": entry.latitude,
        "longitude": entry.longitude,
        "country": entry.subdivision or entry.country,
        "identifiers": [asdict(each) for each in entry.identifiers],
        "summary": entry.summary,
    }
    return {name: value for name, value in facts.items() if value not in ("", None, [])}

"""The letters of the edition as a list for others to harvest (CMIF): who wrote to whom, when, from where, where it is read."""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Iterator, Mapping, Set
from dataclasses import asdict
from typing import Any
from urllib.parse import quote, urlsplit

from edition.catalogue import Catalogue
from edition.exports.collected import Collector
from edition.findings import Finding, finding
from edition.records import Document, Entry, Reference, resolved
from edition.settings import Settings
from edition.snapshot import Snapshot

NAME = "cmif.xml"
_PREFERRED = ("viaf.org", "d-nb.info", "data.bnf.fr", "catalogue.bnf.fr", "id.loc.gov", "id.ndl.go.jp")
"""The authority files that the format names, in its order; one of them is taken before any other. Of places it is GeoNames."""
_ALLOWED = ("creativecommons.org/licenses/by/4.0", "creativecommons.org/publicdomain/zero/1.0")
"""The licences that the format allows for such a list."""


def write_letters(snapshot: Snapshot, catalogue: Catalogue, collector: Collector, settings: Settings) -> list[Finding]:
    """The list of letters, and what is to be said of it; nothing without letters or without a public address, which it needs."""
    letters = [_letter(*each, catalogue, settings) for each in catalogue.letters()] if settings.site_url else []
    edition = catalogue.document("edition", "edition")
    if not letters or edition is None:
        return []
    stated = {**asdict(edition), **_in_common(catalogue, edition, {each["document"] for each in letters})}
    known = {
        "id": _id(settings.site_url),
        "home": settings.site_url,
        "address": f"{settings.site_url}registers/{NAME}",
        "email": settings.email,
        "date": edition.date or max(day for _, day in catalogue.changed()),
        "edition": stated,
        "letters": letters,
    }
    snapshot.registers.mkdir(exist_ok=True)
    (snapshot.registers / NAME).write_bytes(collector.made("cmif", known))
    is_allowed = any(allowed in each["target"] for each in stated["licences"] for allowed in _ALLOWED)
    return [] if is_allowed else [finding("N402", "edition.xml")]


def _in_common(catalogue: Catalogue, edition: Document, documents: Set[str]) -> dict[str, Any]:
    """What the edition does not say of itself and the headers of all these documents say alike: who publishes, on what terms."""
    lacking = [name for name in ("publisher", "responsibilities", "licences") if not getattr(edition, name)]
    said = [values for id, _, *values in catalogue.summaries("id", *lacking) if id in documents] if lacking else []
    columns = {name: values for name, *values in zip(lacking, *said, strict=True)}
    return {name: values[0] for name, values in columns.items() if len(set(map(_told_apart, values))) == 1}


def _told_apart(said: object) -> str:
    """What makes one statement of a header another: of licences that have an address, no more than that."""
    parts = said if isinstance(said, list) else [said]
    return json.dumps([each.get("target") or each if isinstance(each, dict) else each for each in parts])


def _id(address: str) -> str:
    """The UUID of an edition by its address; one that begins with a letter, as an id in XML does."""
    ids = (str(uuid.uuid5(uuid.NAMESPACE_URL, address + "#" * number)) for number in itertools.count())
    return next(id for id in ids if id[0].isalpha())


def _letter(document: str, file: str, actions: list[dict[str, Any]], catalogue: Catalogue, settings: Settings) -> dict[str, Any]:
    told = [each | {"names": [_name(name, file, catalogue) for name in each["names"]]} for each in actions]
    return {"document": document, "url": f"{settings.site_url}documents/{quote(document, safe='')}/", "actions": told}


def _name(name: Mapping[str, Any], file: str, catalogue: Catalogue) -> dict[str, Any]:
    """A name with the address of whom or what it names in an authority file, if the encoding or a register gives any."""
    entries = list(_entries(name, file, catalogue))
    urls = [*name["urls"], *(id.url for each in entries for id in each.identifiers if id.url)]
    url = min(urls, key=lambda url: _rank(url, name["kind"]), default="")
    return {**name, "name": name["name"] or next((each.name for each in entries), ""), "url": url}


def _entries(name: Mapping[str, Any], file: str, catalogue: Catalogue) -> Iterator[Entry]:
    """The entries a name points at: by file and id, else by the id alone."""
    for each in name["named"]:
        at = catalogue.entry_at(Reference(*resolved(file, each["target"]))) if each["target"] else None
        entry = at or catalogue.entry_called(each["key"])
        if entry:
            yield entry


def _rank(url: str, kind: str) -> int:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if kind == "place" and host.endswith("geonames.org"):
        return -1
    return _PREFERRED.index(host) if host in _PREFERRED else len(_PREFERRED)

"""The registers as data: JSON, JSON-LD, CSV and TEI, every mention, and the entries of authority files that have a page here."""

from __future__ import annotations

import itertools
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from edition import store
from edition.catalogue import Catalogue, Stored
from edition.exports.collected import Collector
from edition.exports.context import entry_facts
from edition.exports.formats import laid_out
from edition.exports.graph import write_graph
from edition.exports.tables import Row, write_table
from edition.records import Entry
from edition.settings import Settings
from edition.snapshot import Snapshot

KINDS = {"person": "persons", "place": "places", "organisation": "organisations", "event": "events", "work": "works"}
"""The kinds of entries, and what several are called, which names their files."""


def write_registers(snapshot: Snapshot, catalogue: Catalogue, collector: Collector, settings: Settings) -> None:
    """The registers as data, and who is named where and beside whom; nothing where there are no entries."""
    entries = {kind: catalogue.entries(kind) for kind in KINDS}
    if not any(entries.values()):
        return
    folder = snapshot.registers
    folder.mkdir(exist_ok=True)
    stored = {f"{each.role}/{each.path}": each for each in catalogue.all_stored()}
    keys = catalogue.addresses()
    for kind, many in KINDS.items():
        if not entries[kind]:
            continue
        totals = {(file, key): (mentions, documents) for file, key, mentions, documents in catalogue.totals(kind)}
        facts = [_facts(each, keys, totals, settings) for each in entries[kind]]
        told = json.dumps({"kind": kind, "entries": facts}, ensure_ascii=False, indent=1)
        (folder / f"{many}.json").write_text(told + "\n", "utf-8")
        said = [{name: value for name, value in each.items() if name not in _COUNTED} for each in facts]
        linked = collector.made("jsonld", {"home": settings.site_url, "entries": said})
        (folder / f"{many}.jsonld").write_bytes(laid_out(linked.decode()))
        write_table(folder / f"{many}.csv", _COLUMNS, map(_row, facts))
        (folder / f"{many}.xml").write_bytes(_tei(entries[kind], stored, catalogue, collector, settings))
    called = {(each.file, each.key): (kind, keys[each.file, each.key]) for kind in KINDS for each in entries[kind]}
    write_table(folder / "mentions.csv", _MENTION, _mentions(catalogue, called))
    write_graph(
        folder, catalogue, {called[each.file, each.key]: each.name or each.key for own in entries.values() for each in own}
    )
    beacon = _beacon(entries, keys, settings)
    if beacon:
        (folder / "beacon.txt").write_text(beacon, "utf-8")


_COUNTED = ("mentions", "documents")
"""What data tell of an entry that it does not say itself: it changes with every text that names it."""


def _facts(
    entry: Entry, keys: dict[tuple[str, str], str], totals: dict[tuple[str, str], tuple[int, int]], settings: Settings
) -> dict[str, Any]:
    key = keys[entry.file, entry.key]
    mentions, documents = totals.get((entry.file, entry.key), (0, 0))
    url = {"url": f"{settings.site_url}registers/{KINDS[entry.kind]}/{quote(key, safe='')}/"} if settings.site_url else {}
    return {"key": key, "kind": entry.kind, **entry_facts(entry), **url, "mentions": mentions, "documents": documents}


_COLUMNS = ("key", "name", "type", "names", "dates", "latitude", "longitude", "country", "identifiers", "mentions", "documents")


def _row(facts: dict[str, Any]) -> Row:
    joined = {
        "names": " | ".join(facts.get("names", ())),
        "dates": " | ".join(f"{each['what']}: {each['words']}" for each in facts.get("dates", ())),
        "identifiers": " | ".join(each["url"] or f"{each['type']}: {each['value']}" for each in facts.get("identifiers", ())),
    }
    return [(facts | joined).get(column, "") for column in _COLUMNS]


def _tei(
    entries: Sequence[Entry], stored: Mapping[str, Stored], catalogue: Catalogue, collector: Collector, settings: Settings
) -> bytes:
    """The entries of a kind as TEI: the register as it is where one file has all of them, else a list for each file."""
    kind = entries[0].kind
    by_file: dict[str, list[Entry]] = defaultdict(list)
    for each in entries:
        by_file[each.file].append(each)
    only = next(iter(by_file))
    if len(by_file) == 1 and only.startswith("registers/") and only in stored:
        with store.Entry(store.place(settings.out, stored[only].entry)) as made:
            return made.read(f"{stored[only].member}/{store.TEI}")
    slices = catalogue.slices(kind)
    edition = catalogue.document("edition", "edition")
    known = {
        "kind": kind,
        "title": KINDS[kind],
        "edition": asdict(edition) if edition else {},
        "address": settings.site_url and f"{settings.site_url}registers/{KINDS[kind]}.xml",
        "lists": [_list(file, own, slices, stored) for file, own in by_file.items()],
    }
    return collector.made("tei", known)


def _list(
    file: str, entries: Sequence[Entry], slices: Mapping[tuple[str, str], tuple[str, str]], stored: Mapping[str, Stored]
) -> dict[str, Any]:
    """The entries of a file, each once: what stands in another is there already. Those that no register has have no TEI."""
    paths = (path for path in (file, f"documents/{file}") if path in stored)
    here = {each.key for each in entries}
    found = ((each, *slices.get((file, each.key), ("", ""))) for each in entries)
    told = [
        {"key": each.key, "tei": tei} if tei else entry_facts(each) | {"key": each.key}
        for each, around, tei in found
        if around not in here
    ]
    return {"base": "".join(f"../{quote(path)}" for path in itertools.islice(paths, 1)), "entries": told}


_MENTION = ("document", "passage", "element", "words", "certainty", "kind", "key")


def _mentions(catalogue: Catalogue, keys: Mapping[tuple[str, str], tuple[str, str]]) -> Iterator[Row]:
    """Every mention; ``keys`` are the kind and the key of each entry by its file and key."""
    for *told, file, key in catalogue.all_mentions():
        yield *told, *keys[file, key]


_AUTHORITIES = {
    "https://d-nb.info/gnd/": r"https?://d-nb\.info/gnd/([\dX-]+)/?",
    "http://www.wikidata.org/entity/": r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)",
}
"""Authority files that BEACON is written for: prefix, and form of identifiers; the first that the registers have is taken."""


def _beacon(entries: dict[str, tuple[Entry, ...]], keys: dict[tuple[str, str], str], settings: Settings) -> str:
    """Which entries of an authority file have a page here (BEACON); empty where none or without a public address."""
    for prefix, pattern in _AUTHORITIES.items():
        lines = sorted(
            f"{found[1]}||{settings.site_url}registers/{KINDS[kind]}/{quote(keys[each.file, each.key], safe='')}/"
            for kind, own in entries.items()
            for each in own
            for id in each.identifiers
            if (found := re.fullmatch(pattern, id.url))
        )
        if lines and settings.site_url:
            head = ("#FORMAT: BEACON", f"#PREFIX: {prefix}", f"#FEED: {settings.site_url}registers/beacon.txt")
            return "\n".join((*head, *dict.fromkeys(lines), ""))
    return ""

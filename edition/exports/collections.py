"""The whole corpus as files: an archive a format, and the registers as data."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from edition.catalogue import Catalogue
from edition.exports.archives import Archive
from edition.exports.context import entry_facts
from edition.records import Entry
from edition.settings import Settings
from edition.snapshot import Format, Snapshot

KINDS = {"person": "persons", "place": "places", "organisation": "organisations", "event": "events", "work": "works"}
"""The kinds of entries, and what several are called, which names their files."""
MOST_NAMED = 200
"""Entries that a passage may name and still count for who stands beside whom: what names more is a list."""
_PACKED = ("epub", "pdf")
"""Formats that are compressed already."""

Row = Sequence[str | int | float]


def write_archives(snapshot: Snapshot, formats: Iterable[Format], settings: Settings) -> None:
    """The TEI, and each format of all documents, an archive each; in it a folder of the archive's name."""
    snapshot.downloads.mkdir(exist_ok=True)
    _archive(snapshot.path / "tei", snapshot.downloads / f"{settings.edition_id}-tei.zip", True)
    for each in formats:
        folder = snapshot.path / "exports" / each.extension
        if folder.is_dir():
            name = f"{settings.edition_id}-{each.extension}.zip"
            _archive(folder, snapshot.downloads / name, each.extension not in _PACKED)


def _archive(folder: Path, target: Path, compressed: bool) -> None:
    with target.open("wb") as file, Archive(file) as archive:
        for name in sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()):
            archive.add(f"{target.stem}/{name}", (folder / name).read_bytes(), compressed)


def write_registers(snapshot: Snapshot, catalogue: Catalogue, settings: Settings) -> None:
    """The registers as data, and who is named where and beside whom; nothing where there are no entries."""
    entries = {kind: catalogue.entries(kind) for kind in KINDS}
    if not any(entries.values()):
        return
    folder = snapshot.registers
    folder.mkdir(exist_ok=True)
    keys = {(file, key): address for kind in KINDS for file, key, address in _keys(entries[kind])}
    for kind, many in KINDS.items():
        if not entries[kind]:
            continue
        totals = {(file, key): (mentions, documents) for file, key, mentions, documents in catalogue.totals(kind)}
        facts = [_facts(each, keys, totals, settings) for each in entries[kind]]
        _write_json(folder / f"{many}.json", {"kind": kind, "entries": facts})
        _write_json(folder / f"{many}.jsonld", _linked(kind, facts))
        _write_table(folder / f"{many}.csv", _COLUMNS, map(_row, facts))
        files = {each.file for each in entries[kind]}
        register = snapshot.path / "tei" / next(iter(files))
        if len(files) == 1 and register.is_file():  # the file as it is: a register of several files has no one TEI
            (folder / f"{many}.xml").write_bytes(register.read_bytes())
    _write_table(folder / "mentions.csv", _MENTION, _mentions(catalogue, keys))
    together = _together(catalogue)
    names = {(kind, keys[each.file, each.key]): each.name or each.key for kind in KINDS for each in entries[kind]}
    _write_table(folder / "cooccurrence.csv", _PAIR, _pairs(together, names))
    (folder / "cooccurrence.gexf").write_bytes(_gexf(together, names))
    beacon = _beacon(entries, keys, settings)
    if beacon:
        (folder / "beacon.txt").write_text(beacon, "utf-8")


def _keys(entries: Sequence[Entry]) -> Iterator[tuple[str, str, str]]:
    """File and key of each entry, and what its address ends in: ``~2`` behind the key where another entry has it already."""
    seen: Counter[str] = Counter()
    for each in entries:
        seen[each.key] += 1
        yield each.file, each.key, each.key if seen[each.key] == 1 else f"{each.key}~{seen[each.key]}"


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


_TYPES = {"person": "Person", "place": "Place", "organisation": "Organization", "event": "Event", "work": "CreativeWork"}


def _linked(kind: str, entries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The entries in the words of schema.org."""
    context = {"@vocab": "https://schema.org/", "sameAs": {"@type": "@id"}}
    return {"@context": context, "@graph": [_linked_entry(kind, each) for each in entries]}


def _linked_entry(kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    same = [quote(each["url"], safe=":/?#@!$&'()*+,;=%-._~") for each in facts.get("identifiers", ()) if each["url"]]
    geo = {"@type": "GeoCoordinates", "latitude": facts.get("latitude"), "longitude": facts.get("longitude")}
    said = {
        "@type": _TYPES[kind],
        "@id": facts.get("url"),
        "identifier": facts["key"],
        "name": facts["name"],
        "alternateName": [name for name in facts.get("names", ()) if name != facts["name"]],
        "description": facts.get("summary"),
        "geo": geo if kind == "place" and "latitude" in facts else None,
        "sameAs": same,
    }
    return {name: value for name, value in said.items() if value}


_MENTION = ("document", "passage", "element", "words", "certainty", "kind", "key")


def _mentions(catalogue: Catalogue, keys: dict[tuple[str, str], str]) -> Iterator[Row]:
    for document, _, _ in catalogue.titles():
        for each, kind, key in catalogue.mentions_in(document):
            yield each.document, each.passage, each.element, each.words, each.certainty, kind, key


Named = tuple[str, str]


def _together(catalogue: Catalogue) -> Counter[tuple[Named, Named]]:
    """How many passages name two entries together; each pair once, in the order of kind and key."""
    pairs: Counter[tuple[Named, Named]] = Counter()
    for _, named in itertools.groupby(catalogue.all_named(), key=lambda row: row[0]):
        there = sorted({(kind, key) for _, kind, key in named})
        if len(there) <= MOST_NAMED:
            pairs.update(itertools.combinations(there, 2))
    return pairs


_PAIR = ("kind", "key", "name", "other kind", "other key", "other name", "passages")


def _pairs(together: Counter[tuple[Named, Named]], names: dict[Named, str]) -> Iterator[Row]:
    for (one, other), passages in sorted(together.items(), key=lambda item: (-item[1], item[0])):
        yield *one, names[one], *other, names[other], passages


def _gexf(together: Counter[tuple[Named, Named]], names: dict[Named, str]) -> bytes:
    """The same as a graph (GEXF 1.3), of the entries that stand beside another."""
    root = Element("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"})
    graph = SubElement(root, "graph", {"defaultedgetype": "undirected"})
    attributes = SubElement(graph, "attributes", {"class": "node"})
    SubElement(attributes, "attribute", {"id": "kind", "title": "kind", "type": "string"})
    nodes = SubElement(graph, "nodes")
    for kind, key in sorted({each for pair in together for each in pair}):
        node = SubElement(nodes, "node", {"id": f"{kind}:{key}", "label": names[kind, key]})
        SubElement(SubElement(node, "attvalues"), "attvalue", {"for": "kind", "value": kind})
    edges = SubElement(graph, "edges")
    for number, ((one, other), passages) in enumerate(sorted(together.items())):
        ends = {"source": ":".join(one), "target": ":".join(other)}
        SubElement(edges, "edge", {"id": str(number), **ends, "weight": str(passages)})
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


_AUTHORITIES = {"GND": "https://d-nb.info/gnd/", "Wikidata": "http://www.wikidata.org/entity/"}
"""Authority files that BEACON is written for, by the type of identifier; the first that the registers have is taken."""


def _beacon(entries: dict[str, tuple[Entry, ...]], keys: dict[tuple[str, str], str], settings: Settings) -> str:
    """Which entries of an authority file have a page here (BEACON); empty where none or without a public address."""
    for authority, prefix in _AUTHORITIES.items():
        lines = sorted(
            f"{id.value}||{settings.site_url}registers/{KINDS[kind]}/{quote(keys[each.file, each.key], safe='')}/"
            for kind, own in entries.items()
            for each in own
            for id in each.identifiers
            if id.type.lower() == authority.lower() and "|" not in id.value
        )
        if lines and settings.site_url:
            return "\n".join(
                ("#FORMAT: BEACON", f"#PREFIX: {prefix}", f"#FEED: {settings.site_url}registers/beacon.txt", *lines, "")
            )
    return ""


def _write_json(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _write_table(path: Path, header: Sequence[str], rows: Iterable[Row]) -> None:
    """A table as CSV (RFC 4180), the names of its columns first; what a spreadsheet would take for a formula has ' before it."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(header)
    for row in rows:
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in row])
    path.write_text(table.getvalue(), "utf-8", newline="")


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

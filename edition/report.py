"""The corpus report: what is encoded, and what an editor may want to look at, in plain language, with file and line.

The build tells it of each document as it goes by, and writes it into the snapshot; page, command and data show the same sections.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from edition.findings import Finding
from edition.records import Links, Pointer, links, resolved

MOST = 100
"""Items of a section that are kept; the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a section: in words, how often, and the place where it is first (``file:line``, or empty)."""

    words: str
    count: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its name, what readers call it, what it means, how many items there are in all, and the first of them.

    ``is_open`` says that an editor may want to do something about it.
    """

    name: str
    title: str
    meaning: str
    total: int
    items: tuple[Item, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The report of an edition, its sections in the order of the table."""

    documents: int
    words: int
    sections: tuple[Section, ...]

    @property
    def open(self) -> tuple[Section, ...]:
        """The sections that have something an editor may want to look at."""
        return tuple(each for each in self.sections if each.is_open and each.total)


@dataclass(slots=True)
class Facts:
    """What the documents say of themselves, gathered while they go by."""

    files: dict[str, str] = field(default_factory=dict)  # by place, as an editor knows them
    ids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # by place
    entries: set[str] = field(default_factory=set)
    dangling: list[tuple[str, Pointer]] = field(default_factory=list)
    pointers: list[tuple[str, Pointer]] = field(default_factory=list)
    doubled: list[Item] = field(default_factory=list)
    lacking: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    private: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    elements: Counter[str] = field(default_factory=Counter)
    attributes: Counter[str] = field(default_factory=Counter)
    documents_with: Counter[str] = field(default_factory=Counter)

    def add(self, role: str, place: str, shown: str, record: Mapping[str, Any]) -> None:
        """One more document, of the file at ``place``, by what ``edition.products`` keeps of its record."""
        said: Links = links(record)
        self.files[place] = shown
        self.ids[place] |= said.ids.keys()
        self.entries |= set(said.entries)
        self.dangling += [(place, each) for each in said.dangling]
        self.pointers += [(place, each) for each in said.pointers]
        self.doubled += [
            Item(f"“{each.id}”, first in line {each.first_line}", 1, f"{shown}:{each.line}") for each in said.doubled
        ]
        self.elements.update(record["elements"])
        self.attributes.update(record["attributes"])
        self.documents_with.update(record["elements"].keys())
        for each in record["private"]:
            self.private[each["sign"]].append((each["count"], f"{shown}:{each['line']}"))
        if role == "documents":
            for lacking in said.lacking:
                self.lacking[lacking.what].append(f"{shown}:{lacking.line}")
            if not record["has_title"]:
                self.lacking["title"].append(f"{shown}:1")


@dataclass(frozen=True, slots=True)
class _Given:
    """All that sections are made from: ``names`` are the entries by kind, key and name.

    Below the TEI folder, ``exists`` tells whether there is a file, ``shows`` whether there is an image that can be shown;
    ``everywhere`` are the ids of all files.
    """

    facts: Facts
    findings: tuple[Finding, ...]
    names: tuple[tuple[str, str, str], ...]
    exists: Callable[[str], bool]
    shows: Callable[[str], object]
    everywhere: Set[str]

    def is_unregistered(self, place: str, pointer: Pointer) -> bool:
        """Whether a name in the file at a place refers by it to an id alone that no file has."""
        if pointer.sort != "name" or not pointer.id or pointer.id in self.everywhere:
            return False
        return pointer.target.startswith("#") or not self.exists(resolved(place, pointer.target)[0])


def report(
    documents: int,
    words: int,
    facts: Facts,
    findings: Iterable[Finding],
    names: Iterable[tuple[str, str, str]],
    exists: Callable[[str], bool],
    shows: Callable[[str], object],
) -> Report:
    """The report of an edition."""
    everywhere = facts.entries.union(*facts.ids.values())
    given = _Given(facts, tuple(findings), tuple(names), exists, shows, everywhere)
    sections = []
    for name, title, meaning, is_open, made in SECTIONS:
        items = list(made(given))
        sections.append(Section(name, title, meaning, len(items), tuple(items[:MOST]), is_open))
    return Report(documents, words, tuple(sections))


def write(path: Path, made: Report) -> None:
    """Put a report into a file."""
    path.write_text(json.dumps(asdict(made), indent=1, ensure_ascii=False) + "\n", "utf-8")


def read(path: Path) -> Report:
    """The report in a file."""
    stored = json.loads(path.read_text("utf-8"))
    sections = (Section(**each | {"items": tuple(Item(**item) for item in each["items"])}) for each in stored["sections"])
    return Report(stored["documents"], stored["words"], tuple(sections))


def _left_out(given: _Given) -> Iterator[Item]:
    for each in given.findings:
        if each.code.startswith("E0") and each.code != "E012":
            yield Item(each.message, 1, f"{each.path}:{each.line}")


def _unregistered(given: _Given) -> list[Item]:
    """What names refer to by an id alone that no file has."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, pointer in (*given.facts.dangling, *given.facts.pointers):
        if given.is_unregistered(place, pointer):
            found[pointer.id].append((pointer.count, f"{given.facts.files[place]}:{pointer.line}"))
    return _most_first(found)


def _unresolved(given: _Given) -> list[Item]:
    """Pointers that lead nowhere; those by which a name is found or gathered all the same are left out."""
    facts = given.facts
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, pointer in (*facts.dangling, *facts.pointers):
        file, key = resolved(place, pointer.target)
        is_found = (pointer.sort == "name" and (key or pointer.target) in facts.entries) or given.is_unregistered(place, pointer)
        if not is_found and pointer.sort != "image" and _is_astray(given, place, file, key):
            found[f"@{pointer.attribute}=“{pointer.target}”"].append((pointer.count, f"{facts.files[place]}:{pointer.line}"))
    return _most_first(found)


def _is_astray(given: _Given, place: str, file: str, key: str) -> bool:
    """Whether there is nothing at a place of the edition; what lies outside the TEI folder is not judged."""
    if file.startswith(("../", "/")):
        return False
    there: Collection[str] | None = given.facts.ids.get(file)
    return (bool(key) and "(" not in key and key not in there) if there is not None else not given.exists(file)


def _images(given: _Given) -> list[Item]:
    """Images that are named and not there."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, pointer in given.facts.pointers:
        file, _ = resolved(place, pointer.target)
        if pointer.sort == "image" and not given.shows(file):
            found[pointer.target].append((pointer.count, f"{given.facts.files[place]}:{pointer.line}"))
    return _most_first(found)


def _most_first(found: Mapping[str, list[tuple[int, str]]]) -> list[Item]:
    items = (Item(words, sum(count for count, _ in uses), uses[0][1]) for words, uses in found.items())
    return sorted(items, key=lambda item: -item.count)


def _doubled(given: _Given) -> list[Item]:
    return given.facts.doubled


def _undisplayed(given: _Given) -> list[Item]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for each in given.findings:
        if each.code == "W101":
            found[each.message.rpartition("It is ")[2].rstrip(".")].append((1, f"{each.path}:{each.line}"))
    return _most_first(found)


def _lacking(given: _Given) -> Iterator[Item]:
    for what in ("title", "licence", "date", "language"):
        if places := given.facts.lacking.get(what):
            yield Item(f"no {what}", len(places), places[0])


def _private(given: _Given) -> list[Item]:
    return _most_first({f"U+{sign:04X}": uses for sign, uses in sorted(given.facts.private.items())})


def _alike(given: _Given) -> Iterator[Item]:
    """Entries of one kind whose names differ in nothing but accents, signs, case or the order of the words."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for kind, key, name in given.names:
        if plain := _plain(name):
            found[kind, plain].setdefault(key, name)
    for (kind, _), entries in found.items():
        if len(entries) > 1:
            named = [f"“{name}” ({key})" for key, name in entries.items()]
            more = [f"{len(named) - MOST_ALIKE:,} more"] if len(named) > MOST_ALIKE else []
            yield Item(f"{kind}: " + ", ".join(named[:MOST_ALIKE] + more), len(entries))


MOST_ALIKE = 5
"""Names that may be one entity which an item tells."""


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(sign if sign.isalnum() else " " for sign in letters if not unicodedata.combining(sign))
    return " ".join(sorted(kept.split()))


def _elements(given: _Given) -> Iterator[Item]:
    for name, count in given.facts.elements.most_common():
        yield Item(f"<{name}> in {_counted(given.facts.documents_with[name], 'document')}", count)


def _attributes(given: _Given) -> Iterator[Item]:
    for name, count in given.facts.attributes.most_common():
        yield Item(f"@{name}", count)


def _counted(number: int, name: str) -> str:
    return f"{number:,} {name}{'s' * (number != 1)}"


SECTIONS: tuple[tuple[str, str, str, bool, Callable[[_Given], Iterable[Item]]], ...] = (
    ("left-out", "Files left out", "They are not on the site, for the reason that is given.", True, _left_out),
    ("unresolved", "References that lead nowhere", "No element has the id, or there is no such file.", True, _unresolved),
    ("unregistered", "Names that no register has", "They are gathered by what they refer to.", True, _unregistered),
    ("images", "Images that are missing", "They are named, but not beside the TEI; the page says so.", True, _images),
    ("doubled", "Ids given twice", "One id in one file for two elements: what points at it leads to the first.", True, _doubled),
    ("undisplayed", "Elements without a rule of display", "Their words are shown, but plainly.", True, _undisplayed),
    ("lacking", "What headers do not say", "Readers look for it, and so do catalogues.", True, _lacking),
    ("private", "Characters in private use", "They mean something with the right font alone.", True, _private),
    ("alike", "Names that may be one entity spelt twice", "They differ in accents, signs or the order of words.", True, _alike),
    ("elements", "Elements", "What is encoded, the most frequent first.", False, _elements),
    ("attributes", "Attributes", "What elements carry, the most frequent first.", False, _attributes),
)  # fmt: skip
"""The sections: name, title, what it means, whether it asks for something, and the function that makes its items."""

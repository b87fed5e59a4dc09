"""The corpus report: what is encoded, and what an editor may want to look at, in plain language, with file and line.

The build makes it of the catalogue and writes it into the snapshot; page, command and data show the same sections.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from edition.catalogue import Astray, Catalogue
from edition.crossing import is_unregistered
from edition.findings import Finding
from edition.records import resolved

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


@dataclass(frozen=True, slots=True)
class _Given:
    """All that sections are made from: the catalogue, the findings, and the files as editors know them, by what is made of each.

    Below the TEI folder, ``exists`` tells whether there is a file, ``shows`` whether there is an image that can be shown.
    """

    told: Catalogue
    findings: tuple[Finding, ...]
    files: Mapping[str, str]
    exists: Callable[[str], bool]
    shows: Callable[[str], object]
    astray: tuple[Astray, ...]

    def place(self, made: str, line: int) -> str:
        """A line of a file as an editor knows it."""
        return f"{self.files[made]}:{line}"


def report(
    told: Catalogue,
    findings: Iterable[Finding],
    files: Mapping[str, str],
    exists: Callable[[str], bool],
    shows: Callable[[str], object],
) -> Report:
    """The report of an edition; ``files`` are those of the catalogue as an editor knows them, by what is made of each."""
    given = _Given(told, tuple(findings), files, cache(exists), cache(shows), tuple(told.astray()))
    sections = []
    for name, title, meaning, is_open, made in SECTIONS:
        items = list(made(given))
        sections.append(Section(name, title, meaning, len(items), tuple(items[:MOST]), is_open))
    return Report(told.documents, told.words, tuple(sections))


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
    for each in given.astray:
        if is_unregistered(each.pointer, each.file, each.has_home, given.exists):
            found[each.pointer.id].append((each.pointer.count, given.place(each.made, each.pointer.line)))
    return _most_first(found)


def _unresolved(given: _Given) -> list[Item]:
    """Pointers that lead nowhere; those by which a name is found or gathered all the same are left out."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for each in given.astray:
        pointer = each.pointer
        is_found = each.is_entry or is_unregistered(pointer, each.file, each.has_home, given.exists)
        if not is_found and pointer.sort != "image" and _is_nowhere(given, each):
            words = f"@{pointer.attribute}=“{pointer.target}”"
            found[words].append((pointer.count, given.place(each.made, pointer.line)))
    return _most_first(found)


def _is_nowhere(given: _Given, each: Astray) -> bool:
    """Whether there is nothing at a place of the edition; what lies outside the TEI folder is not judged."""
    file, key = resolved(each.file, each.pointer.target)
    if file.startswith(("../", "/")):
        return False
    return (bool(key) and "(" not in key) if each.is_ours else not given.exists(file)


def _images(given: _Given) -> list[Item]:
    """Images that are named and not there."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for each in given.astray:
        pointer = each.pointer
        if pointer.sort == "image" and not each.is_inside and not given.shows(resolved(each.file, pointer.target)[0]):
            found[pointer.target].append((pointer.count, given.place(each.made, pointer.line)))
    return _most_first(found)


def _most_first(found: Mapping[str, list[tuple[int, str]]]) -> list[Item]:
    items = (Item(words, sum(count for count, _ in uses), uses[0][1]) for words, uses in found.items())
    return sorted(items, key=lambda item: -item.count)


def _doubled(given: _Given) -> Iterator[Item]:
    for words, made, line, _ in given.told.noted("doubled"):
        yield Item(words, 1, given.place(made, line))


def _undisplayed(given: _Given) -> list[Item]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for each in given.findings:
        if each.code == "W101":
            found[each.message.rpartition("It is ")[2].rstrip(".")].append((1, f"{each.path}:{each.line}"))
    return _most_first(found)


def _lacking(given: _Given) -> Iterator[Item]:
    noted = {each.words: each for each in _most_first(_noted(given, "lacking"))}
    for what in ("title", "licence", "date", "language"):
        if what in noted:
            yield replace(noted[what], words=f"no {what}")


def _private(given: _Given) -> list[Item]:
    return _most_first(dict(sorted(_noted(given, "private").items(), key=lambda item: int(item[0][2:], 16))))


def _noted(given: _Given, sort: str) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for words, made, line, count in given.told.noted(sort):
        found[words].append((count, given.place(made, line)))
    return found


def _alike(given: _Given) -> Iterator[Item]:
    """Entries of one kind whose names differ in nothing but accents, signs, case or the order of the words."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for kind, key, name, _ in given.told.entry_names():
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
    for name, count, documents in given.told.sums("elements"):
        yield Item(f"<{name}> in {_counted(documents, 'document')}", count)


def _attributes(given: _Given) -> Iterator[Item]:
    for name, count, _ in given.told.sums("attributes"):
        yield Item(f"@{name}", count)


def _counted(number: int, name: str) -> str:
    return f"{number:,} {name}{'s' * (number != 1)}"


_COUNTED = "What is encoded, the most frequent first. Texts, registers, pages and the header of the edition are documents here."
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
    ("elements", "Elements", _COUNTED, False, _elements),
    ("attributes", "Attributes", "What elements carry, the most frequent first.", False, _attributes),
)  # fmt: skip
"""The sections: name, title, what it means, whether it asks for something, and the function that makes its items."""

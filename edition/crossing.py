"""What crosses files: ids, pointers and mentions judged over the whole edition, from the records alone."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from edition.findings import Finding, finding, printable
from edition.records import Doubled, Links, Pointer, resolved


@dataclass(frozen=True, slots=True)
class File:
    """A file as its findings name it, its shelf, its path below the TEI folder (empty if it is elsewhere), and its links."""

    shown: str
    role: str
    place: str
    links: Links


def joined(parts: Iterable[Links]) -> Links:
    """The links of a file from those of the documents in it: what points from one to another is not dangling."""
    several = list(parts)
    if len(several) == 1:
        return several[0]
    ids: dict[str, int] = {}
    doubled = [each for links in several for each in links.doubled]
    for links in several:
        for id, line in links.ids.items():
            if ids.setdefault(id, line) != line:
                doubled.append(Doubled(id, line, ids[id]))
    return Links(
        ids=ids,
        doubled=tuple(dict.fromkeys(doubled)),
        dangling=tuple(dict.fromkeys(each for links in several for each in links.dangling if each.target[1:] not in ids)),
        pointers=tuple(dict.fromkeys(each for links in several for each in links.pointers)),
        keys=tuple(dict.fromkeys(key for links in several for key in links.keys)),
        entries=tuple(dict.fromkeys(key for links in several for key in links.entries)),
        lacking=tuple(dict.fromkeys(each for links in several for each in links.lacking)),
    )


def crossing(files: Sequence[File], unread: Set[str], exists: Callable[[str], bool]) -> Iterator[Finding]:
    """What is wrong between these files, and within each of them as far as its record tells.

    ``unread`` are the places of files that have no record: what points into them is not judged. ``exists`` tells whether
    there is anything at a place below the TEI folder.
    """
    ids = {file.place: file.links.ids for file in files if file.place}
    homes = _homes(files)
    declared = {key for file in files for key in file.links.entries}
    unregistered = _unregistered(files, homes, declared, exists)
    if len(unregistered) > MOST_SLIPS:
        yield _without_register(unregistered)
        declared |= unregistered.keys()
    for file in files:
        for again in file.links.doubled:
            yield finding("E301", file.shown, again.line, detail=f"“{again.id}” is given in line {again.first_line} already.")
        for pointer in file.links.dangling:
            if pointer.sort == "name" and pointer.target[1:] in declared:
                continue  # the catalogue joins them: joining.py
            yield finding("E012", file.shown, pointer.line, detail=_dangling(file, pointer, homes))
        if file.place:
            for pointer in file.links.pointers:
                if not (pointer.sort == "name" and pointer.target in declared):
                    yield from _out(file, pointer, ids, unread, exists)
        if file.role == "documents":
            for lacking in file.links.lacking:
                yield finding(_CODE_OF_LACKING[lacking.what], file.shown, lacking.line, detail=lacking.instead)
    yield from _in_several(homes)
    yield from _never_mentioned(files)


MOST_SLIPS = 20
"""Ids that names refer to and no file has: so many may be slips, each a finding; of more, what is missing is a register."""


def _unregistered(
    files: Sequence[File], homes: Collection[str], declared: Set[str], exists: Callable[[str], bool]
) -> dict[str, list[tuple[File, Pointer]]]:
    """The ids alone that names refer to and no file of the edition has, each with what refers to it."""
    found: dict[str, list[tuple[File, Pointer]]] = defaultdict(list)
    for file in files:
        for pointer in (*file.links.dangling, *(file.links.pointers if file.place else ())):
            if is_unregistered(pointer, file.place, pointer.id in declared or pointer.id in homes, exists):
                found[pointer.id].append((file, pointer))
    return found


def is_unregistered(pointer: Pointer, place: str, has_home: bool, exists: Callable[[str], bool]) -> bool:
    """Whether a name in the file at a place refers to an id alone that no file has; ``has_home`` says that one has it.

    Without its sign it may also be the name of a file.
    """
    if pointer.sort != "name" or not pointer.id or has_home:
        return False
    return pointer.target.startswith("#") or not exists(resolved(place, pointer.target)[0])


def _without_register(unregistered: Mapping[str, Sequence[tuple[File, Pointer]]]) -> Finding:
    """All of them in one finding, at the first."""
    times = {id: sum(pointer.count for _, pointer in uses) for id, uses in unregistered.items()}
    files = {file.shown for uses in unregistered.values() for file, _ in uses}
    first, pointer = next(iter(unregistered.values()))[0]
    most = ", ".join(f"“{_short(id)}” ({times[id]:,})" for id in sorted(times, key=lambda id: -times[id])[:MOST_NAMED])
    detail = f"{len(times):,} ids, referred to {sum(times.values()):,} times in {len(files):,} files; most often {most}."
    return finding("W309", first.shown, pointer.line, detail=detail)


MOST_NAMED = 5
"""Ids that such a finding names."""

_CODE_OF_LACKING = {"licence": "W303", "date": "W304", "language": "W305"}


def _homes(files: Sequence[File]) -> Mapping[str, list[File]]:
    """Each id with the files of the edition that have it, in their order."""
    homes: dict[str, list[File]] = defaultdict(list)
    for file in files:
        for id, line in file.links.ids.items() if file.place else ():
            if line:  # else it is another file's, included here
                homes[id].append(file)
    return homes


def _dangling(file: File, pointer: Pointer, homes: Mapping[str, list[File]]) -> str:
    """What is wrong with a pointer into its own file."""
    key = pointer.target[1:]
    elsewhere = [home for home in homes.get(key, ()) if home is not file]
    there = f" {elsewhere[0].shown} has it: the pointer must name that file too." if elsewhere else _near(key, file.links.ids)
    return f"{_written(pointer)}: nothing in this file has that id.{there}{_times(pointer)}"


def _out(
    file: File, pointer: Pointer, ids: Mapping[str, Collection[str]], unread: Set[str], exists: Callable[[str], bool]
) -> Iterator[Finding]:
    """What is wrong with a pointer out of its file, if anything is. What lies outside the TEI folder is not judged."""
    place, key = resolved(file.place, pointer.target)
    if place.startswith(("../", "/")) or place in unread:
        return
    if place in ids:
        if key and "(" not in key and key not in ids[place]:  # parentheses are an XPointer's
            detail = f"{_written(pointer)}: that file has no such id.{_near(key, ids[place])}{_times(pointer)}"
            yield finding("E012", file.shown, pointer.line, detail=detail)
    elif not exists(place):
        instead = f" The element of that id is written “#{pointer.target}”." if pointer.target in file.links.ids else ""
        detail = f"{_written(pointer)}: there is no {printable(_short(place))} in the TEI folder.{instead}{_times(pointer)}"
        yield finding("E302", file.shown, pointer.line, detail=detail)


def _written(pointer: Pointer) -> str:
    return f'@{pointer.attribute}="{_short(pointer.target)}"'


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTED else text[:LONGEST_QUOTED] + "…"


LONGEST_QUOTED = 120
"""Letters of a pointer that a message repeats."""


def _near(key: str, ids: Collection[str]) -> str:
    """A question that names the id most like this one, if one is."""
    near = difflib.get_close_matches(key, ids, 1, 0.8) if len(ids) <= MOST_COMPARED else []
    return f" Did you mean “{near[0]}”?" if near else ""


MOST_COMPARED = 2000
"""How many ids a wrong one is compared with."""


def _times(pointer: Pointer) -> str:
    return f" The file points there {pointer.count} times." if pointer.count > 1 else ""


def _in_several(homes: Mapping[str, list[File]]) -> Iterator[Finding]:
    """Each id that more than one file of the edition has: one finding, at the second of them."""
    for id, files in homes.items():
        if len(files) > 1:
            first = files[0].shown
            where = f"{first} has it too" if len(files) == 2 else f"{len(files)} files have it, {first} is the first"
            yield finding("W301", files[1].shown, files[1].links.ids[id], detail=f"“{id}”: {where}.")


def _never_mentioned(files: Sequence[File]) -> Iterator[Finding]:
    """The entries of registers that no document points at."""
    mentioned: set[tuple[str, str]] = set()
    keys: set[str] = set()  # given alone, or with the wrong file
    for file in files:
        if file.role == "documents":
            mentioned |= {resolved(file.place, pointer.target) for pointer in file.links.pointers}
            keys |= {*file.links.keys, *(pointer.target[1:] for pointer in file.links.dangling)}
    for file in files:
        for key in file.links.entries if file.role == "registers" else ():
            if key in file.links.ids and (file.place, key) not in mentioned and key not in keys:
                yield finding("W302", file.shown, file.links.ids[key], detail=f"It is “{key}”.")

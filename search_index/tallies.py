"""How often words occur: each segment has its own tallies, and an index knows what they add up to.

An index that takes over segments of the one before takes over the sums too: those of segments that went are taken away, those of
new ones are added, and only the words about which something changed are looked at.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from search_index import files
from search_index.known import read_known
from search_index.lexicon import NO_WORDS, Lexicon, Lines, form_of

FILE = "sums"

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """The words of one text field: in how many passages a term stands, how often a form is written so (by ``written`` of the
    two), in how many segments there is a line of a stem (see ``Lexicon``). Those of sums ascend.
    """

    passages: Counts = field(default_factory=dict)
    occurrences: Counts = field(default_factory=dict)
    stems: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sums:
    """What the tallies of some segments add up to, by field."""

    segments: Set[str] = frozenset()
    tallies: Mapping[str, Tally] = field(default_factory=dict)


def written(form: str, spelling: str) -> str:
    """A form, and how it is written, as one; what is between them sorts before any letter."""
    return f"{form}\n{spelling}"


def write(folder: Path, segment: str, tallies: Mapping[str, Tally]) -> None:
    """Writes those of a segment, by field."""
    files.write(_file(folder, segment), tallies)


def _file(folder: Path, segment: str) -> Path:
    return folder / f"{segment}.words"


def add_up(folder: Path, fields: Sequence[str], segments: Set[str], before: Path | None) -> Mapping[str, Lexicon]:
    """The words of all segments in a folder; what they add up to is written beside them, for the next index.

    ``before`` is the folder of an index that may have some of the segments.
    """
    sums, lexicons, gone = _before(before, segments) if before else _NOTHING
    new = [files.read(_file(folder, each)) for each in sorted(segments - sums.segments)]
    tallies: dict[str, Tally] = {}
    after: dict[str, Lexicon] = {}
    for name in fields:
        changes = [(each[name], -1) for each in gone] + [(each[name], 1) for each in new]
        tallies[name], changed = _changed(sums.tallies.get(name, Tally()), changes)
        after[name] = _lexicon(lexicons.get(name, NO_WORDS), tallies[name], changed)
    files.write(folder / FILE, Sums(segments, tallies))
    return after


_Before = tuple[Sums, Mapping[str, Lexicon], Sequence[Mapping[str, Tally]]]
_NOTHING: _Before = (Sums(), {}, ())


def _before(folder: Path, segments: Set[str]) -> _Before:
    """The sums of the index in a folder, its lexicons, and the tallies in its sums that are not of these segments.

    Nothing if any of it is not there or damaged; or if it has none of the segments: then other software may have written it.
    """
    if not any(_file(folder, each).exists() for each in segments):
        return _NOTHING
    try:
        sums: Sums = files.read(folder / FILE)
        return sums, read_known(folder).lexicons, [files.read(_file(folder, each)) for each in sorted(sums.segments - segments)]
    except (OSError, ValueError):
        return _NOTHING


def _changed(before: Tally, changes: Sequence[tuple[Tally, int]]) -> tuple[Tally, Set[str]]:
    """The sums with these tallies added (1) or taken away (-1), and the forms about which anything changed."""
    passages, terms = _summed(before.passages, [(each.passages, sign) for each, sign in changes])
    occurrences, ways = _summed(before.occurrences, [(each.occurrences, sign) for each, sign in changes])
    stems, _ = _summed(before.stems, [(each.stems, sign) for each, sign in changes])
    return Tally(passages, occurrences, stems), {*map(form_of, terms), *(way.partition("\n")[0] for way in ways)}


def _summed(before: Counts, changes: Iterable[tuple[Counts, int]]) -> tuple[Counts, Set[str]]:
    """The sums, ascending by what is counted, and what changed."""
    differences: defaultdict[str, int] = defaultdict(int)
    for counts, sign in changes:
        for each, count in counts.items():
            differences[each] += sign * count
    changed = {each: before.get(each, 0) + difference for each, difference in differences.items() if difference}
    after = {**before, **changed}
    return {each: after[each] for each in sorted(after) if after[each]}, changed.keys()


def _lexicon(before: Lexicon, tally: Tally, changed: Iterable[str]) -> Lexicon:
    """The lexicon of a field; it differs from the one ``before`` only in these forms."""
    rows = zip(before.passages, before.occurrences, before.spellings, strict=True)
    uses = dict(zip(before.forms, rows, strict=True))
    terms_of = dict(before.terms_of)
    terms, ways = tuple(tally.passages), tuple(tally.occurrences)
    for form in changed:
        own = terms[bisect_left(terms, form) : bisect_left(terms, form + "\1")]
        written_so = ways[bisect_left(ways, written(form, "")) : bisect_left(ways, form + "\v")]
        uses.pop(form, None)
        terms_of.pop(form, None)
        if own:
            spelling = min(written_so, key=lambda way: -tally.occurrences[way]).partition("\n")[2]
            passages, occurrences = sum(map(tally.passages.__getitem__, own)), sum(map(tally.occurrences.__getitem__, written_so))
            uses[form] = passages, occurrences, "" if spelling == form else spelling
        if own not in ((), (form,)):
            terms_of[form] = own
    forms = sorted(uses)
    in_order = [uses[form] for form in forms]
    return Lexicon(
        Lines.of(forms),
        array("I", [passages for passages, _, _ in in_order]),
        array("I", [occurrences for _, occurrences, _ in in_order]),
        Lines.of([spelling for _, _, spelling in in_order]),
        Lines.of(tuple(tally.stems)),
        terms_of,
    )

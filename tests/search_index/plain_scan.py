"""A second, naive search: every query is answered by looking at every word of every passage. It knows nothing of the index."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache

from edition.records import Passage
from search_index.readings import Alike, AnyForm, Form, Like, readings
from search_index.tree import And, Dated, Near, Not, Or, Values
from search_index.words import words


@dataclass(frozen=True)
class Numbered:
    """A passage with its number in the index, the collection of its document, and the entries it names."""

    number: int
    passage: Passage
    collection: str = ""
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class PlainScan:
    """The passages of an index, searched without it."""

    def __init__(self, passages: Iterable[Numbered]) -> None:
        self.passages = tuple(passages)
        self._texts = {each.number: tuple(self._words(each)) for each in self.passages}

    def _words(self, each: Numbered):
        """The words of the reading text, and of the text as received."""
        for text in (each.passage.text, *each.passage.fields.get("received", ())):
            yield words(text, each.passage.language)

    def matching(self, tree) -> list[Numbered]:
        """The passages that match a query, in their order."""
        return [each for each in self.passages if self._holds(tree, each)]

    def _holds(self, tree, each: Numbered) -> bool:
        match tree:
            case None:
                return True
            case And(parts):
                return all(self._holds(part, each) for part in parts)
            case Or(parts):
                return any(self._holds(part, each) for part in parts)
            case Not(part):
                return not self._holds(part, each)
            case Values(field, wanted):
                return bool(set(values(each, field)) & set(wanted))
            case Dated():
                return is_dated(each, tree)
            case leaf:
                rows = asked(leaf, each.passage.language)
                return any(stands(leaf, row, text) for row in rows for text in self._texts[each.number])


def kept(passages: Iterable[Numbered], filters: Mapping[str, Sequence[str]], but: str = "") -> list[Numbered]:
    """Those of the passages that have what all the filters want, ``but`` for one of them."""
    period = Dated(*("".join(filters.get(end, ())) for end in ("from", "to")))
    chosen = [(field, set(wanted)) for field, wanted in filters.items() if field not in ("from", "to", but)]
    return [
        each
        for each in passages
        if (period == Dated("", "") or is_dated(each, period))
        and all(set(values(each, field)) & wanted for field, wanted in chosen)
    ]


def counts(passages: Iterable[Numbered], field: str) -> Counter[str]:
    """How many of the passages have each value of a field."""
    return Counter(value for each in passages for value in set(values(each, field)))


def values(each: Numbered, field: str) -> tuple[str, ...]:
    """What a passage has in a field."""
    if field == "document":
        return (each.passage.document,)
    if field == "collection":
        folders = each.collection.split("/") if each.collection else ()
        return tuple("/".join(folders[:end]) for end in range(1, len(folders) + 1))
    return each.named.get(field) or each.passage.fields.get(field, ())


def stands(leaf, row, text) -> bool:
    """Whether the slots of a row are filled somewhere in a text, side by side or near each other."""
    room = leaf.distance + 1 if isinstance(leaf, Near) else len(row)
    if not all(any(accepts(slot, word) for word in text) for slot in row):
        return False
    if isinstance(leaf, Near):
        return any(near(row, text[start : start + room], ()) for start in range(len(text)))
    return any(
        len(text) - start >= room and all(map(accepts, row, text[start : start + room])) for start in range(len(text) - room + 1)
    )


def near(slots, stretch, taken) -> bool:
    """Whether each slot can have a word of its own."""
    return not slots or any(
        place not in taken and accepts(slots[0], word) and near(slots[1:], stretch, (*taken, place))
        for place, word in enumerate(stretch)
    )


def accepts(slot, word) -> bool:
    return fills(slot, word.form, word.stems)


asked = cache(readings)


@cache
def fills(slot, form, stems) -> bool:
    match slot:
        case AnyForm(_, wanted):
            return bool(set(wanted) & set(stems))
        case Form(wanted):
            return form == wanted
        case Like(pattern):
            return fnmatchcase(form, pattern)
        case Alike(wanted, distance):
            return abs(len(form) - len(wanted)) <= distance and steps(form, wanted) <= distance


def steps(one, other) -> int:
    """How many letters must come, go, change or swap places with the next."""

    @cache
    def count(left, right):
        if not left or not right:
            return left + right
        ways = [count(left - 1, right) + 1, count(left, right - 1) + 1]
        ways.append(count(left - 1, right - 1) + (one[left - 1] != other[right - 1]))
        if left > 1 < right and one[left - 2 : left] == other[right - 2 : right][::-1]:
            ways.append(count(left - 2, right - 2) + 1)
        return min(ways)

    return count(len(one), len(other))


def is_dated(each: Numbered, period: Dated) -> bool:
    """Whether a passage has a date that touches a period."""
    return any(
        (not latest or not period.earliest or bound(latest, 99) >= bound(period.earliest, 0))
        and (not earliest or not period.latest or bound(earliest, 0) <= bound(period.latest, 99))
        for earliest, latest in (value.split("/") for value in each.passage.fields.get("date", ()))
    )


def earliest(each: Numbered):
    """What passages are sorted by: the first of their dates; those without one come last."""
    days = (
        bound(value.split("/")[0] or value.split("/")[1], 0 if value[0] != "/" else 99)
        for value in each.passage.fields.get("date", ())
    )
    return min(days, default=(10**9, 0, 0)), each.number


def bound(date: str, rest: int):
    """A day as numbers; ``rest`` for what the date does not say."""
    sign = -1 if date.startswith("-") else 1
    year, month, day = (*map(int, date.strip("-").split("-")), rest, rest)[:3]
    return sign * year, month, day

"""The tree that a query is understood as: what both engines are given, and the marking of what was found."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any form, as the reader wrote it; several words side by side where it was written together."""

    text: str


@dataclass(frozen=True, slots=True)
class Exact:
    """A word in this form only; several side by side where it was written together."""

    text: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that look so: ``*`` stands for any letters or none, ``?`` for one (see ``words.pattern_words``)."""

    text: str


@dataclass(frozen=True, slots=True)
class Similar:
    """Words that are spelled nearly so; several side by side where it was written together."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one directly after the other; at least two items."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Words in any order, each another word, the last at most ``distance`` words behind the first; at least two items."""

    items: tuple[Item, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Field:
    """What a passage has to do with, as the reader wrote it: ``person:tokayev``; ``position`` is where in the query."""

    name: str
    text: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Values:
    """Passages with one of these values in a keyword field of the index; without a value none. ``label`` says it to readers."""

    field: str
    values: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Dated:
    """Passages with a date that is not wholly before ``earliest`` and not wholly after ``latest``.

    Both are ISO 8601 (a year, month or day, a year before Christ with a minus); one may be empty.
    """

    earliest: str
    latest: str


@dataclass(frozen=True, slots=True)
class And:
    """All parts, at least two, in any order."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts, of which there are at least two."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but ``part``."""

    part: Node


Item = Word | Exact | Pattern | Similar
Leaf = Item | Phrase | Near
"""What is looked for in the words of a passage."""
Condition = Field | Values | Dated
"""What is asked of a passage besides its words."""
Node = Leaf | Condition | And | Or | Not


def positive_leaves(tree: Node | None) -> tuple[Leaf, ...]:
    """The words and phrases a passage is found *for*, in the order of the query: those that stand under no ``Not``."""
    match tree:
        case None | Not() | Field() | Values() | Dated():
            return ()
        case And(parts) | Or(parts):
            return tuple(dict.fromkeys(leaf for part in parts for leaf in positive_leaves(part)))
        case leaf:
            return (leaf,)


def understood(tree: Node | None) -> str:
    """A tree in plain words: ``“gas” and words beginning with “work”, in notes``; without a tree "all passages"."""
    match tree:
        case None:
            return "all passages"
        case Word() | Exact() | Pattern() | Similar():
            return _item(tree)
        case Phrase(items):
            exact = "exact " if any(isinstance(item, Exact) for item in items) else ""
            return f"the {exact}phrase “{' '.join(map(_written, items))}”"
        case Near((one, other), distance):
            return f"{_item(one)} within {_words(distance)} of {_item(other)}"
        case Near(items, distance):
            return f"{', '.join(map(_item, items[:-1]))} and {_item(items[-1])} within {_words(distance)}"
        case And(parts):
            sought = [_grouped(part) for part in parts if not _is_condition(part)]
            asked = ", ".join(_condition(part) for part in parts if _is_condition(part))
            if not sought:
                return f"everything {asked}"
            return " and ".join(sought) + (f", {asked}" if asked else "")
        case Or(parts):
            return " or ".join(map(_grouped, parts))
        case Not(part) if not _is_condition(part):
            return f"not {_grouped(part)}"
        case condition:
            return f"everything {_condition(condition)}"


def _grouped(part: Node) -> str:
    return f"({understood(part)})" if isinstance(part, And | Or) else understood(part)


def _words(number: int) -> str:
    return f"{number} word{'s' * (number != 1)}"


def _item(item: Item) -> str:
    match item:
        case Word(text):
            return f"“{text}”"
        case Exact(text):
            return f"the form “{text}”"
        case Similar(text):
            return f"words like “{text}”"
        case Pattern(text):
            bare = text.strip("*")
            if "*" in bare or "?" in bare:
                return f"words of the pattern “{text}”"
            if text.startswith("*"):
                return f"words with “{bare}” in them" if text.endswith("*") else f"words ending in “{bare}”"
            return f"words beginning with “{bare}”"


def _written(item: Item) -> str:
    """An item inside a phrase."""
    return f"{item.text}~" if isinstance(item, Similar) else item.text


# Conditions: said so that they can follow “gas”, or "everything" ------------------------------------------------------

_NAMING = "in passages that name {}"
_CONDITIONS = {
    **dict.fromkeys(("person", "place", "organisation", "event", "work"), _NAMING),
    **{"kind": "in {}", "in": "in passages of the kind {}"},
    **{"document": "in the text {}", "collection": "in the collection {}", "language": "in {}"},
}


def _is_condition(part: Node) -> bool:
    return isinstance(part.part if isinstance(part, Not) else part, Field | Values | Dated)


def _condition(part: Node) -> str:
    match part:
        case Not(condition):
            return f"not {_condition(condition)}"
        case Field(name, text):
            return _CONDITIONS[name].format(f"“{text}”")
        case Values(name, _, label):
            return _CONDITIONS.get(name, "with {}").format(label)
        case Dated(earliest, latest):
            return f"in passages with a date {_period(earliest, latest)}"
        case _:
            raise TypeError(f"{part} is no condition")


def _period(earliest: str, latest: str) -> str:
    if earliest == latest:
        return f"of {_date(earliest)}"
    if earliest and latest:
        return f"from {_date(earliest)} to {_date(latest)}"
    return f"from {_date(earliest)} on" if earliest else f"until {_date(latest)}"


_MONTHS = "January February March April May June July August September October November December".split()


def _date(iso: str) -> str:
    """“20 January 2022”; a year before Christ as it is written."""
    if iso.startswith("-"):
        return iso
    year, month, day = (*iso.split("-"), "", "")[:3]
    return " ".join((*((str(int(day)),) if day else ()), *((_MONTHS[int(month) - 1],) if month else ()), str(int(year))))

"""What an edition has by name: entries, texts, collections, kinds of passage, languages. Fields of a query are looked up here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_

from edition.catalogue import Catalogue
from search_index.kinds import ALSO, KINDS
from search_index.languages import language_name
from search_index.readings import AnyForm, Slot, readings
from search_index.tree import And, Exact, Node, Pattern, Phrase, Word, positive_leaves
from search_index.words import Word as TextWord
from search_index.words import words

MOST_LISTED = 3
"""Names that are listed where a value stands for several things."""
MOST_NAMED = 5
"""Entries that a word names: in the names of more it is a word like others."""
LEAST_SHARE = 1 / 3
"""How much of a name its words must be; a surname is so much of most names, one word of a title is not."""

Found = tuple[tuple[str, ...], str]
"""Values of a field of the index, and what readers call them."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name: an entry (``key`` as in its address), or a text by its id."""

    kind: str
    key: str
    name: str


class Names:
    """The names of one catalogue; each sort is read when it is first asked for and then kept."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def lookup(self, name: str, text: str) -> Found:
        """The values that the field of a query stands for; none where the edition has nothing of the sort.

        An entry or text with exactly this key or id; else all with a name (of texts: title or id) in which all the words stand,
        ``*`` and ``?`` allowed.
        """
        match name:
            case "in":
                return self._kinds(text)
            case "language":
                return self._languages(text)
            case "collection":
                return self._collections(text)
            case _:
                found = self._register(name).called(text)
                return tuple(each.key for each in found), _listed([each.name for each in found], text)

    def named_by(self, tree: Node | None) -> tuple[Named, ...]:
        """The entries that the words of a query are a name of, or a good part of one; those they are all of the name of first.

        All its words together, if that names any; else each word and phrase. What stands in the names of many names none.
        """
        texts = [_text(leaf) for leaf in positive_leaves(tree) if isinstance(leaf, Word | Exact | Phrase)]
        for asked in ([" ".join(texts)] if isinstance(tree, And) else [], texts):
            found = dict.fromkeys(entry for text in asked for entry in self._entries.few(text))
            if found:
                return tuple(found)
        return ()

    @cached_property
    def _entries(self) -> _Register:
        """All entries."""
        return _Register((Named(kind, key, name or key), names) for kind, key, name, names in self._catalogue.entry_names())

    @cached_property
    def _documents(self) -> _Register:
        return _Register((Named("document", id, f"“{title}”"), (title, id)) for id, title, _ in self._catalogue.titles())

    def _register(self, name: str) -> _Part:
        return _Part(self._documents if name == "document" else self._entries, name)

    @cached_property
    def _folders(self) -> tuple[str, ...]:
        """The collections, those around others before them."""
        folders = (source.rpartition("/")[0].split("/") for _, _, source in self._catalogue.titles())
        return tuple(sorted({"/".join(parts[: end + 1]) for parts in folders for end in range(len(parts))} - {""}))

    def _collections(self, text: str) -> Found:
        found = [text] if text in self._folders else []
        if not found:
            register = _Register((Named("collection", folder, folder), (folder,)) for folder in self._folders)
            found = [each.key for each in _Part(register, "collection").called(text)]
        return tuple(found), _listed([f"“{folder}”" for folder in found], text)

    @cached_property
    def _kinds_and_languages(self) -> tuple[tuple[str, str], ...]:
        return self._catalogue.kinds_and_languages()

    def _kinds(self, text: str) -> Found:
        asked = _stems(text)
        there = dict.fromkeys(kind for kind, _ in self._kinds_and_languages)
        found = [kind for kind in there if asked in map(_stems, (kind, KINDS.get(kind, ""), *ALSO.get(kind, ())))]
        return tuple(found), _listed([KINDS.get(kind, kind) for kind in found], text)

    def _languages(self, text: str) -> Found:
        """By tag, which has all tags below it (``en``: ``en-GB``), or by English name."""
        asked = text.lower().replace("_", "-")
        there = sorted({tag for _, tag in self._kinds_and_languages if tag})
        found = [
            tag for tag in there if asked in (tag.lower(), language_name(tag).lower()) or tag.lower().startswith(f"{asked}-")
        ]
        return tuple(found), _listed(list(dict.fromkeys(map(language_name, found))), text)


def _text(leaf: Word | Exact | Phrase) -> str:
    return " ".join(item.text for item in leaf.items) if isinstance(leaf, Phrase) else leaf.text


def _stems(text: str) -> tuple[str, ...]:
    return tuple(word.stems[0] for word in words(text, "en"))


def _listed(names: Sequence[str], text: str) -> str:
    """“A”, “A or B”, or how many there are of that name; what was asked for where there is none."""
    if len(names) > MOST_LISTED:
        return f"any of the {len(names)} called “{text}”"
    return " or ".join(names) or f"“{text}”"


class _Register:
    """Things that are found by the words of their names."""

    def __init__(self, named: Iterable[tuple[Named, Iterable[str]]]) -> None:
        self._things: list[Named] = []
        self._thing_of: list[int] = []  # by name
        self._lengths: list[int] = []  # in words, by name
        self._with: defaultdict[str, set[int]] = defaultdict(set)  # the names that have a word
        for number, (thing, names) in enumerate(named):
            self._things.append(thing)
            for name in names:
                forms = {word.form for word in words(name, "")}
                for form in forms:
                    self._with[form].add(len(self._thing_of))
                self._thing_of.append(number)
                self._lengths.append(len(forms))

    def keyed(self, kind: str, key: str) -> Named | None:
        """The thing of this kind and key."""
        return self._keys.get((kind, key))

    @cached_property
    def _keys(self) -> dict[tuple[str, str], Named]:
        return {(thing.kind, thing.key): thing for thing in self._things}

    def with_words(self, text: str) -> tuple[Named, ...]:
        """The things with a name in which all the words stand, in their order."""
        return tuple(self._things[number] for number in sorted(self._shares(text)))

    def few(self, text: str) -> tuple[Named, ...]:
        """Those of a name of which the words are a good part, the greatest part first; none where there are many."""
        shares = {number: share for number, share in self._shares(text).items() if share >= LEAST_SHARE}
        found = sorted(shares, key=lambda number: (-shares[number], number))
        return tuple(self._things[number] for number in found) if len(found) <= MOST_NAMED else ()

    def _shares(self, text: str) -> dict[int, float]:
        """How much of a name the words are, by the number of the thing that has it; of several names the best."""
        slots = next(iter(readings(Pattern(text), "")), ())
        shares: dict[int, float] = {}
        for name in reduce(and_, map(self._names, slots)) if slots else ():
            thing = self._thing_of[name]
            shares[thing] = max(shares.get(thing, 0), len(set(slots)) / self._lengths[name])
        return shares

    def _names(self, slot: Slot) -> set[int]:
        """The names with a word that fills the slot."""
        if isinstance(slot, AnyForm):
            return self._with.get(slot.form, set())
        fitting = (names for form, names in self._with.items() if slot.accepts(TextWord(form, (form,), 0, 0)))
        return set().union(*fitting)


@dataclass(frozen=True, slots=True)
class _Part:
    """The things of one kind."""

    register: _Register
    kind: str

    def called(self, text: str) -> tuple[Named, ...]:
        """The one with this key; else those with a name in which all the words stand."""
        exact = self.register.keyed(self.kind, text)
        return (exact,) if exact else tuple(each for each in self.register.with_words(text) if each.kind == self.kind)

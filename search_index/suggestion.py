"""What may have been meant: a query in which the words that occur nowhere are replaced by words that do."""

from __future__ import annotations

from dataclasses import replace

from search_index import schema
from search_index.known import Known
from search_index.lexicon import Lexicon
from search_index.readings import LONGEST_OF_ONE, AnyForm, Form, Slot, readings
from search_index.signs import OPERATORS
from search_index.tree import And, Dated, Exact, Field, Item, Near, Node, Not, Or, Pattern, Phrase, Similar, Values, Word
from search_index.words import words

LEAST_LETTERS = 3
"""Letters of a word for which another may have been meant; a shorter one is near to half of all words."""


def suggestion(tree: Node | None, known: Known) -> str | None:
    """The query with each such word replaced by the nearest word of the reading text, the commonest of several; else None.

    A number is never another number.
    """
    replaced = _replaced(tree, known) if tree else None
    return written(replaced) if replaced and replaced != tree else None


def _replaced(node: Node, known: Known) -> Node:
    match node:
        case Word() | Exact():
            return _item(node, known)
        case Phrase(items) | Near(items):
            return replace(node, items=tuple(_item(item, known) for item in items))
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(_replaced(part, known) for part in parts))
        case _:
            return node


def _item(item: Item, known: Known) -> Item:
    if not isinstance(item, Word | Exact):
        return item
    text = item.text
    for word in reversed(words(text, "")):
        here = text[word.start : word.end]
        if len(word.form) >= LEAST_LETTERS and word.form.isalpha() and not _occurs(type(item)(here), known):
            text = text[: word.start] + (_nearest(word.form, known) or here) + text[word.end :]
    return replace(item, text=text)


def _occurs(item: Word | Exact, known: Known) -> bool:
    """Whether a word occurs in any language, in any text."""
    return any(
        all(_is_filled(slot, language, lexicon) for slot in reading)
        for lexicon in known.lexicons.values()
        for language in known.languages
        for reading in readings(item, language)
    )


def _is_filled(slot: Slot, language: str, lexicon: Lexicon) -> bool:
    match slot:
        case AnyForm(_, stems):
            return bool(lexicon.stemmed(stems, language))
        case Form(form):
            return bool(lexicon.terms(form))
        case _:
            return True


def _nearest(form: str, known: Known) -> str | None:
    """The word nearest to a form, as it is written most often."""
    lexicon = known.lexicons[schema.TEXT]
    for distance in (1,) if len(form) <= LONGEST_OF_ONE else (1, 2):
        found = [lexicon.forms.find(each) for each in lexicon.alike(form, distance)]
        if numbers := [number for number in found if number is not None]:
            return lexicon.spelling(min(numbers, key=lambda number: (-lexicon.passages[number], number)))
    return None


# A tree as a reader would type it ------------------------------------------------------------------------------------


def written(node: Node) -> str:
    """A query that is understood as this tree."""
    match node:
        case Phrase(items) if all(isinstance(item, Exact) for item in items):
            return f'="{" ".join(item.text for item in items)}"'
        case Phrase(items):
            return f'"{" ".join(map(_inside, items))}"'
        case Near(items, distance):
            return f'"{" ".join(map(_inside, items))}"~{distance}'
        case And(parts):
            return " ".join(f"({written(part)})" if isinstance(part, And | Or) else written(part) for part in parts)
        case Or(parts):
            return " OR ".join(f"({written(part)})" if isinstance(part, And | Or) else written(part) for part in parts)
        case Not(part):
            return f"NOT ({written(part)})"
        case Word(text) if ":" in text or text in OPERATORS:
            return f'"{text}"'
        case Word() | Exact() | Similar() | Pattern():
            return _inside(node)
        case Field(name, text):
            return f'{name}:"{text}"'
        case Values(field, values):
            return " OR ".join(f'{field}:"{value}"' for value in values)
        case Dated(earliest, latest):
            return f"date:{earliest}..{latest}"


def _inside(item: Item) -> str:
    """An item as it is written inside quotation marks, and mostly outside too."""
    match item:
        case Exact(text):
            return f"={text}"
        case Similar(text):
            return f"{text}~"
        case _:
            return item.text

"""The texts as their list needs them, filed, narrowed and sorted; and how a text begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from edition.catalogue import Catalogue
from edition.records import Document, Passage
from webapp.drawings.dates import Date, DateError, date
from webapp.filing import filed

MOST_WORDS = 60
"""Words of a first sentence that are shown; of a longer one the beginning."""
MOST_SIGNS = 420

Sort = Literal["order", "title", "author", "date", "newest", "language", "length"]
SORTS: Mapping[Sort, str] = {
    "order": "as in the edition",
    "title": "title",
    "author": "author",
    "date": "oldest first",
    "newest": "newest first",
    "language": "language",
    "length": "longest first",
}
"""How the list can be sorted, and what readers call that."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the list: what it is filed under, what a filter looks in, the days its date begins and ends (None: no date)."""

    id: str
    place: int
    title: str
    authors: tuple[str, ...]
    filed_author: str
    language: str
    words: int
    begins: int | None
    ends: int | None
    sought: str
    made_at: str = ""
    series: str = ""
    subtitle: str = ""


@dataclass(frozen=True)
class Texts:
    """All texts of an edition in their order."""

    all: tuple[Text, ...]

    @cached_property
    def authors(self) -> Mapping[str, int]:
        """The authors in alphabetical order, and how many texts each has."""
        return _filed(author for text in self.all for author in text.authors)

    @cached_property
    def languages(self) -> Mapping[str, int]:
        """The languages, those of most texts first, and how many texts each has."""
        return dict(Counter(text.language for text in self.all if text.language).most_common())

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where the texts were made or printed, in alphabetical order, and how many of them at each place."""
        return _filed(text.made_at for text in self.all)

    @cached_property
    def series(self) -> Mapping[str, int]:
        """What the texts stand in, in alphabetical order, and how many of them in each."""
        return _filed(text.series for text in self.all)

    @cached_property
    def apart(self) -> Mapping[str, str]:
        """What tells a text from others of the same title, by its id: its subtitle, or its id where that does not."""
        titles = Counter(text.title for text in self.all)
        wholly = Counter((text.title, text.subtitle) for text in self.all)
        return {
            text.id: text.subtitle if text.subtitle and wholly[text.title, text.subtitle] == 1 else text.id
            for text in self.all
            if titles[text.title] > 1
        }

    @cached_property
    def sorts(self) -> tuple[Sort, ...]:
        """The ways of sorting that can put these texts in another order."""
        can_differ: Mapping[Sort, int] = {
            "order": 2,
            "title": 2,
            "author": len({text.filed_author for text in self.all}),
            "date": len({text.begins for text in self.all}),
            "newest": len({text.begins for text in self.all}),
            "language": len({text.language for text in self.all}),
            "length": len({text.words for text in self.all}),
        }
        return tuple(sort for sort in SORTS if can_differ[sort] > 1) if len(self.all) > 1 else ()

    def chosen(
        self,
        words: str = "",
        author: str = "",
        language: str = "",
        since: Date | None = None,
        until: Date | None = None,
        place: str = "",
        series: str = "",
    ) -> tuple[Text, ...]:
        """The texts in whose title, names or id all the words stand, or pieces of words; of this author, language, place, series.

        Of those with a date, where ``since`` or ``until`` is given: whose time reaches into that time.
        """
        parts = filed(words).split()
        return tuple(
            text
            for text in self.all
            if author in ("", *text.authors)
            and language in ("", text.language)
            and place in ("", text.made_at)
            and series in ("", text.series)
            and _is_within(text, since, until)
            and all(part in text.sought for part in parts)
        )


def _filed(names: Iterable[str]) -> Mapping[str, int]:
    """Names in alphabetical order, and how often each is there; not the empty one."""
    return dict(sorted(Counter(filter(None, names)).items(), key=lambda each: filed(each[0])))


def _is_within(text: Text, since: Date | None, until: Date | None) -> bool:
    if since is None and until is None:
        return True
    if text.begins is None or text.ends is None:
        return False
    return (since is None or text.ends > since.begins) and (until is None or text.begins < until.ends)


def ordered(texts: Iterable[Text], sort: Sort) -> tuple[Text, ...]:
    """Texts sorted; those without an author, a date or a language last, and what is equal in the order of the edition."""
    return tuple(sorted(texts, key=_ORDERS[sort]))


_ORDERS: Mapping[Sort, Callable[[Text], tuple[object, ...]]] = {
    "order": lambda text: (text.place,),
    "title": lambda text: (filed(text.title), text.place),
    "author": lambda text: (not text.filed_author, text.filed_author, text.place),
    "date": lambda text: (text.begins is None, text.begins or 0, text.place),
    "newest": lambda text: (text.begins is None, -(text.begins or 0), text.place),
    "language": lambda text: (not text.language, text.language, text.place),
    "length": lambda text: (-text.words, text.place),
}


def texts(catalogue: Catalogue) -> Texts:
    """The texts of a catalogue."""
    return Texts(tuple(_text(place, *values) for place, values in enumerate(catalogue.summaries(*_LISTED))))


_LISTED = (
    "title", "subtitle", "authors", "responsibilities", "publisher", "date", "language", "words", "place", "series",
)  # fmt: skip
"""What the list has to know of a document."""


def _text(
    position: int,
    id: str,
    title: str,
    subtitle: str,
    authors: Iterable[str],
    responsibilities: Iterable[Mapping[str, str]],
    publisher: str,
    day: str,
    language: str,
    words: int,
    place: str,
    series: str,
) -> Text:
    try:
        dated: Date | None = date(day)
    except DateError:
        dated = None
    named = (title, subtitle, *authors, publisher, place, series, *(each["name"] for each in responsibilities))
    return Text(
        id,
        position,
        title,
        tuple(authors),
        filed(", ".join(authors)),
        language,
        words,
        dated.begins if dated else None,
        dated.ends if dated else None,
        " ".join(filter(None, map(filed, (*named, id)))),
        place,
        series,
        subtitle,
    )


@dataclass(frozen=True, slots=True)
class Opening:
    """How a text begins: the first sentence of its first paragraph, and the passage it stands in.

    ``is_cut`` says that the sentence goes on.
    """

    words: str
    is_cut: bool
    passage: Passage


def opening(catalogue: Catalogue, document: Document) -> Opening | None:
    """The opening of a text: of its first paragraph or line of verse, else of whatever it has; None where it has no words."""
    passages = [each for each in catalogue.passages_of(document.id, limit=50) if each.text]
    first = next((each for each in passages if each.kind in ("paragraph", "line")), passages[0] if passages else None)
    if first is None:
        return None
    sentence = first_sentence(first.text)
    shown = " ".join(sentence.split()[:MOST_WORDS])[:MOST_SIGNS]
    return Opening(shown, len(shown) < len(" ".join(sentence.split())), first)


def first_sentence(text: str) -> str:
    """The first sentence of a text: up to a full stop, or a mark of question or exclamation, and the quotation mark after it.

    A full stop ends none after an initial, after a capitalised word of at most three letters ("Mr.", "St.") or an ordinal number,
    nor does any mark before a word that begins small.
    """
    ends = (end for end in _END.finditer(text) if end["wide"] or not _goes_on(text, end))
    end = next(ends, None)
    return text[: end.end()] if end else text


def _goes_on(text: str, end: re.Match[str]) -> bool:
    """Whether the sentence goes on after what may be its end."""
    is_abbreviated = end["mark"] == "." and _ABBREVIATED.search(text[: end.start()]) is not None
    return is_abbreviated or text[end.end() :].lstrip()[:1].islower()


_CLOSING = "[\"'”’“‘»›)\\]」』）]*"
_END = re.compile(rf"(?P<wide>[。！？]{_CLOSING})|(?P<mark>[.!?…؟۔।॥]+){_CLOSING}(?=\s|$)")
_ABBREVIATED = re.compile(r"(?:^|[\s(\[“‘„«])(?:[^\W\d_]|[^\W\d_a-z][^\W\d_]{1,2}|\d{1,2}|(?:[^\W\d_]\.)+[^\W\d_])$")
"""What a full stop belongs to, not ends: an initial, a short word with a capital, an ordinal, letters with stops between."""

"""A text as one of two on a page: ids told apart from the other's, links kept true, passages led to their counterparts.

What is written into the fragment is given as insertions (``webapp.splicing``). Its form is the one ``edition.runs`` describes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from urllib.parse import quote, unquote

from markupsafe import Markup

from edition.records import Document
from edition.runs import TOKEN
from webapp.parts import Shown
from webapp.published import published
from webapp.splicing import Insertion, spliced

_ATTRIBUTE = re.compile(r"\s(id|href|src|aria-labelledby|aria-describedby|aria-controls|headers|for)=\"([^\"]*)\"")
_ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|#")
_PERMALINK = '<a class="permalink"'


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute that is an id or leads somewhere: where it begins, where its value does, where its tag does."""

    name: str
    value: str
    start: int
    value_start: int
    tag: int


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A place in the other text: what readers call it, its address in the page, the topics by key and name."""

    name: str
    href: str
    topics: Mapping[str, str]


@dataclass(frozen=True)
class Column:
    """A text on one side of a page, or a part of a long one, and its fragment.

    ``home`` is the address of its own page; ``title`` the id of its title in this one; ``taken`` are ids it may not use.
    ``turned`` gives the address of the page that shows the part of an id, beside the same other text.
    """

    here: Shown
    source: Markup
    home: str
    title: str
    turned: Callable[[str], str]
    taken: Container[str] = frozenset()

    @property
    def document(self) -> Document:
        """The text."""
        return self.here.document

    @cached_property
    def attributes(self) -> tuple[Attribute, ...]:
        """The attributes of the fragment that are ids or lead somewhere, in order."""
        return tuple(_attributes(self.source))

    @cached_property
    def ids(self) -> Mapping[str, int]:
        """All ids of the fragment as it comes, each with its place in the order of the text."""
        return {unescape(each.value): each.start for each in self.attributes if each.name == "id"}

    def place(self, id: str) -> tuple[int, int] | None:
        """Where an id stands in the order of the text: the number of its part, and its place in that if shown; None for no id."""
        if id in self.ids:
            return self.here.number, self.ids[id]
        part = published().catalogue.part(self.document.id, id) if self.document.parts else ""
        return next(((number, 0) for number, each in enumerate(self.document.parts, 1) if each.id == part), None)

    def id(self, id: str) -> str:
        """What an id of the text is in the page that shows it."""
        return f"{self.document.id}:{id}" if self._is_taken(id) else id

    def _is_taken(self, id: str) -> bool:
        return id in self.taken and self.place(id) is not None

    def href(self, id: str) -> str:
        """The address of an id of the text: in this page, or in that which shows its part."""
        anchor = "#" + quote(self.id(id), safe="")
        return anchor if id in self.ids or not self.document.parts else self.turned(id) + anchor

    def html(
        self,
        insertions: Iterable[Insertion],
        topics: Mapping[str, Sequence[str]],
        counterparts: Mapping[str, Sequence[Counterpart]],
        chosen: str,
    ) -> Markup:
        """The fragment as a column: with these insertions, with its topics and counterparts by the ids they belong to."""
        return spliced(
            self.source, [*insertions, *self._renamed(), *self._marked(topics, chosen), *self._led(counterparts, chosen)]
        )

    def _renamed(self) -> Iterator[Insertion]:
        """What makes taken ids its own, and relative addresses ones from its own page."""
        prefix = f"{self.document.id}:"
        for each in self.attributes:
            if each.name in ("href", "src"):
                if not _ABSOLUTE.match(each.value):
                    yield each.value_start, 0, self.home
                elif each.value.startswith("#") and self._is_taken(unquote(unescape(each.value[1:]))):
                    yield each.value_start + 1, 0, quote(prefix, safe="")
            else:
                if each.name == "aria-labelledby":  # both texts have parts of one name
                    yield each.value_start + len(each.value), 0, f" {self.title}"
                for id in re.finditer(r"\S+", each.value):
                    if self._is_taken(unescape(id[0])):
                        yield each.value_start + id.start(), 0, prefix

    def _marked(self, topics: Mapping[str, Sequence[str]], chosen: str) -> Iterator[Insertion]:
        for each in self.attributes:
            if each.name == "id" and (here := topics.get(unescape(each.value))):
                yield each.start, 1, Markup(' data-topics="{}"').format(" ".join(here)) + _chosen(chosen in here)

    def _led(self, counterparts: Mapping[str, Sequence[Counterpart]], chosen: str) -> Iterator[Insertion]:
        """Links to the counterparts of a place, before the sign of its passage; one without a sign has them at the next."""
        signs = [each for each in self.attributes if each.name == "href" and self.source.startswith(_PERMALINK, each.tag)]
        own = {unquote(unescape(each.value[1:])): each.tag for each in signs}
        tags = [each.tag for each in signs]
        for each in self.attributes:
            id = unescape(each.value)
            if each.name == "id" and id in counterparts:
                later = bisect_left(tags, each.tag)
                if id in own or later < len(tags):
                    yield own.get(id, tags[min(later, len(tags) - 1)]), each.tag, _links(counterparts[id], chosen)


def _attributes(fragment: str) -> Iterator[Attribute]:
    for token in TOKEN.finditer(fragment):
        if token[2] and not token[1]:
            for found in _ATTRIBUTE.finditer(fragment, token.start(3), token.end(3)):
                yield Attribute(found[1], found[2], found.start(), found.start(2), token.start())


def _links(counterparts: Sequence[Counterpart], chosen: str) -> Markup:
    link = Markup('<a href="{}" data-topics="{}"{} aria-label="Counterpart {}: {}"><span aria-hidden="true"></span>{}</a>')
    links = (
        link.format(
            each.href,
            " ".join(each.topics),
            _chosen(chosen in each.topics),
            each.name,
            "; ".join(each.topics.values()),
            each.name,
        )
        for each in counterparts
    )
    return Markup(' <span class="counterparts">{}</span>').format(Markup(" ").join(links))


def _chosen(is_chosen: bool) -> Markup:
    return Markup(" data-chosen") if is_chosen else Markup("")

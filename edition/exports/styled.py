"""Citations in the styles of the handbooks: Typst carries a processor of CSL and the styles (Citation Style Language 1.0.2).

Typst comes with the extra ``pdf``; without it there are no citations in styles, and whoever needs one makes it from CSL-JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from itertools import groupby
from operator import itemgetter

from edition.citations import Citation, editors, full_title

STYLED = "styled.json"
"""What the names of their files end in: they lie beside the formats, and are none."""
STYLES: Mapping[str, str] = {"Chicago": "chicago-notes", "MLA": "modern-language-association", "APA": "apa"}
"""What readers call a style, and what the processor does."""

ADDRESS = "https://address.invalid/"
"""Stands for the address of what is cited: it is known when the page is asked for, and differs by the passage."""

_PAGE = """#set text(lang: "en", region: "US")
#for style in json(bytes(sys.inputs.styles)) { bibliography(bytes(sys.inputs.works), style: style, full: true, title: none) }
"""


def styled(citation: Citation) -> bytes:
    """The citation of a whole text in each style: JSON of pairs, the style and its pieces, of words and ``emphasis`` or "".

    ``ADDRESS`` stands where the address belongs. The styles decide about capitals in English titles; a name stays in one piece,
    in the order in which the header has it.
    """
    import typst

    inputs = {"works": json.dumps({"work": _work(citation)}, ensure_ascii=False), "styles": json.dumps([*STYLES.values()])}
    reader = _Entries()
    reader.feed(typst.compile(_PAGE.encode(), format="html", sys_inputs=inputs, ignore_system_fonts=True).decode())
    reader.close()
    return json.dumps([*zip(STYLES, map(_spaced, reader.entries), strict=True)], ensure_ascii=False).encode()


def _work(citation: Citation) -> dict[str, object]:
    """The citation as the processor takes it: a chapter of a book. Both are of the day when the edition came out.

    The editors are left out where the text names no author: styles would put them in the author's place.
    """
    text, edition = citation.text, citation.edition
    book = {
        "type": "book",
        "title": _escaped(full_title(edition)),
        "editor": [{"name": name} for name in editors(edition) if text.authors],
        "publisher": _escaped(edition.publisher),
        "edition": f"version {edition.edition}" if edition.edition else "",
        "date": edition.date,
    }
    chapter = {
        "type": "chapter",
        "title": _escaped(full_title(text)),
        "author": [{"name": name} for name in text.authors],
        "date": edition.date,
        "language": text.language if re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", text.language) else "",
        "url": ADDRESS,
    }
    return {**_said(chapter), "parent": _said(book)}


def _said(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value}


def _escaped(words: str) -> str:
    """Words of which none means mathematics or words to be kept."""
    return re.sub(r"[\\{}$]", r"\\\g<0>", words)


_Piece = tuple[str, str]


class _Entries(HTMLParser):
    """The entries of the lists that Typst writes, in pieces."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[list[_Piece]] = []
        self._is_inside = False
        self._emphasis = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "li":
            self._is_inside = True
            self.entries.append([])
        self._emphasis += tag == "em"

    def handle_endtag(self, tag: str) -> None:
        self._is_inside &= tag != "li"
        self._emphasis -= tag == "em"

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.entries[-1].append((data, "emphasis" if self._emphasis else ""))


def _spaced(pieces: list[_Piece]) -> list[_Piece]:
    """Neighbours of one kind as one, runs of white space as one space."""
    joined = (("".join(words for words, _ in same), kind) for kind, same in groupby(pieces, key=itemgetter(1)))
    return [(re.sub(r"\s+", " ", words), kind) for words, kind in joined]

"""Whether every word of a TEI file is on its pages: a comparison on purpose independent of the stylesheets.

It is made run by run: the words that stand together between two tags of the TEI must stand together between two tags of the page.
What the page says by itself (its class says so) is left out, so that a label never makes up for a word that is lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from lxml import etree, html

TEI = "{http://www.tei-c.org/ns/1.0}"
TEXTS = (TEI + "text", TEI + "sourceDoc")
NO_WORDS = TEI + "binaryObject"
BY_THE_PAGE = {
    "by-edition",
    "visually-hidden",
    "note-marker",
    "note-back",
    "note-ref",
    "permalink",
    "expressions",
    "letter-facts",
}
ALTERNATIVE = "alternative"
"""The other reading of a choice: brackets and a label are the page’s, the reading is the text’s."""
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text: runs of letters and digits, alike in capitals and in small letters."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def of_texts(root: etree._Element) -> Counter[str]:
    """The words of the texts of a document."""
    return _counted(run for element in root.iter(*TEXTS) if not _is_in_text(element) for run in runs(element))


def of_header(root: etree._Element) -> Counter[str]:
    """The words of all that is no text of a document, of a corpus and its documents."""
    return _counted(runs(root, but=TEXTS))


def of_page(page: str) -> Counter[str]:
    """The words of a page, or of a part of one, that are not the page’s own: of its text alone where it says what that is."""
    tree = html.document_fromstring(f"<div>{page}</div>")
    return _counted(run for element in tree.find_class("leaf-text") or [tree] for run in runs(element))


def missing(wanted: Counter[str], *pages: str) -> Counter[str]:
    """The words that none of the pages has, or not often enough."""
    return wanted - sum((of_page(page) for page in pages), Counter())


def runs(element: etree._Element, but: Collection[str] = ()) -> Iterator[str]:
    """The stretches of text in an element that no tag divides, ``but`` those in some elements; comments divide nothing."""
    open_run: list[str] = []

    def walk(node: etree._Element) -> Iterator[str]:
        if isinstance(node.tag, str):
            yield from close()
            if node.tag not in but and not _is_left_out(node):
                open_run.append(node.text or "")
                for child in node:
                    yield from walk(child)
                    open_run.append(child.tail or "")
            yield from close()

    def close() -> Iterator[str]:
        if open_run:
            yield "".join(open_run)
            open_run.clear()

    yield from walk(element)


def _is_in_text(element: etree._Element) -> bool:
    return any(each.tag in TEXTS for each in element.iterancestors())


def _is_left_out(element: etree._Element) -> bool:
    classes = (element.get("class") or "").split()
    return element.tag == NO_WORDS or (ALTERNATIVE not in classes and not BY_THE_PAGE.isdisjoint(classes))


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in words(text))

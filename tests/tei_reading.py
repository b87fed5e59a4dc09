"""A second reading of the TEI, on purpose independent of the stylesheets: lxml finds what the tests of the encoding ask for."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

ROOT = Path(__file__).parents[1]
TEI_FOLDER = ROOT / "tei"
NAMESPACES = {"tei": "http://www.tei-c.org/ns/1.0"}
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
AS_RECEIVED = (TEI + "sic", TEI + "orig", TEI + "abbr")
DOCUMENTS = {"icc": "icc-2022-01-20", "spark": "spark-2022-01-17"}
WHITE = " \t\r\n"


def xml(path: Path) -> etree._Element:
    """The root of a file."""
    return etree.parse(path, etree.XMLParser(no_network=True)).getroot()


class Stretch(NamedTuple):
    """An element and where its words lie in its block as received: offsets into the text with white space normalised."""

    element: etree._Element
    start: int
    end: int
    words: str

    @property
    def name(self) -> str:
        return etree.QName(self.element).localname


def stretches(block: etree._Element) -> Iterator[Stretch]:
    """The elements of a block in document order, as received; a footnote inside is its marker."""
    text, found = _read(block, markers=True)
    for element, start, end in found:
        yield Stretch(element, start, end, text[start:end])


def plain(block: etree._Element, markers: bool = False) -> str:
    """The words of a block as received, with single spaces. ``markers`` gives notes the marker of the source."""
    return _read(block, markers)[0]


def _read(block: etree._Element, markers: bool) -> tuple[str, list[tuple[etree._Element, int, int]]]:
    """``sic`` not ``corr``; a note inside is nothing, or ``@n`` with ``markers``; a no-break space is a sign and stays."""
    text = f"{block.get('n')} " if markers and block.tag == TEI + "note" else ""
    found: list[tuple[etree._Element, int, int]] = []

    def say(words: str | None) -> None:
        nonlocal text
        for sign in words or "":
            if sign not in WHITE:
                text += sign
            elif text and not text.endswith(" "):
                text += " "

    def walk(element: etree._Element) -> None:
        say(element.text)
        for child in element:
            if child.tag == TEI + "note":
                say(child.get("n") if markers else "")
            elif isinstance(child.tag, str):
                place, start = len(found), len(text)
                found.append((child, start, start))
                walk(next(child.iterchildren(*AS_RECEIVED)) if child.tag == TEI + "choice" else child)
                found[place] = (child, start, len(text.rstrip(" ")))
            say(child.tail)

    walk(block)
    return text.rstrip(" "), found

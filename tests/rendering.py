"""How each element of TEI is shown: a table for readers, drawn from the stylesheets and their comments.

``python -m tests.rendering`` writes it to ``docs/rendering.md``. What it says of an element is the comment above the template
that renders it, so a change of the template changes the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "rendering.md"
ELEMENTS = ROOT / "tests" / "data" / "tei-elements.txt"
XSL = "{http://www.w3.org/1999/XSL/Transform}"

HEADING = """# How each element of TEI is shown

All elements of TEI P5, by module. An element of the text is shown on the page of the text; one of the header, or of what
else stands beside the text, on the page of the header (`/documents/<id>/header/`), by the same templates, behind its name
in words. Wherever an element stands that was not expected there, its words are shown.

“As received” says where the page of the text as received (`/documents/<id>/diplomatic/`) has it otherwise. The class of an
element is `tei-` and its name; what `@rend`, `@rendition` and `@style` say are classes too, `tei-rend-…`.

Images. A file beside the TEI (PNG, JPEG, GIF, WebP) is shown: that of a `graphic` as large as it is, that of a page (`@facs` of
`pb`, `cb`, `gb`, `milestone`, `surface`, `zone`: a file, or an element of the `facsimile`) small, beside the words that begin
there, and a link to the file. An image of another host is a link with a plain label, since a page fetches nothing from
elsewhere; where an image service is named (`…/info.json`, or an address of the IIIF Image API) a second link asks the service
for a small image (`!200,200`). A manifest is a link too, that of a `facsimile` (`@sameAs`, `@facs`) on the page of the header.

This page is drawn from the stylesheets: `python -m tests.rendering`.
"""


class Rule(NamedTuple):
    """A template: what it matches, what is said of it, the HTML element it makes where that is fixed."""

    pattern: str
    words: str
    made: str
    file: str


def elements() -> dict[str, tuple[str, ...]]:
    """The names of the elements of TEI, by module."""
    lines = (line for line in ELEMENTS.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return {module: tuple(names.split()) for module, _, names in (line.partition(": ") for line in lines)}


def rules(*paths: Path) -> Iterator[Rule]:
    """The templates of the reading page in these files, in their order."""
    for path in paths:
        words = ""
        root = etree.parse(path).getroot()
        for node in (*root, *(each for override in root.iter(f"{XSL}override") for each in override)):
            if isinstance(node, etree._Comment):
                words = " ".join((node.text or "").split())
            elif node.tag == XSL + "template" and node.get("mode") == "reading":
                made = re.match(r"element\((\w+)\)", node.get("as", ""))
                yield Rule(node.get("match", ""), said(words), made[1] if made else "", path.name)


def said(comment: str) -> str:
    """What a comment says after the names and the section of the Guidelines it begins with, if it does."""
    return re.sub(r"^([^:.]*?\([A-Za-z0-9, -]+\)[^:.]*|[\w, ]{1,40}): ", "", comment)


def by_element(found: Iterator[Rule]) -> dict[str, list[Rule]]:
    """The templates for each element, by its name."""
    of: dict[str, list[Rule]] = {}
    for rule in found:
        for name in matched(rule.pattern):
            of.setdefault(name, []).append(rule)
    return of


def matched(pattern: str) -> list[str]:
    """The names of the elements that a pattern of a template can match."""
    bare = pattern
    while "[" in bare:
        bare = re.sub(r"\[[^\[\]]*\]", "", bare)
    return [name for step in bare.split("|") for name in re.findall(r"(?:tei|eg):([A-Za-z]\w*)\s*$", step.strip(" ()"))]


def table() -> str:
    """The page."""
    reading = by_element(rules(*sorted((ROOT / "xslt" / "reading").glob("*.xsl"))))
    received = by_element(rules(ROOT / "xslt" / "pages" / "diplomatic.xsl"))
    parts = [HEADING]
    for module, names in elements().items():
        parts.append(f"\n## {module}\n\n| element | how it is shown | HTML | as received |\n|---|---|---|---|\n")
        for name in names:
            here = reading.get(name, [])
            words = "; ".join(dict.fromkeys(rule.words.rstrip(".") for rule in here))
            made = ", ".join(dict.fromkeys(f"`{rule.made}`" for rule in here if rule.made))
            other = "; ".join(dict.fromkeys(rule.words.rstrip(".") for rule in received.get(name, [])))
            parts.append(f"| `{name}` | {cell(words)} | {made} | {cell(other)} |\n")
    return "".join(parts)


def cell(words: str) -> str:
    """Words as a cell of a table in Markdown can hold them."""
    return words.replace("|", "\\|").replace("<", "\\<")


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")

"""Is a file fit to be published?  Well-formedness and safety, as findings an editor can act on.

Every finding has a stable code; ``CODES`` is the catalogue. Parsing is safe by construction: no network, no external entity,
no DTD from outside, a bound on what entities may grow to (libxml2's own, never lifted for a file that declares any).
"""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import dataclass

from lxml import etree

Tree = etree._ElementTree

MAX_DEPTH = 2048
"""Elements within elements, as libxml2 bounds them; deeper is no text but a mistake or an attack."""

CODES = {
    "E001": ("The file is not well-formed XML.", "Mend the markup at this place; an XML editor shows it too."),
    "E002": (
        "The file is XML, but not TEI.",
        "Only TEI P5 documents are published (namespace http://www.tei-c.org/ns/1.0). Convert it, or move it elsewhere.",
    ),
    "E003": (
        "The file is TEI of another kind: P4, or without the TEI namespace.",
        'Convert it to TEI P5 and give the root xmlns="http://www.tei-c.org/ns/1.0".',
    ),
    "E004": (
        "Two files make the same document id.",
        "Rename one of them; until then only the first by path is served.",
    ),
    "E005": ("The file cannot be read.", "Check that it exists and that the account that builds may read it."),
    "E006": (
        "The bytes are not in the encoding the file declares.",
        "Save it as UTF-8, or declare the encoding it really has.",
    ),
    "E007": (
        "An entity is used that the file itself does not declare.",
        "Write the character, or declare the entity in the file. External entities and DTDs are never read; "
        "TEI P4, which needs them, must be converted to P5.",
    ),
    "E008": ("Entities would grow beyond every sensible size.", "Write the text out instead of nesting entities."),
    "E009": (
        f"Elements are nested too deep (the limit is {MAX_DEPTH}, or 256 in a file with a DOCTYPE).",
        "Flatten the markup, or remove the DOCTYPE.",
    ),
    "E010": (
        "The document could not be transformed.",
        "This is a fault of a stylesheet or of this program; please report it with the file.",
    ),
    "E011": (
        "The file's name cannot be part of an address.",
        "Rename the file: a short name of letters, digits, “.”, “_” and “-”.",
    ),
    "E013": (
        "The process that worked on the document died.",
        "The next build tries again; if it dies again, look for a lack of memory, or report the fault with the file.",
    ),
    "W101": ("An element has no display rule; its content is shown plainly.", "Add a template in xslt/reading/."),
}
"""Code → what it means, what to do. ``E`` leaves the document out, ``W`` publishes it."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend. Lines and columns count from 1; column 1 where the checker knows none."""

    path: str
    line: int
    column: int
    code: str
    message: str

    @property
    def help(self) -> str:
        """What to do about it."""
        return CODES[self.code][1]

    @property
    def is_error(self) -> bool:
        """Whether the document is left out because of it."""
        return self.code.startswith("E")

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.code} {self.message}"


def finding(code: str, path: str, line: int = 1, column: int = 1, detail: str = "") -> Finding:
    """A finding worded from the catalogue, with what was seen behind it."""
    message = CODES[code][0] if not detail else f"{CODES[code][0]} {detail}"
    return Finding(path, max(line, 1), max(column, 1), code, message)


class Unreadable(Exception):
    """A file cannot become a document; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


_CODE_OF_ERROR: dict[int, str] = {
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: "E007",
    etree.ErrorTypes.WAR_UNDECLARED_ENTITY: "E007",
    etree.ErrorTypes.ERR_ENTITY_IS_EXTERNAL: "E007",
    etree.ErrorTypes.ERR_INVALID_ENCODING: "E006",
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING: "E006",
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING: "E006",
    etree.ErrorTypes.I18N_CONV_FAILED: "E006",
    etree.ErrorTypes.ERR_ENTITY_LOOP: "E008",
}


def parse(data: bytes, path: str) -> Tree:
    """The tree of a file's bytes, DOCTYPE removed, entities of its own written out; raises Unreadable.

    ``path`` is only for the finding. Ids that are doubled or no names are let through (real editions have both) where there is no
    DOCTYPE; libxml2's limits on depth and size are lifted only where there is no DOCTYPE, hence no entity that could grow.
    """
    try:
        declares = _has_doctype(data)
        parser = etree.XMLParser(
            resolve_entities="internal", no_network=True, load_dtd=False, collect_ids=declares, huge_tree=not declares
        )
        tree = etree.parse(io.BytesIO(data), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(_syntax_finding(error, data, path)) from error
    tree.docinfo.clear()
    return tree


def _has_doctype(data: bytes) -> bool:
    """Whether the file declares a document type; reads no further than the first element, and expands nothing."""
    events = etree.iterparse(
        io.BytesIO(data), events=("start",), no_network=True, load_dtd=False, resolve_entities=False, collect_ids=False
    )
    _, root = next(iter(events))
    return root.getroottree().docinfo.internalDTD is not None


def _syntax_finding(error: etree.XMLSyntaxError, data: bytes, path: str) -> Finding:
    line, column = error.position
    reason = _FOR_PROGRAMMERS.sub("", error.msg or "").strip(". \n")
    code = _CODE_OF_ERROR.get(error.code, "E001")
    if "amplification" in reason:
        code = "E008"
    elif "Excessive depth" in reason:
        code = "E009"
    elif _SAYS_IT_IS_WIDE.match(data):
        code = "E006"
    if code == "E008":  # libxml2 counts lines inside the entity; they are declared, and to be mended, in the DOCTYPE
        line, column = 1 + data[: data.find(b"<!DOCTYPE")].count(b"\n"), 1
    return finding(code, path, line, column, f"The parser says: {reason}.")


_FOR_PROGRAMMERS = re.compile(r"(, (use|try|see) xml\w+( option)?\.*)?\s*(, line \d+, column \d+)?$", re.IGNORECASE)
"""What libxml2 adds to its messages for those who call it."""
_SAYS_IT_IS_WIDE = re.compile(rb"<\?xml[^>]*encoding\s*=\s*.(utf-?16|utf-?32|ucs)", re.IGNORECASE)
"""Bytes that can be read one by one declare an encoding of two or four bytes a letter."""


def line_of(tree: Tree, path: str) -> int:
    """The line of the element an ``fn:path()`` names, as the file was parsed; 1 where it names none."""
    element: etree._Element | None = None
    for namespace, name, number in re.findall(r"Q\{([^}]*)\}([^\[/]+)\[(\d+)\]", path):
        tag = f"{{{namespace}}}{name}" if namespace else name
        same = [tree.getroot()] if element is None else element.iterchildren(tag)
        element = next(itertools.islice(same, int(number) - 1, None), None)
        if element is None:
            return 1
    return 1 if element is None else element.sourceline or 1

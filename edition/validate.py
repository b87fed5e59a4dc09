"""From the bytes of a file to its tree, safely, and from a place in the tree to its line.

Parsing is safe by construction: no network, no external entity, no DTD from outside, a bound on what entities may grow to
(libxml2's own, never lifted for a file that declares any). What cannot be parsed is a finding an editor can act on.
"""

from __future__ import annotations

import io
import itertools
import re

from lxml import etree

from edition.findings import Finding, Unreadable, finding

Tree = etree._ElementTree


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

"""From the bytes of a file to its tree, safely, and from a place in the tree to its line.

Parsing is safe by construction: no network, no external entity, no DTD from outside, a bound on what entities may grow to
(libxml2's own, never lifted for a file that declares any). What cannot be parsed is a finding an editor can act on.
"""

from __future__ import annotations

import codecs
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

    ``path`` is only for the finding. Ids that are doubled or no names are let through (real editions have both). libxml2's limits
    on depth and size are lifted only where no entity can grow. Where a file without a namespace lacks entities, the tree is its
    root alone: it is no TEI P5, and that is what there is to say of it, not what its DTD would have declared.
    """
    try:
        root = _root(data)
        dtd = root.getroottree().docinfo.internalDTD
        tree = _with_doctype(data, dtd) if dtd is not None else _parsed(data, collect_ids=False, huge_tree=True)
    except etree.XMLSyntaxError as error:
        found = _syntax_finding(error, data, path)
        if found.code != "E007" or etree.QName(root).namespace:
            raise Unreadable(found) from error
        tree = _alone(root)
    tree.docinfo.clear()
    return tree


def _root(data: bytes) -> etree._Element:
    """The first element, as far as its start tag goes, in a tree that knows the DOCTYPE; nothing is expanded."""
    events = etree.iterparse(
        io.BytesIO(data), events=("start",), no_network=True, load_dtd=False, resolve_entities=False, collect_ids=False
    )
    _, root = next(iter(events))
    return root


def _alone(root: etree._Element) -> Tree:
    alone = etree.Element(root.tag, nsmap=root.nsmap)
    alone.sourceline = root.sourceline  # type: ignore[misc]
    return etree.ElementTree(alone)


def _parsed(data: bytes, collect_ids: bool = True, huge_tree: bool = False, whatever_ids: bool = False) -> Tree:
    """The tree of these bytes; raises XMLSyntaxError for what is wrong, with ``whatever_ids`` only if that is not an id."""
    parser = etree.XMLParser(
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        collect_ids=collect_ids,
        huge_tree=huge_tree,
        recover=whatever_ids,
    )
    tree: Tree = etree.parse(io.BytesIO(data), parser)
    for each in parser.error_log if whatever_ids else ():
        if each.level >= etree.ErrorLevels.ERROR and each.type not in _ABOUT_IDS:
            raise etree.XMLSyntaxError(each.message, each.type, each.line, each.column)
    return tree


_ABOUT_IDS = (etree.ErrorTypes.DTD_ID_REDEFINED, etree.ErrorTypes.DTD_XMLID_VALUE)


def _with_doctype(data: bytes, dtd: etree.DTD) -> Tree:
    """The tree of a file with a DOCTYPE: parsed within libxml2's limits, then, if need be, without that of depth.

    Not collecting ids would make libxml2 ask for the external DTD; so what it says against ids is passed over instead.
    """
    try:
        return _parsed(data)
    except etree.XMLSyntaxError as error:
        if error.code not in _ABOUT_IDS and not _is_too_deep(error):
            raise
        return _parsed(data, whatever_ids=True, huge_tree=is_bounded(data, dtd))


def _is_too_deep(error: etree.XMLSyntaxError) -> bool:
    return "Excessive depth" in (error.msg or "")


def is_bounded(data: bytes, dtd: etree.DTD) -> bool:
    """Whether the entities of a DOCTYPE cannot make the file much longer than it is; False where that cannot be told."""
    text = _letters(data)
    if "<!DOCTYPE" not in text:
        return False
    contents: dict[str, str | None] = {}
    for each in dtd.iterentities():
        contents[each.name or ""] = None if each.name in contents else each.content
    most = ALLOWED_GROWTH + ALLOWED_FACTOR * len(data)
    sizes: dict[str, int] = dict.fromkeys(("amp", "lt", "gt", "apos", "quot"), 1)

    def size(name: str, around: tuple[str, ...] = ()) -> int:
        if name not in sizes:
            content = contents.get(name)
            if content is None or name in around or len(around) > MOST_NESTED:
                return most + 1
            sizes[name] = min(len(content) + sum(size(each, (*around, name)) for each in _REFERENCE.findall(content)), most + 1)
        return sizes[name]

    defaults = sum(len(each.default_value or "") for element in dtd.iterelements() for each in element.iterattributes())
    has_defaults = defaults or "<!ATTLIST" in text
    growth = sum(size(name) for name in _REFERENCE.findall(text)) + (most + 1 if has_defaults else 0)
    return growth <= most


def _letters(data: bytes) -> str:
    """The bytes as letters, those of markup as they are; empty where the encoding might hide them."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return data.decode("utf-16", "replace")
    declared = re.match(rb"(\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)", data)
    plain = declared is None or re.fullmatch(rb"(?i)utf-?8|(us-)?ascii|iso-8859-\d+|latin-?1|windows-125\d|cp125\d", declared[2])
    return data.decode("latin-1") if plain else ""


_REFERENCE = re.compile(r"&([^#;\s&][^;\s&]*);")
ALLOWED_GROWTH, ALLOWED_FACTOR, MOST_NESTED = 1_000_000, 5, 40
"""What entities may add: so many letters, and so many times the length of the file (libxml2's own measures), so deep nested."""


def _syntax_finding(error: etree.XMLSyntaxError, data: bytes, path: str) -> Finding:
    line, column = error.position
    reason = _FOR_PROGRAMMERS.sub("", error.msg or "").strip(". \n")
    code = _CODE_OF_ERROR.get(error.code, "E001")
    if "amplification" in reason:
        code = "E008"
    elif _is_too_deep(error):
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
    element = element_at(tree, path)
    return 1 if element is None else element.sourceline or 1


def element_at(tree: Tree, path: str) -> etree._Element | None:
    """The element an ``fn:path()`` names; None where it names none."""
    element: etree._Element | None = None
    for namespace, name, number in re.findall(r"Q\{([^}]*)\}([^\[/]+)\[(\d+)\]", path):
        tag = f"{{{namespace}}}{name}" if namespace else name
        same = [tree.getroot()] if element is None else element.iterchildren(tag)
        element = next(itertools.islice(same, int(number) - 1, None), None)
        if element is None:
            return None
    return element

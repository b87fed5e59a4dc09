"""A corpus in one file (``teiCorpus``) taken apart: each document in it as a tree of its own that keeps the lines of the file.

``xslt/members.xsl`` says which they are. The tree of a member has the corpora around it with their headers, so that what these
say of it holds, and nothing of the other members.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from edition.inclusion import Whole
from edition.validate import Tree, element_at


@dataclass(frozen=True, slots=True)
class Member:
    """A document in a file: what it is called there (empty: it is the file), its tree, and its element alone as XML."""

    name: str
    tree: Tree
    tei: str = ""


def members(whole: Whole, told: Mapping[str, Any]) -> Iterator[Member]:
    """The documents of a file, one by one, as ``xslt/members.xsl`` has told; the tree of the file is used up by it.

    What was included whole is left to be the document that its own file is.
    """
    shared: dict[etree._Element | None, list[etree._Element]] = {}
    for header in _elements(whole.tree, told["shared"]):
        shared.setdefault(header.getparent(), []).append(header)
    found = zip(
        (each["name"] for each in told["members"]), _elements(whole.tree, [each["at"] for each in told["members"]]), strict=True
    )
    kept = [(name, element) for name, element in found if element not in whole.roots]
    for element in whole.roots:
        _take_out(element)
    for name, element in kept:
        if element.getparent() is not None:
            yield _apart(name, element, shared)
        else:
            yield Member(name, whole.tree)
    if not kept:
        yield Member("", whole.tree)


def _elements(tree: Tree, paths: list[str]) -> list[etree._Element]:
    found = (element_at(tree, path) for path in paths)
    return [each for each in found if each is not None]


def _apart(name: str, element: etree._Element, shared: Mapping[etree._Element | None, list[etree._Element]]) -> Member:
    """One member, moved into a copy of the corpora around it."""
    corpora = list(element.iterancestors())
    _take_out(element)
    inner = element
    for corpus in corpora:
        shell = etree.Element(corpus.tag, corpus.attrib, corpus.nsmap)
        shell.sourceline = corpus.sourceline  # type: ignore[misc]
        shell.extend(copy.deepcopy(header) for header in shared.get(corpus, ()))
        shell.append(inner)
        inner = shell
    return Member(name, etree.ElementTree(inner), etree.tostring(element, encoding="unicode", with_tail=False))


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        element.tail = None
        parent.remove(element)

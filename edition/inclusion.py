"""XInclude, local only: what a file may include, and its tree with all of it in place.

Nothing is read but files below the TEI folder, and of those only what ``targets`` found when the files were listed, so that the
digest of a document covers all that it was made of. An inclusion that fails leaves its fallback, or stays to be shown as a gap;
either is a finding. What is included says where it is from (``@xml:base``), as the W3C's recommendation has it.
"""

from __future__ import annotations

import copy
import hashlib
import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

from lxml import etree

from edition.findings import MAX_DEPTH, Finding, Unreadable, finding, printable
from edition.validate import Tree, parse

_NAMESPACE = "http://www.w3.org/2001/XInclude"
_INCLUDE = f"{{{_NAMESPACE}}}include"
_FALLBACK = f"{{{_NAMESPACE}}}fallback"
_XML = "{http://www.w3.org/XML/1998/namespace}"
MOST_INCLUDED = 100_000_000
"""Letters that a document may include, all in all: inclusions within inclusions could grow without end."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a file may include: the folder it must lie in, and of the files it names their SHA-256, empty where there is none."""

    home: Path
    digests: Mapping[Path, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Whole:
    """A file with all that it includes.

    ``borrowed`` are the ids that came with it, ``roots`` the files that were included whole, by the element each became.
    """

    tree: Tree
    findings: tuple[Finding, ...] = ()
    borrowed: frozenset[str] = frozenset()
    roots: Mapping[etree._Element, Path] = field(default_factory=dict)


class _Problem(Exception):
    """An inclusion cannot be made: the code of the finding, and why."""


def targets(data: bytes, path: Path, home: Path) -> tuple[Path, ...]:
    """The files that by their paths are below ``home`` and that these bytes of the file at ``path`` may include.

    They are too many rather than too few, and depend on the bytes and the paths alone: where links lead is asked each time.
    """
    text = data.decode("utf-16", "replace") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("utf-8", "replace")
    if _NAMESPACE not in text:
        return ()
    bases = ("", *{unescape(base[2]) for base in _BASE.finditer(text)})
    addresses = {unescape(href[2]) for tag in _TAG.findall(text) for href in _HREF.finditer(tag)}
    found = {_place(path, base, address) for base in bases for address in addresses}
    return tuple(sorted(each for each in found if each and each != path and each.is_relative_to(home)))


_TAG = re.compile(r"""<(?:[\w.-]+:)?include\b(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_HREF = re.compile(r"""\bhref\s*=\s*(["'])(.*?)\1""", re.DOTALL)
_BASE = re.compile(r"""\bxml:base\s*=\s*(["'])(.*?)\1""", re.DOTALL)
_ABSOLUTE = re.compile(r"^(//|[A-Za-z][A-Za-z0-9+.-]*:)")


def _place(path: Path, base: str, address: str) -> Path | None:
    """Where an address leads that stands in the file at ``path``; None where that is no place of this file system.

    A base with a scheme says where the file will be published, not where it lies.
    """
    address = address.partition("#")[0]
    if _ABSOLUTE.match(address) or "\0" in unquote(address):
        return None
    start = "" if _ABSOLUTE.match(base) else posixpath.dirname(base)
    return Path(os.path.normpath(path.parent / unquote(start) / unquote(address))) if address else path


def is_below(path: Path, home: Path) -> bool:
    """Whether a path is below a folder, its links followed too."""
    try:
        return path.is_relative_to(home) and path.resolve().is_relative_to(home.resolve())
    except (OSError, ValueError):
        return False


def whole(data: bytes, path: Path, shown: str, reach: Reach) -> Whole:
    """The tree of a file with what it includes; raises Unreadable where the file itself, or what it becomes, cannot be read."""
    tree = parse(data, shown)
    if next(tree.iter(_INCLUDE), None) is None:
        return Whole(tree)
    work = _Work(data, path, shown, reach)
    work.expand(tree.getroot(), path, (), None)
    _check_depth(tree, shown)
    return Whole(tree, tuple(work.findings), frozenset(work.borrowed), work.roots)


def _check_depth(tree: Tree, shown: str) -> None:
    depth = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise Unreadable(finding("E009", shown, element.sourceline or 1, detail="Inclusions make it so."))


Key = tuple[Path, str]
"""What is included: a file, and the pointer into it."""


class _Work:
    """The inclusions of one document."""

    def __init__(self, data: bytes, path: Path, shown: str, reach: Reach) -> None:
        self._own, self._path, self._shown, self._reach = data, path, shown, reach
        self._trees: dict[Path, Tree] = {}
        self._room = MOST_INCLUDED
        self.findings: list[Finding] = []
        self.borrowed: set[str] = set()
        self.roots: dict[etree._Element, Path] = {}

    def expand(self, root: etree._Element, path: Path, around: tuple[Key, ...], line: int | None) -> None:
        """Put into place what is included below ``root``, an element of the file at ``path``.

        ``around`` is what is being included already. ``line`` is that of the document's own inclusion, None in the document.
        """
        for include in [each for each in root.iter(_INCLUDE) if each.getparent() is not None]:
            if not any(True for _ in include.iterancestors(_INCLUDE)):  # those of a fallback come with it
                self._replace(include, path, around, line or include.sourceline or 1)

    def _replace(self, include: etree._Element, path: Path, around: tuple[Key, ...], line: int) -> None:
        try:
            items: list[etree._Element | str] = [self._content(include, path, around, line)]
        except _Problem as problem:
            code, why = problem.args
            fallback = include.find(_FALLBACK)
            if fallback is not None:
                code = code if code == "E304" else "W306"
                self.expand(fallback, path, around, line)
            self.findings.append(finding(code, self._shown, line, detail=f"{_written(include)}: {why}"))
            if fallback is None:
                include[:] = []
                return
            items = [fallback.text or ""]
            for child in list(fallback):
                items += [child, child.tail or ""]
        _substitute(include, items)

    def _content(self, include: etree._Element, path: Path, around: tuple[Key, ...], line: int) -> etree._Element | str:
        """What an inclusion asks for; raises _Problem."""
        target, pointer = self._target(include, path)
        key = (target, pointer)
        if key in around:
            raise _Problem("E304", "it includes itself.")
        if include.get("parse", "xml") == "text":
            return self._text(target, include.get("encoding") or "utf-8-sig")
        source = _pointed(self._tree(target), pointer)
        element = copy.deepcopy(source)
        element.tail = None
        self._take(len(etree.tostring(element)))
        language = next((each.get(_XML + "lang") for each in source.iterancestors() if each.get(_XML + "lang") is not None), None)
        if language and element.get(_XML + "lang") is None:
            element.set(_XML + "lang", language)
        self.expand(element, target, (*around, key), line)
        for each in element.iter():
            each.sourceline = min(line, _LAST_LINE)  # type: ignore[misc]
            if isinstance(each.tag, str) and (id := each.get(_XML + "id")) is not None:
                self.borrowed.add(id)
        if target != path:
            element.set(_XML + "base", quote(os.path.relpath(target, path.parent).replace(os.sep, "/")))
            if not pointer:
                self.roots[element] = target
        return element

    def _target(self, include: etree._Element, path: Path) -> Key:
        """The file and the pointer an inclusion names; raises _Problem where it may not or cannot be read."""
        address = include.get("href", "")
        pointer = (include.get("xpointer") or unquote(address.partition("#")[2])).strip()
        base = next((each.get(_XML + "base", "") for each in (include, *include.iterancestors()) if each.get(_XML + "base")), "")
        target = _place(path, base, address)
        if target is None or not is_below(target, self._reach.home):
            raise _Problem("E305", "it lies outside the TEI folder, and is not read.")
        if target != self._path and not self._reach.digests.get(target):
            raise _Problem("E303", "there is no such file.")
        return target, pointer

    def _data(self, target: Path) -> bytes:
        if target == self._path:
            return self._own
        try:
            data = target.read_bytes()
        except OSError as cause:
            raise _Problem("E303", f"it cannot be read: {cause.strerror}.") from cause
        if hashlib.sha256(data).hexdigest() != self._reach.digests.get(target):
            raise _Problem("E303", "it was changed during the work.")
        return data

    def _tree(self, target: Path) -> Tree:
        if target not in self._trees:
            try:
                self._trees[target] = parse(self._data(target), posixpath.basename(target))
            except Unreadable as cause:
                raise _Problem("E303", f"it cannot be read: {cause.finding.message}") from cause
        return self._trees[target]

    def _text(self, target: Path, encoding: str) -> str:
        try:
            text = self._data(target).decode(encoding)
        except (LookupError, UnicodeError) as cause:
            raise _Problem("E303", f"it is not in the encoding {printable(encoding)}.") from cause
        if _NO_XML.search(text):
            raise _Problem("E303", "it has signs that cannot stand in XML.")
        self._take(len(text))
        return text.replace("\r\n", "\n")

    def _take(self, letters: int) -> None:
        self._room -= letters
        if self._room < 0:
            raise _Problem("E304", f"inclusions would make the document longer by more than {MOST_INCLUDED:,} letters.")


_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LAST_LINE = 65_535
"""The last line that can be set."""


def _written(include: etree._Element) -> str:
    """An inclusion as its file has it."""
    said = ((name, include.get(name)) for name in ("href", "xpointer"))
    return " ".join(f'{name}="{printable(value[:120])}"' for name, value in said if value) or "xi:include"


def _substitute(include: etree._Element, items: list[etree._Element | str]) -> None:
    """Put elements and words in the place of an element."""
    parent = include.getparent()
    if parent is None:
        return
    at, after = parent.index(include), include.tail or ""
    include.tail = None
    parent.remove(include)
    for item in (*items, after):
        if not isinstance(item, str):
            item.tail = None
            parent.insert(at, item)
            at += 1
        elif at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + item
        else:
            parent.text = (parent.text or "") + item


def _pointed(tree: Tree, pointer: str) -> etree._Element:
    """The element a pointer names (the root for none): an id, ``element(…)``, ``xpointer(id('…'))``; raises _Problem."""
    if not pointer:
        return tree.getroot()
    for part in _parts(pointer):
        found = _by_path(tree, part)
        if found is not None:
            return found
    raise _Problem("E303", "that file has no such element.")


def _parts(pointer: str) -> Iterator[str]:
    """The parts of a pointer, each as in ``element(…)``: an id, or a path of numbers, or both. Others are not understood."""
    if "(" not in pointer:
        yield pointer
        return
    understood = False
    for scheme, said in re.findall(r"([\w:.-]+)\(((?:[^()]|\([^()]*\))*)\)", pointer):
        by_id = re.fullmatch(r"""\s*id\(\s*["']([^"']+)["']\s*\)\s*""", said)
        if scheme == "element" or by_id:
            understood = True
            yield by_id[1] if by_id else said.strip()
    if not understood:
        raise _Problem("E303", "a pointer of this sort is not followed; write the id of the element.")


def _by_path(tree: Tree, path: str) -> etree._Element | None:
    id, *steps = path.split("/")
    if id:
        here = next((each for each in tree.iter("*") if each.get(_XML + "id") == id), None)
    elif steps and steps.pop(0) == "1":
        here = tree.getroot()
    else:
        return None
    for step in steps:
        if here is None or not step.isdecimal():
            return None
        here = next((each for n, each in enumerate(here.iterchildren("*"), 1) if n == int(step)), None)
    return here

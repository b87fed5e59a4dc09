"""A RELAX NG schema in XML syntax becomes a pattern: the simplification of the specification's section 4, done while reading.

The schema may be of several files (``include``, ``externalRef``); they lie on this machine, nothing is fetched. That a schema
keeps the restrictions of section 7 is left to those who write schemas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from edition.relaxng.datatypes import UnknownDatatype, datatype
from edition.relaxng.derivatives import (
    EMPTY,
    NOT_ALLOWED,
    TEXT,
    AnyName,
    Data,
    Element,
    List,
    Name,
    NameClass,
    Names,
    Pattern,
    Value,
    attribute,
    choice,
    group,
    interleave,
    one_or_more,
)

NAMESPACE = "http://relaxng.org/ns/structure/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"


class GrammarError(Exception):
    """The schema cannot be read or is no RELAX NG; the message begins with file and line."""


@dataclass(eq=False)
class _Scope:
    """The definitions of one ``grammar``; those of the same name are combined when first referred to."""

    parent: _Scope | None
    parts: dict[str, list[_Place]] = field(default_factory=dict)
    patterns: dict[str, Pattern | None] = field(default_factory=dict)
    """Read so far; None while being read."""


@dataclass(frozen=True)
class _Place:
    """An element of the schema and what it inherits: namespace, datatype library, the grammar and the files it is in."""

    node: etree._Element
    namespace: str
    library: str
    scope: _Scope | None
    files: tuple[Path, ...]

    @property
    def kind(self) -> str:
        """The local name of the element."""
        return str(etree.QName(self.node).localname)

    def get(self, name: str) -> str | None:
        """An attribute without the white space around it."""
        value = self.node.get(name)
        return None if value is None else value.strip()

    def inside(self) -> list[_Place]:
        """The elements within that are RELAX NG; annotations are passed over (section 4.1)."""
        return [
            replace(
                self,
                node=node,
                namespace=self.namespace if (ns := node.get("ns")) is None else ns,
                library=self.library if (library := node.get("datatypeLibrary")) is None else library,
            )
            for node in self.node.iterchildren(f"{{{NAMESPACE}}}*")
        ]

    def error(self, message: str) -> GrammarError:
        """What is wrong here."""
        return GrammarError(f"{self.files[-1]}:{self.node.sourceline}: {message}")


def read_schema(path: Path) -> Pattern:
    """The pattern of whole documents; raises GrammarError, later if a part is at fault that is not needed before."""
    return _pattern(_root(path, ()))


def _root(path: Path, files: tuple[Path, ...], namespace: str = "", scope: _Scope | None = None) -> _Place:
    """The outermost element of a file."""
    if path.resolve() in {file.resolve() for file in files}:
        raise GrammarError(f"{path}:1: the file includes itself")
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(path.read_bytes(), parser, base_url=path.resolve().as_uri())
    except OSError as error:
        raise GrammarError(f"{path}:1: the file cannot be read: {error.strerror}") from error
    except etree.XMLSyntaxError as error:
        raise GrammarError(f"{path}:{error.lineno}: not well-formed XML: {error.msg}") from error
    if etree.QName(root).namespace != NAMESPACE:
        raise GrammarError(f"{path}:{root.sourceline}: not RELAX NG in XML syntax: the outermost element is <{root.tag!s}>")
    return _Place(root, root.get("ns", namespace), root.get("datatypeLibrary", ""), scope, (*files, path))


def _referred_file(place: _Place) -> Path:
    """The file that ``@href`` names, relative to the file it stands in or to ``@xml:base`` (section 4.5)."""
    url = urlsplit(urljoin(place.node.base or "", place.get("href") or ""))
    if url.scheme != "file" or url.netloc not in ("", "localhost") or not place.get("href"):
        raise place.error(f"“{place.get('href') or ''}” is no file of this machine; nothing is fetched")
    return Path(unquote(url.path))


# Patterns (section 3; what each means, section 6.2)


def _pattern(place: _Place) -> Pattern:
    try:
        read = _PATTERNS[place.kind]
    except KeyError:
        raise place.error(f"<{place.kind}> is no pattern of RELAX NG") from None
    return read(place)


def _patterns(place: _Place, skip: int = 0) -> list[Pattern]:
    return [_pattern(inner) for inner in place.inside()[skip:]]


def _grouped(place: _Place) -> Pattern:
    return group(*_patterns(place))


def _element(place: _Place) -> Pattern:
    names, skip = _own_names(place, place.namespace)
    return Element(names, lambda: group(*_patterns(place, skip)))


def _attribute(place: _Place) -> Pattern:
    names, skip = _own_names(place, place.get("ns") or "")
    return attribute(names, group(*_patterns(place, skip)) if place.inside()[skip:] else TEXT)


def _data(place: _Place) -> Pattern:
    inside = place.inside()
    parameters = tuple((inner.get("name") or "", inner.node.text or "") for inner in inside if inner.kind == "param")
    excepted = choice(*(pattern for inner in inside if inner.kind == "except" for pattern in _patterns(inner)))
    try:
        return Data(datatype(place.library, place.get("type") or "", parameters), excepted)
    except UnknownDatatype as error:
        raise place.error(str(error)) from error


def _value(place: _Place) -> Pattern:
    name = place.get("type")
    try:
        return Value(datatype("" if name is None else place.library, name or "token"), place.node.text or "")
    except UnknownDatatype as error:
        raise place.error(str(error)) from error


def _list(place: _Place) -> Pattern:
    content = _grouped(place)
    return NOT_ALLOWED if content is NOT_ALLOWED else List(content)


def _external(place: _Place) -> Pattern:
    return _pattern(_root(_referred_file(place), place.files, place.namespace, place.scope))


_PATTERNS: dict[str, Callable[[_Place], Pattern]] = {
    "attribute": _attribute,
    "choice": lambda place: choice(*_patterns(place)),
    "data": _data,
    "element": _element,
    "empty": lambda place: EMPTY,
    "externalRef": _external,
    "grammar": lambda place: _grammar(place),
    "group": _grouped,
    "interleave": lambda place: interleave(*_patterns(place)),
    "list": _list,
    "mixed": lambda place: interleave(TEXT, _grouped(place)),
    "notAllowed": lambda place: NOT_ALLOWED,
    "oneOrMore": lambda place: one_or_more(_grouped(place)),
    "optional": lambda place: choice(EMPTY, _grouped(place)),
    "parentRef": lambda place: _defined(place, place.scope and place.scope.parent),
    "ref": lambda place: _defined(place, place.scope),
    "text": lambda place: TEXT,
    "value": _value,
    "zeroOrMore": lambda place: choice(EMPTY, one_or_more(_grouped(place))),
}


# Name classes (sections 4.8 to 4.10)


def _own_names(place: _Place, namespace: str) -> tuple[NameClass, int]:
    """The names of an element or attribute, and how many elements in it say so."""
    name = place.get("name")
    if name is not None:
        return _name(place, name, namespace), 0
    inside = place.inside()
    if not inside:
        raise place.error(f"<{place.kind}> has no name")
    return _name_class(inside[0]), 1


def _name_class(place: _Place) -> NameClass:
    match place.kind:
        case "name":
            return _name(place, (place.node.text or "").strip(), place.namespace)
        case "anyName":
            return AnyName(None, _excepted(place))
        case "nsName":
            return AnyName(place.namespace, _excepted(place))
        case "choice":
            return Names(tuple(_name_class(inner) for inner in place.inside()))
    raise place.error(f"<{place.kind}> is no name class of RELAX NG")


def _excepted(place: _Place) -> NameClass | None:
    excepted = tuple(_name_class(inner) for outer in place.inside() if outer.kind == "except" for inner in outer.inside())
    return Names(excepted) if excepted else None


def _name(place: _Place, name: str, namespace: str) -> Name:
    prefix, colon, local = name.rpartition(":")
    if colon:
        known = {"xml": _XML, **place.node.nsmap}
        if prefix not in known:
            raise place.error(f"the prefix of “{name}” is not declared")
        namespace = known[prefix]
    return Name(f"{{{namespace}}}{local}" if namespace else local)


# Grammars (sections 4.17 and 4.18)

_START = "<start>"


def _grammar(place: _Place) -> Pattern:
    scope = _Scope(place.scope)
    for part in _components(replace(place, scope=scope), frozenset()):
        scope.parts.setdefault(_component_name(part), []).append(part)
    return _defined(place, scope, _START)


def _components(place: _Place, overridden: Set[str]) -> Iterator[_Place]:
    """Each ``start`` and ``define`` of a grammar or of what it includes, but those that an including file has ``overridden``."""
    for part in place.inside():
        match part.kind:
            case "start" | "define":
                if _component_name(part) not in overridden:
                    yield part
            case "div":
                yield from _components(part, overridden)
            case "include":
                instead = list(_components(part, frozenset()))
                included = _root(_referred_file(part), part.files, part.namespace, part.scope)
                if included.kind != "grammar":
                    raise part.error(f"{included.files[-1]} is no grammar")
                yield from _components(included, overridden | {_component_name(one) for one in instead})
                yield from (one for one in instead if _component_name(one) not in overridden)
            case _:
                raise part.error(f"<{part.kind}> cannot stand here in a grammar")


def _component_name(place: _Place) -> str:
    return _START if place.kind == "start" else place.get("name") or ""


def _defined(place: _Place, scope: _Scope | None, name: str | None = None) -> Pattern:
    """What the definitions of a name, combined, mean."""
    name = name or place.get("name") or ""
    if scope is None or name not in scope.parts:
        raise place.error(f"“{name}” is not defined")
    if name not in scope.patterns:
        scope.patterns[name] = None
        parts = scope.parts[name]
        combine = interleave if "interleave" in {part.get("combine") for part in parts} else choice
        scope.patterns[name] = combine(*(_grouped(part) for part in parts))
    pattern = scope.patterns[name]
    if pattern is None:
        raise place.error(f"“{name}” refers to itself without an element between")
    return pattern

"""Files for comparing two grammars: the edition's own with random changes, and files written at random after a grammar.

All is drawn from a seeded ``random.Random``: the same seed gives the same files.
"""

import copy
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
TEI = "{http://www.tei-c.org/ns/1.0}"
# What the files seldom or never say of a datatype, to be tried as well.
OF_TYPE = {
    "date": ("2022-01-05", "0001-12-31"),
    "gYearMonth": ("2022-01",),
    "gYear": ("2011", "-0044"),
    "duration": ("P6M", "P1Y2M3DT4H"),
    "decimal": ("43.3", "-52"),
    "language": ("en", "kk-Cyrl"),
}


def mutated(root: etree._Element, others: Sequence[etree._Element], chance: random.Random) -> etree._Element:
    """A copy of ``root`` with one to three changes to elements or attributes; ``others`` lend what is put in."""
    changed = copy.deepcopy(root)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        element = chance.choice([each for each in changed.iter(TEI + "*") if each is not changed] or [changed])
        lender = chance.choice([each for other in others for each in other.iter(TEI + "*")])
        chance.choice(CHANGES)(element, lender, chance)
    return changed


def _delete(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)


def _repeat(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    again = copy.deepcopy(element)
    for each in again.iter():
        each.attrib.pop(XML + "id", None)
    element.addnext(again)


def _swap(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    following = element.getnext()
    if following is not None:
        following.addnext(element)


def _move(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    parents = [each for each in element.getroottree().iter(TEI + "*") if element not in (each, *each.iterancestors())]
    parent = chance.choice(parents)
    parent.insert(chance.randint(0, len(parent)), element)


def _insert(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    guest = copy.deepcopy(lender)
    for each in guest.iter():
        each.attrib.pop(XML + "id", None)
    element.insert(chance.randint(0, len(element)), guest)


def _rename(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    element.tag = lender.tag


def _say(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    element.text = f"{element.text or ''} words "


def _silence(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    element.text = None


def _drop_attribute(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    if element.attrib:
        del element.attrib[chance.choice(list(element.attrib))]


def _lend_attribute(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    name = chance.choice(["n", *lender.attrib])
    element.set(name, f"{lender.get(name, 'x')}0" if name == XML + "id" else lender.get(name, "x"))


def _rename_attribute(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    if element.attrib and lender.attrib:
        value = element.attrib.pop(chance.choice(list(element.attrib)))
        element.set(chance.choice([name for name in lender.attrib if name != XML + "id"] or ["n"]), value)


def _alter_value(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    if element.attrib:
        name = chance.choice(list(element.attrib))
        value = element.get(name, "")
        altered = (value[:-1], value + "x", value.upper(), f"{value} {value}", "", "2022", "high")
        element.set(name, chance.choice(altered))


def _nest(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        around = etree.Element(lender.tag)
        around.tail, element.tail = element.tail, None
        parent.replace(element, around)
        around.append(element)


def _move_id(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    identified = [each for each in element.getroottree().iter(TEI + "*") if XML + "id" in each.attrib]
    if identified:
        element.set(XML + "id", str(chance.choice(identified).attrib.pop(XML + "id")))


def _point_astray(element: etree._Element, lender: etree._Element, chance: random.Random) -> None:
    pointing = [each for each in element.getroottree().iter(TEI + "*") for name in each.attrib if "#" in each.get(name, "")]
    if pointing:
        pointer = chance.choice(pointing)
        name = chance.choice([name for name in pointer.attrib if "#" in pointer.get(name, "")])
        pointer.set(
            name,
            chance.choice(("#nowhere", "#", "##", "nowhere.xml#x", "#a b #a", f"{pointer.get(name)} #{element.get(XML + 'id')}")),
        )


CHANGES: tuple[Callable[[etree._Element, etree._Element, random.Random], None], ...] = (
    _delete, _unwrap, _repeat, _swap, _move, _insert, _rename, _say, _silence,
    _drop_attribute, _lend_attribute, _rename_attribute, _alter_value,
    _nest, _move_id, _point_astray,
)  # fmt: skip


class Writer:
    """Writes files that a RELAX NG grammar accepts; the values of ``samples`` are used where the grammar allows them."""

    def __init__(self, grammar: etree._Element, samples: Sequence[str]) -> None:
        self.defined = {define.get("name"): define for define in grammar.iter(RNG + "define")}
        self.start = grammar.find(RNG + "start")
        self.samples = samples
        self.written = 0
        self.depths = self._depths()
        self.fitting: defaultdict[str, list[str]] = defaultdict(list)

    def file(self, chance: random.Random) -> etree._Element:
        root = etree.Element("root", nsmap={None: TEI[1:-1]})
        assert self.start is not None
        for pattern in self.start:
            self._write(pattern, root, chance, 14)
        written = root[0]
        return etree.fromstring(etree.tostring(written))

    def _write(self, pattern: etree._Element, into: etree._Element, chance: random.Random, room: int) -> None:
        match etree.QName(pattern).localname:
            case "ref":
                for each in self.defined[pattern.get("name")]:
                    self._write(each, into, chance, room)
            case "choice":
                chosen = [each for each in _patterns(pattern) if self._depth(each) < room]
                self._write(chance.choice(chosen or [min(_patterns(pattern), key=self._depth)]), into, chance, room)
            case "group" | "interleave" | "optional" | "zeroOrMore" | "oneOrMore" as kind:
                for _ in range(self._times(kind, pattern, chance, room)):
                    for each in _patterns(pattern):
                        self._write(each, into, chance, room)
            case "element":
                child = etree.SubElement(into, TEI + str(pattern.get("name")))
                for each in _patterns(pattern):
                    self._write(each, child, chance, room - 1)
            case "attribute":
                name = str(pattern.get("name")).replace("xml:", XML)
                value = " ".join(self._values(list(_patterns(pattern)), chance))
                into.set(name, self._unique(value, pattern) if name == XML + "id" else value)
            case "text":
                _say_at_end(into, chance.choice(("", "words", "more words ")))
            case "list" | "data" | "value":
                _say_at_end(into, " ".join(self._values([pattern], chance)))

    def _times(self, kind: str, pattern: etree._Element, chance: random.Random, room: int) -> int:
        if kind in ("group", "interleave"):
            return 1
        least = 1 if kind == "oneOrMore" else 0
        if max(map(self._depth, _patterns(pattern))) >= room:
            return least
        return chance.choice((0, 1) if kind == "optional" else (least, 1, 2, 3))

    def _values(self, patterns: Sequence[etree._Element], chance: random.Random) -> Iterator[str]:
        for pattern in patterns:
            match etree.QName(pattern).localname:
                case "value":
                    yield str(pattern.text)
                case "data":
                    yield chance.choice(self._data(pattern))
                case "choice":
                    yield from self._values([chance.choice(list(_patterns(pattern)))], chance)
                case "oneOrMore":
                    for _ in range(chance.randint(1, 3)):
                        yield from self._values(list(_patterns(pattern)), chance)
                case "ref":
                    yield from self._values(list(_patterns(self.defined[pattern.get("name")])), chance)
                case "list" | "group":
                    yield from self._values(list(_patterns(pattern)), chance)
                case "text":
                    yield "words"

    def _data(self, data: etree._Element) -> Sequence[str]:
        """Values of the datatype, as far as samples have any."""
        kind = str(data.get("type"))
        pattern = data.findtext(RNG + "param")
        if pattern is None:
            return OF_TYPE.get(kind, ("name",))
        if not self.fitting[pattern]:
            fitting = [each for each in self.samples if re.fullmatch(pattern, each)]
            self.fitting[pattern] = [each for each in fitting if kind != "anyURI" or re.fullmatch(r"[\w.:/#-]+", each)]
        return self.fitting[pattern]

    def _unique(self, identifier: str, attribute: etree._Element) -> str:
        """An identifier that no other element of the file has, if the grammar allows one."""
        self.written += 1
        number = str(self.written)
        pattern = attribute.findtext(f".//{RNG}param") or ".*"
        longer = (identifier + number, identifier + "".join("abcdefghij"[int(digit)] for digit in number))
        return next((each for each in longer if re.fullmatch(pattern, each)), identifier)

    def _depth(self, pattern: etree._Element) -> int:
        """How many elements, one in the other, the pattern needs at least."""
        match etree.QName(pattern).localname:
            case "ref":
                return self.depths[str(pattern.get("name"))]
            case "choice":
                return min(map(self._depth, _patterns(pattern)))
            case "optional" | "zeroOrMore" | "attribute" | "text" | "data" | "value" | "list" | "empty":
                return 0
            case "element":
                return 1 + max(map(self._depth, _patterns(pattern)), default=0)
            case _:
                return max(map(self._depth, _patterns(pattern)), default=0)

    def _depths(self) -> dict[str, int]:
        self.depths = dict.fromkeys(map(str, self.defined), 99)
        while True:
            found = {str(name): max(map(self._depth, _patterns(define)), default=0) for name, define in self.defined.items()}
            if found == self.depths:
                return found
            self.depths = found


def _patterns(element: etree._Element) -> Iterator[etree._Element]:
    return element.iterchildren(RNG + "*")


def _say_at_end(element: etree._Element, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words

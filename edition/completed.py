"""What is added to what XSLT wrote of a document: where things lie in its file, its TEI and its page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from edition import spots
from edition.citation_trees import elements, located
from edition.findings import Finding, finding
from edition.parts import divide
from edition.runs import page
from edition.validate import Tree, line_of


def rows(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """A record’s columns, row by row; those called ``fields/name`` become one, of the values by name where there are any."""
    plain = [name for name in columns if "/" not in name]
    rows = [dict(zip(plain, row, strict=True)) for row in zip(*(columns[name] for name in plain), strict=True)]
    fields = [(name.partition("/")[2], values) for name, values in columns.items() if "/" in name]
    for number, row in enumerate(rows if fields else ()):
        row["fields"] = {name: values[number] for name, values in fields if values[number]}
    return rows


def completed(
    record: dict[str, Any], tei: str, reading: str, tree: Tree, borrowed: Set[str], path: str
) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """A record with the places of its parts, passages, citable units and mentions, and what there is to report of them.

    ``tei`` is the document, ``tree`` that of its file, ``reading`` its page; ``borrowed`` are the ids of what it includes.
    """
    divide(record["parts"], reading)
    lies = page(reading, {passage["id"] for passage in record["passages"]})
    findings = tuple(_uncitable(record["citation"], tree, path))
    for passage in record["passages"]:
        passage["text"] = passage["text"] or spots.plain(passage["marked"])
        passage["runs"] = lies.runs.get(passage["id"], ())
        passage["shown"] = lies.tags.get(passage["id"], ())
    record["trees"] = located(record["citation"], elements(tei.encode()), record["passages"])
    findings += tuple(_repeated(record["trees"], path))
    _locate(record, reading, lies.mentions)
    return _with_lines(record, tree, borrowed), findings


def _uncitable(citation: Mapping[str, Any], tree: Tree, path: str) -> Iterator[Finding]:
    """What the header says about citing that is not followed, each XPath once."""
    for fault in {each["fault"]: each for each in citation["faults"]}.values():
        yield finding("W307", path, line_of(tree, fault["at"]), detail=f"“{fault['fault']}” is not followed.")


def _repeated(trees: Iterable[Mapping[str, Any]], path: str) -> Iterator[Finding]:
    """Trees in which several units have one reference."""
    for tree in trees:
        if tree["repeated"]:
            yield finding("W308", path, detail=f"It is “{tree['repeated']}”.")


def _locate(record: Mapping[str, Any], reading: str, places: Mapping[int, tuple[int, ...]]) -> None:
    """Tell each mention of a record where it stands in the page and in its passage; one the page lacks leads to its passage."""
    spans = {passage["id"]: spots.spans(passage["marked"]) for passage in record["passages"]}
    texts = {passage["id"]: passage["text"] for passage in record["passages"]}
    for mention in record["mentions"]:
        text = texts[mention["passage"]]
        whole = (0, len(text)) if text.startswith(mention["words"]) else (0, 0)
        mention["start"], mention["end"] = spans[mention["passage"]].get(mention["number"], whole)
        mention["places"] = places.get(mention["number"], ())
        if not mention["places"] and f' id="{mention["id"]}"' not in reading:
            mention["id"] = mention["passage"]


def _with_lines(record: Mapping[str, Any], tree: Tree, borrowed: Set[str]) -> dict[str, Any]:
    """The record with lines for paths (``line`` for ``at``, ``first_line`` for ``first``), and the line of each id.

    An id that came with what is included has the line 0: it is another file's, and may be given again and again.
    White space around an id is no part of it (XML 1.0, 3.3.3); the stylesheets never see it.
    """
    lines: dict[str, int] = {}
    for element in tree.iter("*"):
        if (id := element.get(_XML_ID)) is not None:
            lines.setdefault(" ".join(id.split()), element.sourceline or 1)
    lines |= dict.fromkeys(borrowed, 0)
    lined = {**record, "ids": {id: lines[id] for id in record["ids"]}}
    for part in ("lacking", "doubled", "dangling", "pointers", "private"):
        lined[part] = [
            {_LINES.get(name, name): line_of(tree, value) if name in _LINES else value for name, value in each.items()}
            for each in record[part]
        ]
    lined["doubled"] = [each for each in lined["doubled"] if each["id"] not in borrowed]
    return lined


_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LINES = {"at": "line", "first": "first_line"}


def drop_repeated(record: Mapping[str, Any], seen: set[str]) -> None:
    """Take from a record what earlier documents of its file have said: the header of a corpus is read with each of them."""
    for name in ("relations", "links", "annotations"):
        said = [(json.dumps(each, sort_keys=True), each) for each in record[name]]
        record[name][:] = [each for key, each in said if key not in seen]
        seen.update(key for key, _ in said)

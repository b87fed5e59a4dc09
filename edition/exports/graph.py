"""Who is named beside whom: pairs of entries by the number of passages that name both, as a table and as a graph."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from edition.catalogue import Catalogue
from edition.exports.tables import Row, write_table

MOST_NAMED = 200
"""Entries that a passage may name and still count for who stands beside whom: what names more is a list."""

Named = tuple[str, str]


def write_graph(folder: Path, catalogue: Catalogue, names: dict[Named, str]) -> None:
    """The table and the graph, if any passage names two; ``names`` are those of all entries, by kind and key."""
    together = _together(catalogue)
    if not together:
        return
    write_table(folder / "cooccurrence.csv", _PAIR, _pairs(together, names))
    (folder / "cooccurrence.gexf").write_bytes(_gexf(together, names))


def _together(catalogue: Catalogue) -> Counter[tuple[Named, Named]]:
    """How many passages name two entries together; each pair once, in the order of kind and key."""
    pairs: Counter[tuple[Named, Named]] = Counter()
    for _, named in itertools.groupby(catalogue.all_named(), key=lambda row: row[0]):
        there = sorted({(kind, key) for _, kind, key in named})
        if len(there) <= MOST_NAMED:
            pairs.update(itertools.combinations(there, 2))
    return pairs


_PAIR = ("kind", "key", "name", "other kind", "other key", "other name", "passages")


def _pairs(together: Counter[tuple[Named, Named]], names: dict[Named, str]) -> Iterator[Row]:
    for (one, other), passages in sorted(together.items(), key=lambda item: (-item[1], item[0])):
        yield *one, names[one], *other, names[other], passages


def _gexf(together: Counter[tuple[Named, Named]], names: dict[Named, str]) -> bytes:
    """The same as a graph (GEXF 1.3), of the entries that stand beside another."""
    root = Element("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"})
    graph = SubElement(root, "graph", {"defaultedgetype": "undirected"})
    attributes = SubElement(graph, "attributes", {"class": "node"})
    SubElement(attributes, "attribute", {"id": "kind", "title": "kind", "type": "string"})
    nodes = SubElement(graph, "nodes")
    for kind, key in sorted({each for pair in together for each in pair}):
        node = SubElement(nodes, "node", {"id": f"{kind}:{key}", "label": names[kind, key]})
        SubElement(SubElement(node, "attvalues"), "attvalue", {"for": "kind", "value": kind})
    edges = SubElement(graph, "edges")
    for number, ((one, other), passages) in enumerate(sorted(together.items())):
        ends = {"source": ":".join(one), "target": ":".join(other)}
        SubElement(edges, "edge", {"id": str(number), **ends, "weight": str(passages)})
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"

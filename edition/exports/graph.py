"""Who is named beside whom: pairs of entries by the number of passages that name both, as a table and as a graph."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from operator import itemgetter
from pathlib import Path

from edition.catalogue import Catalogue
from edition.exports.tables import Row, write_table

MOST_NAMED = 200
"""Entries that a passage may name and still count for who stands beside whom: what names more is a list."""

Named = tuple[str, str]
"""An entry: its kind, and its key."""
_Pairs = Counter[tuple[int, int]]
"""How many passages name two entries together, by their places in the order of kind and key; each pair once, the first before."""


def write_graph(folder: Path, catalogue: Catalogue, names: Mapping[Named, str]) -> None:
    """The table and the graph, if any passage names two; ``names`` are those of all entries, by kind and key."""
    entries = sorted(names)
    together = _together(catalogue, {each: place for place, each in enumerate(entries)})
    if not together:
        return
    write_table(folder / "cooccurrence.csv", _PAIR, _pairs(together, [(*each, names[each]) for each in entries]))
    with (folder / "cooccurrence.gexf").open("w", encoding="utf-8") as file:
        file.writelines(_gexf(together, entries, names))


def _together(catalogue: Catalogue, places: Mapping[Named, int]) -> _Pairs:
    pairs: _Pairs = Counter()
    for _, named in itertools.groupby(catalogue.all_named(), key=itemgetter(0)):
        there = sorted({places[kind, key] for _, kind, key in named})
        if len(there) <= MOST_NAMED:
            pairs.update(itertools.combinations(there, 2))
    return pairs


_PAIR = ("kind", "key", "name", "other kind", "other key", "other name", "passages")


def _pairs(together: _Pairs, told: list[tuple[str, str, str]]) -> Iterator[Row]:
    for (one, other), passages in sorted(together.items(), key=lambda item: (-item[1], item[0])):
        yield *told[one], *told[other], passages


def _gexf(together: _Pairs, entries: list[Named], names: Mapping[Named, str]) -> Iterator[str]:
    """The same as a graph (GEXF 1.3), of the entries that stand beside another."""
    there = {each for pair in together for each in pair}
    ids = {each: _attribute(":".join(entries[each])) for each in there}
    yield (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="undirected">'
        '<attributes class="node"><attribute id="kind" title="kind" type="string" /></attributes><nodes>'
    )
    for each in sorted(there):
        kind, name = _attribute(entries[each][0]), _attribute(names[entries[each]])
        yield f'<node id="{ids[each]}" label="{name}"><attvalues><attvalue for="kind" value="{kind}" /></attvalues></node>'
    yield "</nodes><edges>"
    for number, ((one, other), passages) in enumerate(sorted(together.items())):
        yield f'<edge id="{number}" source="{ids[one]}" target="{ids[other]}" weight="{passages}" />'
    yield "</edges></graph></gexf>\n"


def _attribute(value: str) -> str:
    return value.translate(_ESCAPED)


_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})

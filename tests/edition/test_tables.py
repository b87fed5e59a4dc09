"""Tables and graphs of names, whatever signs the names have."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from edition.build import Report
from edition.exports import tables
from edition.exports.tables import write_table
from edition.settings import Settings
from edition.snapshot import current


def test_no_cell_is_taken_for_a_formula_and_each_keeps_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_AT_ONCE", 2)
    rows = [("a", 1, "x"), ("=b", -2, 'y, "z"'), ("c", 3, "\t"), ("d=", 4, ""), ("+", 5, "line\nline")]
    write_table(tmp_path / "t.csv", ("name", "number", "words"), iter(rows))
    with (tmp_path / "t.csv").open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file)) == [
            ["name", "number", "words"],
            ["a", "1", "x"],
            ["'=b", "-2", 'y, "z"'],
            ["c", "3", "'\t"],
            ["d=", "4", ""],
            ["'+", "5", "line\nline"],
        ]


def test_names_with_signs_of_xml_stand_in_the_graph_as_they_are(
    corpus: Settings, tei: Callable[..., str], make: Callable[..., Report]
) -> None:
    names = ['R &amp; D "&lt;A&gt;"', "Ü’s"]
    named = "".join(f'<orgName ref="x:{number}">{name}</orgName>' for number, name in enumerate(names))
    (corpus.documents / "signs.xml").write_text(tei(f"<p>{named}</p>"))
    make(corpus)
    root = ElementTree.fromstring((current(corpus.out).registers / "cooccurrence.gexf").read_bytes())
    labels = {each.get("id"): each.get("label") for each in root.iter("{http://gexf.net/1.3}node")}
    edges = {
        frozenset((labels[each.get("source")], labels[each.get("target")])) for each in root.iter("{http://gexf.net/1.3}edge")
    }
    assert frozenset(('R & D "<A>"', "Ü’s")) in edges

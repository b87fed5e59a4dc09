"""Every word of every passage is found where it stands."""

from __future__ import annotations

import re

from edition.catalogue import Catalogue
from edition.settings import Settings
from edition.snapshot import current
from search_index.query import parse
from search_index.reader import Index

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""An independent idea of a word: letters and digits, apostrophes inside."""


def test_every_distinct_word_is_found_in_each_passage_where_it_stands(edition: Settings):
    snapshot = current(edition.out)
    catalogue, index = Catalogue(snapshot.catalogue), Index(snapshot.index)
    stands: dict[str, set[int]] = {}
    kinds = set()
    for number, passage in catalogue.all_passages():
        kinds.add(passage.kind)
        for text in (passage.text, *passage.fields.get("received", ())):
            for word in WORD.findall(text):
                stands.setdefault(word, set()).add(number)
    assert len(stands) > 900
    assert kinds == {"paragraph", "head", "note", "editorial", "paratext"}
    for word, numbers in stands.items():
        found = {hit.number for hit in index.find(parse(word), {}, per_page=None, facet_values=1).hits}
        assert numbers <= found, word

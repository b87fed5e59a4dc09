"""The site by kinds of page: what the tests of accessibility, of weight and of markup go through.

A new kind of page is a row here; a test compares the table with the addresses of the site.
"""

from __future__ import annotations

KINDS = {
    "home": "",
    "list of texts": "documents/",
    "text": "documents/icc-2022-01-20/",
    "text with words marked": "documents/icc-2022-01-20/?q=gas+OR+partnership",
    "text as received": "documents/icc-2022-01-20/diplomatic/",
    "TEI source": "documents/icc-2022-01-20/source/",
    "header in words": "documents/icc-2022-01-20/header/",
    "how to cite a passage": "documents/icc-2022-01-20/cite/?passage=icc.p11",
    "two texts side by side": "compare/icc-2022-01-20/spark-2022-01-17/?topic=parallel.caspian",
    "search": "search/",
    "search with results": "search/?q=workers",
    "search without results": "search/?q=xyzzy",
    "search misunderstood": "search/?q=(gas",
    "search narrowed": "search/?q=person:tokayev&place=pl-kazakhstan&from=2019",
    "search text by text": "search/?q=workers&group=document",
    "all values of a facet": "search/facet/place/?q=person:tokayev",
    "how to search": "search/help/",
    "concordance": "search/concordance/?q=workers&order=left",
    "words": "search/words/",
    "words of two texts": "search/words/?view=compare",
    "words near a word": "search/words/?view=near&node=gas",
    "all registers": "registers/",
    "register": "registers/persons/",
    "register with a map": "registers/places/",
    "register with a line of time": "registers/events/",
    "register entry": "registers/persons/pers-tokayev/",
    "corpus report": "report/",
    "prose of the edition": "pages/about/",
    "what programs can ask": "api/",
    "downloads": "downloads/",
    "accessibility": "pages/accessibility/",
    "versions": "versions/",
    "wrong address": "documents/none/",
}
"""What a reader would call it → an address, from the root of the site."""

FURTHER = {
    "the other text": "documents/spark-2022-01-17/",
    "encoding guidelines": "pages/encoding/",
    "register narrowed to nothing": "registers/persons/?q=xyzzy",
    "entry with relations": "registers/organisations/org-csto/",
    "no such witness": "documents/icc-2022-01-20/witness/A/",
    "no such entry": "registers/persons/none/",
}
"""Pages of the same kinds that have something of their own: tested at fewer widths, and for markup."""

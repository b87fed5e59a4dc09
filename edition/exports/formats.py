"""The formats: what each is called, its media type, and what makes it.

A format is a stylesheet in ``xslt/export/``, which names itself by two attributes (``ed:name``, ``ed:media-type``); those for
managers of references need none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from edition import citations
from edition.citations import Citation
from edition.exports import books, pages, sheets
from edition.overrides import stylesheets
from edition.records import FORMATS
from edition.settings import Settings
from edition.snapshot import Format
from edition.transform import stylesheet_facts

CITING: Mapping[str, tuple[str, str, Callable[[Citation], str]]] = {
    "bib": ("BibTeX", "application/x-bibtex", citations.bibtex),
    "ris": ("RIS", "application/x-research-info-systems", citations.ris),
    "csl.json": ("CSL-JSON", "application/vnd.citationstyles.csl+json", citations.csl_json),
}
"""Formats for managers of references, by extension: name, media type, what writes them."""

PACKED: Mapping[str, Callable[[str, Settings], bytes]] = {
    "epub": books.packed,
    "html": pages.styled,
    "json": lambda made, settings: laid_out(made),
    "jsonld": lambda made, settings: laid_out(made),
}
"""What XSLT cannot do by itself, by extension, but for PDFs."""


def laid_out(made: str) -> bytes:
    """JSON with its values on lines of their own."""
    return (json.dumps(json.loads(made), ensure_ascii=False, indent=1) + "\n").encode()


def formats(settings: Settings) -> tuple[Format, ...]:
    """The formats this project has made, in the order in which they are shown."""
    named = [Format(extension, name, type) for extension, (name, type, _) in CITING.items()]
    for path in (stylesheets(settings) / "export").glob("*.xsl"):
        name, type = stylesheet_facts(path)
        named.append(Format(path.stem, name or path.stem.upper(), type or "application/octet-stream"))
    wanted = (each for each in named if each.extension not in settings.without)
    return tuple(sorted(wanted, key=lambda each: ((*FORMATS, each.extension).index(each.extension), each.extension)))


def packed(extension: str, made: str, settings: Settings) -> tuple[bytes, str]:
    """What a stylesheet wrote as the bytes of a file, and the letters in it that could not be shown."""
    if extension == "pdf":
        return sheets.typeset(made, settings)
    packer = PACKED.get(extension)
    return packer(made, settings) if packer else made.encode(), ""

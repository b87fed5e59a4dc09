"""Kinds of passage in words."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "paragraph": "paragraphs",
    "head": "headings",
    "note": "notes",
    "editorial": "editors’ notes",
    "line": "lines of verse",
    "item": "items of lists",
    "cell": "cells of tables",
    "caption": "captions",
    "entry": "entries",
    "quote": "quotations",
    "example": "examples",
    "stage": "stage directions",
    "paratext": "title pages, signatures and the like",
    "other": "other passages",
}
"""What readers call several passages of a kind; the kinds are those of ``xslt/shared/passages.xsl``."""

ALSO: Mapping[str, tuple[str, ...]] = {
    "paragraph": ("para",),
    "head": ("title",),
    "note": ("footnote", "endnote"),
    "editorial": ("editorial note",),
    "line": ("line", "verse"),
    "item": ("item", "list"),
    "cell": ("cell", "table"),
    "caption": ("figure",),
    "entry": ("bibliography", "reference"),
    "quote": ("citation",),
    "stage": ("stage direction",),
    "paratext": ("title page", "signature"),
}
"""What readers may ask for and mean a kind."""

"""Where on the site a text, or a place in it, is read: of a long text on the page of the part that has the place."""

from __future__ import annotations

from typing import Literal

from flask import url_for

from webapp.published import published

View = Literal["documents.reading", "views.diplomatic", "documents.source", "witnesses.page"]
"""The pages that have the passages of a text."""


def page(document: str, anchor: str | None = None, view: View = "documents.reading") -> str:
    """The address of the page of a text that has an id; without one, of its first page."""
    part = published().catalogue.part(document, anchor) if anchor else ""
    return url_for(view, id=document, part=part or None)


def address(document: str, anchor: str | None = None, view: View = "documents.reading") -> str:
    """The address of an id in a text, or of the text."""
    part = published().catalogue.part(document, anchor) if anchor else ""
    return url_for(view, id=document, part=part or None, _anchor=anchor)

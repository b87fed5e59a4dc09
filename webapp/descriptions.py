"""Where an entry stands on the site, and what its register says of it: with the addresses that only the site knows."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

from flask import url_for
from markupsafe import Markup

from edition.records import Entry, Reference, resolved
from webapp.entries import Line
from webapp.published import published


def entry_address(line: Line) -> str:
    """The address of an entry's page."""
    return url_for("registers.entry", kind=line.kind.many, key=line.key)


def line_of(file: str, key: str) -> Line | None:
    """The line of an entry, by the file that declares it and its key there."""
    registers = published().registers.values()
    return next((each.by_entry[file, key] for each in registers if (file, key) in each.by_entry), None)


def description(entry: Entry) -> Markup:
    """What an entry says, its links to other entries and to texts written out."""
    return _with_titles(_with_entries(entry))


_ENTRY = re.compile(r' href="entry:([^"]*)"')


def _with_entries(entry: Entry) -> str:
    """What an entry says, with the addresses of the entries it points at in other files; what leads to none is no link."""

    def led(link: re.Match[str]) -> str:
        place = Reference(*resolved(entry.file, unescape(link[1])))
        catalogue = published().catalogue
        there = catalogue.entry_at(place) or catalogue.entry_called(place.key)
        line = line_of(there.file, there.key) if there else None
        return Markup(' href="{}"').format(entry_address(line)) if line else ""

    return _ENTRY.sub(led, entry.html)


_DOCUMENT_BY_ID = re.compile(r'<a href="\.\./\.\./\.\./documents/([^"/#]+)/">\1</a>')


def _with_titles(html: str) -> Markup:
    """What an entry says, with the titles of the texts that it calls by id: a stylesheet sees one file and cannot know them."""

    def titled(link: re.Match[str]) -> str:
        document = published().catalogue.document(unquote(link[1]))
        if document is None:
            return link[0]
        address = url_for("documents.reading", id=document.id)
        return Markup('<a href="{}"><cite lang="{}" dir="auto">{}</cite></a>').format(address, document.language, document.title)

    return Markup(_DOCUMENT_BY_ID.sub(titled, html))  # noqa: S704 - what our stylesheets wrote

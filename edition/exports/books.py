"""The book: the files that ``xslt/export/epub.xsl`` wrote, packed as EPUB 3 says, the same bytes every time."""

from __future__ import annotations

import json
from io import BytesIO

from edition.exports.pages import sheet
from edition.settings import Settings
from edition.zipped import Archive

MEDIA_TYPE = "application/epub+zip"
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def packed(made: str, settings: Settings) -> bytes:
    """A book as one file; ``made`` are its files by name, a JSON object."""
    book = BytesIO()
    with Archive(book) as archive:
        archive.add("mimetype", MEDIA_TYPE.encode(), compressed=False)  # first and as it is: OCF 4.3
        archive.add("META-INF/container.xml", _CONTAINER.encode())
        for name, text in json.loads(made).items():
            archive.add(f"EPUB/{name}", text.encode())
        archive.add("EPUB/book.css", sheet(settings, "book").encode())
    return book.getvalue()

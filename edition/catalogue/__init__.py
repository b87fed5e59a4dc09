"""The catalogue of a snapshot: documents, passages, entries, mentions and links in one SQLite file, and the questions it answers.

Written by the build, then opened read-only and immutable. Passages are numbered from 1 in the order of the documents
and of the text; the search index knows a passage by that number.
"""

from __future__ import annotations

from edition.catalogue.citing import Citing
from edition.catalogue.links import Links
from edition.catalogue.names import Names, Related
from edition.catalogue.opened import CatalogueError
from edition.catalogue.reported import Astray, Reported, facts
from edition.catalogue.texts import Stored
from edition.catalogue.writing import Chunk, RenewalError, Shelved, Writing, is_renewable, note_formats, rows

__all__ = [
    "Astray",
    "Catalogue",
    "CatalogueError",
    "Chunk",
    "Related",
    "RenewalError",
    "Shelved",
    "Stored",
    "Writing",
    "facts",
    "is_renewable",
    "note_formats",
    "rows",
]


class Catalogue(Names, Links, Citing, Reported):
    """An open catalogue; safe to use from several threads (a connection each)."""

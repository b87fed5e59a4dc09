"""The snapshot that is being served: opened once, and a newer one opened beside it as soon as it is current."""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from flask import current_app, g
from markupsafe import Markup

from edition.catalogue import Catalogue, CatalogueError
from edition.records import Document
from edition.snapshot import MANIFEST, Format, Snapshot, SnapshotError, current, current_name, damaged
from edition.store import Entry, Store, in_format, page
from search_index.entries import Names
from search_index.reader import Index, SearchError
from webapp.entries import Register, registers
from webapp.folders import Folder, folders
from webapp.texts import Texts, texts

log = logging.getLogger(__name__)


class Published:
    """One snapshot, opened for reading.

    Raises SnapshotError when files of it are missing or damaged; where only the index is, the search alone is lost.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        bad = damaged(snapshot)
        lost = [name for name in bad if not name.startswith("index/")]
        if lost:
            more = f", and {len(lost) - 1:,} more" if len(lost) > 1 else ""
            raise SnapshotError(f"{snapshot.where(lost[0])} is missing or damaged{more}; run “edition build”")
        self.snapshot = snapshot
        self._store = Store(snapshot.out)
        self.name = snapshot.path.name
        self.catalogue = Catalogue(snapshot.catalogue)
        self.site = self.catalogue.document("edition", "edition") or Document("edition", "", "An edition")
        self.pages = tuple((page.id, page.title) for page in self.catalogue.listing("pages"))
        self.has_registers = self.catalogue.has_entries()
        self.names = Names(self.catalogue)
        self.index: Index | None = None
        try:
            if bad:
                raise SearchError(f"{snapshot.path / bad[0]} is missing or damaged")
            self.index = Index(snapshot.index)
        except SearchError as error:
            log.error("search is out of order: %s; run “edition build”", error)

    @cached_property
    def registers(self) -> dict[str, Register]:
        """The registers that have entries, by the kind's name; read when first asked for."""
        return registers(self.catalogue)

    @cached_property
    def has_changes(self) -> bool:
        """Whether the header of any text dates a change."""
        return bool(self.catalogue.last_changed(1))

    @cached_property
    def texts(self) -> Texts:
        """The texts as their list needs them; read when first asked for."""
        return texts(self.catalogue)

    @cached_property
    def files(self) -> Mapping[str, Mapping[str, Any]]:
        """The archives and the registers as data, by path, with size and SHA-256."""
        listed = json.loads((self.snapshot.path / MANIFEST).read_text("utf-8"))["files"]
        return {path: each for path, each in listed.items() if path.startswith(("downloads/", "registers/"))}

    @cached_property
    def formats(self) -> tuple[Format, ...]:
        """The formats that documents are taken away in, in the order in which they are shown."""
        return tuple(Format(**each) for each in json.loads(self.snapshot.formats.read_text("utf-8")))

    @cached_property
    def harvest(self) -> tuple[tuple[str, str, str, bool, bool], ...]:
        """What harvesters of metadata choose from; read when first asked for."""
        return tuple(self.catalogue.harvest())

    @cached_property
    def folders(self) -> Mapping[str, Folder]:
        """The collections by path; read when first asked for."""
        return folders(self.catalogue.paths())

    def fragment(self, product: str, document: Document, role: str = "documents", part: int = 0) -> Markup:
        """A document's HTML of one kind (``reading``, ``source``): what our stylesheets wrote, so safe as it stands.

        Of a long document that of one part, counted from 0. A link to a text that the edition does not have is none: spaces stand
        for it, so that every offset stays as it was.
        """
        text = self.made(document, page(product, part), role).decode()
        return Markup(_TO_A_TEXT.sub(lambda link: link[0] if self._has(unquote(link[1])) else " " * len(link[0]), text))  # noqa: S704

    def made(self, document: Document, name: str, role: str = "documents") -> bytes:
        """A file that was made of a document: see ``edition.store``."""
        entry, folder = self._entry(document, role)
        return entry.read(folder + name)

    def first_line(self, document: Document, name: str) -> bytes:
        """The first line of a file that was made of a document."""
        entry, folder = self._entry(document, "documents")
        return entry.first_line(folder + name)

    def _entry(self, document: Document, role: str) -> tuple[Entry, str]:
        entry, member, _ = self.catalogue.stored(document.id, role)
        return self._store.entry(entry), f"{member}/"

    def in_format(self, document: Document, extension: str) -> bytes | None:
        """A document in a format; None where it could not be made."""
        entry = self._formats(document)
        return entry.read(in_format(extension)) if entry and in_format(extension) in entry else None

    def sizes(self, document: Document) -> Mapping[str, int]:
        """How large a document is in each format that could be made, by extension."""
        entry = self._formats(document)
        files = entry.files if entry else {}
        return {each.extension: files[name] for each in self.formats if (name := in_format(each.extension)) in files}

    def _formats(self, document: Document) -> Entry | None:
        _, _, formats = self.catalogue.stored(document.id)
        return self._store.entry(formats) if formats else None

    def whole(self, product: str, document: Document) -> Markup:
        """All of a document's HTML of one kind, as offsets count in it: of a long one all parts, a space between them."""
        parts = (self.fragment(product, document, part=number) for number in range(max(1, len(document.parts))))
        return Markup(" ").join(parts)

    def _has(self, id: str) -> bool:
        """Whether there is a text or a page of that id."""
        return any(self.catalogue.document(id, role) for role in ("documents", "pages"))


_TO_A_TEXT = re.compile(r' href="[^"]*" data-text="([^"]*)"')
"""A link to another text, as ``xslt/reading/core.xsl`` writes it."""


class Holder:
    """Keeps the current snapshot open. Requests in flight finish on the one they began with."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._refused = ""
        self._held = Published(current(out))

    def now(self) -> Published:
        """The current snapshot; the one before it while the new one cannot be opened."""
        name = current_name(self._out)
        if name not in (self._held.name, self._refused, None):
            with self._lock:
                if name not in (self._held.name, self._refused):
                    self._open(str(name))
        return self._held

    def _open(self, name: str) -> None:
        try:
            self._held = Published(current(self._out))
            log.info("now serving snapshot %s", self._held.name)
        except (SnapshotError, CatalogueError) as error:
            self._refused = name
            log.error("snapshot %s cannot be served, staying with %s: %s", name, self._held.name, error)


def published() -> Published:
    """The snapshot this request is answered from: one and the same from its beginning to its end."""
    if "published" not in g:
        g.published = current_app.extensions["holder"].now()
    return g.published  # type: ignore[no-any-return]

"""What a catalogue knows of the links and remarks that editors made between passages."""

from __future__ import annotations

import json
from typing import Any

from edition.catalogue.texts import Texts
from edition.records import Annotation, Document, Link


class Links(Texts):
    """The questions about links and annotations."""

    def links_between(self, left: str, right: str) -> tuple[Link, ...]:
        """The links that lead to passages of both of these documents, in the order of the encoding."""
        query = """SELECT DISTINCT links.number, record FROM links
            JOIN targets AS one ON one.link = links.number JOIN targets AS other ON other.link = links.number
            WHERE sort = 'link' AND one.document = ? AND other.document = ? ORDER BY links.number"""
        rows = self._all(query, (left, right))
        return tuple(self._link(json.loads(record)) for _, record in rows)

    def linked_documents(self) -> tuple[tuple[str, str], ...]:
        """The pairs of documents that links lead to both of, each pair once, in the order of the documents."""
        query = """SELECT DISTINCT left.id, right.id FROM targets AS one JOIN targets AS other USING (link)
            JOIN links ON links.number = link JOIN documents AS left ON left.id = one.document
            JOIN documents AS right ON right.id = other.document
            WHERE sort = 'link' AND left.role = 'documents' AND right.role = 'documents' AND left.number < right.number
            ORDER BY left.number, right.number"""
        return tuple((left, right) for left, right in self._all(query))

    def linked_with(self, document: str, limit: int) -> tuple[Document, ...]:
        """The documents that links lead to from this one, in the order of the encoding, at most ``limit``."""
        query = """SELECT other.document, min(link) AS first FROM targets AS one JOIN targets AS other USING (link)
            JOIN links ON number = link WHERE sort = 'link' AND one.document = ? AND other.document != one.document
            GROUP BY other.document ORDER BY first, other.document LIMIT ?"""
        found = (self.document(id) for id, _ in self._all(query, (document, limit)))
        return tuple(each for each in found if each)

    def annotations_of(self, document: str) -> tuple[Annotation, ...]:
        """The stand-off remarks on a document or its passages, in the order of the encoding."""
        query = (
            "SELECT record FROM links JOIN targets ON link = number WHERE sort = 'annotation' AND document = ? ORDER BY number"
        )
        found = (json.loads(record) for (record,) in self._all(query, (document,)))
        return tuple(Annotation(each["type"], self._references(each["targets"]), each["html"]) for each in found)

    def _link(self, stored: dict[str, Any]) -> Link:
        return Link(**stored | {"targets": self._references(stored["targets"])})

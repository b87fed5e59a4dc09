"""What is known of a document in the terms of Dublin Core, for protocols."""

from __future__ import annotations

from collections.abc import Mapping

from edition.records import Document
from webapp.absolute import address


def terms(document: Document) -> Mapping[str, tuple[str, ...]]:
    """The fifteen elements of Dublin Core that are known of a document, each with its values; what nobody says is left out."""
    name = [document.title, document.subtitle]
    values = {
        "title": (": ".join(filter(None, name)),),
        "creator": document.authors,
        "contributor": tuple(dict.fromkeys(each.name for each in document.responsibilities)),
        "publisher": (document.publisher,),
        "date": (document.date or document.date_text,),
        "type": ("Text",),
        "format": ("application/tei+xml",),
        "identifier": (address("documents.reading", id=document.id),),
        "source": (document.source_description,),
        "language": (document.language,),
        "relation": (document.series,),
        "rights": tuple(dict.fromkeys(filter(None, (part for each in document.licences for part in (each.target, each.text))))),
    }
    return {term: kept for term, each in values.items() if (kept := tuple(filter(None, each)))}

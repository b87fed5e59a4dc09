"""For whoever looks after the server: is it well, and what does it serve?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app

from search_index.query import parse
from search_index.reader import SearchError
from webapp.published import published

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> tuple[dict[str, Any], int]:
    """Which edition, its snapshot id, counts, and whether search answers; 200 as long as pages are served."""
    here = published()
    counts = {"documents": here.catalogue.documents, "passages": here.catalogue.passages}
    edition = current_app.config["SETTINGS"].edition_id
    return {"status": "ok", "edition": edition, "snapshot": here.snapshot.id, **counts, "search": _search_answers()}, 200


def _search_answers() -> bool:
    index = published().index
    try:
        return index is not None and index.find(parse(""), {}, per_page=1).total == published().catalogue.passages
    except SearchError:
        return False

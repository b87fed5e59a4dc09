"""The images of the edition, by the digests that are their names."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, send_file, url_for

from edition.images import MEDIA_TYPES
from webapp.published import published

blueprint = Blueprint("images", __name__)

_NAME = re.compile(r"[0-9a-f]{32}\.(png|jpg|gif|webp)")


@blueprint.get("/images/<name>")
def image(name: str) -> Response:
    """An image, as it lies beside the TEI."""
    known = _NAME.fullmatch(name)
    path = published().snapshot.images / name
    if known is None or not path.is_file():
        abort(404, description="This edition has no such image.")
    return send_file(path, mimetype=MEDIA_TYPES[known[1]], etag=False)


def image_address(name: str) -> str:
    """The address of an image."""
    return url_for("images.image", name=name)

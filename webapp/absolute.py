"""Whole addresses, for what is read elsewhere: under the public address of the edition, or where it is asked for."""

from __future__ import annotations

from urllib.parse import urljoin

from flask import current_app, request, url_for


def absolute(path: str) -> str:
    """The whole address of a path of this site."""
    return urljoin(current_app.config["SETTINGS"].site_url or request.url_root, path.lstrip("/"))


def address(endpoint: str, **values: object) -> str:
    """The whole address of an endpoint."""
    return absolute(url_for(endpoint, **values))  # type: ignore[arg-type]

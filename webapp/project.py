"""What a project lays over the site: its ``templates/`` and ``static/`` win by file name.

A template may extend the one it replaces as ``original/<name>``; ``static/project.css``, where there is one, is part of the style
of every page, after our own.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, send_from_directory
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader
from werkzeug.exceptions import NotFound

from edition.settings import Settings

SHEET = "project"
"""The stem of the project's own style sheet."""


def folders(settings: Settings) -> tuple[Path, Path]:
    """Where a project keeps its templates and its static files."""
    return settings.project / "templates", settings.project / "static"


def install(app: Flask) -> None:
    """Let the project's files win."""
    templates, static = folders(app.config["SETTINGS"])
    ours = app.jinja_loader
    if ours is not None:
        loaders: list[BaseLoader] = [FileSystemLoader(templates), ours, PrefixLoader({"original": ours})]
        app.jinja_loader = ChoiceLoader(loaders)

    def static_file(filename: str) -> Response:
        try:
            return send_from_directory(static, filename)
        except NotFound:
            return send_from_directory(str(app.static_folder), filename)

    app.view_functions["static"] = static_file


def sheets(app: Flask) -> dict[str, Path]:
    """The style sheets by their stems."""
    _, static = folders(app.config["SETTINGS"])
    return {path.stem: path for folder in (Path(str(app.static_folder)), static) for path in folder.glob("*.css")}

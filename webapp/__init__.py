"""The site: reads one snapshot, never writes, never looks inside TEI. The one package that imports Flask.

``create_app(settings)`` is the only way to an app. Every answer is a function of the snapshot and the address, so it has an
ETag before it is made; what is not (health) says ``no-store``.
"""

from __future__ import annotations

from flask import Flask

from edition.settings import Settings
from webapp import (
    accessibility,
    api,
    compare,
    concordance,
    discovery,
    documents,
    downloads,
    dts,
    errors,
    examples,
    health,
    home,
    images,
    oai,
    openapi,
    project,
    registers,
    report,
    responses,
    results,
    search,
    signposting,
    style,
    versions,
    views,
    witnesses,
    words,
)
from webapp.published import Holder


def create_app(settings: Settings) -> Flask:
    """The app that serves the current snapshot of a project, and each later one as soon as it is current.

    Raises SnapshotError or CatalogueError when there is nothing whole to serve.
    """
    app = Flask(__name__, static_url_path="/static")
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["holder"] = Holder(settings.out)
    app.config["SETTINGS"] = settings
    reading = (home, accessibility, documents, downloads, views, witnesses, compare, registers, versions, report, images)
    searching = (search, examples, concordance, words, results)
    for each in (*reading, *searching, api, openapi, dts, oai, discovery, signposting, health):
        app.register_blueprint(each.blueprint)
    project.install(app)
    style.install(app)
    responses.install(app)
    errors.install(app)
    return app

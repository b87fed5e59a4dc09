"""The corpus report, where the host lets it be seen."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, render_template

from edition.report import read
from webapp.published import published

blueprint = Blueprint("report", __name__)

SHOWN = 8
"""Items of a section that are seen at once; the others open."""


@blueprint.get("/report/")
def page() -> str:
    """What is encoded, and what an editor may want to look at; 404 where the site does not show it."""
    if not current_app.config["SETTINGS"].site_report:
        abort(404, description="This site does not show its corpus report.")
    return render_template("report.html", report=read(published().snapshot.report), shown=SHOWN)

"""Style: the sheets a page needs, sent as one, since every request costs a phone a trip to the server and back."""

from __future__ import annotations

from flask import Flask, Response, abort, url_for

from webapp import project

EVERYWHERE = ("tokens", "base", "frame", "pages", "text", "elements", "kinds")
"""The sheets of every page, by the stems of their files in ``static/``; those of paper come last."""
PAPER = "print"


def install(app: Flask) -> None:
    """Give an app its style sheets, and templates ``style_sheet``."""

    @app.get("/static/all-<names>.css", endpoint="static_sheets")
    def sheets(names: str) -> Response:
        """Several sheets one after the other; what is for paper, for paper alone."""
        known = project.sheets(app)
        asked = names.split("-")
        if not known.keys() >= set(asked):
            abort(404)
        texts = ((name, known[name].read_text("utf-8")) for name in asked)
        joined = "".join(f"@media print {{\n{text}}}\n" if name == PAPER else text for name, text in texts)
        return Response(joined, mimetype="text/css")

    @app.template_global()
    def style_sheet(more: tuple[str, ...]) -> str:
        """The address of what a page needs of style that has ``more`` than every page has."""
        own = (project.SHEET,) if project.SHEET in project.sheets(app) else ()
        return url_for("static_sheets", names="-".join((*EVERYWHERE, *more, *own, PAPER)))

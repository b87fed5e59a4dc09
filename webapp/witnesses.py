"""Witnesses: the text of a document as one of its witnesses has it, cut out of the text that holds all readings.

That text is what ``xslt/pages/witnesses.xsl`` wrote: first a line of JSON, then the page (of a long text the pages), in which
signs around each reading say who has it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from flask import Blueprint, abort, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from edition import store
from edition.records import Document
from webapp.documents import known
from webapp.parts import contents, shown_part
from webapp.published import published

blueprint = Blueprint("witnesses", __name__, url_prefix="/documents")

_SIGN = re.compile("\ufdd0([^\ufdd2]*)\ufdd2|\ufdd1")


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness of a text: its siglum, and what the list of witnesses calls it, empty where there is none."""

    siglum: str
    name: str


@blueprint.url_defaults
def _same_witness(_: str, values: dict[str, Any]) -> None:
    """From a page of a witness, a way to a page of one that is not named leads to the same."""
    if "siglum" not in values and request.view_args:
        values |= {name: value for name, value in request.view_args.items() if name == "siglum"}


@blueprint.get("/<id>/witness/<siglum>/")
@blueprint.get("/<id>/witness/<siglum>/part/<part>/")
def page(id: str, siglum: str, part: str = "") -> str | Response:
    """The text as a witness has it, of a long text its contents or a part; where no readings are known, as the editors read."""
    document = known(id)
    witnesses = witnesses_of(document)
    witness = next((each for each in witnesses if each.siglum == siglum), None)
    if witness is None:
        abort(404, description=f"The text “{document.title}” has no witness “{siglum}”.")
    here = shown_part(document, part, "witnesses.page")
    if here is None:
        return contents(document, f"Witness {siglum}", "witnesses.page", witness=witness, witnesses=witnesses)
    if isinstance(here, Response):
        return here
    text = here.fragment("witnesses")
    fragment = Markup(as_in(text if here.number > 1 else text.partition("\n")[2], siglum))  # noqa: S704  ours, some of it cut out
    return render_template("witness.html", document=document, here=here, witness=witness, witnesses=witnesses, fragment=fragment)


@blueprint.app_template_global()
def witnesses_of(document: Document) -> tuple[Witness, ...]:
    """The witnesses whose readings a document gives, in the order of their first readings."""
    listed = published().first_line(document, store.page("witnesses")).decode()
    return tuple(Witness(siglum, name) for siglum, name in json.loads(unescape(listed))) if listed else ()


def as_in(text: str, siglum: str) -> str:
    """A text that holds all readings, with those alone that a witness has.

    >>> as_in("a \ufdd0! B C\ufdd2gate\ufdd1\ufdd0B C\ufdd2grate\ufdd1", "B")
    'a grate'
    """
    kept: list[str] = []
    shown = [True]  # whether the reading we are in, and those around it, are the witness's
    position = 0
    for sign in _SIGN.finditer(text):
        if shown[-1]:
            kept.append(text[position : sign.start()])
        position = sign.end()
        if sign[1] is None:
            shown.pop()
        else:
            but, *sigla = unescape(sign[1]).split(" ") if sign[1].startswith("!") else ("", *unescape(sign[1]).split(" "))
            shown.append(shown[-1] and (siglum in sigla) != bool(but))
    kept.append(text[position:])
    return "".join(kept)

"""Wrong turns: a page that helps, or problem+json for programs. Never a trace."""

from __future__ import annotations

import logging

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from edition.store import StoreError
from webapp.nearby import pages_near
from webapp.responses import FOR_PROGRAMS

log = logging.getLogger(__name__)

TITLES = {
    400: "This request cannot be understood",
    404: "There is nothing at this address",
    405: "That cannot be done at this address",
    410: "This has been withdrawn",
    500: "Something went wrong",
    503: "Search is out of order at the moment",
}
MESSAGES = {
    400: "Something in the address is not as it should be.",
    404: "The address may be mistyped, or point to something this edition never had.",
    405: "This address can only be read.",
    410: "It was part of this edition once and is so no longer.",
    500: "The fault is on our side. The texts are not affected; please try again, or go on from here.",
    503: "Reading is not affected. Please try the search again later.",
}


def install(app: Flask) -> None:
    """Give an app its answers to what goes wrong."""

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        return _answer(error)

    @app.errorhandler(StoreError)
    def damaged(error: StoreError) -> Response:
        log.error("%s %s failed: %s", request.method, request.path, error)
        return _answer(InternalServerError())

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        log.exception("%s %s failed", request.method, request.path)
        return _answer(InternalServerError())


def _answer(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:  # a redirect
        return error.get_response()  # type: ignore[return-value]
    code = error.code or 500
    title = TITLES.get(code, error.name)
    worded = error.description if type(error).description != error.description else None
    message = worded or MESSAGES.get(code, "")
    if request.path.startswith(FOR_PROGRAMS):
        response = make_response({"type": "about:blank", "title": title, "status": code, "detail": message})
        response.mimetype = "application/problem+json"
    else:
        near = pages_near(request.path) if code == 404 else ()
        response = make_response(render_template("error.html", code=code, title=title, message=message, near=near))
    response.status_code = code
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response

"""Values of a query string, checked: a wrong one is answered 400, in words."""

from __future__ import annotations

from flask import abort, request

LAST_PAGE = 1_000_000


def page_number() -> int:
    """``page``, counting from 1; 1 where it is not given."""
    return number("page", 1, LAST_PAGE)


def number(name: str, default: int, most: int) -> int:
    """A whole number from 1 to ``most``."""
    given = request.args.get(name, str(default))
    if not (given.isascii() and given.isdigit() and len(given) < 10 and 1 <= int(given) <= most):
        abort(400, description=f"“{name}” must be a whole number from 1 to {most}.")
    return int(given)

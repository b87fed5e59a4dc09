"""``edition search``: the search of the site, answered on the command line."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import click

from scripts import options


@click.command()
@click.argument("query")
@options.project
@options.out
@click.option("--format", "form", type=click.Choice(("text", "json", "csv")), default="text", help="How passages are written.")
def command(query: str, project: Path, out: str | None, form: str) -> None:
    """Find passages in the current snapshot: the same search as the site, all that it finds at once.

    The page /search/help/ of the site explains the language of queries. Put QUERY in single quotes, and -- before one that begins
    with a hyphen. Exit status: 0 also when nothing is found, 1 where the search cannot answer, 2 wrong usage.
    """
    from edition.catalogue import CatalogueError
    from edition.snapshot import SnapshotError
    from webapp import create_app

    logging.disable(logging.ERROR)  # what goes wrong is said below
    settings = options.settings(project, out=out)
    try:
        site = create_app(settings).test_client()
    except (SnapshotError, CatalogueError) as error:
        raise click.ClickException(str(error)) from error
    answer = site.get("/search.csv" if form == "csv" else "/search.json", query_string={"q": query})
    if answer.status_code != 200:
        raise click.ClickException("The search is out of order; run “edition build”.")
    found = answer.get_data(as_text=True)
    if form != "text":
        click.echo(found, nl=False)
        return
    result = json.loads(found)
    _say_problems(query, result)
    for line in _lines(result):
        click.echo(line)


def _say_problems(query: str, result: dict[str, Any]) -> None:
    """What was not understood, each with the place it is about."""
    for problem in result["problems"]:
        shown = re.sub(r"\s", " ", query)
        click.echo(f"{shown}\n{' ' * problem['position']}^ {problem['message']}", err=True)
    for note in result["notes"]:
        click.echo(note, err=True)


def _lines(result: dict[str, Any]) -> Iterator[str]:
    """The passages, and in the last line how many there are."""
    for hit in result["hits"]:
        yield click.style(f"{hit['title']} · {hit['label']}", bold=True) + f"  {hit['document']}#{hit['passage']}"
        marked = re.sub(r"<mark>(.*?)</mark>", lambda match: click.style(match[1], underline=True), hit["html"], flags=re.DOTALL)
        yield f"    {unescape(marked)}\n"
    if result["suggestion"] and not result["hits"]:
        yield f"Did you mean: {result['suggestion']}"
    counts = ", ".join(_counted(result[name], word) for name, word in (("total", "passage"), ("documents", "text")))
    yield f"{counts}; searched for {result['understood']}"


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'s' * (number != 1)}"

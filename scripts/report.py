"""``edition report``: the corpus report of the edition that was built last."""

from __future__ import annotations

import json
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scripts import options
from scripts.pages import page_head

if TYPE_CHECKING:
    from edition.report import Item, Report, Section

SHOWN = 8
"""Items of a section that a reader sees; data has more."""


@click.command()
@options.project
@options.tei
@options.out
@click.option("--format", "form", type=click.Choice(("text", "json", "html")), default="text", help="How the report is written.")
def command(project: Path, tei: str | None, out: str | None, form: str) -> None:
    """Report what is encoded in the edition, and what an editor may want to look at, with file and line.

    It is about the edition as it was built last. Sections that have nothing to tell are left out of the text.
    """
    from edition.report import read
    from edition.snapshot import SnapshotError, current

    settings = options.settings(project, tei=tei, out=out)
    try:
        found = read(current(settings.out).report)
    except (SnapshotError, FileNotFoundError) as error:
        raise click.ClickException(f"{settings.out}: there is no report yet; run “edition build”") from error
    click.echo({"text": _text, "json": _json, "html": _html}[form](found), nl=False)


def _text(found: Report) -> str:
    return "\n".join([f"{_counted(found)}\n", *(_section(each) for each in found.sections if each.total)])


def _counted(found: Report) -> str:
    open_ = (
        f"{len(found.open)} matters to look at" if len(found.open) > 1 else "1 matter to look at" if found.open else "all is well"
    )
    return f"{found.documents:,} document{'s' * (found.documents != 1)}, {found.words:,} words; {open_}."


def _section(section: Section) -> str:
    lines = [
        f"{section.title}: {section.total:,}",
        f"  {section.meaning}",
        *(f"  - {item_line(each)}" for each in section.items[:SHOWN]),
    ]
    more = section.total - SHOWN
    return "\n".join([*lines, f"  and {more:,} more"] if more > 0 else lines) + "\n"


def item_line(item: Item) -> str:
    """An item in words, with its place."""
    times = f", {item.count:,} times" if item.count > 1 else ""
    return (
        f"{item.words}{times}{f', first at {item.place}' if item.place and times else f' ({item.place})' if item.place else ''}"
    )


def _json(found: Report) -> str:
    return json.dumps(asdict(found), indent=1, ensure_ascii=False) + "\n"


def _html(found: Report) -> str:
    parts = [f"{page_head('Corpus report')}<h1>Corpus report</h1>\n<p>{_counted(found)}</p>\n"]
    for section in (each for each in found.sections if each.total):
        items = "".join(f"<li class='note'>{escape(item_line(each))}</li>\n" for each in section.items)
        rest = f"<p>and {section.total - len(section.items):,} more</p>" if section.total > len(section.items) else ""
        head = f"<h2>{section.title}: {section.total:,}</h2>\n<p>{section.meaning}</p>"
        parts.append(f"<section>\n{head}\n<ul>\n{items}</ul>{rest}\n</section>\n")
    return "".join(parts) + "</html>\n"

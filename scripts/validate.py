"""``edition validate``: all findings of all files."""

from __future__ import annotations

import json
import os
from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scripts import options
from scripts.pages import page_head

if TYPE_CHECKING:
    from edition.findings import Finding
    from edition.review import Review


@click.command()
@click.argument("files", metavar="[FILE…]", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.project
@options.tei
@options.out
@click.option("--format", "form", type=click.Choice(("text", "json", "html")), default="text", help="How findings are written.")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Worker processes (default: one a core).")
def command(files: tuple[Path, ...], project: Path, tei: str | None, out: str | None, form: str, jobs: int) -> None:
    """Find all that is wrong in the project, or in these FILEs of it (or elsewhere), in one run; build nothing.

    Well-formedness, the grammar that edition.toml names or tei/schema/edition.rng, the rules tei/schema/edition.sch, else the
    schemas that a file names itself (xml-model); elements without a display rule, inclusions, pointers and ids across files,
    register entries that are never mentioned, documents without licence, date or language.
    docs/findings.md explains each code. Exit status: 0 nothing to mend, 1 findings, 2 wrong usage.
    """
    from edition.inputs import InputError
    from edition.review import review
    from edition.transform import TransformError
    from edition.workers import WorkersError

    settings = options.settings(project, tei=tei, out=out)
    try:
        found = review(settings, files, jobs, options.Progress())
    except InputError as error:
        raise click.UsageError(str(error)) from error
    except TransformError as error:
        raise click.ClickException(f"A stylesheet is wrong: {error}") from error
    except (OSError, WorkersError) as error:
        raise click.ClickException(str(error)) from error
    click.echo({"text": _text, "json": _json, "html": _html}[form](found), nl=False)
    if form == "text":
        click.echo(f"{_counted(found)}{_unchecked(found)}", err=bool(found.findings))
    if not all(finding.is_note for finding in found.findings):
        raise SystemExit(1)


def _counted(found: Review) -> str:
    numbers = {"file": found.files, "finding": len(found.findings)}
    return ", ".join(f"{number} {name}{'s' * (number != 1)}" for name, number in numbers.items())


def _unchecked(found: Review) -> str:
    """What could not be checked for want of a schema, in words; empty when all was."""
    missing = [name for name, there in (("grammar", found.has_grammar), ("rules", found.has_rules)) if not there]
    return f"; no schema in the project: {' and '.join(missing)} not checked" if missing else ""


def _text(found: Review) -> str:
    return "".join(
        f"{each.path}:{each.line}:{each.column}  {each.code}  {each.message}\n    {each.help}\n" for each in found.findings
    )


def _json(found: Review) -> str:
    findings = [
        {
            "path": each.path,
            "line": each.line,
            "column": each.column,
            "code": each.code,
            "severity": each.severity,
            "message": each.message,
            "help": each.help,
        }
        for each in found.findings
    ]
    return json.dumps({"files": found.files, "findings": findings}, indent=1, ensure_ascii=False) + "\n"


def _html(found: Review) -> str:
    """A page that needs nothing but itself: the findings, a section a file."""
    parts = [f"{page_head('Findings')}<h1>Findings</h1>\n<p>{_counted(found)}{_unchecked(found)}.</p>\n"]
    for path, findings in groupby(found.findings, key=lambda each: each.path):
        parts += [f"<section>\n<h2>{escape(path)}</h2>\n<ul>\n", *map(_item, findings), "</ul>\n</section>\n"]
    return "".join(parts) + "</html>\n"


def _item(each: Finding) -> str:
    place = f"{each.path}:{each.line}:{each.column}"
    return (
        f'<li class="{each.severity}"><p><code>{escape(place)}</code> <strong>{each.code} {each.severity}</strong></p>\n'
        f"<p>{escape(each.message)}</p>\n<p>→ {escape(each.help)}</p></li>\n"
    )

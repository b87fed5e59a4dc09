"""``edition build``: tei → snapshot → current."""

from __future__ import annotations

import os
from collections import Counter
from functools import partial
from pathlib import Path

import click

from scripts import options
from scripts.report import item_line

MOST_ALIKE = 20
"""Findings of one code that a build tells."""
MOST_TOLD = 3
"""Sections of the corpus report that a build tells of; “edition report” has them all."""


@click.command()
@options.project
@options.tei
@options.out
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="Worker processes (default: one a core).")
@click.option("--strict", is_flag=True, help="Validate first; publish nothing while there are errors.")
@click.option("--force", is_flag=True, help="Build everything anew, even if nothing changed.")
def command(project: Path, tei: str | None, out: str | None, jobs: int, strict: bool, force: bool) -> None:
    """Build the snapshot that is served: check, transform, catalogue, index.

    Only what changed is transformed again. A document that cannot be read is left out and reported. Until a build is whole,
    and if it fails or is killed, the snapshot before it stays the current one.
    """
    from edition.build import BuildError, build
    from edition.report import read
    from edition.snapshot import current
    from search_index.writer import write_index

    settings = options.settings(project, tei=tei, out=out)
    try:
        report = build(settings, partial(write_index, jobs=jobs), jobs, strict, force, options.Progress())
    except BuildError as error:
        raise click.ClickException(str(error)) from error
    told = Counter[str]()
    for finding in report.findings:
        told[finding.code] += 1
        if told[finding.code] <= MOST_ALIKE:
            click.echo(f"{finding}\n    {finding.help}", err=True)
    for code, count in told.items():
        if count > MOST_ALIKE:
            all_told = current(settings.out).findings
            click.echo(f"{code}: {count - MOST_ALIKE:,} more like these, all in {all_told}", err=True)
    numbers = {"document": report.documents, "passage": report.passages, "finding": len(report.findings)}
    counts = ", ".join(f"{number} {name}{'s' * (number != 1)}" for name, number in numbers.items())
    done = "nothing to do" if report.unchanged else f"{report.transformed} transformed"
    click.echo(f"{counts}; {done}; snapshot {report.snapshot}")
    for section in read(current(settings.out).report).open[:MOST_TOLD]:
        click.echo(f"{section.title}: {section.total:,}; {item_line(section.items[0])}")

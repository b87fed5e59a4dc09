"""Options and progress that several sub-commands share."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from edition.settings import Settings, SettingsError, read

project = click.option(
    "--project",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The folder that holds edition.toml (default: here).",
)
tei = click.option("--tei", metavar="DIR", help="The folder of TEI (default: tei).")
out = click.option("--out", metavar="DIR", help="Where snapshots and the store go (default: build).")


def settings(project: Path, **options: str | None) -> Settings:
    """The project's settings; a mistake in them ends the command with one clear message and exit status 2."""
    here = {name: str(Path(value).resolve()) if value else None for name, value in options.items()}
    try:
        return read(project, here)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error


class Progress:
    """A progress bar on a terminal once the work has taken a second; a plain line every ten seconds elsewhere."""

    def __init__(self) -> None:
        self._draws = sys.stderr.isatty()
        self._started = self._told = time.monotonic()
        self._bar: Any = None
        self._step = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Told which step is at work, how much of it is done, of how much."""
        now = time.monotonic()
        if self._draws and now - self._started >= 1:
            self._draw(step, done, total)
        elif not self._draws and now - self._told >= 10:
            self._told = now
            click.echo(f"{step}: {done:,} of {total:,}", err=True)

    def _draw(self, step: str, done: int, total: int) -> None:
        if step != self._step:
            self._step = step
            self._bar = click.progressbar(length=total, label=step, file=sys.stderr)
        self._bar.update(done - self._bar.pos)
        if done == total:
            self._bar.render_finish()

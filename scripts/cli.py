"""The ``edition`` command: each sub-command is the module of its name, imported only when it is called."""

from __future__ import annotations

import importlib

import click

COMMANDS = ("validate", "build", "serve", "search", "report")


class _Commands(click.Group):
    def list_commands(self, context: click.Context) -> list[str]:
        """The sub-commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The ``command`` of the module of that name."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"scripts.{name}")
        command: click.Command = module.command
        return command


@click.command(cls=_Commands)
@click.version_option(package_name="tei-edition")
def main() -> None:
    """A folder of TEI becomes an edition to read, search, cite and take away."""

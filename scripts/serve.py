"""``edition serve``: the current snapshot on a real WSGI server."""

from __future__ import annotations

import logging
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edition.settings import Settings
from scripts import options

if TYPE_CHECKING:
    from flask import Flask


@click.command()
@options.project
@options.out
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 takes a free one.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1), help="Processes, four threads each.")
def command(project: Path, out: str | None, host: str, port: int, workers: int) -> None:
    """Serve the current snapshot, and each later one as soon as it is built.

    For the public, put a web server with HTTPS in front; docs/hosting.md says how.
    """
    from edition.catalogue import CatalogueError
    from edition.snapshot import SnapshotError, current
    from webapp.published import Published

    settings = options.settings(project, out=out)
    try:
        checked = Published(current(settings.out))
    except (SnapshotError, CatalogueError) as error:
        raise click.ClickException(str(error)) from error
    _serve(settings, _listener(host, port), workers, checked.snapshot.id)


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        advice = "Choose another with --port, or stop what uses it." if port else "Choose another --host."
        raise click.ClickException(f"{host}:{port} cannot be listened on: {error.strerror}. {advice}") from error


def _serve(settings: Settings, listener: socket.socket, workers: int, id: str) -> None:
    try:
        from gunicorn.app.base import BaseApplication
    except ImportError as error:
        raise click.ClickException(
            "gunicorn is not installed. Install it with the extra “serve”, or use scripts/serve."
        ) from error

    from webapp import create_app

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            """Threads in few processes: pages stay quick while searches run."""
            chosen = {
                "bind": f"fd://{listener.fileno()}",
                "workers": workers,
                "threads": 4,
                "worker_class": "gthread",
                "timeout": 30,
                "graceful_timeout": 10,
                "loglevel": "warning",
                "control_socket_disable": True,  # nobody steers it from outside; it writes nothing
            }
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            """An app for each worker, made after the fork."""
            logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
            return create_app(settings)

    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Serving snapshot {id} at http://{shown}:{port}/ (stop with Ctrl-C)")
    Server().run()

"""The project's own edition behind a test client, and as a real server."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright

from edition.settings import Settings
from webapp import create_app

EDITION = Path(sys.executable).with_name("edition")


@pytest.fixture(scope="session")
def client(edition: Settings) -> FlaskClient:
    return create_app(edition).test_client()


@pytest.fixture(scope="session")
def served() -> Callable[..., AbstractContextManager[str]]:
    """A real server, as a context: give it project and output folder, it gives the address."""
    return _served


@contextmanager
def _served(project: Path, out: Path, *options: str) -> Iterator[str]:
    """The address of a real server on a free port, stopped at the end."""
    command = [str(EDITION), "serve", "--project", str(project), "--out", str(out), "--port", "0", *options]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert server.stdout is not None
    assert server.stderr is not None
    try:
        line = server.stdout.readline()
        assert "http://" in line, server.stderr.read()
        address = line.split(" at ")[1].split()[0]
        _wait_for(address + "healthz")
        yield address
    finally:
        server.terminate()
        server.communicate(timeout=20)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@pytest.fixture(scope="session")
def address(edition: Settings) -> Iterator[str]:
    """The edition on a real server."""
    with _served(edition.project, edition.out) as address:
        yield address


@pytest.fixture(scope="session")
def browser(cannot_run: Callable[[str], NoReturn]) -> Iterator[Browser]:
    """Debian's Chromium, one for all tests; each opens contexts of its own, which share nothing."""
    chromium = shutil.which("chromium") or cannot_run("Chromium is not installed")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        yield browser
        browser.close()

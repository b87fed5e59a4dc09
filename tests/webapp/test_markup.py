"""HTML as the Nu checker reads it, CSS as stylelint does: every page of the site in one call, every style sheet in another.

``requirements/package.json`` names the two; ``scripts/test`` installs them where there is npm.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn
from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html

from edition.settings import HOME
from tests.java import JAVA
from tests.site_pages import FURTHER, KINDS

TOOLS = HOME / ".venv" / "npm" / "node_modules"
STATIC = HOME / "webapp" / "static"


@pytest.fixture(scope="module")
def nu(cannot_run: Callable[[str], NoReturn]) -> Callable[..., list[str]]:
    """The Nu checker: give it files, it gives its complaints. Information (“consider using …”) is not one."""
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not shutil.which("java"):
        cannot_run("Java is not installed")
    if not jar.exists():
        cannot_run("the Nu checker is not installed (npm is missing)")

    def check(*files: Path) -> list[str]:
        command = [*JAVA, "-Xss4m", "-jar", jar, "--format", "json", "--also-check-svg", *files]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        messages = json.loads(done.stderr)["messages"]
        return [
            f"{each.get('url', '').rpartition('/')[2]}:{each.get('lastLine', '')}: {each['message']} {each.get('extract', '')}"
            for each in messages
            if each["type"] != "info" or (each.get("subType") == "warning" and "heading" not in each["message"])
        ]

    return check


@pytest.fixture(scope="module")
def stylelint(cannot_run: Callable[[str], NoReturn]) -> Callable[..., str]:
    """The linter of style sheets: give it files, it gives its complaints, a line each."""
    program = TOOLS / "stylelint" / "bin" / "stylelint.mjs"
    node = shutil.which("node") or cannot_run("node is not installed")
    if not program.exists():
        cannot_run("stylelint is not installed (npm is missing)")

    def check(*files: Path) -> str:
        rules = ["--config", HOME / "tests" / "stylelint.json", "--config-basedir", TOOLS.parent]
        command = [node, program, *rules, "--formatter", "unix", *files]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False).stderr

    return check


def pages(client: FlaskClient) -> dict[str, str]:
    """Every page that can be reached without a query, and those of the table, as the server sends them."""
    waiting = ["/" + address for address in (KINDS | FURTHER).values()]
    found: dict[str, str] = {}
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        answer = client.get(address, buffered=True)
        if answer.mimetype != "text/html":
            continue
        found[address] = answer.text
        for link in html.document_fromstring(answer.text).xpath("//a/@href"):
            parts = urlsplit(urljoin("http://localhost" + address, link))
            if parts.netloc == "localhost" and not parts.query and parts.path.endswith("/"):
                waiting.append(parts.path)
    return found


def test_every_page_is_valid_html(client: FlaskClient, nu: Callable[..., list[str]], tmp_path: Path):
    found = pages(client)
    assert len(found) >= len(KINDS)
    for address, text in found.items():
        (tmp_path / (re.sub(r"[^\w.-]+", "_", address) + ".html")).write_text(text, "utf-8")
    complaints = nu(tmp_path, *STATIC.glob("*.svg"))
    assert complaints == [], "\n".join(complaints[:40])


def test_the_style_sheets_are_css_that_browsers_know_and_keep_the_laws_of_the_house(stylelint: Callable[..., str]):
    assert stylelint(*sorted(STATIC.glob("*.css"))) == ""


@pytest.mark.parametrize(
    ("style", "complaint"),
    [
        ("a { colour: var(--ink); }", "property-no-unknown"),
        ("a { color: inc; }", "declaration-property-value-no-unknown"),
        ("a { margin-left: 1rem; }", "property-disallowed-list"),
        ("a { color: #fff; }", "color-no-hex"),
        ("a { font-size: 12px; }", "declaration-property-unit-disallowed-list"),
        ("a { background: url(https://example.org/a.png); }", "function-url-scheme-disallowed-list"),
    ],
)
def test_the_linter_sees(stylelint: Callable[..., str], tmp_path: Path, style: str, complaint: str):
    sheet = tmp_path / "sheet.css"
    sheet.write_text(style + "\n", "utf-8")
    assert complaint in stylelint(sheet)


def test_the_checker_sees_what_is_not_html(nu: Callable[..., list[str]], tmp_path: Path):
    page = tmp_path / "page.html"
    page.write_text('<!DOCTYPE html><html lang="en"><title>A</title><ul><p>B</p></ul></html>', "utf-8")
    assert "not allowed as child" in nu(page)[0]

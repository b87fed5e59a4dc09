"""What a project lays over the site: its templates and its style win by file name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from edition.build import build
from edition.settings import Settings, read
from search_index.writer import write_index
from tests.plain import PLAIN
from webapp import create_app

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The tiny edition in a project folder of its own, built."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(CORPUS, folder / "tei")
    settings = read(folder, {}, PLAIN)
    build(settings, write_index, jobs=1)
    return settings


def client(settings: Settings) -> FlaskClient:
    app = create_app(settings)
    app.testing = True
    return app.test_client()


def write(settings: Settings, name: str, text: str) -> None:
    path = settings.project / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def test_a_template_of_the_project_wins_and_may_extend_ours(built: Settings) -> None:
    before = client(built).get("/")
    write(
        built,
        "templates/home.html",
        '{% extends "original/home.html" %}{% block main %}<p>Welcome.</p>{{ super() }}{% endblock %}',
    )
    after = client(built).get("/")
    assert "<p>Welcome.</p>" not in before.text
    assert "<p>Welcome.</p>" in after.text
    assert after.text.count("</main>") == before.text.count("</main>") == 1
    assert before.headers["ETag"] != after.headers["ETag"]


def test_a_style_sheet_of_the_project_wins_and_one_more_is_added(built: Settings) -> None:
    before = client(built).get("/").text
    write(built, "static/tokens.css", ":root { --ink: #010203; }")
    write(built, "static/project.css", "main { outline: none; }")
    visitor = client(built)
    after = visitor.get("/").text
    (link,) = [each for each in after.split('"') if "/static/all-" in each]
    style = visitor.get(link.replace("&amp;", "&")).text
    assert link not in before
    assert style.index("--ink: #010203") < style.index("main { outline: none; }")
    with visitor.get("/static/tokens.css") as sheet:
        assert sheet.get_data(as_text=True) == ":root { --ink: #010203; }"


@pytest.mark.parametrize("name", ["../tei/edition.xml", "%2e%2e/tei/edition.xml", "nothing.css"])
def test_nothing_else_of_the_project_is_served(built: Settings, name: str) -> None:
    write(built, "static/project.css", "")
    assert client(built).get(f"/static/{name}").status_code == 404

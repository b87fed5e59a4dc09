"""What the README, the documentation and --help say is so."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from edition.settings import HOME, TABLE
from scripts.cli import COMMANDS

README = (HOME / "README.md").read_text("utf-8")
EDITION = Path(sys.executable).with_name("edition")
DOCS = sorted([HOME / "README.md", HOME / "CHANGELOG.md", HOME / "LICENSES.md", *(HOME / "docs").rglob("*.md")])


def helped(*words: str) -> str:
    return subprocess.run([EDITION, *words, "--help"], capture_output=True, text=True, check=True, timeout=30).stdout


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_link_of_the_documentation_leads_to_a_file(path: Path):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_every_place_the_readme_names_exists():
    places = re.findall(r"`((?:tei|xslt|edition|search_index|webapp|scripts|docs)/[^`<]*)", README)
    assert len(places) > 12
    for place in places:
        assert (HOME / place).exists(), place


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme_and_explains_itself(command):
    assert f"`edition {command}`" in README
    assert command in helped()
    assert len(helped(command)) > 200


def test_every_option_the_documentation_shows_exists():
    text = "".join(path.read_text("utf-8") for path in DOCS)
    known = "".join(helped(command) for command in COMMANDS)
    for line in re.findall(r"(?:edition (?:build|serve)|scripts/serve)[^`\n|]*", text):
        for option in re.findall(r"--[a-z]+", line):
            assert option in known, option


def test_every_setting_is_documented_with_its_variable_and_default():
    table = (HOME / "docs" / "settings.md").read_text("utf-8")
    for setting in TABLE:
        row = next(line for line in table.splitlines() if f"`{setting.variable}`" in line)
        assert setting.help in row
        assert (f"`{setting.default}`" if setting.default else "(none)") in row


def test_every_address_of_the_readme_answers(edition):
    from webapp import create_app

    client: FlaskClient = create_app(edition).test_client()
    addresses = [each for each in re.findall(r"`(/[^`]*)`", README) if not each.endswith(ELSEWHERE)]
    assert len(addresses) > 8
    for address in addresses:
        real = re.sub(r"<(\w+)>|…", lambda word: EXAMPLES[word[1] or "…"], address)
        assert client.get(real, buffered=True).status_code == 200, address


ELSEWHERE = ("/witness/<siglum>/", "/images/<name>")
"""What only an edition with an apparatus has, or with images beside its TEI."""
EXAMPLES = {
    "id": "icc-2022-01-20", "passage": "icc.p1", "left": "icc-2022-01-20", "right": "spark-2022-01-17",
    "kind": "persons", "key": "pers-tokayev", "…": "gas",
}  # fmt: skip


def test_the_shell_scripts_run_with_a_plain_shell_and_are_executable():
    for name in ("scripts/serve", "scripts/test", "scripts/set-up", ".ci/run"):
        path = HOME / name
        assert path.stat().st_mode & 0o111, name
        subprocess.run(["sh", "-n", path], check=True)


def test_the_version_of_the_software_stands_in_one_place():
    version = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    sources = [path for folder in ("edition", "search_index", "webapp", "scripts", "xslt") for path in (HOME / folder).rglob("*")]
    for path in sources:
        if path.suffix in (".py", ".xsl", ".html"):
            assert not re.search(rf"(?<![\d.]){re.escape(version)}(?![\d.])", path.read_text("utf-8")), path


@pytest.mark.parametrize("name", ["serve", "test"])
def test_every_locked_package_has_its_hashes(name):
    lock = (HOME / "requirements" / f"{name}.txt").read_text("utf-8")
    packages = re.findall(r"^[a-z0-9-]+==[^\s]+", lock, re.MULTILINE)
    assert len(packages) > 10
    for entry in re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in entry
    direct = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    for requirement in direct:
        assert any(package.startswith(re.split(r"[<>=]", requirement)[0] + "==") for package in packages), requirement


def test_imports_run_one_way():
    order = ("edition", "search_index", "webapp", "scripts")
    for position, package in enumerate(order):
        for path in (HOME / package).rglob("*.py"):
            for module in re.findall(r"^\s*(?:from|import) (\w+)", path.read_text("utf-8"), re.MULTILINE):
                assert module not in order[position + 1 :], f"{path} imports {module}"


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("saxonche", {"edition/transform.py"}),
        (
            "lxml",
            {"edition/transform.py", "edition/validate.py", "edition/inclusion.py", "edition/members.py", "edition/relaxng"},
        ),
        ("flask", {"webapp"}),
        ("whoosh", {"search_index"}),
        ("Stemmer", {"search_index"}),
    ],
)
def test_each_library_has_one_door(library, homes):
    for path in (path for folder in ("edition", "search_index", "webapp") for path in (HOME / folder).rglob("*.py")):
        if re.search(rf"^\s*(?:from|import) {library}\b", path.read_text("utf-8"), re.MULTILINE):
            name = path.relative_to(HOME).as_posix()
            assert {name, *(parent.as_posix() for parent in Path(name).parents)} & homes, name


def test_no_python_module_of_ours_knows_a_name_of_tei():
    for path in (path for folder in ("edition", "search_index", "webapp", "scripts") for path in (HOME / folder).rglob("*.py")):
        assert not re.search(r"\btei:\w|\bteiHeader\b|\bpersName\b|\{http://www\.tei-c\.org", path.read_text("utf-8")), path

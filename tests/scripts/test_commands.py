"""The commands as they are typed: what they print, and how they end."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from edition.settings import HOME
from scripts import options
from tests.plain import PLAIN

EDITION = Path(sys.executable).with_name("edition")
CORPUS = HOME / "tests" / "corpus"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of three documents."""
    shutil.copytree(CORPUS, tmp_path / "tei")
    return tmp_path


def run(*words: str, here: Path, environment: Mapping[str, str] = PLAIN) -> subprocess.CompletedProcess[str]:
    """A command; one that builds makes no formats, and has one worker, unless it is run in another environment."""
    name, *rest = words
    few = ["--jobs", "1"] if name in ("build", "validate") and environment == PLAIN else []
    command, env = [EDITION, name, *few, *rest], os.environ | environment
    return subprocess.run(command, cwd=here, env=env, capture_output=True, text=True, timeout=60, check=False)


def test_a_build_says_in_one_line_what_it_did_and_then_what_to_look_at(project: Path):
    done = run("build", here=project, environment={})
    assert done.returncode == 0
    counts, *more = done.stdout.splitlines()
    assert re.fullmatch(r"3 documents, \d+ passages, 0 findings; 10 transformed; snapshot [0-9a-f]{16}", counts)
    assert [each.partition(":")[0] for each in more] == [
        "References that lead nowhere",
        "Images that are missing",
        "What headers do not say",
    ]
    assert re.fullmatch(r"(\w+: \d+ of \d+\n)*", done.stderr)  # how far it is, where it takes long


def test_a_build_can_be_run_twice(project: Path):
    first, second = run("build", here=project), run("build", here=project)
    assert "nothing to do" in second.stdout
    assert re.findall("snapshot .*", first.stdout) == re.findall("snapshot .*", second.stdout)


def test_a_finding_is_said_with_file_line_code_and_advice(project: Path):
    (project / "tei" / "documents" / "broken.xml").write_text("<TEI>\n<p></TEI>")
    done = run("build", here=project)
    assert done.returncode == 0
    place, advice = done.stderr.splitlines()
    assert re.match(r"tei/documents/broken\.xml:2:\d+ E001 The file is not well-formed XML\.", place)
    assert advice.startswith("    Mend the markup")
    assert re.match(r"3 documents, \d+ passages, 1 finding; 10 transformed; ", done.stdout)


def test_of_many_findings_alike_the_first_are_said_and_where_all_are(project: Path):
    for number in range(23):
        (project / "tei" / "documents" / f"broken-{number:02}.xml").write_text("<TEI>\n<p></TEI>")
    done = run("build", here=project)
    assert len(re.findall(r"broken-\d+\.xml:", done.stderr)) == 20
    last = done.stderr.splitlines()[-1]
    assert last.startswith("E001: 3 more like these, all in ")
    assert Path(last.partition(" all in ")[2]).read_text().count("E001") == 23


def test_a_strict_build_with_an_error_publishes_nothing_and_ends_with_1(project: Path):
    (project / "tei" / "documents" / "broken.xml").write_text("<TEI>\n<p></TEI>")
    done = run("build", "--strict", here=project)
    assert done.returncode == 1
    assert "E001" in done.stderr
    assert not (project / "build" / "current").exists()


def test_a_folder_of_tei_anywhere_is_built_with_two_options(project: Path, tmp_path: Path):
    done = run("build", "--tei", str(CORPUS / "documents"), "--out", str(tmp_path / "elsewhere"), here=tmp_path)
    assert done.returncode == 0
    assert "3 documents" in done.stdout
    assert (tmp_path / "elsewhere" / "current").exists()


@pytest.fixture
def sound(project: Path) -> Path:
    """A project in which nothing is found."""
    documents = project / "tei" / "documents"
    (documents / "song.xml").unlink()
    (documents / "garden" / "plan.xml").unlink()
    shutil.rmtree(project / "tei" / "registers")
    lamp = re.sub(r' (ref|corresp)="[^"]*"', "", (documents / "lamp.xml").read_text("utf-8"))
    (documents / "lamp.xml").write_text(lamp, "utf-8")
    return project


def test_validation_that_finds_nothing_says_how_much_it_looked_at_and_what_it_could_not_check(sound: Path):
    done = run("validate", here=sound)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "3 files, 0 findings; no schema in the project: grammar and rules not checked\n"
    assert {path.name for path in (sound / "build").iterdir()} == {"store"}


def test_validation_says_all_findings_with_place_code_and_advice_and_ends_with_1(project: Path):
    (project / "tei" / "documents" / "broken.xml").write_text("<TEI>\n<p></TEI>")
    done = run("validate", here=project)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert len(lines) == 20
    for place, advice in zip(lines[::2], lines[1::2], strict=True):
        assert re.fullmatch(r"tei/\S+\.xml:\d+:\d+  [EW]\d{3}  \S.*", place)
        assert re.fullmatch(r"    [A-Z].*\.", advice)
    assert done.stderr.startswith("11 files, 10 findings; no schema")


def test_validation_of_some_files_tells_of_those_alone(project: Path):
    done = run("validate", "tei/documents/song.xml", "tei/documents/lamp.xml", here=project)
    assert done.returncode == 1
    assert {line.partition(":")[0] for line in done.stdout.splitlines()[::2]} == {"tei/documents/song.xml"}
    assert done.stderr.startswith("2 files, 4 findings")
    assert run("validate", "tei/documents/lamp.xml", here=project).returncode == 0


def test_validation_as_json_has_the_documented_shape(project: Path):
    done = run("validate", "--format", "json", "tei/documents/song.xml", here=project)
    assert (done.returncode, done.stderr) == (1, "")
    found = json.loads(done.stdout)
    documented = json.loads((HOME / "docs" / "findings.md").read_text("utf-8").partition("```json")[2].partition("```")[0])
    assert found.keys() == documented.keys()
    assert [each["code"] for each in found["findings"]] == ["W303", "W304", "E012", "E012"]
    for each in found["findings"]:
        assert {name: type(value) for name, value in each.items()} == {
            name: type(value) for name, value in documented["findings"][0].items()
        }
        assert each["severity"] == {"E": "error", "W": "warning"}[each["code"][0]]


def test_validation_as_a_page_needs_nothing_else_and_escapes_what_it_quotes(project: Path):
    song = project / "tei" / "documents" / "song.xml"
    song.write_text(song.read_text("utf-8").replace("#A", "#A&lt;&amp;&quot;"), "utf-8")
    done = run("validate", "--format", "html", here=project)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert "<code>tei/documents/song.xml:17:1</code> <strong>E012 error</strong>" in done.stdout
    assert "#A&lt;&amp;&quot;" in done.stdout
    assert not re.search(r"<script|<link|src=|https?:", done.stdout)
    assert done.stdout.count("<section>") == done.stdout.count("</section>") == 4


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("build", "--jobs", "0"), "--jobs"),
        (("build", "--nonsense"), "--nonsense"),
        (("build", "--project", "/no/such/folder"), "no such folder"),
        (("validate", "no-such-file.xml"), "no-such-file.xml"),
        (("validate", "--format", "pdf"), "--format"),
        (("validate", "--tei", "nowhere"), "no such folder"),
        (("serve", "--port", "70000"), "--port"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(project: Path, words, says):
    done = run(*words, here=project)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mistake_in_the_settings_is_said_with_the_file(project: Path):
    (project / "edition.toml").write_text("[site]\nurrl = 'https://example.org'\n")
    done = run("build", here=project)
    assert done.returncode == 2
    assert "edition.toml: no setting is called “site.urrl”" in done.stderr


def test_on_a_terminal_long_work_shows_a_bar(project: Path):
    document = (CORPUS / "documents" / "lamp.xml").read_text("utf-8")
    for n in range(150):
        (project / "tei" / "documents" / f"copy-{n}.xml").write_text(f"{document}<!-- {n} -->", "utf-8")
    seen, given = pty.openpty()
    command, environment = [EDITION, "build", "--jobs", "1"], os.environ | PLAIN
    with subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=given) as build:
        os.close(given)
        shown = b""
        try:
            while piece := os.read(seen, 4096):
                shown += piece
        except OSError:  # the other end is closed: the build is done
            pass
        os.close(seen)
    assert build.returncode == 0
    assert re.search(rb"Transforming +\[#+-*\] +\d+%", shown)


def test_elsewhere_long_work_says_a_plain_line_every_ten_seconds(monkeypatch, capsys):
    now = [0.0]
    monkeypatch.setattr(options.time, "monotonic", lambda: now[0])
    progress = options.Progress()
    for done in range(25):
        now[0] = float(done)
        progress("Transforming", done, 25)
    assert capsys.readouterr().err == "Transforming: 10 of 25\nTransforming: 20 of 25\n"


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of three documents, built."""
    here = tmp_path_factory.mktemp("searched")
    shutil.copytree(CORPUS, here / "tei")
    assert run("build", here=here).returncode == 0
    return here


def test_without_gunicorn_the_server_says_what_to_install(searched: Path):
    program = "import sys; sys.modules['gunicorn'] = None; from scripts.cli import main; main()"
    command = [sys.executable, "-c", program, "serve", "--port", "0"]
    done = subprocess.run(command, cwd=searched, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "gunicorn is not installed" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_search_gives_every_passage_with_its_place_and_counts_them(searched: Path):
    done = run("search", "lamp -lit", here=searched)
    assert done.returncode == 0
    assert done.stderr == ""
    *passages, counts = done.stdout.splitlines()
    assert re.fullmatch(r"(\d+) passages, (\d) texts?; searched for “lamp” and not “lit”", counts)
    places = [line for line in passages if re.search(r" · .*  [\w.-]+#[\w.-]+$", line)]
    assert len(places) == int(counts.split()[0])
    assert all("<mark>" not in line and "&amp;" not in line for line in passages)


def test_a_search_gives_the_same_as_the_site_in_json_and_csv(searched: Path):
    found = json.loads(run("search", "lamp", "--format", "json", here=searched).stdout)
    rows = run("search", "lamp", "--format", "csv", here=searched).stdout.splitlines()
    assert len(rows) == 1 + len(found["hits"]) == 1 + found["total"]
    assert [row.split(",")[0] for row in rows[1:]] == [hit["document"] for hit in found["hits"]]


def test_a_search_that_finds_nothing_is_no_failure_and_may_suggest_another(searched: Path):
    done = run("search", "millbrok", here=searched)
    assert (done.returncode, done.stdout) == (
        0,
        "Did you mean: Millbrook\n0 passages, 0 texts; searched for “millbrok”\n",
    )


def test_what_a_search_did_not_understand_is_pointed_at(searched: Path):
    done = run("search", 'lamp "green', here=searched)
    assert done.returncode == 0
    assert done.stderr == 'lamp "green\n     ^ This quotation mark is never closed.\n'


def test_a_search_where_nothing_is_built_says_what_to_do(tmp_path: Path):
    done = run("search", "lamp", here=tmp_path)
    assert done.returncode == 1
    assert "edition build" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_search_in_a_damaged_index_says_what_to_do(searched: Path, tmp_path: Path):
    shutil.copytree(searched / "build", tmp_path / "build", symlinks=True)
    for path in (tmp_path / "build" / "current" / "index").iterdir():
        path.write_bytes(b"")
    done = run("search", "lamp", here=tmp_path)
    assert (done.returncode, done.stderr) == (1, "Error: The search is out of order; run “edition build”.\n")

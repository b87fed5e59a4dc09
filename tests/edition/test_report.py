"""The corpus report: what is encoded and what may be looked at, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.report import Report, Section, read
from edition.settings import Settings
from edition.settings import read as read_settings
from edition.snapshot import current
from scripts import cli
from webapp import create_app

SOUND = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>Sound</title></titleStmt>'
    "<publicationStmt><availability><licence>Free.</licence></availability><date when='1910'/></publicationStmt>"
    "<sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader><text><body><p>Words.</p></body></text></TEI>"
)
TORN = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p xml:id="a">\ue000 <ref target="#none">x</ref>'
    '<ref target="#none">y</ref></p>\n<p xml:id="a"><strange>z</strange><ref target="gone.xml">w</ref></p>\n'
    '<figure><graphic url="gone.png"/></figure><p><persName ref="#ada">Zoë Reed</persName> <persName>Reed, Zoe</persName> '
    "<persName>Tom</persName> <rs ref='ada'>she</rs></p></body></text></TEI>"
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, make) -> Settings:
    """A built edition of a sound document, a torn one and one that is no XML."""
    folder = tmp_path_factory.mktemp("reported")
    for name, text in (("sound", SOUND), ("torn", TORN), ("wrong", "<TEI>")):
        (folder / f"{name}.xml").write_text(text, "utf-8")
    settings = read_settings(folder, {}, {})
    make(settings)
    return settings


@pytest.fixture(scope="module")
def report(settings: Settings) -> Report:
    return read(current(settings.out).report)


def section(report: Report, name: str) -> Section:
    return next(each for each in report.sections if each.name == name)


@pytest.mark.parametrize(
    ("name", "items"),
    [
        (
            "unresolved",
            [("@target=“#none”", 2, "torn.xml:1"), ("@target=“gone.xml”", 1, "torn.xml:2")],
        ),
        ("unregistered", [("ada", 2, "torn.xml:3")]),
        ("images", [("gone.png", 1, "torn.xml:3")]),
        ("doubled", [("“a”, first in line 1", 1, "torn.xml:2")]),
        ("undisplayed", [("<strange>", 1, "torn.xml:2")]),
        ("lacking", [(f"no {what}", 1, "torn.xml:1") for what in ("title", "licence", "date", "language")]),
        ("private", [("U+E000", 1, "torn.xml:1")]),
        ("alike", [("person: “Reed, Zoe” (reed_zoe), “Zoë Reed” (ada)", 2, "")]),
    ],
)
def test_each_section_tells_what_and_where_first(report: Report, name: str, items: list[tuple[str, int, str]]) -> None:
    found = section(report, name)
    assert [(each.words, each.count, each.place) for each in found.items] == items
    assert found.total == len(items)


def test_files_left_out_are_told_with_the_reason(report: Report) -> None:
    (item,) = section(report, "left-out").items
    assert item.words.startswith("The file is not well-formed XML.")
    assert item.place == "wrong.xml:1"


def test_elements_and_attributes_are_counted_over_all_documents(report: Report) -> None:
    elements = {each.words: each.count for each in section(report, "elements").items}
    assert (elements["<p> in 2 documents"], elements["<persName> in 1 document"]) == (5, 3)
    assert {each.words: each.count for each in section(report, "attributes").items}["@target"] == 3


def test_the_command_and_the_page_show_the_same_and_the_build_the_first(settings: Settings, report: Report) -> None:
    from click.testing import CliRunner

    told = CliRunner().invoke(cli.main, ["report", "--project", str(settings.project)])
    assert (told.exit_code, "- no licence (torn.xml:1)" in told.output) == (0, True)
    page = create_app(settings).test_client().get("/report/").text
    written = CliRunner().invoke(cli.main, ["report", "--project", str(settings.project), "--format", "html"]).output
    for each in report.open:
        assert each.title in told.output
        assert f'id="{each.name}">{each.title}' in page
        assert each.title in written
    built = CliRunner().invoke(cli.main, ["build", "--project", str(settings.project), "--jobs", "1"])
    assert "References that lead nowhere: 2; @target=“#none”, 2 times, first at torn.xml:1" in built.output


def test_without_a_build_the_command_says_what_to_do(tmp_path: Path) -> None:
    from click.testing import CliRunner

    (tmp_path / "a.xml").write_text(SOUND)
    told = CliRunner().invoke(cli.main, ["report", "--project", str(tmp_path)])
    assert (told.exit_code, "run “edition build”" in told.output) == (1, True)


@pytest.mark.parametrize(("options", "status"), [({}, 404), ({"site.report": "yes"}, 200), ({"site.report": "no"}, 404)])
def test_a_public_site_shows_its_report_only_where_that_is_switched_on(
    settings: Settings, options: dict[str, str], status: int
) -> None:
    public = read_settings(settings.project, {"site.url": "https://example.org/", **options}, {})
    site = create_app(public).test_client()
    assert site.get("/report/").status_code == status
    assert ('<a href="/report/">Corpus report</a>' in site.get("/downloads/").text) == (status == 200)

"""Settings: the file, overruled by the environment, overruled by options; another name is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.settings import TABLE, Setting, SettingsError, read


def test_options_overrule_the_environment_which_overrules_the_file(tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text('tei = "a"\nout = "a"\n[site]\nurl = "https://a.example/"\n')
    environment = {"EDITION_OUT": "b", "EDITION_SITE_URL": "https://b.example"}
    settings = read(tmp_path, {"site.url": "https://c.example", "out": None}, environment)
    assert (settings.tei, settings.out) == (tmp_path / "a", tmp_path / "b")
    assert settings.site_url == "https://c.example/"


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    settings = read(tmp_path, {}, {})
    assert (settings.project, settings.tei, settings.out, settings.site_url) == (
        tmp_path,
        tmp_path / "tei",
        tmp_path / "build",
        "",
    )


def test_a_folder_of_tei_is_a_project(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "lamp.xml").touch()
    assert read(tmp_path, {}, {}).tei == tmp_path
    (tmp_path / "lamp.xml").touch()
    assert read(tmp_path, {}, {}).tei == tmp_path
    (tmp_path / "edition.toml").touch()
    assert read(tmp_path, {}, {}).tei == tmp_path / "tei"


@pytest.mark.parametrize("nested", ["documents", "pages"])
def test_documents_have_a_folder_of_their_own_where_the_edition_has_folders(tmp_path: Path, nested: str) -> None:
    settings = read(tmp_path, {}, {})
    assert settings.documents == tmp_path / "tei"
    (tmp_path / "tei" / nested).mkdir(parents=True)
    assert settings.documents == tmp_path / "tei" / "documents"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('teh = "x"', "no setting is called “teh”; there are"),
        ('[site]\naddress = "x"', "no setting is called “site.address”"),
        ("out = 3", "“out” must be written as text"),
        ("out = ", "edition.toml: "),
    ],
)
def test_a_slip_of_the_pen_is_heard_of(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "edition.toml").write_text(text)
    with pytest.raises(SettingsError, match=words):
        read(tmp_path, {}, {})


def test_a_file_that_is_not_utf_8_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_bytes(b'out = "caf\xe9"')
    with pytest.raises(SettingsError, match=r"edition\.toml"):
        read(tmp_path, {}, {})


def test_a_project_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nowhere: there is no such folder"):
        read(tmp_path / "nowhere", {}, {})


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.name)
def test_each_setting_has_a_variable_and_a_line_of_help(tmp_path: Path, setting: Setting) -> None:
    assert setting.help
    changed = read(tmp_path, {}, {setting.variable: "no" if setting.name == "site.report" else "other"})
    assert changed != read(tmp_path, {}, {})


def test_what_is_neither_yes_nor_no_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is “maybe”; write yes or no"):
        read(tmp_path, {}, {"EDITION_SITE_REPORT": "maybe"})

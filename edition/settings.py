"""Settings: about the machine and the address, never about the texts (those facts are in TEI headers).

One table says them all. A value comes from ``edition.toml``, is overruled by an ``EDITION_…`` variable, and that by an option
of the command. Only what a row of the table names is read; another name is an error, so that a slip of the pen is heard of.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from edition.records import is_tei_name

HOME = Path(__file__).resolve().parent.parent
"""The checkout: ``xslt/`` and ``tei/`` lie beside the packages, which are installed editable."""


class SettingsError(Exception):
    """A setting cannot be understood; the message names it and says what to write."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row: its dotted name in ``edition.toml``, its default, a line of help."""

    name: str
    default: str
    help: str

    @property
    def variable(self) -> str:
        """The environment variable that overrules the file."""
        return "EDITION_" + self.name.upper().replace(".", "_")


TABLE = (
    Setting("tei", "tei", "the folder of TEI, relative to the project"),
    Setting("out", "build", "where snapshots and the store go, relative to the project"),
    Setting("validate.grammar", "", "the RELAX NG grammar of the documents, relative to the project"),
    Setting("site.url", "", "the public address, for canonical links"),
    Setting("site.email", "", "whom harvesters of metadata (OAI-PMH) may write to"),
    Setting(
        "site.report", "", "whether the site shows the corpus report (/report/), “yes” or “no”; unset: without a public address"
    ),
    Setting(
        "edition.id", "edition", "a short name, by which a host tells this edition from others; names of files begin with it"
    ),
    Setting("exports.without", "", "formats that are not made, by their extensions, parted by spaces: `epub pdf`"),
    Setting("exports.fonts", "fonts", "further fonts for PDFs, relative to the project"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one project, all paths absolute, the address with a slash at its end or empty."""

    project: Path
    tei: Path
    out: Path
    grammar: Path | None
    site_url: str
    email: str
    site_report: bool
    edition_id: str
    without: frozenset[str]
    fonts: Path

    @property
    def documents(self) -> Path:
        """The folder of documents: ``documents/`` below the TEI folder where there is one, else the TEI folder itself.

        Where ``pages/`` stands beside it, ``documents/`` is meant even while it is missing: pages must not pass for documents.
        """
        nested = self.tei / "documents"
        return nested if nested.is_dir() or (self.tei / "pages").is_dir() else self.tei


def read(project: Path, options: Mapping[str, str | None] = {}, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the project in a folder; ``options`` by setting name, None where not given.

    Raises SettingsError when the project is no folder, ``edition.toml`` cannot be read or names what the table does not.
    """
    if not project.is_dir():
        raise SettingsError(f"{project}: there is no such folder")
    home = project.resolve()
    values = {setting.name: setting.default for setting in TABLE}
    if not any((home / name).exists() for name in ("tei", "edition.toml")) and any(
        is_tei_name(path.name) for near in ("*", "*/*") for path in home.glob(near)
    ):
        values["tei"] = "."  # a folder of TEI is project enough
    values |= _from_file(home / "edition.toml")
    values |= {each.name: environment[each.variable] for each in TABLE if each.variable in environment}
    values |= {name: value for name, value in options.items() if value is not None}
    url = values["site.url"]
    if values["site.report"] not in ("yes", "no", ""):
        raise SettingsError(f"“site.report” is “{values['site.report']}”; write yes or no")
    return Settings(
        project=home,
        tei=(home / values["tei"]).resolve(),
        out=(home / values["out"]).resolve(),
        grammar=(home / values["validate.grammar"]).resolve() if values["validate.grammar"] else None,
        site_url=url if not url or url.endswith("/") else url + "/",
        email=values["site.email"],
        site_report=values["site.report"] == "yes" or not (values["site.report"] or url),
        edition_id=values["edition.id"],
        without=frozenset(values["exports.without"].split()),
        fonts=(home / values["exports.fonts"]).resolve(),
    )


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        tree = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as cause:
        raise SettingsError(f"{path}: {cause}") from cause
    values = _flat(tree)
    known = {setting.name for setting in TABLE}
    for name, value in values.items():
        if name not in known:
            raise SettingsError(f"{path}: no setting is called “{name}”; there are {', '.join(sorted(known))}")
        if not isinstance(value, str):
            raise SettingsError(f"{path}: “{name}” must be written as text, in quotation marks")
    return {name: str(value) for name, value in values.items()}


def _flat(tree: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    """A tree of TOML tables as dotted names."""
    flat: dict[str, object] = {}
    for name, value in tree.items():
        flat |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name: value}
    return flat

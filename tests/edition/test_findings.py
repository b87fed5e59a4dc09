"""Breaks of the edition's own files, one a file, and the finding each must give; and the catalogue of all codes.

The finding is expected in the line that has the mark ¦; a start tag's line is the one in which it ends.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from edition.findings import CODES, Finding
from edition.relaxng.grammar import Kind
from edition.review import CODE_OF_KIND, review
from edition.settings import HOME, read
from tests.plain import PLAIN

MARK = "¦"
ICC = "documents/icc-2022-01-20.xml"
PERSONS = "registers/persons.xml"
PLACES = "registers/places.xml"


class Break(NamedTuple):
    """A file, what is to be found in it, what is written instead; the codes it gives, and words of the messages.

    A break that the grammar forbids may be one that a rule explains: then both say so.
    """

    file: str
    old: str
    new: str
    codes: str
    words: str


SCH = r'<\?xml-model href="../schema/edition.sch"[^>]*>\s*'
TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">'
PERSON = 'ref="../registers/persons.xml#pers-tokayev">Tokayev</persName>, has not'
BREAKS = (
    Break(ICC, "fragile</head>", "fragile</haed>¦", "E001", "tag mismatch: head"),
    Break(ICC, "immense anger.", "immense anger & fear.¦", "E001", "EntityRef"),
    Break(ICC, "<author>", "<author n=1>¦", "E001", "AttValue"),
    Break(ICC, '<div xml:id="icc.d1">', '<div xml:id="icc.d1" xml:id="x">¦', "E001", "redefined"),
    Break(ICC, "(?s)<.*", "<html>¦</html>", "E002", "XML, but not TEI"),
    Break(ICC, TEI, '<TEI xml:lang="en">¦', "E003", "without the TEI namespace"),
    Break(ICC, "immense anger", "immense&nbsp;anger¦", "E007", "'nbsp' not defined"),
    Break(
        ICC, "Workers are", '<ref target="#icc.p99">¦Workers</ref> are', "E012 E101", '@target="#icc.p99": nothing in this file'
    ),
    Break(ICC, PERSON, PERSON.replace("tokayev", "tokaev").replace(">T", ">¦T"), "E012", "Did you mean “pers-tokayev”?"),
    Break(ICC, 'xml#spark.p8"/>', 'xml#spark.p88"/>¦', "E012", "Did you mean “spark.p8”?"),
    Break(
        ICC, 'resp="../edition.xml#editors" xml:id="icc.ed1">', 'resp="../edition.xml#us" xml:id="icc.ed1">¦', "E012 E103", "#us"
    ),
    Break(ICC, "<soCalled>terrorist</soCalled>", "<socalled>¦terrorist</socalled>", "E101 W101", "did you mean <soCalled>?"),
    Break(ICC, '<p xml:id="icc.p7">', '<p xml:id="icc.p7"><div>¦<p xml:id="icc.p71">y</p></div>', "E101", "<div>"),
    Break(ICC, '<head xml:id="icc.h2">', '<head xml:id="icc.h2" tipe="x">¦', "E102", "@tipe"),
    Break(
        ICC,
        'cert="high" corresp="../registers/events.xml#ev-zhanaozen-2011">',
        'cert="sure" corresp="../registers/events.xml#ev-zhanaozen-2011">¦',
        "E103",
        "“high”",
    ),
    Break(ICC, 'when="2022-01-20"( [^>]*>)20/1', 'when="20/1/22"\\1¦20/1', "E103", "20/1/22"),
    Break(ICC, '<rs type="role" xml:id="icc-d17">', '<rs xml:id="icc-d17">¦', "E104 E201", "@type"),
    Break(ICC, "Workers are", "<choice>¦<sic>Workers</sic></choice> are", "E105 E201", "choice"),
    Break(ICC, '<div xml:id="icc.d3">', '<div xml:id="icc.d3">¦ stray words', "E106", "stray words"),
    Break(ICC, SCH + TEI, TEI + "¦", "E201", "edition.sch"),
    Break(ICC, '<head xml:id="icc.h2">', "<head>¦", "E104 E201", "is a passage and has no xml:id"),
    Break(ICC, "<quote>terrorists</quote>", "<quote>¦</quote>", "E201", "holds no words"),
    Break(ICC, 'when="2019"( [^>]*>)', 'when="2019" notBefore="2018"\\1¦', "E102 E201", "one point in time"),
    Break(
        ICC,
        'notBefore="2022-01-01" notAfter="2022-01-10"([^>]*>)',
        'notBefore="2022-01-10" notAfter="2022-01-01"\\1¦',
        "E201",
        "is later than",
    ),
    Break(
        ICC, 'ana="../edition.xml#not-normalised">the ongoing', ">¦the ongoing", "E104 E201", "“the ongoing chaos” has neither"
    ),
    Break(
        ICC,
        "Workers are",
        '<date xml:id="icc-d99" ana="../edition.xml#not-normalised">¦Workers</date> are',
        "E201",
        "no note in the stand-off part",
    ),
    Break(
        ICC,
        'pl-kazakhstan">Kazakhstan</placeName> was',
        'pl-kazakhstan" corresp="../registers/organisations.xml#org-kz-government">¦Kazakhstan</placeName> was',
        "E104 E201",
        "must be marked as a metonym",
    ),
    Break(ICC, r'<rs type="org"\s+ref="[^"]*">The Kazakh', '<rs type="org">¦The Kazakh', "E104 E201", "points to no entry"),
    Break(ICC, '<rs type="role" xml:id="icc-d17">', '<rs type="role" xml:id="icc-d17" cert="low">¦', "E102 E201", "says nothing"),
    Break(
        ICC,
        "Workers are",
        '<choice>¦<sic>Workers</sic><corr cert="high" resp="../edition.xml#editors">Workers</corr></choice> are',
        "E201",
        "same as what it corrects",
    ),
    Break(
        ICC,
        'type="editorial" resp="../edition.xml#editors" xml:id="icc.ed1">',
        'type="editorial" xml:id="icc.ed1">¦',
        "E104 E201",
        "resp is missing",
    ),
    Break(ICC, r'place="foot" n="\[1\]"([^>]*>)', 'place="foot"\\1¦', "E104 E201", "n is missing"),
    Break(ICC, "\n *<desc>outlook for the movement</desc>", "¦<desc> </desc>", "E201", "does not say what"),
    Break(
        ICC, '<link target="#icc.p13 spark-2022-01-17.xml#spark.p8"/>', '<link target="#icc.p13"/>¦', "E103 E201", "at least two"
    ),
    Break(ICC, '<p xml:id="icc.p14">', '<p xml:id="icc.p4">¦', "E301", "“icc.p4” is given in line"),
    Break(
        ICC, 'registers(/organisations.xml#org-ru-army">)', "register\\1¦", "E103 E302", "there is no register/organisations.xml"
    ),
    Break(
        ICC, '<p xml:id="icc.p14">', '<p xml:id="spark.p1">¦', "W301", "“spark.p1”: tei/documents/spark-2022-01-17.xml has it too"
    ),
    Break(
        ICC,
        "(?s)<publicationStmt>.*</publicationStmt>",
        "<publicationStmt>¦<authority>We</authority></publicationStmt>",
        "E105 W303",
        "has no licence",
    ),
    Break(PERSONS, '<person xml:id="pers-putin">', "<person>¦", "E104 E201", "has no xml:id"),
    Break(PERSONS, '<person xml:id="pers-putin">', '<person xml:id="putin">¦', "E103 E201", "begins with “pers-”"),
    Break(
        PERSONS,
        '<person xml:id="pers-putin">\n *<persName type="preferred">',
        '<person xml:id="pers-putin">¦<persName>',
        "E104 E201",
        "Exactly one name",
    ),
    Break(PERSONS, "Q7747<", "7747¦<", "E103 E201", "is no identifier of Wikidata"),
    Break(PERSONS, '<person xml:id="pers-putin">', '<person xml:id="pers-putin">¦', "W302", "It is “pers-putin”"),
    Break(PLACES, "<geo>43.34116", "<geo>¦143.34116", "E201", "outside the globe"),
    Break(PLACES, 'passive="#pl-kazakhstan"', 'passive="#pl-kazakstan"¦', "E012", "Did you mean “pl-kazakhstan”?"),
)


def named(number: int) -> str:
    """The file of a break; its name comes after those of the edition's own files."""
    return f"{Path(BREAKS[number].file).parent}/z-{number}.xml"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The broken files, the mark still in them."""
    made = {}
    for number, each in enumerate(BREAKS):
        text, changes = re.subn(each.old, each.new, (HOME / "tei" / each.file).read_text("utf-8"), count=1)
        assert changes == 1, each.old
        made[named(number)] = text
    return made


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]) -> list[Finding]:
    """All findings of a project that has every break in a file of its own, from one run."""
    project = tmp_path_factory.mktemp("broken")
    shutil.copytree(HOME / "tei", project / "tei")
    for name, text in texts.items():
        (project / "tei" / name).write_text(text.replace(MARK, ""), "utf-8")
    return list(review(read(project, {}, PLAIN), jobs=2).findings)


@pytest.mark.parametrize("number", range(len(BREAKS)), ids=lambda number: f"{number} {BREAKS[number].codes}")
def test_a_break_is_told_with_code_line_and_advice(texts: dict[str, str], found: list[Finding], number: int) -> None:
    codes, text = BREAKS[number].codes.split(), texts[named(number)]
    line = 1 + text[: text.index(MARK)].count("\n")
    told = [each for each in found if each.path == f"tei/{named(number)}" and not is_of_copies(each, line, codes)]
    assert [(each.line, each.code) for each in told] == [(line, code) for code in codes]
    assert BREAKS[number].words in " ".join(each.message for each in told)
    assert all(each.help == CODES[each.code][1] for each in told)


def is_of_copies(each: Finding, line: int, codes: list[str]) -> bool:
    """Whether something is found only because the broken file is a copy of another, and not what is looked for."""
    return each.code in ("W301", "W302") and (each.code not in codes or each.line != line)


def test_nothing_is_found_in_the_files_that_are_not_broken(found: list[Finding]) -> None:
    assert [each for each in found if "/z-" not in each.path] == []


CATALOGUE = (HOME / "docs" / "findings.md").read_text("utf-8")
ENTRIES = {entry[:4]: entry for entry in re.split(r"^### ", CATALOGUE, flags=re.MULTILINE)[1:]}


def test_the_catalogue_of_findings_has_every_code_and_no_other() -> None:
    assert set(ENTRIES) == set(CODES)
    assert set(re.findall(r"\b[EWN]\d{3}\b", CATALOGUE)) == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_the_catalogue_says_what_a_code_means_what_to_do_and_shows_an_example(code: str) -> None:
    meaning, advice = CODES[code]
    words = " ".join(ENTRIES[code].split())
    assert f"**{meaning}** {advice}" in words
    assert re.search(r"^    \S", ENTRIES[code], re.MULTILINE)


def test_the_codes_of_the_grammar_are_those_of_its_kinds_of_faults() -> None:
    assert set(CODE_OF_KIND) == set(get_args(Kind))
    assert set(CODE_OF_KIND.values()) <= set(CODES)

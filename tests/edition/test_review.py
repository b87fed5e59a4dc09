"""All findings in one run: what crosses files, which files are asked for, and what happens where something is missing."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from edition import review as review_module
from edition.build import BuildError, Report
from edition.findings import Finding
from edition.inputs import InputError, Scan, described
from edition.review import Review, _judge, _Task, review
from edition.settings import HOME, Settings, read
from edition.snapshot import current
from edition.workers import TimeOutError, Tools, within
from tests.plain import PLAIN

RNG = "http://relaxng.org/ns/structure/1.0"
SCH = "http://purl.oclc.org/dsdl/schematron"
Write = Callable[..., Path]


@pytest.fixture
def small(tmp_path: Path) -> Settings:
    """An empty project with the usual folders."""
    for name in ("documents", "registers"):
        (tmp_path / "tei" / name).mkdir(parents=True)
    return read(tmp_path, {}, PLAIN)


@pytest.fixture
def write(small: Settings, tei: Callable[..., str]) -> Write:
    """Writes a document, complete but for what is asked for, below the TEI folder."""

    def document(place: str, body: str = "<p>A lamp.</p>", licence: bool = True, date: bool = True, stand_off: str = "") -> Path:
        text = tei(f"\n{body}")
        if licence:
            text = text.replace("<p>None.</p></publ", "<availability><licence>Free.</licence></availability></publ")
        if date:
            text = text.replace("<sourceDesc><p>None.</p>", '<sourceDesc><bibl><date when="1910"/></bibl>')
        path = small.tei / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("<text>", f"<standOff>{stand_off}</standOff><text>") if stand_off else text)
        return path

    return document


PERSONS = '\n<listPerson><person xml:id="pers-reed"><persName>Reed</persName></person></listPerson>'


def said(found: Review) -> list[tuple[str, int, str]]:
    return [(each.path.removeprefix("tei/"), each.line, each.code) for each in found.findings]


def test_a_sound_edition_has_no_findings(small: Settings, write: Write) -> None:
    write("registers/persons.xml", stand_off=PERSONS)
    write("documents/a.xml", '<p><persName ref="../registers/persons.xml#pers-reed">Ada</persName></p>')
    assert review(small) == Review(2, (), False, False)


@pytest.mark.parametrize(
    ("pointer", "code", "words"),
    [
        ("../registers/persons.xml#pers-red", "E012", "that file has no such id. Did you mean “pers-reed”?"),
        ("../registers/persons.xml#nobody", "E012", 'A pointer leads nowhere. @ref="../registers/persons.xml#nobody"'),
        ("#nobody", "E012", "nothing in this file has that id."),
        ("../register/persons.xml#pers-reed", "E302", "there is no register/persons.xml in the TEI folder"),
        ("b", "E302", "The element of that id is written “#b”."),
        ("%2e%2e/picture.png", "E302", "there is no picture.png in the TEI folder"),
        ("a" * 5000, "E302", f"there is no documents/{'a' * 110}… in the TEI folder"),
        ("%00%0A.xml", "E302", r"there is no documents/\x00\n.xml in"),
    ],
)
def test_a_pointer_that_leads_nowhere_is_found_with_its_line(
    small: Settings, write: Write, pointer: str, code: str, words: str
) -> None:
    write("registers/persons.xml", stand_off=PERSONS)
    good = '<p xml:id="b"><persName ref="../registers/persons.xml#pers-reed">Ada</persName></p>'
    write("documents/a.xml", f'{good}\n<p><persName ref="{pointer}">Ada</persName></p>')
    found = review(small)
    assert said(found) == [("documents/a.xml", 3, code)]
    assert words in found.findings[0].message


@pytest.mark.parametrize(
    "pointer",
    [
        "../registers/persons.xml#pers-reed",
        "../registers/persons.xml",
        "../registers/",
        "../registers/persons.xml#xpath(//person)",
        "../schema/other.rng#anything",
        "../../elsewhere.xml#a",
        "%2Fetc/nothing",
        "a.xml#b",
        "",
    ],
)
def test_a_pointer_that_leads_somewhere_or_out_of_the_edition_is_let_be(small: Settings, write: Write, pointer: str) -> None:
    (small.tei / "schema").mkdir()
    (small.tei / "schema" / "other.rng").write_text(GRAMMAR)
    write("registers/persons.xml", stand_off=PERSONS)
    write("documents/z.xml", '<p><persName ref="../registers/persons.xml#pers-reed">Ada</persName></p>')
    write("documents/a.xml", f'<p xml:id="b"><ref target="{pointer}">there</ref></p>')
    assert said(review(small)) == []


def test_what_points_into_a_file_that_cannot_be_read_is_not_judged(small: Settings, write: Write) -> None:
    write("registers/persons.xml", stand_off="<listPerson>")
    write("documents/a.xml", '<p><persName ref="../registers/persons.xml#pers-reed">Ada</persName></p>')
    assert [code for _, _, code in said(review(small))] == ["E001"]


def test_an_id_in_several_files_is_one_finding_at_the_second(small: Settings, write: Write) -> None:
    for name in "abc":
        write(f"documents/{name}.xml", '<p>x</p>\n<p xml:id="x">y</p>')
    found = review(small)
    assert said(found) == [("documents/b.xml", 3, "W301")]
    assert "“x”: 3 files have it, tei/documents/a.xml is the first." in found.findings[0].message


def test_an_id_given_twice_in_a_file_is_found_at_the_second(small: Settings, write: Write) -> None:
    write("documents/a.xml", '<p xml:id="x">y</p>\n\n<p xml:id="x">y</p>')
    found = review(small)
    assert said(found) == [("documents/a.xml", 4, "E301")]
    assert "“x” is given in line 2 already" in found.findings[0].message


@pytest.mark.parametrize(
    ("mention", "codes"),
    [
        ('<persName ref="../registers/persons.xml#pers-reed">Ada</persName>', []),
        ('<said who="../registers/persons.xml#pers-reed">Yes.</said>', []),
        ('<persName key="pers-reed">Ada</persName>', []),
        ('<persName ref="#pers-reed">Ada</persName>', []),
        ('<persName ref="pers-reed">Ada</persName>', []),
        ('<said who="#pers-reed">Yes.</said>', []),
        ('<ref target="#pers-reed">Ada</ref>', ["E012"]),
        ('<persName ref="../registers/persons.xml">Ada</persName>', ["W302"]),
        ("<persName>Ada</persName>", ["W302"]),
    ],
)
def test_an_entry_that_no_document_points_at_is_found(small: Settings, write: Write, mention: str, codes: list[str]) -> None:
    relation = '<listRelation><relation name="self" active="#pers-reed" passive="#pers-reed"/></listRelation>'
    write("registers/persons.xml", stand_off=PERSONS + relation)
    write("documents/a.xml", f"<p>{mention}</p>")
    assert [code for _, _, code in said(review(small))] == codes


def test_names_of_a_register_that_is_missing_are_one_finding(small: Settings, write: Write) -> None:
    few = [f'<persName ref="#p{n}">Ada</persName>' for n in range(20)]
    write("documents/a.xml", f"<p>{' '.join(few)}</p>")
    assert {code for _, _, code in said(review(small))} == {"E012"}
    write("documents/b.xml", '<p><persName ref="#p7">Ada</persName></p>\n<p><rs ref="p20">she</rs> <ref target="#q">x</ref></p>')
    found = review(small).findings
    assert [(each.path[-5:], each.line, each.code) for each in found] == [("a.xml", 2, "W309"), ("b.xml", 3, "E012")]
    assert "21 ids, referred to 22 times in 2 files; most often “p7” (2), “p0” (1), " in found[0].message


def test_a_document_without_licence_date_or_language_is_found_but_not_a_register(small: Settings, write: Write) -> None:
    path = write("documents/a.xml", licence=False, date=False)
    path.write_text(path.read_text().replace(' xml:lang="en"', ""))
    write("registers/places.xml", licence=False, date=False)
    assert [code for _, _, code in said(review(small))] == ["W303", "W304", "W305"]


def test_elements_without_a_display_rule_are_found(small: Settings, write: Write) -> None:
    write("documents/a.xml", "<p>\n<strange>x</strange></p>")
    assert said(review(small)) == [("documents/a.xml", 3, "W101")]


def test_a_folder_of_tei_without_shelves_is_judged_too(tmp_path: Path, tei: Callable[..., str]) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.xml").write_text(tei('<p><ref target="../b.xml#x">b</ref></p>'))
    (tmp_path / "b.xml").write_text(tei())
    found = review(read(tmp_path, {}, PLAIN))
    assert found.files == 2
    assert [(each.path, each.code) for each in found.findings if each.is_error] == [("letters/a.xml", "E012")]


def test_only_the_files_asked_for_are_reported_but_all_are_known(small: Settings, write: Write) -> None:
    write("registers/persons.xml", stand_off=PERSONS)
    write("documents/a.xml", '<p><persName ref="../registers/persons.xml#pers-reed">Ada</persName></p>')
    asked = write("documents/b.xml", '<p><ref target="a.xml#nowhere">x</ref></p>')
    write("documents/c.xml", '<p><ref target="#nowhere">x</ref></p>')
    (small.documents / "d.xml").write_text("<TEI>")
    assert said(review(small, [asked])) == [("documents/b.xml", 2, "E012")]
    assert review(small, [asked]).files == 1
    assert [code for _, _, code in said(review(small, [small.documents / "d.xml"]))] == ["E001"]
    assert said(review(small, [small.documents / "a.xml"])) == []


def test_a_file_from_elsewhere_is_judged_by_itself(
    small: Settings, write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write("documents/a.xml", '<p xml:id="x">A lamp.</p>')
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "b.xml"
    shutil.move(write("documents/b.xml", '<p xml:id="x"><ref target="#y"/><ref target="a.xml#z"/></p>'), elsewhere)
    found = review(small, [elsewhere])
    assert [(each.path, each.line, each.code) for each in found.findings] == [(str(elsewhere), 2, "E012")]
    shutil.rmtree(small.tei)
    assert review(small, [elsewhere]) == found


def test_where_there_is_no_tei_there_is_nothing_to_judge(small: Settings) -> None:
    with pytest.raises(InputError, match=r"there is no TEI file in this folder\. Name the folder of TEI with --tei"):
        review(small)
    shutil.rmtree(small.tei)
    with pytest.raises(InputError, match=r"there is no such folder\. Name the folder of TEI with --tei"):
        review(small)


GRAMMAR = f"""<grammar xmlns="{RNG}" ns="http://www.tei-c.org/ns/1.0"><start><ref name="any"/></start><define name="any">
<element><anyName><except><name>strange</name></except></anyName>
<zeroOrMore><attribute><anyName/></attribute></zeroOrMore><mixed><zeroOrMore><ref name="any"/></zeroOrMore></mixed></element>
</define></grammar>"""
RULES = f"""<schema xmlns="{SCH}" queryBinding="xslt3"><ns prefix="t" uri="http://www.tei-c.org/ns/1.0"/><pattern>
<rule context="t:p"><assert test="normalize-space()">a paragraph says nothing</assert>
<report test="@rend" role="warning">@rend says how, not what</report></rule></pattern></schema>"""


def test_the_projects_own_grammar_and_rules_are_kept(small: Settings, write: Write) -> None:
    (small.tei / "schema").mkdir()
    (small.tei / "schema" / "edition.rng").write_text(GRAMMAR)
    (small.tei / "schema" / "edition.sch").write_text(RULES)
    write("documents/a.xml", '<p>x</p>\n<p rend="italic"/>\n<p><strange>x</strange></p>')
    found = review(small, jobs=2)
    assert said(found) == [("documents/a.xml", line, code) for line, code in ((3, "E201"), (3, "W201"), (4, "E101"), (4, "W101"))]
    assert [each.message for each in found.findings[:2]] == ["a paragraph says nothing", "@rend says how, not what"]
    assert (found.has_grammar, found.has_rules) == (True, True)


MODEL = '<?xml-model href="{}" type="application/xml" schematypens="x"?>\n'


def test_a_file_is_checked_with_the_schemas_it_names_if_they_lie_in_the_project(small: Settings, write: Write) -> None:
    (small.project / "schemas").mkdir()
    (small.project / "schemas" / "our own.rng").write_text(GRAMMAR)
    (small.project / "schemas" / "own.sch").write_text(RULES)
    bad = "<p><strange/></p>\n<p/>"
    for name, models in {
        "a": ("../../schemas/our%20own.rng", "../../schemas/own.sch"),
        "b": ("https://example.org/own.rng",),
        "c": ("../../../elsewhere.rng", "/etc/passwd", "../../schemas/gone.rng"),
    }.items():
        path = write(f"documents/{name}.xml", bad)
        path.write_text("".join(map(MODEL.format, models)) + path.read_text())
    found = review(small)
    assert [each for each in said(found) if each[2] != "W101"] == [
        ("documents/a.xml", 4, "E101"),
        ("documents/a.xml", 4, "E201"),
        ("documents/a.xml", 5, "E201"),
    ]
    assert (found.has_grammar, found.has_rules) == (True, True)
    only = review(small, [small.documents / "b.xml"])
    assert (only.has_grammar, only.has_rules) == (False, False)


def test_the_grammar_that_the_settings_name_is_taken_first(small: Settings, write: Write) -> None:
    (small.project / "edition.toml").write_text('[validate]\ngrammar = "own.rng"\n')
    (small.tei / "schema").mkdir()
    (small.tei / "schema" / "edition.rng").write_text(GRAMMAR)
    write("documents/a.xml", "<p><hi/></p>")
    settings = read(small.project, {}, PLAIN)
    assert [(each.path, each.code) for each in review(settings).findings] == [("own.rng", "E109")]
    (small.project / "own.rng").write_text(GRAMMAR.replace("strange", "hi"))
    assert said(review(settings)) == [("documents/a.xml", 2, "E101")]


def test_what_is_not_valid_is_published_all_the_same(small: Settings, write: Write, make: Callable[..., Report]) -> None:
    (small.tei / "schema").mkdir()
    (small.tei / "schema" / "edition.rng").write_text(GRAMMAR)
    write("documents/a.xml", "<p><strange>x</strange></p>")
    assert {each.code for each in review(small).findings} == {"E101", "W101"}
    assert make(small).documents == 1


def test_what_takes_too_long_is_given_up() -> None:
    with pytest.raises(TimeOutError), within(0.05):
        time.sleep(60)
    with within(60):
        time.sleep(0)


def test_a_check_that_takes_too_long_is_a_finding_and_the_rest_is_checked(
    small: Settings, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small.tei / "schema").mkdir()
    (small.tei / "schema" / "edition.rng").write_text(GRAMMAR)
    path = write("documents/a.xml", "<p>x</p>" * 5000 + '<p><ref target="#nowhere"/></p>')
    monkeypatch.setattr(review_module, "MOST_SECONDS", 0.001)
    each = described(small, "", path, "documents", "a.xml", Scan(small.tei))
    judged = _judge(Tools(HOME / "xslt"), _Task(small, each, True))
    assert [each.code for each in judged.findings] == ["W108"]
    assert judged.links is not None
    assert [each.target for each in judged.links.dangling] == ["#nowhere"]


@pytest.mark.parametrize(
    ("name", "schema", "code", "line", "words"),
    [
        ("edition.rng", f'<grammar xmlns="{RNG}">\n<start>\n<ref name="x"/></start></grammar>', "E109", 3, "x"),
        ("edition.rng", "<grammar>\n", "E109", 2, "not well-formed"),
        ("edition.sch", f'<schema xmlns="{SCH}">\n', "E209", 2, "Premature end"),
        ("edition.sch", RULES.replace("normalize-space()", "("), "E209", 2, ""),
        ("edition.sch", RULES.replace("normalize-space()", "1 div 0"), "E209", 2, "zero"),
    ],
)
def test_a_schema_that_cannot_be_read_is_one_finding_and_the_rest_is_checked(
    small: Settings, write: Write, name: str, schema: str, code: str, line: int, words: str
) -> None:
    (small.tei / "schema").mkdir()
    (small.tei / "schema" / name).write_text(schema)
    write("documents/a.xml", '<p><ref target="#x">x</ref></p>')
    write("documents/b.xml")
    found = review(small)
    assert said(found) == [("documents/a.xml", 2, "E012"), (f"schema/{name}", line, code)]
    assert words in found.findings[1].message
    assert "\n" not in found.findings[1].message


def test_validation_publishes_nothing_and_saves_the_build_its_work(corpus: Settings, make: Callable[..., Report]) -> None:
    first = review(corpus)
    assert {path.name for path in corpus.out.iterdir()} == {"store"}
    assert make(corpus).transformed == 0
    assert review(corpus, jobs=2) == first
    assert make(corpus).unchanged


def test_a_strict_build_validates_first(corpus: Settings, make: Callable[..., Report]) -> None:
    make(corpus)
    before = current(corpus.out).id
    with pytest.raises(BuildError, match=r"song\.xml:17:1 E012 A pointer leads nowhere"):
        make(corpus, strict=True)
    assert current(corpus.out).id == before
    for name, old, new in (("song.xml", "#A", ""), ("song.xml", "#B", ""), ("garden/plan.xml", '<graphic url="plan.png"/>', "")):
        path = corpus.documents / name
        path.write_text(path.read_text().replace(old, new))
    report = make(corpus, strict=True)
    assert {each.code for each in report.findings} == {"W302", "W303", "W304"}
    assert make(corpus, strict=True).findings == report.findings
    assert make(corpus).findings == ()


def test_findings_stand_in_order_of_file_and_line(corpus: Settings) -> None:
    found = review(corpus, jobs=2).findings
    assert list(found) == sorted(found, key=lambda each: (each.path, each.line, each.column))
    assert len(found) == len({*found}) == 9
    assert all(isinstance(each, Finding) for each in found)

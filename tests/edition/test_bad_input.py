"""Bad input: one clear finding each, with file, line and what to do; the other documents are published all the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest

from edition.build import BuildError, Report
from edition.catalogue import Catalogue
from edition.findings import CODES, Unreadable
from edition.settings import Settings, read
from edition.snapshot import current, damaged
from edition.store import TEI
from edition.validate import parse
from tests.plain import PLAIN
from tests.stored import file_of, page_of

NAMESPACE = "http://www.tei-c.org/ns/1.0"
GOOD = {"garden.plan", "lamp", "song"}


def document(body: str = "<p>A lamp.</p>", before: str = "", attributes: str = "") -> str:
    """A document whose body begins on its line 4 (5, if ``before`` ends a line)."""
    header = "<teiHeader><fileDesc><titleStmt><title>Lamp</title></titleStmt></fileDesc></teiHeader>"
    return f'{before}<TEI xmlns="{NAMESPACE}"{attributes}>\n{header}\n<text><body>\n{body}\n</body></text></TEI>'


LAUGHS = "<!DOCTYPE TEI [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>\n"
PARAMETER_LAUGHS = LAUGHS.replace("ENTITY ", "ENTITY % ").replace("&", "&#37;").replace("]>", " %a11;]>")
QUADRATIC = f"<!DOCTYPE TEI [<!ENTITY a '{'x' * 100_000}'>]>\n"
FILE = "<!DOCTYPE TEI [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>\n"
WEB = "<!DOCTYPE TEI [<!ENTITY e SYSTEM 'http://127.0.0.1:9/e'>]>\n"
PARAMETER = "<!DOCTYPE TEI [<!ENTITY % e SYSTEM 'file:///etc/passwd'> %e;]>\n"
DEFAULTED = "<!DOCTYPE TEI [<!ATTLIST hi n CDATA 'x'>]>\n"
DEEP, PEED = "<hi>" * 300, "</hi>" * 300
UTF7 = '<?xml version="1.0" encoding="UTF-7"?>\n'
UTF8 = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Bad(NamedTuple):
    """A file that cannot be published: its name, its bytes, and what its finding must be."""

    name: str
    data: bytes
    code: str
    line: int
    words: str


BAD = (
    Bad("torn.xml", document("<p>A lamp.\n</div>").encode(), "E001", 5, "tag mismatch: p line 4 and div"),
    Bad("cut-off.xml", document().encode()[:150], "E001", 4, "Premature end"),
    Bad("empty.xml", b"", "E001", 1, "no element"),
    Bad("a-picture.xml", bytes(range(256)), "E001", 1, "'<' not found"),
    Bad("bell.xml", document("<p>\x07</p>").encode(), "E001", 4, "invalid Char value 7"),
    Bad("a-page.xml", b"<!-- a page -->\n<html><body><p>A lamp.</p></body></html>", "E002", 2, "XML, but not TEI"),
    Bad("a-part.xml", f'\n<div xmlns="{NAMESPACE}"><p>A lamp.</p></div>'.encode(), "E002", 2, "XML, but not TEI"),
    Bad("p4.xml", b"<?xml version='1.0'?>\n\n<TEI.2><teiHeader/><text><body/></text></TEI.2>", "E003", 3, "P4"),
    Bad("no-namespace.xml", b"<TEI><teiHeader/><text><body/></text></TEI>", "E003", 1, "without the TEI namespace"),
    Bad("twice/a.b.xml", document().encode(), "E004", 1, "twice.a/b.xml has the id “twice.a.b” already"),
    Bad("latin-1.xml", document("<p>Café</p>", UTF8).encode("latin-1"), "E006", 5, "encoding"),
    Bad("unheard-of.xml", document("<p/>", UTF8.replace("UTF-8", "x-nobody")).encode(), "E006", 1, "x-nobody"),
    Bad("not-utf-16.xml", document("<p/>", UTF8.replace("UTF-8", "UTF-16")).encode(), "E006", 1, "encoding"),
    Bad("file.xml", document("<p>&e;</p>", FILE).encode(), "E007", 5, "Entity 'e' not defined"),
    Bad("file-in-attribute.xml", document("<p n='&e;'/>", FILE).encode(), "E007", 5, "Entity 'e' not defined"),
    Bad("web.xml", document("<p>&e;</p>", WEB).encode(), "E007", 5, "Entity 'e' not defined"),
    Bad("web-in-attribute.xml", document("<p n='&e;'/>", WEB).encode(), "E007", 5, "Entity 'e' not defined"),
    Bad("parameter.xml", document("<p/>", PARAMETER).encode(), "E007", 1, "Entity 'e' not defined"),
    Bad("undeclared.xml", document("<p>&mdash;</p>").encode(), "E007", 4, "Entity 'mdash' not defined"),
    Bad("laughs.xml", document("<p>&a11;</p>", LAUGHS).encode(), "E008", 1, "amplification"),
    Bad("laughs-in-attribute.xml", document("<p n='&a11;'/>", "\n" + LAUGHS).encode(), "E008", 2, "amplification"),
    Bad("laughs-in-dtd.xml", document("<p/>", PARAMETER_LAUGHS).encode(), "E001", 1, "internal subset"),
    Bad("quadratic.xml", document(f"<p>{'&a;' * 20_000}</p>", QUADRATIC).encode(), "E008", 1, "amplification"),
    Bad("quadratic-in-attributes.xml", document("<p n='&a;'/>" * 20_000, QUADRATIC).encode(), "E008", 1, "amplification"),
    Bad("loop.xml", document("<p>&a;</p>", "<!DOCTYPE TEI [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>\n").encode(), "E008", 1, "loop"),
    Bad("deep.xml", document("<hi>" * 3000 + "x" + "</hi>" * 3000).encode(), "E009", 4, "too deep"),
    Bad("deep-and-laughing.xml", document("<hi>" * 300 + "&a11;" + "</hi>" * 300, LAUGHS).encode(), "E009", 5, "too deep"),
    Bad("deep-and-quadratic.xml", document(f"{DEEP}<p n='&a;'/>{PEED}" * 20_000, QUADRATIC).encode(), "E009", 5, "too deep"),
    Bad("deep-and-defaulted.xml", document(f"{DEEP}{PEED}", DEFAULTED).encode(), "E009", 5, "too deep"),
    Bad("deep-and-hidden.xml", document(f"{DEEP}+ACY-a11;{PEED}", UTF7 + LAUGHS).encode(), "E009", 6, "too deep"),
    Bad("deeper-with-doctype.xml", document("<hi>" * 3000 + "</hi>" * 3000, "<!DOCTYPE TEI>\n").encode(), "E009", 5, "too deep"),
    Bad(
        "p4-with-dtd.xml",
        b"<!DOCTYPE TEI.2 SYSTEM 'p4.dtd' [\n<!ENTITY % e SYSTEM 'e'> %e;]>\n<TEI.2>&e;</TEI.2>",
        "E003",
        3,
        "P4",
    ),
    Bad("n" * 247 + ".xml", document().encode(), "E011", 1, "longer than 250 bytes"),
)

ODD = {
    "utf-16.xml": document("<p>Café ☃</p>", UTF8.replace("UTF-8", "UTF-16")).encode("utf-16"),
    "latin-1-declared.xml": document("<p>Café ☃</p>".replace("☃", "&#9731;"), UTF8.replace("UTF-8", "latin1")).encode("latin-1"),
    "byte-order-mark.xml": b"\xef\xbb\xbf" + document("<p>Café ☃</p>").encode(),
    "crlf.xml": document("<p>Café\n☃</p>").replace("\n", "\r\n").encode(),
    "own-entity.xml": document("<p>Caf&e; ☃</p>", "<!DOCTYPE TEI [<!ENTITY e 'é'>]>\n").encode(),
    "absent-dtd.xml": document("<p>Café ☃</p>", "<!DOCTYPE TEI SYSTEM 'http://127.0.0.1:9/tei.dtd'>\n").encode(),
    "instructions.xml": document("<?a b?><p><?c d?>Caf<!-- & -->é <![CDATA[☃]]></p><?e?>", "<?xml-model href='x'?>\n").encode(),
    "attributes.xml": document("<p " + " ".join(f"a{n}='{n}'" for n in range(300)) + ">Café ☃</p>").encode(),
    "no-name-ids.xml": document('<p xml:id="1 2">Café</p><p xml:id="1:2">☃</p><p xml:id="a">.</p><p xml:id="a">.</p>').encode(),
    "spaced-ids.xml": document('<p xml:id=" lamp ">Café <ref target="#lamp">☃</ref></p>').encode(),
    "deep-enough.xml": document("<p>Café " + "<hi>" * 2000 + "☃" + "</hi>" * 2000 + "</p>").encode(),
    "deep-enough-with-doctype.xml": document(
        "<p>Caf&e; " + "<hi>" * 1990 + "☃" + "</hi>" * 1990 + "</p>", "<!DOCTYPE TEI [<!ENTITY e 'é'>]>\n"
    ).encode(),
    "no-name-ids-with-doctype.xml": document(
        '<p xml:id="1 2">Café</p><p xml:id="1:2">☃</p><p xml:id="a">.</p><p xml:id="a">.</p>', "<!DOCTYPE TEI SYSTEM 'x.dtd'>\n"
    ).encode(),
    "deep-divisions.xml": document(
        "<div>" * 500 + "<p>Café " + "<hi>" * 1450 + "☃" + "</hi>" * 1450 + "</p>" + "</div>" * 500
    ).encode(),
    "deep-notes.xml": document("<p>Café <seg>" + "<q><seg>" * 900 + "☃" + "</seg></q>" * 900 + "</seg></p>").encode(),
    "inclusion.xml": document(
        '<p>Café ☃<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/></p>'
    ).encode(),
    "a name, with: signs?\n.xml": document("<p>Café ☃</p>").encode(),
    "имя-名-ʼ.xml": document("<p>Café ☃</p>").encode(),
    "رسالة إلى صديق.xml": document("<p>Café ☃</p>").encode(),
    "1/2/3/4/5/6/7/8/9/10/x.xml": document("<p>Café ☃</p>").encode(),
    "huge-attribute.xml": document(f"<p n='{'x' * 11_000_000}'>Café ☃</p>").encode(),
    "folder.xml/x.xml": document("<p>Café ☃</p>").encode(),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The tiny edition with every bad and every odd file in it."""
    folder = tmp_path_factory.mktemp("bad")
    shutil.copytree(Path(__file__).parents[1] / "corpus", folder / "tei")
    settings = read(folder, {}, PLAIN)
    files = {each.name: each.data for each in BAD} | ODD | {"twice.a/b.xml": document().encode()}
    for name, data in files.items():
        path = settings.documents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (settings.documents / "nowhere.xml").symlink_to("nothing")
    (settings.documents / "circle.xml").symlink_to("circle.xml")
    os.mkfifo(settings.documents / "pipe.xml")
    (settings.documents / "folder-link").symlink_to(folder)
    (settings.documents / ".hidden.xml").write_text("hidden")
    Path(os.fsdecode(os.fsencode(settings.documents) + b"/caf\xe9.xml")).write_text(document())
    return settings


@pytest.fixture(scope="module")
def report(project: Settings, make: Callable[..., Report]) -> Report:
    return make(project, jobs=2)


@pytest.fixture(scope="module")
def shelf(project: Settings, report: Report) -> Catalogue:
    return Catalogue(current(project.out).catalogue)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name[:40])
def test_what_cannot_be_published_is_one_finding_with_its_place(report: Report, bad: Bad) -> None:
    found = [each for each in report.findings if each.path == f"tei/documents/{bad.name}"]
    assert [(each.code, each.line) for each in found] == [(bad.code, bad.line)]
    assert bad.words in found[0].message
    assert "\n" not in str(found[0])
    assert found[0].help == CODES[bad.code][1]


def test_links_to_nothing_or_in_circles_pipes_and_names_in_no_encoding_are_findings(report: Report) -> None:
    found = {each.path.rpartition("/")[2]: str(each) for each in report.findings}
    assert "E005" in found["nowhere.xml"]
    assert "E005" in found["circle.xml"]
    assert "E005" in found["pipe.xml"]
    assert "E011" in found["caf\\udce9.xml"]
    found["caf\\udce9.xml"].encode("utf-8")


def test_nothing_else_is_found(report: Report) -> None:
    assert {each.path.removeprefix("tei/documents/") for each in report.findings if each.is_error} == {
        *(each.name for each in BAD),
        "inclusion.xml",
        "nowhere.xml",
        "circle.xml",
        "pipe.xml",
        "caf\\udce9.xml",
    }


def test_the_other_documents_are_published(project: Settings, shelf: Catalogue) -> None:
    assert {document.id for document in shelf.listing()} >= GOOD
    assert {document.source for document in shelf.listing()} == {"lamp.xml", "garden/plan.xml", "song.xml", "twice.a/b.xml", *ODD}
    assert damaged(current(project.out), thoroughly=True) == ()


@pytest.mark.parametrize("name", ODD, ids=ascii)
def test_what_is_only_odd_is_published_byte_for_byte(project: Settings, shelf: Catalogue, name: str) -> None:
    document = next(each for each in shelf.listing() if each.source == name)
    assert [passage.text for passage in shelf.passages_of(document.id)] in (
        ["Café ☃"],
        ["Café", "☃", ".", "."],
        ["Café", "☃"],
    )
    assert file_of(current(project.out), TEI, name) == ODD[name]


def test_an_inclusion_from_outside_is_not_followed(project: Settings, report: Report) -> None:
    made = page_of(current(project.out), "reading", "inclusion.xml")
    assert "[not included: file:///etc/passwd]" in made
    assert "root:" not in made
    assert [each.code for each in report.findings if each.path == "tei/documents/inclusion.xml"] == ["E305"]


def test_small_entities_of_the_file_are_written_out() -> None:
    tree = parse(document("<p n='&a2;'>&a2;</p>", LAUGHS).encode(), "x")
    assert tree.xpath("string(//*[@n])") == "ha" * 100


def test_a_strict_build_lists_everything_and_publishes_nothing(
    project: Settings, make: Callable[..., Report], report: Report
) -> None:
    before = (project.out / "current").readlink()
    with pytest.raises(BuildError, match="--strict") as caught:
        make(project, strict=True)
    assert all(f"{each.path}:{each.line}" in str(caught.value) for each in report.findings if each.is_error)
    assert (project.out / "current").readlink() == before


def test_a_folder_without_documents_is_an_error(corpus: Settings, make: Callable[..., Report]) -> None:
    folder = corpus.documents
    shutil.rmtree(folder)
    folder.mkdir()
    with pytest.raises(BuildError, match=r"no TEI document that can be published.*--tei"):
        make(corpus)
    assert not (corpus.out / "current").exists()


def test_an_edition_whose_documents_are_missing_does_not_publish_its_pages_instead(
    corpus: Settings, make: Callable[..., Report]
) -> None:
    make(corpus)
    before = (corpus.out / "current").readlink()
    shutil.rmtree(corpus.documents)
    with pytest.raises(BuildError, match="tei/documents"):
        make(corpus)
    assert (corpus.out / "current").readlink() == before


def test_a_missing_folder_is_an_error(tmp_path: Path, make: Callable[..., Report]) -> None:
    with pytest.raises(BuildError, match=r"nowhere: there is no such folder. Name the folder of TEI with --tei"):
        make(read(tmp_path, {"tei": "nowhere"}, PLAIN))


def test_the_output_folder_must_be_a_folder(corpus: Settings, make: Callable[..., Report]) -> None:
    corpus.out.write_text("a file")
    with pytest.raises(BuildError, match="build"):
        make(corpus)


def test_a_folder_of_tei_is_enough_and_what_is_built_in_it_is_no_document(tmp_path: Path, make: Callable[..., Report]) -> None:
    (tmp_path / "lamp.xml").write_text(document())
    settings = read(tmp_path, {}, PLAIN)
    assert make(settings).documents == 1
    (tmp_path / "song.xml").write_text(document())
    assert make(settings).documents == 2


def test_a_file_named_as_tei_is_a_document_and_pointed_at_as_any_other(tmp_path: Path, make: Callable[..., Report]) -> None:
    (tmp_path / "eng-deu.tei").write_text(document('<p><ref target="LAMP.XML#a">Lamp</ref></p>'))
    (tmp_path / "LAMP.XML").write_text(document('<p xml:id="a"><ref target="eng-deu.tei">Words</ref></p>'))
    settings = read(tmp_path, {"exports.without": "xml html epub pdf json jsonld bib ris csl.json"}, {})
    assert [str(each) for each in make(settings).findings if each.code.startswith("E")] == []
    made = current(settings.out)
    assert [each.id for each in Catalogue(made.catalogue).listing()] == ["LAMP", "eng-deu"]
    assert 'href="../LAMP/#a"' in page_of(made, "reading", "eng-deu.tei")
    assert 'href="../eng-deu/"' in page_of(made, "reading", "LAMP.XML")
    (archive,) = made.downloads.glob("*-txt.zip")
    assert [name.rpartition("/")[2] for name in ZipFile(archive).namelist()] == ["LAMP.txt", "eng-deu.txt"]


def test_a_stylesheet_that_fails_is_said_to_be_one(
    corpus: Settings, make: Callable[..., Report], capfd: pytest.CaptureFixture[str]
) -> None:
    make(corpus)
    before = (corpus.out / "current").readlink()
    sheet = corpus.project / "xslt" / "reading" / "verse.xsl"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("<xsl:stylesheet")
    with pytest.raises(BuildError, match=r"A stylesheet is wrong: .* of verse\.xsl"):
        make(corpus)
    assert (corpus.out / "current").readlink() == before
    assert "verse.xsl" not in capfd.readouterr().err


def test_the_parser_never_reads_another_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.dtd"
    secret.write_text("<!ENTITY secret 'SECRET'>")
    address = secret.as_uri()
    for doctype in (
        f"TEI SYSTEM '{address}'",
        f"TEI [<!ENTITY % p SYSTEM '{address}'> %p;]",
        f"TEI [<!ENTITY secret SYSTEM '{address}'>]",
    ):
        with pytest.raises(Unreadable) as caught:
            parse(document("<p>&secret;</p>", f"<!DOCTYPE {doctype}>\n").encode(), "x")
        assert caught.value.finding.code == "E007"


@pytest.mark.slow
def test_a_document_of_20_megabytes_is_built(corpus: Settings, make: Callable[..., Report]) -> None:
    paragraph = "<p>" + "The lamp stood by the window and nobody looked at it for a long time. " * 70 + "</p>\n"
    (corpus.documents / "long.xml").write_text(document(paragraph * (20_000_000 // len(paragraph) + 1)))
    report = make(corpus)
    assert report.documents == 4
    assert report.passages > 4_000

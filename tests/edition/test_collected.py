"""Files of the whole edition: the list of letters (CMIF), registers of several files as one, lists for authority files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import etree

from edition.build import Report
from edition.settings import Settings, read
from edition.snapshot import current
from edition.store import Entry, place
from tests.plain import PLAIN

NS = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
GRAMMAR = Path(__file__).parents[1] / "data" / "cmif.rng"
FILE = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>{title}</title>{who}</titleStmt>'
    "<publicationStmt>{terms}</publicationStmt><sourceDesc><p>Paper.</p></sourceDesc></fileDesc>"
    "<profileDesc>{letter}</profileDesc></teiHeader>{rest}</TEI>"
)
BY = '<availability><licence target="https://creativecommons.org/licenses/by/4.0/deed.en">CC BY</licence></availability>'
TERMS = f"<publisher>The Press</publisher><date when='2026-03-01'>1 March 2026</date>{BY}"
PERSONS = (
    '<standOff><listPerson xml:lang="de"><person xml:id="ida"><persName>Ida Moor</persName>'
    '<idno type="URL">https://example.org/ida</idno><idno type="GND">118540238</idno></person>'
    '<person xml:id="p1"><persName>One</persName><note xml:id="n1">See <ref target="#ida">Ida</ref>.</note></person></listPerson>'
    '<listPlace><place xml:id="graz"><placeName>Graz</placeName><idno type="GND">4021912-4</idno>'
    '<idno type="geonames">2778067</idno>'
    '<place xml:id="gries"><placeName>Gries</placeName></place></place></listPlace></standOff>'
)
OTHERS = (
    '<standOff><listPerson><person xml:id="p1"><persName>Another one</persName><note xml:id="n1">Of Linz.</note></person>'
    "<person><persName>No Id</persName></person></listPerson></standOff>"
)
SENT = (
    '<correspDesc><correspAction type="sent"><persName ref="../registers/persons.xml#ida">I. Moor</persName>'
    '<placeName ref="../registers/persons.xml#graz"/><date when="1910-05-12T10:00:00">12. V. 1910</date></correspAction>'
    '<correspAction type="received"><orgName ref="http://d-nb.info/gnd/2007744-0" cert="low" evidence="conjecture">The Academy'
    '</orgName><date notBefore="1910-05-13" notAfter="1910-05">[Mai?]</date></correspAction></correspDesc>'
)
ALONE = (
    '<correspDesc><correspAction type="received"><persName><surname>Moor</surname><forename>Ida</forename></persName>'
    "<date>some day</date></correspAction></correspDesc>"
)
Write = Callable[..., Settings]


def text(title: str, letter: str = "", terms: str = TERMS, body: str = "<p>Words.</p>") -> str:
    return FILE.format(title=title, who="", terms=terms, letter=letter, rest=f"<text><body>{body}</body></text>")


def register(rest: str) -> str:
    return FILE.format(title="A register", who="", terms="<p>None.</p>", letter="", rest=rest)


OWN = FILE.format(
    title="Moor Letters", who="<editor>Eva Reed</editor>", terms=TERMS, letter="", rest="<text><body><p/></body></text>"
)
NAMES = ("placeName ref='https://www.geonames.org/2772400'", "orgName", "eventName", "title ref='x:y'")
LINZ = f"<p>{''.join(f'<{name}>Linz</{name.split()[0]}>' for name in NAMES)}</p>"
FILES = {
    "edition.xml": OWN,
    "documents/first.xml": text("First", SENT),
    "documents/linz.xml": text("Linz", body=LINZ),
    "documents/second.xml": text("Second", ALONE),
    "documents/told.xml": text("Told", "<correspDesc><p>Ida wrote to somebody.</p></correspDesc>"),
    "registers/persons.xml": register(PERSONS),
    "registers/more.xml": register(OTHERS),
}


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory, make: Callable[..., Report]) -> Write:
    """A project of these files, built."""

    def write(files: Mapping[str, str], **options: str) -> Settings:
        folder = tmp_path_factory.mktemp("collected")
        for name, content in files.items():
            (folder / "tei" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "tei" / name).write_text(content, "utf-8")
        settings = read(folder, {name.replace("_", "."): value for name, value in options.items()}, PLAIN)
        make(settings)
        return settings

    return write


@pytest.fixture(scope="session")
def moor(written: Write) -> Settings:
    """An edition of letters with a public address."""
    return written(FILES, site_url="https://moor.example.org", site_email="eva@moor.example.org")


@pytest.fixture(scope="session")
def private(written: Write) -> Settings:
    """The same without a public address, and a register the less."""
    return written({name: content for name, content in FILES.items() if name != "registers/more.xml"})


@pytest.fixture(scope="session")
def folder(written: Write) -> Settings:
    """Two letters without an edition around them, under terms that the format does not allow."""
    terms = f"<publisher>The Press</publisher>{BY.replace('by/4.0/deed.en', 'by-nc/4.0/')}"
    files = {f"{title}.xml": text(title, ALONE, terms.replace(">CC BY<", f">CC BY for {title}<")) for title in ("one", "two")}
    return written(files, site_url="https://moor.example.org")


def registers(settings: Settings, name: str) -> etree._Element:
    return etree.parse(current(settings.out).registers / name).getroot()


def said(element: etree._Element) -> list[tuple[str, dict[str, str], str]]:
    return [(etree.QName(each).localname, dict(each.attrib), each.text or "") for each in element]


def test_letters_are_listed_as_the_format_says(moor: Settings) -> None:
    etree.RelaxNG(etree.parse(GRAMMAR)).assertValid(registers(moor, "cmif.xml"))


def test_the_list_says_who_made_it_and_on_what_terms_as_the_edition_does(moor: Settings) -> None:
    header = registers(moor, "cmif.xml").find(".//t:fileDesc", NS)
    assert header.findtext(".//t:editor", namespaces=NS) == "Eva Reed"
    assert header.findtext(".//t:email", namespaces=NS) == "eva@moor.example.org"
    assert header.findtext(".//t:publisher/t:ref", namespaces=NS) == "The Press"
    assert header.findtext(".//t:idno", namespaces=NS) == "https://moor.example.org/registers/cmif.xml"
    assert header.find(".//t:date", NS).get("when") == "2026-03-01"
    assert header.findtext(".//t:licence", namespaces=NS).startswith("This file is licensed under the terms")


def test_a_letter_says_who_where_and_when_with_the_addresses_that_encoding_or_register_give(moor: Settings) -> None:
    letters = registers(moor, "cmif.xml").findall(".//t:correspDesc", NS)
    assert [each.get("ref") for each in letters] == [f"https://moor.example.org/documents/{id}/" for id in ("first", "second")]
    sent, received = letters[0]
    assert said(sent) == [
        ("persName", {"ref": "https://d-nb.info/gnd/118540238"}, "I. Moor"),
        ("placeName", {"ref": "https://www.geonames.org/2778067"}, "Graz"),
        ("date", {"when": "1910-05-12"}, ""),
    ]
    assert said(received) == [
        ("orgName", {"ref": "http://d-nb.info/gnd/2007744-0", "evidence": "conjecture", "cert": "low"}, "The Academy"),
        ("date", {"notBefore": "1910-05-13", "notAfter": "1910-05"}, "[Mai?]"),
    ]


def test_who_is_not_known_is_said_to_be_unknown_and_a_date_in_words_alone_is_left_out(moor: Settings) -> None:
    sent, received = registers(moor, "cmif.xml").findall(".//t:correspDesc", NS)[1]
    assert said(sent) == [("persName", {}, "Unknown")]
    assert said(received) == [("persName", {}, "Ida Moor")]


def test_what_the_edition_does_not_say_is_taken_from_what_all_letters_say(folder: Settings) -> None:
    assert registers(folder, "cmif.xml").findtext(".//t:publisher/t:ref", namespaces=NS) == "The Press"


def test_a_licence_that_the_format_does_not_allow_stays_what_it_is_and_the_build_says_so(folder: Settings) -> None:
    licence = registers(folder, "cmif.xml").find(".//t:licence", NS)
    assert (licence.get("target"), licence.text) == ("https://creativecommons.org/licenses/by-nc/4.0/", "CC BY for one")
    told = json.loads(current(folder.out).findings.read_text("utf-8"))
    assert "N402" in [each["code"] for each in told]


def test_without_a_public_address_no_list_is_made(private: Settings) -> None:
    made = {each.name for each in current(private.out).registers.iterdir()}
    assert "persons.xml" in made
    assert not made & {"cmif.xml", "beacon.txt"}


def test_a_register_in_several_files_is_one_file_with_a_list_for_each(moor: Settings) -> None:
    lists = registers(moor, "persons.xml").findall(".//t:listPerson", NS)
    assert [each.get(BASE) for each in lists] == ["../registers/more.xml", "../registers/persons.xml"]
    assert [[person.get(ID) for person in each] for each in lists] == [["p1", "No_Id"], ["ida", "p1.2"]]
    ids = registers(moor, "persons.xml").xpath("//@xml:id")
    assert len(ids) == len(set(ids)) == 6
    assert lists[1].find("t:person[2]/t:note/t:ref", NS).get("target") == "#ida"
    assert lists[1].find("t:person", NS).get("{http://www.w3.org/XML/1998/namespace}lang") == "de"


def test_an_entry_in_another_stands_there_alone_and_what_no_register_has_in_a_list_of_its_own(moor: Settings) -> None:
    ours, gathered = registers(moor, "places.xml").findall(".//t:listPlace", NS)
    assert [[place.get(ID) for place in each.iter(f"{{{NS['t']}}}place")] for each in (ours, gathered)] == [
        ["graz", "gries"],
        ["geonames.org-2772400"],
    ]
    assert (ours.get(BASE), gathered.get(BASE)) == ("../registers/persons.xml", None)
    assert gathered.findtext(".//t:idno", namespaces=NS) == "https://geonames.org/2772400"


def test_an_id_that_every_file_gives_gets_as_many_numbers(written: Write) -> None:
    """One name for all that is meant, and more files than names."""
    person = '<standOff><listPerson><person xml:id="p"><persName>Ida {}</persName></person></listPerson></standOff>'
    made = written({f"registers/{number}.xml": register(person.format(number)) for number in range(6)})
    assert registers(made, "persons.xml").xpath("//@xml:id") == ["p", "p.2", "p.3", "p.4", "p.5", "p.6"]


def test_a_register_in_one_file_is_that_file(private: Settings) -> None:
    assert (current(private.out).registers / "persons.xml").read_text("utf-8") == FILES["registers/persons.xml"]


def test_they_are_made_again_when_a_register_changes_and_not_when_words_do(written: Write, make: Callable[..., Report]) -> None:
    settings = written(FILES)

    def held() -> set[tuple[str, int]]:
        manifest = json.loads((current(settings.out).path / "manifest.json").read_text("utf-8"))
        entries = (place(settings.out, name) for name in manifest["store"])
        return {(path.name, path.stat().st_mtime_ns) for path in entries if Entry(path).files.keys() == {"tei"}}

    first = held()
    (settings.tei / "documents/told.xml").write_text(text("Told anew"), "utf-8")
    make(settings)
    assert held() == first
    (settings.tei / "registers/more.xml").write_text(register(OTHERS.replace("Of Linz", "Of Wels")), "utf-8")
    make(settings)
    assert len(held()) == len(first)
    assert len(held() - first) == 1
    assert "Of Wels" in (current(settings.out).registers / "persons.xml").read_text("utf-8")


def test_files_of_letters_and_registers_are_tei(moor: Settings, shared: Path, jing: Callable[..., dict[str, str]]) -> None:
    files = list(current(moor.out).registers.glob("*.xml"))
    assert len(files) == 6
    assert jing(shared / "schema/tei/tei_all.rng", files) == {}


def test_pages_of_entries_are_listed_for_their_authority_file(moor: Settings) -> None:
    lines = (current(moor.out).registers / "beacon.txt").read_text("utf-8").splitlines()
    assert lines[:2] == ["#FORMAT: BEACON", "#PREFIX: https://d-nb.info/gnd/"]
    assert lines[3:] == [
        "118540238||https://moor.example.org/registers/persons/ida/",
        "4021912-4||https://moor.example.org/registers/places/graz/",
    ]

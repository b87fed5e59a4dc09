"""The facts of a document, from whatever kind of header it has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from edition.transform import Products

Header = Callable[..., dict[str, Any]]


@pytest.fixture
def header(make: Callable[..., Products]) -> Header:
    """The header's record of a document with this title statement, source, publication, profile and text."""

    def record(
        titles: str = "", source: str = "", publication: str = "", profile: str = "", series: str = "", **rest: str
    ) -> dict[str, Any]:
        file = f"<titleStmt>{titles}</titleStmt><publicationStmt>{publication}</publicationStmt>{series}"
        given = f"<fileDesc>{file}<sourceDesc>{source}</sourceDesc></fileDesc><profileDesc>{profile}</profileDesc>"
        made: dict[str, Any] = make(header=given, **rest).record["header"]
        return made

    return record


@pytest.mark.parametrize(
    ("titles", "title", "subtitle"),
    [
        ("<title>A Lamp</title>", "A Lamp", ""),
        ('<title type="main">A Lamp</title><title type="sub">A Play</title>', "A Lamp", "A Play"),
        ('<title type="sub">A Play</title><title>A Lamp</title>', "A Lamp", "A Play"),
        (
            '<title level="s">Letters</title><title type="iso-date">1910-05-12</title><title level="a">To Ada</title>',
            "To Ada",
            "",
        ),
        ('<title type="alt">Lampe</title><title type="uniform">A Lamp</title>', "A Lamp", ""),
        ('<title xml:lang="de">Lampe</title><title xml:lang="en">A Lamp</title>', "A Lamp", ""),
        ('<title xml:lang="de">Lampe</title><title xml:lang="fr">Lampe à huile</title>', "Lampe", ""),
        (
            '<title>Lamp</title><title type="sub" xml:lang="de">Spiel</title><title type="sub">Play</title>',
            "Lamp",
            "Play",
        ),
        ('<title level="s">Letters</title>', "Letters", ""),
        ('<title type="sub">A Play</title>', "A Play", ""),
        ("<title><!-- supply a title --></title>", "", ""),
        ("", "", ""),
    ],
)
def test_of_several_titles_one_is_the_documents(header: Header, titles: str, title: str, subtitle: str) -> None:
    made = header(titles, body="<p>x</p>")
    assert (made["title"], made["subtitle"]) == (title, subtitle)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('<front><docTitle><titlePart type="sub">b</titlePart><titlePart type="main">a</titlePart></docTitle></front>', "a"),
        ("<body><head>a</head><div><head>b</head></div></body>", "a"),
        ("<body><div><head>a</head></div></body>", "a"),
        ("<body><p>a</p></body>", ""),
    ],
)
def test_a_text_without_a_title_in_its_header_has_the_one_it_gives_itself(header: Header, text: str, title: str) -> None:
    assert header(text=text)["title"] == title


@pytest.mark.parametrize(
    ("titles", "series", "name"),
    [
        ('<title level="s">Letters</title><title level="a">To Ada</title>', "", "Letters"),
        ("<title>To Ada</title>", "<seriesStmt><title>Letters</title></seriesStmt>", "Letters"),
        ("<title>To Ada</title>", "<seriesStmt><p>Letters</p></seriesStmt>", "Letters"),
        ("<title>To Ada</title>", "", ""),
    ],
)
def test_what_a_document_stands_in_is_its_series(header: Header, titles: str, series: str, name: str) -> None:
    assert header(titles, series=series)["series"] == name


def test_the_number_of_a_journal_is_told_behind_its_title(header: Header) -> None:
    scopes = '<biblScope unit="volume" from="1" to="1"/><biblScope unit="issue">Number 7</biblScope><biblScope unit="page">3'
    scopes += "</biblScope>"
    source = f'<biblStruct><monogr><title level="j">The Lamp</title>{scopes}</monogr></biblStruct>'
    assert header("<title>The Lamp</title>", source)["subtitle"] == "volume 1, issue 7"


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("<author>Ada Reed</author>", ["Ada Reed"]),
        ("<author><persName><surname>Reed</surname> <forename>Ada</forename></persName></author>", ["Ada Reed"]),
        (
            "<author><persName><forename>Ada</forename><nameLink>von</nameLink><surname>Reed</surname></persName>"
            '<idno type="gnd">1</idno></author>',
            ["Ada von Reed"],
        ),
        ("<author><persName>Reed, Ada</persName><persName xml:lang='de'>Ried, Ada</persName></author>", ["Reed, Ada"]),
        ("<author>Ada Reed <idno>12</idno></author>", ["Ada Reed"]),
        ("<author>Ada</author><author>Bea</author><author>Ada</author>", ["Ada", "Bea"]),
        ("<author/>", ["Source Author"]),
        ("<author>…</author>", ["Source Author"]),
        ("", ["Source Author"]),
    ],
)
def test_authors_are_called_by_their_names(header: Header, author: str, name: list[str]) -> None:
    assert header(author, "<bibl><author>Source Author</author></bibl>")["authors"] == name


def test_the_author_of_a_letter_is_its_sender(header: Header) -> None:
    sent = '<correspAction type="sent"><persName>Ada</persName></correspAction>'
    received = '<correspAction type="received"><persName>Bea</persName></correspAction>'
    made = header("", "<bibl><author>Source Author</author></bibl>", profile=f"<correspDesc>{received}{sent}</correspDesc>")
    assert made["authors"] == ["Ada"]


def test_the_authors_of_a_manuscript_are_those_of_its_works_not_those_who_wrote_about_it(header: Header) -> None:
    works = (
        f"<msItem><author>Ada</author>{READ}</msItem><msItem><author>Bea</author></msItem><msItem><title>Hymns</title></msItem>"
    )
    assert header("", f"<msDesc><msContents>{works}</msContents>{READ}</msDesc>")["authors"] == ["Ada", "Bea"]
    assert header("", f"<msDesc><additional>{READ}</additional></msDesc>")["authors"] == []
    draft = "<msItem><bibl><author>Cay</author> <date>1816</date></bibl></msItem>"
    made = header("", f"<msDesc><msContents>{draft}</msContents>{READ}</msDesc>")
    assert (made["authors"], made["date"]) == (["Cay"], "1816")


def test_a_title_that_is_marked_as_the_date_dates_a_text_before_its_printing(header: Header) -> None:
    made = header('<title>A day</title><title type="iso-date">1894-01-10</title>', "<bibl><date>1989</date></bibl>")
    assert (made["date"], made["date_text"]) == ("1894-01-10", "10 January 1894")


SENT = (
    '<correspDesc><correspAction type="sent"><date when="1910-05-12">May</date><placeName>Graz</placeName>'
    "</correspAction></correspDesc>"
)
READ = "<listBibl><bibl><author>B. Reader</author> <date>1912</date> <pubPlace>Linz</pubPlace></bibl></listBibl>"
CREATION = '<creation><date notBefore="0401" notAfter="0404"/><placeName>Rome</placeName></creation>'


@pytest.mark.parametrize(
    ("source", "profile", "date", "words"),
    [
        ("<bibl><date>1879</date></bibl>", "", "1879", "1879"),
        ('<bibl><date when="1879"/></bibl>', SENT, "1910-05-12", "12 May 1910"),
        ("<bibl><date>1879</date></bibl>", CREATION + SENT, "0401", "between 401 and 404"),
        ('<bibl><date>1912</date></bibl><bibl type="firstEdition"><date>1899</date></bibl>', "", "1899", "1899"),
        ("<bibl><date>[about 1899]</date></bibl>", "", "1899", "[about 1899]"),
        ("<bibl><date>1899 or 1901</date></bibl>", "", "", "1899 or 1901"),
        ("<bibl><date>1899-03-23+01:00</date></bibl>", "", "1899-03-23", "23 March 1899"),
        ('<bibl><date when="1899-03-23Z">spring</date></bibl>', "", "1899-03-23", "23 March 1899"),
        ("<bibl><date>MDCCV.</date></bibl><bibl><date>1879</date></bibl>", "", "1879", "1879"),
        (
            '<biblStruct><date>1975</date></biblStruct><bibl><date when="1862-09-05">?</date></bibl>',
            "",
            "1862-09-05",
            "5 September 1862",
        ),
        ('<bibl><date when="9999-99-99">unknown</date></bibl>', "", "2021-04-09", "9 April 2021"),
        ('<bibl><date calendar="#islamic">1329</date></bibl>', "", "2021-04-09", "9 April 2021"),
        (
            '<bibl><date calendar="#islamic" when="1911-02-01" when-custom="1329-02-01">1329</date></bibl>',
            "",
            "1911-02-01",
            "1 February 1911",
        ),
        ('<bibl><editor><date type="lifespan" from="1868" to="1944"/></editor></bibl>', "", "2021-04-09", "9 April 2021"),
        (
            '<msDesc><history><origin><origDate notAfter="0300">late</origDate></origin></history></msDesc>',
            "",
            "0300",
            "not after 300",
        ),
        (f"<msDesc><msContents>{READ}</msContents><additional>{READ}</additional></msDesc>", "", "", ""),
        (f"<msDesc>{READ}<history><origin>About <date>1389</date>.</origin></history></msDesc>", "", "1389", "1389"),
        ("<bibl><date>1951-56</date></bibl>", "", "1951", "1951-56"),
        ("<bibl><date>no. 1951-561</date></bibl>", "", "", "no. 1951-561"),
        ('<bibl><date when="2008-03/2008-04">spring 2008</date></bibl>', "", "2008", "spring 2008"),
        ('<bibl><date when="-0044-03-15"/></bibl>', "", "-0044-03-15", "15 March 44 BC"),
        ('<bibl><date from="-0323" to="0012"/></bibl>', "", "-0323", "from 323 BC to 12"),
        ('<bibl><date when-iso="1970-06-10T16:05:01+01:00"/></bibl>', "", "1970-06-10", "10 June 1970, 16:05"),
        (
            '<bibl><date notBefore="1970-06-10T00:00:00Z" notAfter="1970-06-10T23:59:59Z"/></bibl>',
            "",
            "1970-06-10",
            "10 June 1970",
        ),
        ('<bibl><date when="1970-06-10T00:00:00Z"/></bibl>', "", "1970-06-10", "10 June 1970"),
        ("", "", "2021-04-09", "9 April 2021"),
    ],
)
def test_a_document_is_dated_by_its_making_before_its_publication(
    header: Header, source: str, profile: str, date: str, words: str
) -> None:
    made = header("", source, '<date when="2021-04-09"/>', profile)
    assert (made["date"], made["date_text"]) == (date, words)


@pytest.mark.parametrize(
    ("source", "profile", "place"),
    [
        ("<bibl><pubPlace>Wien</pubPlace></bibl>", "", "Wien"),
        ("<bibl><pubPlace>Wien</pubPlace></bibl>", SENT, "Graz"),
        ("<bibl><pubPlace>Wien</pubPlace></bibl>", CREATION + SENT, "Rome"),
        (
            '<msDesc><history><origin><origPlace><placeName type="ancient">Syracusae</placeName><placeName>Siracusa</placeName>'
            "<geo>37.1 15.3</geo></origPlace></origin></history></msDesc>",
            "",
            "Syracusae, Siracusa",
        ),
        (
            '<bibl><pubPlace><placeName xml:lang="ar">دمشق</placeName><placeName xml:lang="en">Damascus</placeName>'
            "</pubPlace></bibl>",
            "",
            "Damascus",
        ),
        ("<biblStruct><pubPlace>Linz</pubPlace><date>1975</date></biblStruct><bibl><date>1862</date></bibl>", "", ""),
        (f"<msDesc>{READ}</msDesc>", "", ""),
        ("", "", ""),
    ],
)
def test_a_document_has_a_place(header: Header, source: str, profile: str, place: str) -> None:
    assert header("", source, "", profile, body="<p>x</p>")["place"] == place


@pytest.mark.parametrize(
    ("text", "profile", "language"),
    [
        ('<body xml:lang="de"><p>x</p></body>', "", "de"),
        ('<body><div xml:lang="grc"><p>long, long</p></div><div><p>short</p></div></body>', "", "grc"),
        (
            '<body><div type="edition" xml:lang="grc"><p>x</p></div><div type="translation"><p>long, long</p></div></body>',
            "",
            "grc",
        ),
        ("<body><p>x</p></body>", "", "en"),
    ],
)
def test_the_language_of_a_document_is_that_of_most_of_its_words(header: Header, text: str, profile: str, language: str) -> None:
    assert header(text=text, profile=profile)["language"] == language


@pytest.mark.parametrize(
    ("availability", "licences"),
    [
        ('<licence target="https://x.org/">Free.</licence>', [("Free.", "https://x.org/", "")]),
        ("<p>Copyright.</p><licence>Free.</licence>", [("Free.", "", "")]),
        (
            '<p>Copyright.</p><p><ref type="licence" target="https://x.org/">Free.</ref></p>',
            [("Free.", "https://x.org/", "")],
        ),
        (
            '<p><ref target="https://creativecommons.org/licenses/by/4.0/">CC BY</ref></p>',
            [("CC BY", "https://creativecommons.org/licenses/by/4.0/", "")],
        ),
        ("<p>Ask us.</p>", [("Ask us.", "", "restricted")]),
        ("<p/>", []),
    ],
)
def test_a_licence_is_worth_more_than_a_status(header: Header, availability: str, licences: list[tuple[str, str, str]]) -> None:
    made = header("", "", f'<availability status="restricted">{availability}</availability>')
    assert [(each["text"], each["target"], each["status"]) for each in made["licences"]] == licences


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<bibl>Reed, <title>Lamps</title>, 1910 <idno>12</idno></bibl>", "Reed, Lamps, 1910"),
        ("<bibl><name>An archive</name><bibl><author>Reed</author>: <title>Lamps</title></bibl></bibl>", "Reed: Lamps"),
        (
            "<biblStruct><monogr><author>Reed</author><title>Lamps</title><imprint><pubPlace>Graz</pubPlace></imprint></monogr></biblStruct>",
            "Reed. Lamps. Graz",
        ),
        (
            "<msDesc><msIdentifier><settlement>Graz</settlement><repository>Library</repository><idno>MS 1</idno></msIdentifier>"
            "<physDesc><p>Paper.</p></physDesc></msDesc>",
            "Graz, Library, MS 1",
        ),
        ("<listWit><witness><msDesc><msIdentifier><idno>MS 2</idno></msIdentifier></msDesc></witness></listWit>", "MS 2"),
        ("<p>Born digital.</p>", "Born digital."),
        ("", ""),
    ],
)
def test_a_source_is_told_in_words(header: Header, source: str, words: str) -> None:
    assert header("", source)["source_description"] == words


@pytest.mark.parametrize(
    "header_parts",
    [
        "",
        "<fileDesc/>",
        "<fileDesc/><fileDesc/>",
        "<fileDesc><titleStmt/><titleStmt/><sourceDesc/><sourceDesc/></fileDesc>",
        "<p>x</p>",
    ],
)
def test_no_header_is_too_broken_for_its_text(make: Callable[..., Products], header_parts: str) -> None:
    made = make("<p>x</p>", header=header_parts)
    assert [each["text"] for each in made.record["passages"]] == ["x"]
    assert made.record["header"]["authors"] == []


def test_changes_come_the_latest_first_with_day_name_version_and_status(make: Callable[..., Products]):
    editor = '<titleStmt><title>A</title><editor xml:id="ada">Ada Reed</editor></titleStmt>'
    file = f"<fileDesc>{editor}<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>"
    changes = (
        '<change when="2020-01-02" who="#ada" status="draft">Encoded.</change>'
        '<listChange n="1.0" when="2021-03"><change who="#ada people.xml#bo">Names <gi>persName</gi>.</change>'
        '<change who="cy">Dates.</change></listChange>'
        "<change><date>spring</date> <name>Bo</name>: proofs.</change>"
    )
    record = make(header=f"{file}<revisionDesc>{changes}</revisionDesc>").record["header"]["changes"]
    assert [tuple(change[name] for name in ("date_text", "text", "who", "version", "status")) for change in record] == [
        ("March 2021", "Names <persName>.", "Ada Reed", "1.0", ""),
        ("March 2021", "Dates.", "cy", "1.0", ""),
        ("2 January 2020", "Encoded.", "Ada Reed", "", "draft"),
        ("", "spring Bo: proofs.", "Bo", "", ""),
    ]


@pytest.mark.parametrize(("title", "subtitle"), [("Catalogue", "MS. Arm. g. 8"), ("Description of MS. Arm. g. 8", "")])
def test_the_description_of_a_manuscript_has_its_shelfmark_beside_its_title(
    make: Callable[..., Any], title: str, subtitle: str
) -> None:
    ids = "<msIdentifier><repository>R</repository><idno type='ark'>ark:1</idno><idno>MS. Arm. g. 8</idno></msIdentifier>"
    header = f"<fileDesc><titleStmt><title>{title}</title></titleStmt><sourceDesc><msDesc>{ids}</msDesc></sourceDesc></fileDesc>"
    assert make("", header=header).record["header"]["subtitle"] == subtitle
    assert make("<p>A text.</p>", header=header).record["header"]["subtitle"] == ""

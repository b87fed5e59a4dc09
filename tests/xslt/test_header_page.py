"""From TEI to the page of the header."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from edition.transform import Transformer
from edition.validate import parse

Make = Callable[..., Any]

LETTER = """
<fileDesc><titleStmt><title>To Ada</title><author ref="#x"><persName>Byron, George</persName></author></titleStmt>
<publicationStmt><availability><licence target="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</licence></availability>
</publicationStmt>
<sourceDesc><msDesc><msIdentifier><repository>British Library</repository><idno>Add MS 1</idno></msIdentifier>
<physDesc><objectDesc form="leaf"><supportDesc><support><material>paper</material></support></supportDesc></objectDesc></physDesc>
</msDesc></sourceDesc></fileDesc>
<profileDesc><correspDesc>
<correspAction type="sent"><persName>Byron</persName><placeName>Venice</placeName><date when="1816-12-01"/></correspAction>
<correspAction type="received"><persName>Ada</persName></correspAction></correspDesc></profileDesc>
<xenoData><x xmlns="urn:x" y="z">1 &lt; 2</x></xenoData>
<revisionDesc><change when="2020-01-02" who="#ed">Corrected</change></revisionDesc>"""


def seen(fragment: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", "", fragment))


def test_the_header_is_told_in_words(make: Make) -> None:
    page = seen(make("<p>x</p>", header=LETTER).header)
    for words in (
        "Author Byron, George",
        "Licence CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)",
        "Repository British Library",
        "Material paper",
        "2 January 2020, ed Corrected",
        "(1 December 1816)",
    ):
        assert words in page


def test_the_address_of_a_licence_is_a_link(make: Make) -> None:
    assert '<a href="https://creativecommons.org/licenses/by/4.0/">' in make("<p>x</p>", header=LETTER).header


def test_data_in_other_vocabularies_are_shown_as_markup(make: Make) -> None:
    page = make("<p>x</p>", header=LETTER).header
    assert '<pre class="tei-xenoData" tabindex="0">' in page
    assert "1 &amp;lt; 2" in re.sub("<span[^>]*>|</span>", "", page)
    assert "<x" not in page


def test_the_parts_are_sections_with_headings(make: Make) -> None:
    page = make("<p>x</p>", header=LETTER).header
    assert re.findall(r"<h2>([^<]*)", page) == ["The file", "The text", "Data in other vocabularies", "Changes"]
    assert re.findall(r"<h3>([^<]*)", page) == ["Title and responsibility", "Publication", "Source", "Letter"]


def test_what_says_nothing_has_no_line(make: Make) -> None:
    header = '<fileDesc><publicationStmt><idno type="none"/><idno type="uri">urn:x</idno></publicationStmt></fileDesc>'
    assert "Number (uri) urn:x" in seen(make("<p>x</p>", header=header).header)
    assert "none)" not in seen(make("<p>x</p>", header=header).header)


def test_before_a_letter_stands_who_wrote_when_to_whom(make: Make) -> None:
    page = make("<p>x</p>", header=LETTER).reading
    assert page.startswith('<dl class="letter-facts by-edition"><dt>Sent</dt><dd>Byron, Venice, 1 December 1816</dd>')
    assert "<dt>Received</dt><dd>Ada</dd></dl><article" in page
    assert "letter-facts" not in make("<p>x</p>").reading


def test_a_letter_without_a_text_is_its_facts_alone(transformer: Transformer) -> None:
    printed = re.sub("<msDesc>.*?</msDesc>", "<bibl>Letters, 1901.</bibl>", LETTER, flags=re.DOTALL)
    data = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{printed}</teiHeader></TEI>'
    assert transformer.products(parse(data.encode(), "x"), "x").reading.endswith("<dd>Ada</dd></dl>")


def test_what_stands_off_the_text_is_shown_and_linked_from_what_it_is_about(make: Make) -> None:
    beside = '<standOff><note target="#s" xml:id="n1">a remark</note></standOff>'
    made = make('<p xml:id="s">words</p>', beside=beside)
    assert "a remark" in made.header
    assert 'id="n1"' in made.header
    assert '<a class="target-ref by-edition" href="header/#n1" aria-label="Note">*</a>' in made.reading
    assert 'href="../header/#n1"' in made.diplomatic
    assert 'href="../#s"' in made.header


def test_links_of_the_header_lead_into_the_text(make: Make) -> None:
    header = '<encodingDesc><projectDesc><p>see <ref target="#s">there</ref></p></projectDesc></encodingDesc>'
    assert '<a class="tei-ref" href="../#s">there</a>' in make('<p xml:id="s">x</p>', header=header).header


def test_a_document_in_a_corpus_has_its_own_header_before_that_of_the_corpus(transformer: Transformer) -> None:
    title = "<teiHeader><fileDesc><titleStmt><title>{}</title></titleStmt></fileDesc></teiHeader>"
    corpus = f"""<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{title.format("All")}
        <TEI>{title.format("One")}<text><body><p>a</p></body></text></TEI></teiCorpus>"""
    made = transformer.products(parse(corpus.encode(), "corpus.xml"), "corpus.xml")
    assert re.findall(r"Title (All|One)", seen(made.header)) == ["One", "All"]


def test_words_beside_the_parts_of_a_header_are_on_its_page(make: Make) -> None:
    page = make("<p>x</p>", header="stray <fileDesc/>", beside="astray").header
    assert "<p>stray </p>" in page
    assert "<p>astray</p>" in page

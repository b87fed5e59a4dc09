"""Guidelines rendered from an ODD, and the editors' notes, as the server sends them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from lxml import html

from edition.build import build
from edition.settings import read
from search_index.writer import write_index
from tests.plain import PLAIN
from webapp import create_app

GUIDELINES = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc>
  <titleStmt><title>Encoding</title></titleStmt><publicationStmt><p>x</p></publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc></teiHeader><text><body>
  <div xml:id="encoding.d1"><head xml:id="encoding.h1">What is encoded</head>
    <p>Dates, see <gi>date</gi> and <ref target="about.xml">About</ref>, <ref target="../edition.xml">the edition</ref>.</p></div>
  <div><head>Elements</head><schemaSpec ident="edition">
    <elementSpec ident="date" module="core" mode="change" xml:id="encoding.date"><desc>A date.</desc>
    <exemplum source="../documents/spark-2022-01-17.xml#spark.p2">
      <egXML xmlns="http://www.tei-c.org/ns/Examples"><date>now</date></egXML></exemplum></elementSpec></schemaSpec></div>
</body></text></TEI>"""


def test_the_guidelines_are_a_page_whose_links_answer_and_whose_examples_lead_to_their_passages(project: Path, tmp_path: Path):
    shutil.copytree(project / "tei", tmp_path / "tei", ignore=shutil.ignore_patterns("schema"))
    (tmp_path / "tei" / "pages" / "encoding.xml").write_text(GUIDELINES, "utf-8")
    settings = read(tmp_path, {}, PLAIN)
    build(settings, write_index, jobs=2)
    client = create_app(settings).test_client()
    page = html.document_fromstring(client.get("/pages/encoding/").text)
    contents = [link.text for link in page.xpath("//nav[@aria-label='Contents']//a")]
    assert contents == ["What is encoded", "Elements", "<date>"]
    assert page.xpath("//figcaption/a/@href") == ["../../documents/spark-2022-01-17/#spark.p2"]
    for target in page.xpath("//main//a/@href[not(starts-with(., 'https:'))]"):
        parts = urlsplit(urljoin("http://localhost/pages/encoding/", target))
        answer = client.get(parts.path)
        assert answer.status_code == 200, target
        assert not parts.fragment or html.document_fromstring(answer.text).xpath("//*[@id=$id]", id=parts.fragment), target


def test_no_word_of_the_odds_of_the_tei_is_lost(shared: Path, tmp_path: Path, served: Callable[..., AbstractContextManager[str]]):
    (tmp_path / "tei").mkdir()
    for path in (shared / "schema" / "tei").glob("*.odd"):
        shutil.copy(path, tmp_path / "tei" / f"{path.stem}.xml")
    settings = read(tmp_path, {}, PLAIN)
    report = build(settings, write_index, jobs=2)
    assert report.findings == ()
    with served(tmp_path, settings.out) as address:
        command = [sys.executable, str(shared / "tools" / "nothing_lost.py"), str(settings.documents), address]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert f"{report.documents} of {report.documents} documents complete; 0 of" in done.stdout, done.stdout + done.stderr


def test_the_editors_notes_stand_apart_from_the_authors_and_lead_back_to_their_places(client: FlaskClient):
    for id in ("icc-2022-01-20", "spark-2022-01-17"):
        page = html.document_fromstring(client.get(f"/documents/{id}/").text)
        passages = client.get(f"/api/v1/documents/{id}").json["passage_list"]
        notes = [each["id"] for each in passages if each["kind"] == "editorial"]
        assert notes
        assert page.xpath("//section[h2 = 'Editors’ notes']//li/@id") == notes
        assert not set(notes) & set(page.xpath("//section[h2 = 'Notes']//li/@id"))
        for note in notes:
            (marker,) = page.xpath("//a[@id=$id]", id=f"ref:{note}")
            assert re.fullmatch("[a-z]+", marker.text)
            assert marker.get("aria-label") == f"editors’ note {marker.text}"
            assert page.xpath("//li[@id=$id]//a[@role='doc-backlink']/@href", id=note) == [f"#ref%3A{note}"]

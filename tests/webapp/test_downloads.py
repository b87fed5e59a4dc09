"""What is taken away from the site: the formats of a text, the whole corpus, the registers as data."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import bibtexparser
import pytest
import rdflib
import rispy
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from edition.records import FORMATS

TEXT = "/documents/icc-2022-01-20"


def got(client: FlaskClient, address: str, **options: Any) -> TestResponse:
    """An answer, its file closed."""
    with client.get(address, **options) as answer:
        answer.get_data()
    return answer


@pytest.mark.parametrize("extension", FORMATS)
def test_each_format_has_its_address_its_type_and_a_name(client: FlaskClient, extension: str):
    answer = got(client, f"{TEXT}.{extension}")
    assert answer.status_code == 200
    assert len(answer.data) > 100
    assert f"icc-2022-01-20.{extension}" in answer.headers["Content-Disposition"]
    again = got(client, f"{TEXT}.{extension}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("address", [f"{TEXT}.docx", "/documents/none.txt", "/downloads/none.zip", "/registers/none.csv"])
def test_what_is_not_there_is_said_not_to_be(client: FlaskClient, address: str):
    assert got(client, address).status_code == 404


def test_the_page_of_a_text_lists_its_formats(client: FlaskClient):
    page = got(client, f"{TEXT}/").text.partition('id="edition:formats"')[2].partition("</section>")[0]
    assert re.findall(r'href="([^"]*)"', page) == [f"{TEXT}.{extension}" for extension in FORMATS]


def test_references_are_what_their_readers_read(client: FlaskClient):
    entry = bibtexparser.parse_string(got(client, f"{TEXT}.bib").text).entries[0]
    assert entry.fields_dict["author"].value == "{Stopio}"
    (record,) = rispy.loads(got(client, f"{TEXT}.ris").text)
    assert (record["authors"], record["type_of_reference"]) == (["Stopio"], "CHAP")
    (item,) = json.loads(got(client, f"{TEXT}.csl.json").text)
    assert (item["type"], item["author"]) == ("chapter", [{"literal": "Stopio"}])


def test_the_page_of_downloads_lists_every_file_with_its_checksum(client: FlaskClient):
    page = got(client, "/downloads/").text
    addresses = re.findall(r'<a href="(/(?:downloads|registers)/[^"]*)" type=', page)
    digests = dict(re.findall(r"([0-9a-f]{64})  (.*)\n", page))
    assert len(digests) == len(addresses) > len(FORMATS)
    for address in addresses:
        assert hashlib.sha256(got(client, address).data).hexdigest() in digests, address


def test_an_archive_has_the_files_as_they_are_served(client: FlaskClient):
    for extension in FORMATS[1:]:
        with zipfile.ZipFile(io.BytesIO(got(client, f"/downloads/kazakhstan-2022-{extension}.zip").data)) as archive:
            names = [f"kazakhstan-2022-{extension}/{id}.{extension}" for id in ("icc-2022-01-20", "spark-2022-01-17")]
            assert archive.namelist() == names
            assert archive.read(names[0]) == got(client, f"{TEXT}.{extension}").data


def test_registers_are_data(client: FlaskClient):
    entries = json.loads(got(client, "/registers/persons.json").text)["entries"]
    rows = list(csv.DictReader(io.StringIO(got(client, "/registers/persons.csv").text)))
    assert [each["key"] for each in rows] == [each["key"] for each in entries]
    tokayev = next(each for each in entries if each["key"] == "pers-tokayev")
    mentions = list(csv.DictReader(io.StringIO(got(client, "/registers/mentions.csv").text)))
    assert len([each for each in mentions if each["key"] == "pers-tokayev"]) == tokayev["mentions"] > 5
    assert b"pers-tokayev" in got(client, "/registers/persons.xml").data


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_registers_are_linked_data(client: FlaskClient):
    graph = rdflib.Graph().parse(data=got(client, "/registers/places.jsonld").text, format="json-ld")
    places = list(graph.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/Place")))
    assert len(places) == len(json.loads(got(client, "/registers/places.json").text)["entries"])


def test_who_stands_beside_whom_is_a_table_and_a_graph(client: FlaskClient):
    rows = list(csv.DictReader(io.StringIO(got(client, "/registers/cooccurrence.csv").text)))
    edges = fromstring(got(client, "/registers/cooccurrence.gexf").data).findall(".//{http://gexf.net/1.3}edge")
    assert len(edges) == len(rows)
    assert {int(each.get("weight", "0")) for each in edges} == {int(each["passages"]) for each in rows}
    assert max(int(each["passages"]) for each in rows) == int(rows[0]["passages"]) > 1


def test_the_recipe_for_python_runs(client: FlaskClient, tmp_path: Path):
    (tmp_path / "kazakhstan-2022-tei.zip").write_bytes(got(client, "/downloads/kazakhstan-2022-tei.zip").data)
    page = got(client, "/downloads/").text
    code = re.search(r'id="recipe-python".*?<code>(.*?)</code>', page, re.DOTALL)
    assert code
    text = code[1].replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    done = subprocess.run([sys.executable, "-c", text], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert re.findall(r"(icc|spark)\S* \d+ paragraphs", done.stdout) == ["icc", "spark"]

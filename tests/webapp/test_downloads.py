"""What is taken away from the site: the formats of a text, the whole corpus, the registers as data."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import fromstring

import bibtexparser
import networkx
import pytest
import rdflib
import rispy
import saxonche
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from edition.records import FORMATS
from edition.settings import Settings
from webapp import create_app

TEXT = "/documents/icc-2022-01-20"
Recipe = Callable[[str], tuple[Path, str]]


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


def test_with_a_public_address_the_texts_can_be_opened_elsewhere(client: FlaskClient, edition: Settings):
    assert "voyant-tools.org" not in got(client, "/downloads/").text
    public = create_app(replace(edition, site_url="https://kz.example.org/ed/")).test_client()
    link = html.document_fromstring(got(public, "/downloads/").text).xpath("string(//a[contains(@href, 'voyant')]/@href)")
    assert parse_qs(urlsplit(link).query) == {"input": ["https://kz.example.org/ed/downloads/kazakhstan-2022-txt.zip"]}


def test_a_recipe_for_an_archive_that_is_not_there_is_not_given(client: FlaskClient, edition: Settings):
    def recipes(client: FlaskClient) -> list[str]:
        return html.document_fromstring(got(client, "/downloads/").text).xpath("//section[@aria-labelledby='recipes']/h3/text()")

    assert recipes(client) == ["Python", "R", "XQuery", "Voyant Tools", "Zotero"]
    assert recipes(create_app(replace(edition, edition_id="other")).test_client()) == ["Python", "R", "XQuery"]


def test_a_program_for_networks_reads_the_graph(client: FlaskClient):
    graph = networkx.read_gexf(io.BytesIO(got(client, "/registers/cooccurrence.gexf").data))
    rows = list(csv.DictReader(io.StringIO(got(client, "/registers/cooccurrence.csv").text)))
    weight = graph.edges[f"{rows[0]['kind']}:{rows[0]['key']}", f"{rows[0]['other kind']}:{rows[0]['other key']}"]["weight"]
    assert (graph.number_of_edges(), weight) == (len(rows), int(rows[0]["passages"]))
    assert graph.nodes["person:pers-tokayev"] == {"kind": "person", "label": "Tokayev, Kassym-Jomart"}


@pytest.fixture(scope="module")
def recipe(client: FlaskClient, tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    """A recipe of the page, in a folder with what it needs."""
    folder = tmp_path_factory.mktemp("recipes")
    archive = folder / "kazakhstan-2022-tei.zip"
    archive.write_bytes(got(client, "/downloads/kazakhstan-2022-tei.zip").data)
    page = html.document_fromstring(got(client, "/downloads/").text)

    def written(id: str) -> tuple[Path, str]:
        (code,) = page.xpath("//h3[@id=$id]/following::code[1]", id=f"recipe-{id}")
        path = folder / f"recipe.{id}"
        path.write_text(code.text_content(), "utf-8")
        return path, code.text_content()

    return written


def printed(folder: Path, *command: str) -> str:
    environment = os.environ | {"HOME": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout


def test_the_recipe_for_python_runs(recipe: Recipe):
    path, _ = recipe("python")
    said = printed(path.parent, sys.executable, path.name)
    assert re.findall(r"(icc|spark)\S* \d+ paragraphs", said) == ["icc", "spark"]


def test_the_recipe_for_r_runs_and_counts_what_python_counts(recipe: Recipe, cannot_run: Callable[[str], NoReturn]):
    program = shutil.which("Rscript") or cannot_run("R (r-base-core, r-cran-xml2) is not installed")
    python, r = recipe("python")[0], recipe("r")[0]
    assert printed(r.parent, program, r.name) == printed(python.parent, sys.executable, python.name)


def test_the_recipe_for_xquery_runs_in_basex_and_in_saxon(recipe: Recipe, cannot_run: Callable[[str], NoReturn]):
    program = shutil.which("basex") or cannot_run("BaseX is not installed")
    path, query = recipe("xquery")
    with zipfile.ZipFile(path.parent / "kazakhstan-2022-tei.zip") as archive:
        archive.extractall(path.parent)
    saxon = saxonche.PySaxonProcessor(license=False).new_xquery_processor()
    saxon.set_query_base_uri(path.as_uri())
    saxon.set_query_content(query)
    counted = printed(path.parent, program, path.name).split()
    assert counted[:2] == ["Kazakhstan", "17"]
    assert sorted(counted) == sorted(saxon.run_query_to_string().partition("?>")[2].split())

"""The addresses of data, as docs and other people's programs use them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from edition.settings import HOME


@pytest.mark.parametrize("path", sorted((HOME / "tei" / "documents").glob("*.xml")), ids=lambda path: path.stem)
def test_the_tei_is_served_byte_for_byte(client, path: Path):
    answer = client.get(f"/documents/{path.stem}.xml", buffered=True)
    assert answer.data == path.read_bytes()
    assert answer.mimetype == "application/tei+xml"


def test_the_list_of_documents_has_what_the_contract_promises(client):
    answer = client.get("/api/v1/documents").json
    assert set(answer) == {"snapshot", "total", "documents", "next"}
    assert answer["total"] == 2
    assert answer["next"] is None
    first = answer["documents"][0]
    assert set(first) == {"id", "title", "url", "tei", "source", "words", "passages", "parts", "date", "language"}
    assert first["id"] == "icc-2022-01-20"
    assert first["source"] == "icc-2022-01-20.xml"
    assert first["parts"] == ["/documents/icc-2022-01-20/"]
    assert first["date"] == "2022-01-20"
    assert first["passages"] == 26  # two of them editors' notes


def test_a_list_goes_on_where_next_says(client):
    first = client.get("/api/v1/documents?per_page=1").json
    second = client.get(first["next"]).json
    assert [each["id"] for each in first["documents"] + second["documents"]] == ["icc-2022-01-20", "spark-2022-01-17"]
    assert second["next"] is None


def test_a_document_tells_its_header_and_its_passages(client):
    answer = client.get("/api/v1/documents/icc-2022-01-20").json
    assert answer["title"] == "Workers’ struggles drowned in bourgeois faction fights"
    assert answer["title_supplied"] is True
    assert answer["licences"][0]["status"] == "unknown"
    assert answer["contents"][0]["text"] == "A working class under attack but very fragile"
    assert len(answer["passage_list"]) == 26


def test_a_passage_gives_its_words_and_its_tei_with_open_ancestors(client):
    answer = client.get("/api/v1/documents/icc-2022-01-20/passages/icc.fn1").json
    assert answer["text"] == "This 'partnership' involves Belarus, Armenia, Kazakhstan, Tajikistan, Kyrgyzstan, and Russia"
    assert answer["kind"] == "note"
    assert answer["url"] == "/documents/icc-2022-01-20/#icc.fn1"
    slice_ = etree.fromstring(answer["tei"])
    names = [etree.QName(each).localname for each in slice_.iter()]
    assert names == ["TEI", "text", "body", "div", "p", "note", "soCalled", *["placeName"] * 6]


def test_search_has_what_the_contract_promises(client):
    answer = client.get("/api/v1/search?q=gas").json
    promised = {"query", "understood", "total", "documents", "page", "pages", "complete", "hits", "facets", "suggestion"}
    assert promised <= set(answer)
    assert (answer["total"], answer["documents"]) == (5, 2)
    hit = answer["hits"][0]
    assert {"document", "title", "passage", "label", "kind", "url", "score", "snippets", "html"} <= set(hit)
    assert set(hit["snippets"][0]) >= {"before", "match", "after"}
    assert "<mark>gas</mark>" in hit["html"]
    assert {each["value"]: each["count"] for each in answer["facets"]["document"]} == {"icc-2022-01-20": 2, "spark-2022-01-17": 3}


def test_search_keeps_to_the_document_it_is_narrowed_to(client):
    answer = client.get("/api/v1/search?q=gas&document=icc-2022-01-20").json
    assert {hit["document"] for hit in answer["hits"]} == {"icc-2022-01-20"}
    assert (answer["total"], answer["documents"]) == (2, 1)


def test_search_can_be_narrowed_by_every_field_that_is_counted(client):
    everything = client.get("/api/v1/search?q=workers").json
    for field, values in everything["facets"].items():
        for value in values:
            answer = client.get("/api/v1/search", query_string={"q": "workers", field: value["value"]}).json
            assert answer["total"] == value["count"]
            assert answer["total"] <= everything["total"]
    assert client.get("/api/v1/search?q=workers&kind=head").json["total"] == 0
    assert client.get("/api/v1/search?q=working&kind=head").json["total"] == 2


@pytest.mark.parametrize(
    ("query", "passages"),
    [
        ("Zhanaozen", {"icc.p3"}),
        ("Janaozen", {"spark.p11"}),
        ('"cannon fodder"', {"icc.p9"}),
        ("cannon fodder", {"icc.p9"}),
        ("ouvriere", {"spark.sn", "spark.ed3"}),
        ("Zhanaozen OR Janaozen", {"icc.p3", "spark.p11"}),
        ("partnership NOT moscow", {"icc.fn1"}),
        ("kassym*", {"spark.p2"}),
        ("Stopio", {"icc.sig"}),
        ("submitted", {"icc.sub"}),
        ("emancipation", {"spark.ep1", "spark.ed1", "icc.p8"}),
        ("mobilise", {"icc.p9"}),
    ],
)
def test_search_finds(client, query, passages):
    answer = client.get("/api/v1/search", query_string={"q": query}).json
    assert {hit["passage"] for hit in answer["hits"]} == passages


def test_every_hit_leads_to_its_passage_with_the_words_marked(client):
    for hit in client.get("/api/v1/search?q=workers&per_page=200").json["hits"]:
        address, _, passage = hit["url"].partition("#")
        page = client.get(address).text
        assert f'id="{passage}"' in page
        assert "<mark" in page


def test_healthz_tells_snapshot_counts_and_whether_search_answers(client):
    answer = client.get("/healthz")
    told = dict(answer.json)
    assert len(told.pop("snapshot")) == 16
    assert told == {"status": "ok", "edition": "kazakhstan-2022", "documents": 2, "passages": 48, "search": True}
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers

"""Any TEI, however torn: real documents with random changes are published whole or refused with a finding, never a trace.

Elements are dropped, repeated, nested, renamed, moved, put into others, pointers led astray, ids moved (``tests.tei_variants``).
"""

from __future__ import annotations

import copy
import os
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from edition.build import build
from edition.catalogue import Catalogue
from edition.findings import CODES, Unreadable
from edition.inclusion import Reach, whole
from edition.settings import HOME, read
from edition.snapshot import current
from edition.transform import Products, Transformer
from edition.validate import parse
from search_index.writer import write_index
from tests import words
from tests.plain import PLAIN
from tests.tei_variants import mutated
from webapp import create_app

DOCUMENTS = (words.TEI + "TEI", words.TEI + "teiCorpus")
SMALL = 40_000
"""Bytes: of longer documents of other people fewer could be tried."""
REFUSED = {"E002", "E003"}
"""What a torn file may be refused for: that it is no TEI any more."""
WHOLE_OR_REFUSED = ({}, *REFUSED)
TORN = 40
"""Documents of the build that is all torn documents."""

bounded = settings(
    deadline=None, database=None, derandomize=os.environ.get("CI") == "true", suppress_health_check=list(HealthCheck)
)


def roots(*folders: Path) -> list[etree._Element]:
    """The documents below these folders that are not too long."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*.xml")) if path.stat().st_size < SMALL]
    found = []
    for path in paths:
        try:
            root = parse(path.read_bytes(), path.name).getroot()
        except Unreadable:
            continue
        if root.tag in DOCUMENTS:
            found.append(root)
    return found


OWN = roots(HOME / "tei" / "documents", HOME / "tei" / "pages", HOME / "tests" / "corpus" / "documents")


@cache
def others(shared: Path) -> list[etree._Element]:
    """Documents of other people."""
    return roots(shared / "corpora")


def torn(documents: Sequence[etree._Element], chance: random.Random) -> bytes:
    """A document with some changes, and what others lend for them."""
    root = chance.choice(documents)
    for _ in range(chance.choice((1, 1, 2, 4))):
        root = mutated(root, [chance.choice(documents)], chance)
    return etree.tostring(root, encoding="utf-8")


def lacking(transformer: Transformer, data: bytes) -> dict[str, int] | str:
    """The words of a file that are on no page, of its texts and beside them; the code of the finding where it is refused."""
    try:
        file = whole(data, Path("/torn.xml"), "torn.xml", Reach(Path("/")))
        root = copy.deepcopy(file.tree.getroot())
        made = [each for each in transformer.made(file, "torn.xml") if isinstance(each, Products)]
    except Unreadable as refusal:
        return refusal.finding.code
    in_texts = words.missing(words.of_texts(root), *(each.reading for each in made))
    return in_texts + words.missing(words.of_header(root), *(each.header for each in made))


@settings(bounded, max_examples=120)
@given(chance=st.randoms(use_true_random=False))
def test_torn_documents_are_published_whole_or_refused(transformer: Transformer, chance: random.Random) -> None:
    assert lacking(transformer, torn(OWN, chance)) in WHOLE_OR_REFUSED


@settings(bounded, max_examples=60)
@given(chance=st.randoms(use_true_random=False))
def test_torn_documents_of_other_people_are_published_whole_or_refused(
    transformer: Transformer, shared: Path, chance: random.Random
) -> None:
    assert lacking(transformer, torn(others(shared), chance)) in WHOLE_OR_REFUSED


def test_a_build_of_torn_documents_gives_findings_and_pages(tmp_path: Path) -> None:
    """From the files to the answers of the site: nothing on the way stumbles over them."""
    chance = random.Random(6)
    for number in range(TORN):
        (tmp_path / f"torn-{number}.xml").write_bytes(torn(OWN, chance))
    project = read(tmp_path, {}, PLAIN)
    report = build(project, write_index, jobs=2)
    refused = {each.path for each in report.findings if each.code in REFUSED}
    assert report.documents == TORN - len(refused)
    assert {each.code for each in report.findings} <= CODES.keys() - {"E010", "E013"}
    client = create_app(project).test_client()
    for each in Catalogue(current(project.out).catalogue).listing():
        for view in ("", "diplomatic/", "source/", "header/"):
            assert client.get(f"/documents/{each.id}/{view}").status_code == 200

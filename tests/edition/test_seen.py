"""A file that is as it was is not read again; whatever could have changed is."""

from __future__ import annotations

import json
import os
import time
from hashlib import sha256
from pathlib import Path

import pytest

from edition.inputs import Input, listed
from edition.seen import NAME, TICK, Seen
from edition.settings import Settings, read
from tests.edition.conftest import CORPUS


def look(settings: Settings, afresh: bool = False, by: str = "us") -> dict[str, str]:
    """The digest of each file of the TEI folder, by its place."""
    seen = Seen(settings.out, by, afresh)
    inputs: list[Input] = listed(settings, "", seen)[0]
    seen.keep()
    return {each.place: each.digest for each in inputs}


@pytest.fixture
def old(tmp_path: Path) -> Settings:
    """An edition whose files are older than any tick of a clock."""
    settings = read(tmp_path, {"tei": str(CORPUS)}, {})
    settings.out.mkdir()
    youngest = max(path.stat().st_ctime_ns for path in CORPUS.rglob("*.xml"))
    time.sleep(max(0, youngest + TICK - time.time_ns()) / 1e9)
    return settings


def pretend(settings: Settings, digest: str) -> None:
    """Have the memory say that every file has this digest, so that one sees who is asked."""
    head, _, data = (settings.out / NAME).read_bytes().partition(b"\n")
    assert head.decode() == sha256(data).hexdigest()
    kept = json.loads(data)
    assert len(kept["files"]) == len(list(CORPUS.rglob("*.xml")))
    data = json.dumps(kept | {"files": {path: [state, digest] for path, (state, *_) in kept["files"].items()}}).encode()
    (settings.out / NAME).write_bytes(sha256(data).hexdigest().encode() + b"\n" + data)


def test_what_is_as_it_was_is_not_read_again_unless_all_is_to_be(old: Settings) -> None:
    first = look(old)
    pretend(old, "remembered")
    assert set(look(old).values()) == {"remembered"}
    assert look(old, by="a later version") == first
    pretend(old, "remembered")
    assert look(old, afresh=True) == look(old) == first


@pytest.mark.parametrize("damage", [b"", b"{}", b"x"])
def test_a_damaged_memory_is_none(old: Settings, damage: bytes) -> None:
    first = look(old)
    pretend(old, "remembered")
    data = (old.out / NAME).read_bytes()
    (old.out / NAME).write_bytes(data.replace(b"remembered", b"remembrred") if damage == b"x" else damage)
    assert look(old) == first


def test_what_changed_within_a_tick_of_the_clock_is_noticed(corpus: Settings) -> None:
    corpus.out.mkdir()
    lamp = corpus.documents / "lamp.xml"
    first, at = look(corpus), lamp.stat()
    lamp.write_bytes(lamp.read_bytes().replace(b"lamp", b"lump"))
    os.utime(lamp, ns=(at.st_atime_ns, at.st_mtime_ns))
    second = look(corpus)
    assert {place for place in first if first[place] != second[place]} == {"documents/lamp.xml"}
    assert json.loads((corpus.out / NAME).read_bytes().partition(b"\n")[2])["files"] == {}


def test_what_an_old_file_includes_is_followed_to_where_its_links_lead_now(tmp_path: Path) -> None:
    settings = read(tmp_path, {}, {})
    for folder in (settings.out, settings.documents):
        folder.mkdir(parents=True)
    (settings.documents / "whole.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><include xmlns="http://www.w3.org/2001/XInclude" href="part.txt"/></TEI>'
    )
    (tmp_path / "outside.txt").write_text("I")
    part = settings.documents / "part.txt"
    part.symlink_to(tmp_path / "outside.txt")
    time.sleep(TICK / 1e9 + 0.01)
    (outside,) = look(settings).values()
    part.unlink()
    part.write_text("I")
    (inside,) = look(settings).values()
    part.write_text("II")
    assert len({outside, inside, *look(settings).values()}) == 3

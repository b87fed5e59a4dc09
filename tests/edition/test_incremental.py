"""A build does what is needed and no more; what is damaged is noticed and made again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from edition.build import BuildError, Report
from edition.catalogue import Catalogue
from edition.settings import HOME, Settings
from edition.snapshot import current, current_name, damaged, named
from edition.store import held, place
from tests.stored import page_of, stored


def touch(settings: Settings, name: str = "song.xml") -> None:
    path = settings.documents / name
    path.write_bytes(path.read_bytes() + b"\n")


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file was written and how large it is."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in (".lock", "seen.json"))
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in files}


def test_one_changed_document_is_one_transformation(corpus: Settings, make: Callable[..., Report]) -> None:
    assert make(corpus).transformed == 10
    touch(corpus)
    report = make(corpus)
    assert (report.documents, report.transformed, report.unchanged) == (3, 1, False)


def test_the_index_before_is_handed_over_unless_all_is_to_be_done_again(corpus: Settings, make: Callable[..., Report]) -> None:
    for times, force in (("", False), ("I", False), ("II", False), ("", True), ("I", False)):
        touch(corpus)
        make(corpus, force=force)
        assert (current(corpus.out).index / "times").read_text() == times


def test_nothing_changed_is_nothing_written(corpus: Settings, make: Callable[..., Report]) -> None:
    first = make(corpus)
    before = state(corpus.out)
    again = make(corpus)
    assert again.unchanged
    assert (again.transformed, again.snapshot, again.documents, again.passages) == (0, first.snapshot, 3, first.passages)
    assert state(corpus.out) == before


def test_what_was_found_is_reported_again(corpus: Settings, tei: Callable[..., str], make: Callable[..., Report]) -> None:
    (corpus.documents / "strange.xml").write_text(tei("<p><strange>x</strange></p>"))
    (corpus.documents / "torn.xml").write_text("<TEI>")
    first = make(corpus)
    assert [each.code for each in first.findings] == ["W101", "E001"]
    assert make(corpus).findings == first.findings
    touch(corpus)
    assert make(corpus).findings == first.findings


def test_strict_is_heard_even_when_nothing_changed(corpus: Settings, make: Callable[..., Report]) -> None:
    (corpus.documents / "torn.xml").write_text("<TEI>")
    make(corpus)
    with pytest.raises(BuildError, match=r"torn\.xml:1:6 E001"):
        make(corpus, strict=True)


def test_force_does_everything_again(corpus: Settings, make: Callable[..., Report]) -> None:
    first = make(corpus)
    for _ in range(3):
        again = make(corpus, force=True)
        assert (again.transformed, again.snapshot) == (10, first.snapshot)
        assert damaged(current(corpus.out), thoroughly=True) == ()
    assert len(list((corpus.out / "snapshots").iterdir())) == 3


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        ("catalogue.sqlite", "flipped"),
        ("index/numbers", "cut off"),
        ("findings.json", "cut off"),
    ],
)
def test_a_damaged_snapshot_is_made_again(corpus: Settings, make: Callable[..., Report], file: str, damage: str) -> None:
    make(corpus)
    whole = current_name(corpus.out)
    hurt(current(corpus.out).path / file, damage)
    assert file in damaged(current(corpus.out), thoroughly=True)
    report = make(corpus)
    assert (report.documents, report.transformed, report.unchanged) == (3, 0, False)
    assert damaged(current(corpus.out), thoroughly=True) == ()
    assert (current(corpus.out).id, current_name(corpus.out)) == (whole, f"{whole}.2")
    assert make(corpus).unchanged


def hurt(path: Path, damage: str) -> None:
    data = path.read_bytes()
    path.unlink()
    if damage == "flipped":
        middle = len(data) // 2
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
    elif damage == "cut off":
        path.write_bytes(data[:-1])


def entry(settings: Settings, path: str) -> Path:
    return place(settings.out, stored(current(settings.out), path).entry)


@pytest.mark.parametrize("damage", ["cut off", "removed"])
def test_a_damaged_entry_of_the_store_is_made_again(corpus: Settings, make: Callable[..., Report], damage: str) -> None:
    make(corpus)
    song = entry(corpus, "song.xml")
    whole = song.read_bytes()
    hurt(song, damage)
    assert damaged(current(corpus.out)) == (song.relative_to(corpus.out).as_posix(),)
    report = make(corpus)
    assert (report.documents, report.transformed, report.unchanged) == (3, 1, False)
    assert song.read_bytes() == whole
    assert make(corpus).unchanged


@pytest.mark.parametrize("damage", ["cut off", "removed"])
def test_a_damaged_store_is_made_again(corpus: Settings, make: Callable[..., Report], damage: str) -> None:
    make(corpus)
    for path in (corpus.out / "store").rglob("*.zip"):
        hurt(path, damage)
    touch(corpus)
    report = make(corpus)
    assert (report.documents, report.transformed) == (3, 10)
    assert damaged(current(corpus.out), thoroughly=True) == ()


def test_damage_that_sizes_do_not_tell_is_found_and_mended_by_force(corpus: Settings, make: Callable[..., Report]) -> None:
    make(corpus)
    song = entry(corpus, "song.xml")
    whole = song.read_bytes()
    hurt(song, "flipped")
    assert damaged(current(corpus.out)) == ()
    assert damaged(current(corpus.out), thoroughly=True) == (song.relative_to(corpus.out).as_posix(),)
    assert make(corpus, force=True).transformed == 10
    assert song.read_bytes() == whole


def test_what_a_killed_build_has_left_in_the_store_is_used_if_it_is_whole(corpus: Settings, make: Callable[..., Report]) -> None:
    make(corpus)
    song = entry(corpus, "song.xml")
    shutil.rmtree(corpus.out / "snapshots")
    assert make(corpus).transformed == 0
    shutil.rmtree(corpus.out / "snapshots")
    hurt(song, "flipped")
    assert make(corpus).transformed == 1


def test_what_did_not_change_lies_on_the_disk_once(corpus: Settings, make: Callable[..., Report]) -> None:
    make(corpus)
    before = {path: path.stat().st_ino for path in (corpus.out / "store").rglob("*.zip")}
    touch(corpus)
    make(corpus)
    after = {path: path.stat().st_ino for path in (corpus.out / "store").rglob("*.zip")}
    assert before.items() < after.items()
    assert len(after) == len(before) + 2  # the song, and its formats


def test_a_manifest_that_cannot_be_read_makes_a_snapshot_worthless(corpus: Settings, make: Callable[..., Report]) -> None:
    make(corpus)
    (current(corpus.out).path / "manifest.json").write_text("{")
    assert not make(corpus).unchanged
    assert damaged(current(corpus.out), thoroughly=True) == ()


def test_a_link_that_leads_nowhere_is_mended(corpus: Settings, make: Callable[..., Report]) -> None:
    make(corpus)
    (corpus.out / "current").unlink()
    (corpus.out / "current").symlink_to("snapshots/gone")
    assert make(corpus).documents == 3
    assert current(corpus.out).path.is_dir()


def test_a_changed_stylesheet_means_everything(corpus: Settings, make: Callable[..., Report]) -> None:
    first = make(corpus)
    sheet = corpus.project / "xslt" / "reading" / "core.xsl"
    sheet.parent.mkdir(parents=True)
    sheet.write_text((HOME / "xslt" / "reading" / "core.xsl").read_text().replace("[…]", "[...]"))
    report = make(corpus)
    assert (report.transformed, report.snapshot == first.snapshot) == (10, False)
    assert "[...]" in page_of(current(corpus.out), "reading", "lamp.xml")


def test_a_removed_document_disappears(corpus: Settings, make: Callable[..., Report]) -> None:
    make(corpus)
    (corpus.documents / "song.xml").unlink()
    assert (make(corpus).documents, make(corpus).transformed) == (2, 0)
    snapshot = current(corpus.out)
    assert Catalogue(snapshot.catalogue).document("song") is None
    assert not [each for each in Catalogue(snapshot.catalogue).all_stored() if "song" in each.path]
    for archive in snapshot.downloads.iterdir():
        assert not [name for name in ZipFile(archive).namelist() if "song" in name]


def test_a_document_that_breaks_disappears_and_comes_back(corpus: Settings, make: Callable[..., Report]) -> None:
    make(corpus)
    song = corpus.documents / "song.xml"
    whole = song.read_bytes()
    song.write_bytes(whole[:-20])
    report = make(corpus)
    assert (report.documents, [each.code for each in report.findings]) == (2, ["E001"])
    song.write_bytes(whole)
    assert (make(corpus).documents, make(corpus).findings) == (3, ())


def test_documents_with_the_same_bytes_are_two(corpus: Settings, make: Callable[..., Report]) -> None:
    shutil.copy(corpus.documents / "song.xml", corpus.documents / "encore.xml")
    assert make(corpus, jobs=2).documents == 4
    assert Catalogue(current(corpus.out).catalogue).passage("encore", "song.l1") is not None


def test_what_was_kept_of_the_search_fields_is_made_again_where_it_is_torn(corpus: Settings, make: Callable[..., Report]) -> None:
    make(corpus)
    kept = corpus.out / "fields.json"
    whole = kept.read_text()
    for torn in ("", whole[:40], '{"software": "another"}'):
        kept.write_text(torn)
        touch(corpus)
        make(corpus)
        assert kept.read_text() == whole


def test_the_current_snapshot_and_two_before_it_are_kept(corpus: Settings, make: Callable[..., Report]) -> None:
    names = []
    for _ in range(4):
        touch(corpus)
        names.append(make(corpus).snapshot)
    assert {path.name for path in (corpus.out / "snapshots").iterdir()} == set(names[-3:])
    assert current_name(corpus.out) == names[-1]


def test_the_store_has_what_the_snapshots_need_and_no_more(corpus: Settings, make: Callable[..., Report]) -> None:
    for _ in range(5):
        touch(corpus)
        make(corpus)
    assert held(corpus.out).keys() == named(corpus.out)
    of_each = 10 + 3 + 5  # files, formats of documents, JSON-LD of registers
    assert len(held(corpus.out)) == of_each + 2 * 2  # the song and its formats as two snapshots before had them


def test_leftovers_are_cleared_up(corpus: Settings, make: Callable[..., Report]) -> None:
    make(corpus)
    (corpus.out / "snapshots" / ".new-0123").mkdir()
    (corpus.out / "snapshots" / ".new-0123" / "file").touch()
    (corpus.out / "snapshots" / ".old-4567").mkdir()
    (corpus.out / "store" / ".new-89-1").touch()
    (corpus.out / ".current-99").symlink_to("nowhere")
    (corpus.out / ".seen.json-99").touch()
    make(corpus)
    assert sorted(path.name for path in corpus.out.iterdir()) == [
        *(".lock", "current", "fields.json", "seen.json", "snapshots", "store")
    ]
    assert not [path for folder in ("snapshots", "store") for path in (corpus.out / folder).glob(".*")]

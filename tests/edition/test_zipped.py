"""An archive made from the one before has the bytes of one that is made at once, and any program reads it."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition import zipped
from edition.zipped import Archive, Written

NAMES = ["a.xml", "b/ü.xml", "b/日本.xml", "c.epub", "d.xml", "e.xml"]
FILES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from([b"", b"a lamp", b"a lamp " * 99]))


def written(path: Path, files: dict[str, bytes], before: Path | None = None, same: frozenset[str] = frozenset()) -> bytes:
    """An archive of files; those that are the ``same`` are taken from the one before. What it says of its digest is true."""
    with path.open("wb") as target, Archive(target) as archive:
        for name in sorted(files):
            if before and name in same:
                archive.take(Written(before), [name])
            else:
                archive.add(name, files[name], compressed=not name.endswith(".epub"))
    assert archive.sha256 == zipped.hashlib.sha256(path.read_bytes()).hexdigest()
    return path.read_bytes()


@given(FILES, FILES)
def test_what_is_taken_over_is_as_if_it_were_made(
    tmp_path_factory: pytest.TempPathFactory, first: dict[str, bytes], second: dict[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("zip")
    written(folder / "first.zip", first)
    same = frozenset(name for name in second if first.get(name) == second[name])
    step_by_step = written(folder / "second.zip", second, folder / "first.zip", same)
    assert step_by_step == written(folder / "once.zip", second)
    with ZipFile(folder / "second.zip") as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == second
        assert archive.namelist() == sorted(second)
        for each in archive.infolist():
            assert each.compress_type == (ZIP_STORED if each.filename.endswith(".epub") else ZIP_DEFLATED)
            assert (each.date_time, each.external_attr >> 16) == ((1980, 1, 1, 0, 0, 0), 0o644)


def test_what_lies_together_is_taken_in_one_stretch(tmp_path: Path) -> None:
    files = dict.fromkeys("abcdef", b"words")
    written(tmp_path / "all.zip", files)
    stretches = Written(tmp_path / "all.zip").stretches(["a", "b", "d", "f", "e"])
    assert [[name for name, *_ in some] for _, _, some in stretches] == [["a", "b"], ["d"], ["f"], ["e"]]


def test_archives_larger_than_zip_was_made_for_are_read_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "_MOST", 100)
    monkeypatch.setattr(zipped, "_MOST_FILES", 2)
    files = {name: name.encode() * 40 for name in NAMES}
    once = written(tmp_path / "once.zip", files)
    assert written(tmp_path / "again.zip", files, tmp_path / "once.zip", frozenset(NAMES[1:])) == once
    with ZipFile(tmp_path / "again.zip") as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files

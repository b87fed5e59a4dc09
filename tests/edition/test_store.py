"""The store: an entry is whole or not there, the same from the same, and never gives other bytes than were put in."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from edition.store import Entry, StoreError, clear, held, is_whole, place, remove_but, writing

LINES = [b"a lamp\n", b"a wick\n"]


def kept(out: Path, name: str = "abcd") -> Path:
    """An entry with three files."""
    with writing(place(out, name)) as entry:
        entry.add("1/tei.xml", b"<TEI/>" * 9)
        entry.add("document.epub", b"book")
        with entry.stream("1/rows.jsonl") as file:
            file.writelines(LINES)
    return place(out, name)


def test_an_entry_is_a_zip_file_with_readable_names_and_no_trace_of_the_clock(tmp_path: Path) -> None:
    path = kept(tmp_path)
    assert path == tmp_path / "store" / "ab" / "abcd.zip"
    with ZipFile(path) as archive:
        assert [(each.filename, each.compress_type, each.date_time) for each in archive.infolist()] == [
            ("1/tei.xml", ZIP_DEFLATED, (1980, 1, 1, 0, 0, 0)),
            ("document.epub", ZIP_STORED, (1980, 1, 1, 0, 0, 0)),
            ("1/rows.jsonl", ZIP_DEFLATED, (1980, 1, 1, 0, 0, 0)),
        ]
    assert path.read_bytes() == kept(tmp_path / "elsewhere").read_bytes()


def test_an_entry_gives_what_was_put_in(tmp_path: Path) -> None:
    with Entry(kept(tmp_path)) as entry:
        assert entry.files == {"1/tei.xml": 54, "document.epub": 4, "1/rows.jsonl": 14}
        assert entry.read("document.epub") == b"book"
        assert list(entry.lines("1/rows.jsonl")) == LINES
        assert entry.first_line("1/rows.jsonl") == LINES[0]
        assert ("1/tei.xml" in entry, "2/tei.xml" in entry) == (True, False)


def test_what_is_raised_while_an_entry_is_written_leaves_the_one_before(tmp_path: Path) -> None:
    path = kept(tmp_path)
    whole = path.read_bytes()
    with pytest.raises(TypeError), writing(path) as entry, entry.stream("1/rows.jsonl") as file:
        file.writelines([b"a", "no bytes"])  # type: ignore[list-item]
    assert path.read_bytes() == whole
    assert sorted(each.name for each in (tmp_path / "store").rglob("*")) == ["ab", "abcd.zip"]


def test_no_byte_of_an_entry_can_change_unnoticed(tmp_path: Path) -> None:
    path = kept(tmp_path)
    whole = path.read_bytes()
    noticed: list[str] = []
    for number, byte in enumerate(whole):
        path.write_bytes(whole[:number] + bytes([byte ^ 0x11]) + whole[number + 1 :])
        try:
            with Entry(path) as entry:
                assert entry.read("1/tei.xml") == b"<TEI/>" * 9
                assert entry.read("document.epub") == b"book"
                assert list(entry.lines("1/rows.jsonl")) == LINES
        except StoreError as error:
            noticed.append(str(error))
    assert len(noticed) > 100  # the others say what nobody asks for: dates, rights
    assert all(str(path) in each and "edition build --force" in each for each in noticed)


@pytest.mark.parametrize("data", [b"", b"PK", b"\0" * 500])
def test_what_is_no_zip_file_is_not_whole(tmp_path: Path, data: bytes) -> None:
    path = kept(tmp_path)
    assert is_whole(path)
    path.write_bytes(data)
    assert not is_whole(path)
    with pytest.raises(StoreError, match=r"abcd\.zip cannot be read .* run “edition build --force”"):
        Entry(path)


def test_an_entry_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"abcd\.zip is missing; run “edition build”"):
        Entry(place(tmp_path, "abcd"))
    assert not is_whole(place(tmp_path, "abcd"))
    assert held(tmp_path) == {}


def test_entries_are_listed_with_their_sizes_and_removed_by_name(tmp_path: Path) -> None:
    size = kept(tmp_path).stat().st_size
    kept(tmp_path, "abef")
    (tmp_path / "store" / ".new-abef-1").touch()
    assert held(tmp_path) == {"abcd": size, "abef": size}
    clear(tmp_path)
    assert not (tmp_path / "store" / ".new-abef-1").exists()
    remove_but(tmp_path, {"abcd", "gone"})
    assert held(tmp_path) == {"abcd": size}

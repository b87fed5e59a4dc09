"""A damaged index is one plain error, never a crash and never a wrong answer."""

import shutil

import pytest

from search_index.query import parse
from search_index.reader import Index, SearchError

# Whoosh leaves the files that it cannot read to the garbage collector, in the middle of its own attempts to open them again.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")

QUERIES = ("", "tokayev", '"cannon fodder"', "s* NOT the", "東京")


def answers(folder):
    """All answers of an index; whatever goes wrong must be a SearchError."""
    index = Index(folder)
    try:
        return [index.find(parse(query)) for query in QUERIES]
    finally:
        index.close()


@pytest.fixture
def damaged(folder, tmp_path):
    """A copy of the index in which the files of one kind are changed."""

    def damage(suffix, change):
        copy = tmp_path / "index"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
        (path,) = (path for path in copy.iterdir() if str(path).endswith(suffix))
        change(path)
        return copy

    return damage


@pytest.mark.parametrize("suffix", ["/known", ".pst", ".toc", ".trm"])
def test_a_file_cut_short_emptied_or_gone_is_a_search_error(damaged, suffix):
    for share in (0, 0.1, 0.5, 0.9, 0.99):
        copy = damaged(suffix, lambda path, share=share: path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)]))
        with pytest.raises(SearchError, match=r"build the edition again"):
            answers(copy)
    with pytest.raises(SearchError, match=r"build the edition again"):
        answers(damaged(suffix, lambda path: path.unlink()))


@pytest.mark.parametrize("suffix", ["/known", ".pst", ".toc", ".trm"])
def test_a_flipped_byte_is_at_worst_a_search_error(damaged, suffix):
    def flip(path, share):
        content = bytearray(path.read_bytes())
        content[int(len(content) * share)] ^= 0x55
        path.write_bytes(content)

    for step in range(40):
        copy = damaged(suffix, lambda path, step=step: flip(path, step / 40))
        try:
            answers(copy)
        except SearchError as error:
            assert "build the edition again" in str(error)  # noqa: PT017
            assert len(str(error)) < 600  # noqa: PT017


def test_no_index_is_a_search_error(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(SearchError, match=r"build the edition again"):
            Index(folder)

"""Images beside the TEI are published and shown; what is missing, too large or no image is said to be missing."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from edition import images
from edition.report import read as read_report
from edition.settings import Settings, read
from edition.snapshot import current
from tests.plain import PLAIN
from webapp import create_app

PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    for name, data in (
        (b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" * 8)),
        (b"IEND", b""),
    )
)
JPEG = b"\xff\xd8\xff\xe0\x00\x04JF\xff\xc0\x00\x11\x08\x00\x05\x00\x07\x03" + b"\0" * 16


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (PNG, ("png", 3, 2)),
        (JPEG, ("jpg", 7, 5)),
        (b"GIF89a\x07\x00\x05\x00" + b"\0" * 9, ("gif", 7, 5)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X" + b"\0" * 8 + b"\x06\0\0\x04\0\0", ("webp", 7, 5)),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<html><script>1</script></html>", None),
        (b"\x89PNG", None),
        (b"\xff\xd8\xff", None),
        (b"", None),
    ],
)
def test_an_image_is_told_by_its_content_whatever_it_is_called(
    tmp_path: Path, data: bytes, found: tuple[str, int, int] | None
) -> None:
    (tmp_path / "a.tif").write_bytes(data)
    image = images.published(tmp_path / "a.tif", tmp_path)
    assert (image and (image.name.rpartition(".")[2], image.width, image.height)) == found


def test_what_is_too_large_lies_outside_or_is_not_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tei").mkdir()
    (tmp_path / "out.png").write_bytes(PNG)
    (tmp_path / "tei" / "in.png").symlink_to(tmp_path / "out.png")
    for path in ("../out.png", "in.png", "none.png", "\0"):
        assert images.published(tmp_path / "tei" / path, tmp_path / "tei") is None
    assert images.published(tmp_path / "out.png", tmp_path) is not None
    monkeypatch.setattr(images, "MOST_BYTES", 10)
    assert images.published(tmp_path / "out.png", tmp_path) is None


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, make) -> Settings:
    """An edition of one text in a folder, its images in another."""
    folder = tmp_path_factory.mktemp("pictured")
    (folder / "texts").mkdir()
    (folder / "images").mkdir()
    (folder / "images" / "lamp & co.png").write_bytes(PNG)
    (folder / "texts" / "a.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p>A lamp.</p>'
        '<figure><graphic url="../images/lamp%20&amp;%20co.png"/><figDesc>A "lamp" &lt;lit&gt;.</figDesc></figure>'
        '<figure><graphic url="gone.png"/></figure><p><persName>Ada</persName></p>'
        '<p><pb n="2" facs="../images/lamp%20&amp;%20co.png"/><pb n="3" facs="gone.jpg"/>On.</p></body></text></TEI>'
    )
    settings = read(folder, {"tei": str(folder)}, PLAIN)
    make(settings)
    return settings


@pytest.mark.parametrize("view", ["", "diplomatic/"])
def test_a_page_shows_the_image_with_its_size_and_words_and_says_what_is_missing(settings: Settings, view: str) -> None:
    client = create_app(settings).test_client()
    page = client.get(f"/documents/texts.a/{view}").text
    (name,) = (path.name for path in current(settings.out).images.iterdir())
    words = "A &#34;lamp&#34; &lt;lit&gt;."
    assert f'<img src="/images/{name}" alt="{words}" width="3" height="2" loading="lazy">' in page
    assert f'<a class="page-thumbnail" href="/images/{name}"><img src="/images/{name}" alt="Image of page 2" ' in page
    assert page.count("<img") == 2
    assert '<span class="page-image by-edition" data-image="4"></span>' in page
    assert '<span class="image-place by-edition" data-image="1" hidden>' in page
    assert 'data-image="2">[image, which is missing: gone.png]' in page
    answer = client.get(f"/images/{name}")
    assert (answer.data, answer.mimetype, answer.headers["X-Content-Type-Options"]) == (PNG, "image/png", "nosniff")
    answer.close()


def test_the_report_has_the_missing_one_alone(settings: Settings) -> None:
    missing = next(each for each in read_report(current(settings.out).report).sections if each.name == "images")
    assert [each.words for each in missing.items] == ["gone.png", "gone.jpg"]


@pytest.mark.parametrize("name", ["", "manifest.json", "..%2fcatalogue.sqlite", "0" * 32 + ".png"])
def test_nothing_else_is_an_image(settings: Settings, name: str) -> None:
    assert create_app(settings).test_client().get(f"/images/{name}").status_code == 404


def test_another_image_makes_another_snapshot(settings: Settings, make: Callable[..., object]) -> None:
    before = current(settings.out).id
    path = settings.tei / "texts" / "gone.png"
    path.write_bytes(PNG)
    make(settings)
    assert current(settings.out).id != before
    assert create_app(settings).test_client().get("/documents/texts.a/").text.count("<img") == 3

"""Images beside the TEI: which may be published, and what a page needs to know of them.

Only what a browser shows as an image and what runs nothing: PNG, JPEG, GIF, WebP, told by their content. Larger ones stay out.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edition.records import Picture, resolved

MOST_BYTES = 20_000_000
"""Of an image that is published."""
MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
"""Of the kinds of images, by the ending of the file."""
_PLACE = re.compile(r'<span class="(image-place|page-image) by-edition" data-image="(\d+)"')
"""Where a stylesheet says that an image is missing, and where that of a page belongs: there it is shown if it is not."""


@dataclass(frozen=True, slots=True)
class Image:
    """An image that may be published: what its file is called in a snapshot, and how wide and high it is."""

    name: str
    width: int
    height: int


def pictures(
    named: Iterable[Mapping[str, Any]],
    pages: Callable[[str], Iterable[str]],
    document: str,
    place: str,
    tei: Path,
    folder: Path,
) -> Iterator[Picture]:
    """The images of a document that are there, by the places in its pages; their files are put into ``folder``.

    ``named`` are those of its record, ``pages`` gives its pages of one kind, part by part: two kinds show images.
    """
    found: dict[str, tuple[Image, str]] = {}
    for each in named:
        path = tei / resolved(place, each["target"])[0]
        image = published(path, tei)
        if image is not None:
            folder.mkdir(exist_ok=True)
            shutil.copyfile(path, folder / image.name)
            found[str(each["number"])] = (image, each["words"])
    for product in ("reading", "diplomatic") if found else ():
        for part, page in enumerate(pages(product)):
            for sign in _PLACE.finditer(page):
                if sign[2] in found:
                    image, words = found[sign[2]]
                    where = (product, part, sign.start(), sign.end(), sign[1] == "page-image")
                    yield Picture(document, *where, image.name, image.width, image.height, words)


def published(path: Path, tei: Path) -> Image | None:
    """The image in a file below the TEI folder; None for none, for one of another kind, and for one that is too large."""
    try:
        if not path.resolve().is_relative_to(tei) or not path.is_file() or path.stat().st_size > MOST_BYTES:
            return None
        data = path.read_bytes()
    except (OSError, ValueError):  # no file has such a name, or it may not be read
        return None
    for ending, measure in (("png", _png), ("jpg", _jpeg), ("gif", _gif), ("webp", _webp)):
        if size := measure(data):
            return Image(f"{hashlib.sha256(data).hexdigest()[:32]}.{ending}", *size)
    return None


def listed(tei: Path, but: Path) -> Iterator[tuple[str, str]]:
    """The files below a folder that are called as images are, by path, each with the SHA-256 of its bytes."""
    for path in sorted(_below(tei, but)):
        image = published(path, tei)
        yield path.relative_to(tei).as_posix(), image.name if image else ""


def _below(folder: Path, but: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if Path(here, name) != but]
        yield from (Path(here, name) for name in names if name.rpartition(".")[2].lower() in ENDINGS)


ENDINGS = ("png", "jpg", "jpeg", "gif", "webp")
"""How files of images are called, in small letters or capitals."""


def _png(data: bytes) -> tuple[int, int] | None:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _gif(data: bytes) -> tuple[int, int] | None:
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 10:
        return None
    width, height = struct.unpack("<HH", data[6:10])
    return width, height


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """The size stands in the first segment that begins a frame (ITU T.81, B.2.2)."""
    place = 2
    while data[:3] == b"\xff\xd8\xff" and place + 9 <= len(data) and data[place] == 0xFF:
        if data[place + 1] in _FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 1 if data[place + 1] == 0xFF else 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return None


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def _webp(data: bytes) -> tuple[int, int] | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        return None
    match data[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8 ":
            width, height = struct.unpack("<HH", data[26:30])
            return width & 0x3FFF, height & 0x3FFF
    return None

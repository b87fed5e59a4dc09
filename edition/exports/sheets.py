"""Sheets to print: what ``xslt/export/pdf.xsl`` wrote, typeset by Typst as tagged PDF (PDF/UA-1, PDF/A-2a).

The extra ``pdf`` brings Typst and its fonts. Fonts of the machine are never used: the same text makes the same bytes everywhere.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from edition.settings import Settings

if TYPE_CHECKING:
    import typst

FONTS = (
    "fontpkg_literata",
    "fontpkg_noto_serif",
    "fontpkg_frank_ruhl_libre",
    "fontpkg_noto_sans_arabic",
    "fontpkg_noto_sans_devanagari",
)
"""The packages of the extra that hold fonts."""


class TypesetError(Exception):
    """A text cannot be typeset; the message says why."""


def can_typeset() -> bool:
    """Whether the extra is installed."""
    return importlib.util.find_spec("typst") is not None


def typeset(source: str, settings: Settings) -> bytes:
    """A text in Typst's own language as a PDF."""
    import typst

    try:
        made: bytes = typst.compile(
            source.encode(),
            format="pdf",
            font_paths=_opened(tuple(fonts(settings))),
            pdf_standards=["ua-1", "a-2a"],
            timestamp=0,
        )
    except typst.TypstError as error:
        raise TypesetError(" ".join(str(error).split())[:300]) from error
    return made


@lru_cache(maxsize=1)
def _opened(folders: tuple[Path, ...]) -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[*folders])


def fonts(settings: Settings) -> Iterator[Path]:
    """The folders of fonts: those of the packages that are installed, and the project's own."""
    for name in FONTS:
        found = importlib.util.find_spec(name)
        if found and found.origin:
            yield Path(found.origin).parent / "files"
    if settings.fonts.is_dir():
        yield settings.fonts

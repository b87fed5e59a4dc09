"""The page that is one file: its style and the fonts its letters need, inside it.

The style is that of the site: its own sheets, and ``taken.css`` for what only a page by itself has.
"""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from pathlib import Path

from edition.settings import HOME, Settings

SHEETS = ("tokens", "base", "frame", "pages", "text", "elements", "kinds", "names", "taken", "print")
"""The sheets of such a page by their stems, the last for paper alone."""

_FACE = re.compile(r"@font-face \{.*?\}\n*", re.DOTALL)
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")
_FILE = re.compile(r'url\("(fonts/[^"]+)"\)')


def styled(page: str, settings: Settings) -> bytes:
    """A page as ``xslt/export/html.xsl`` made it, with its style."""
    return page.replace("<style></style>", f"<style>\n{style(settings, page)}</style>", 1).encode()


def style(settings: Settings, text: str) -> str:
    """The sheets, with the faces of the letters that a text has."""
    letters = frozenset(map(ord, text))

    def embedded(face: re.Match[str]) -> str:
        if not any(letter in letters for first, last in _ranges(face[0]) for letter in range(first, last + 1)):
            return ""
        return _FILE.sub(lambda file: f'url("data:font/woff2;base64,{_encoded(_static(settings, file[1]))}")', face[0])

    return _FACE.sub(embedded, "\n".join(sheet(settings, name) for name in SHEETS))


def sheet(settings: Settings, name: str) -> str:
    """A sheet of the site by its stem; the one for paper, for paper alone."""
    text = _static(settings, f"{name}.css").read_text("utf-8")
    return f"@media print {{\n{text}}}\n" if name == "print" else text


def _static(settings: Settings, name: str) -> Path:
    """A file of the site's style: the project's own, if it has one of this name."""
    own = settings.project / "static" / name
    return own if own.is_file() else HOME / "webapp" / "static" / name


@lru_cache(maxsize=16)
def _encoded(font: Path) -> str:
    return base64.b64encode(font.read_bytes()).decode()


def _ranges(face: str) -> list[tuple[int, int]]:
    return [(int(first, 16), int(last or first, 16)) for first, last in _RANGE.findall(face)]

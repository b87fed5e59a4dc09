"""The page that is one file: its style is inside it. Fonts are not: one is larger than most texts, and every reader has some.

The style is that of the site: its own sheets, and ``taken.css`` for what only a page by itself has.
"""

from __future__ import annotations

import re

from edition.settings import HOME, Settings

SHEETS = ("tokens", "base", "frame", "pages", "text", "elements", "kinds", "names", "taken", "print")
"""The sheets of such a page by their stems, the last for paper alone."""

_FACE = re.compile(r"@font-face \{[^}]*url\([^}]*\}\n*")
"""A face whose font is a file; those that stand in for it are fonts of the reader's own."""


def styled(page: str, settings: Settings) -> bytes:
    """A page as ``xslt/export/html.xsl`` made it, with its style."""
    style = _FACE.sub("", "\n".join(sheet(settings, name) for name in SHEETS))
    return page.replace("<style></style>", f"<style>\n{style}</style>", 1).encode()


def sheet(settings: Settings, name: str) -> str:
    """A sheet of the site by its stem; the one for paper, for paper alone."""
    own = settings.project / "static" / f"{name}.css"
    path = own if own.is_file() else HOME / "webapp" / "static" / own.name
    text = path.read_text("utf-8")
    return f"@media print {{\n{text}}}\n" if name == "print" else text

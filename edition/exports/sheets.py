"""Sheets to print: what ``xslt/export/pdf.xsl`` wrote, typeset by Typst as tagged PDF (PDF/UA-1, PDF/A-2a).

The extra ``pdf`` brings Typst and its fonts. Fonts of the machine are never used: the same text makes the same bytes everywhere.
"""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from edition.settings import Settings

if TYPE_CHECKING:
    import typst

FONTS = (
    "fontpkg_literata",
    "fontpkg_noto_serif",
    "fontpkg_frank_ruhl_libre",
    "fontpkg_amiri",
    "manimgx_fonts",
    "noto_cjk_sans_jp_regular",
)
"""The packages of the extra that hold fonts."""

LONG, LONGEST = 100_000, 4_000_000
"""Signs of a text in Typst's language: of a long one, and the most that are typeset (what it takes is in docs/formats.md)."""
_LACKING = re.compile(r'(?:the text|the PDF contains the codepoint) `"(.+?)"`')
"""How Typst says that no font has letters, or that they are for private use: each cluster, written as strings are in Rust."""
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_MOST_TRIES = 4
"""How often a text is typeset: what stands in for a letter can only part others that stood together."""


class TypesetError(Exception):
    """A text cannot be typeset; the message says why."""


def can_typeset() -> bool:
    """Whether the extra is installed."""
    return importlib.util.find_spec("typst") is not None


def typeset(source: str, settings: Settings) -> tuple[bytes, str]:
    """A text in Typst's own language as a PDF, and the letters in it that no font has: their codes stand for them.

    Signs that are never seen (which way words run, where they may part) are left out where no font has them.
    A long text has a process of its own, which ends with it: Typst takes up to 1 GB, and keeps it.
    """
    if len(source) > LONGEST:
        raise TypesetError(f"It would be made of more than {LONGEST:,} characters in the language of Typst.")
    folders = tuple(fonts(settings))
    made = _typeset(source, folders) if len(source) <= LONG else _apart(source, folders)
    if isinstance(made, TypesetError):
        raise made
    return made


_Made = tuple[bytes, str]


def _apart(source: str, folders: tuple[Path, ...]) -> _Made | TypesetError:
    """What a process of its own makes of a text."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sender, source, folders))
    process.start()
    sender.close()
    try:
        return receiver.recv()  # type: ignore[no-any-return]
    except EOFError:
        return TypesetError("The process that typeset it died.")
    finally:
        process.join()


def _send(sender: Connection, source: str, folders: tuple[Path, ...]) -> None:
    sender.send(_typeset(source, folders))


def _typeset(source: str, folders: tuple[Path, ...]) -> _Made | TypesetError:
    import typst

    lacking: set[str] = set()
    inputs: dict[str, str] = {}
    for _ in range(_MOST_TRIES):
        try:
            made: bytes = typst.compile(
                source.encode(),
                format="pdf",
                font_paths=_opened(folders),
                pdf_standards=["ua-1", "a-2a"],
                sys_inputs=inputs,
                timestamp=0,
            )
        except typst.TypstError as error:
            found = {_ESCAPED.sub(_letter, each) for each in _LACKING.findall(error.diagnostic)} - lacking
            if found:
                lacking |= found
                inputs["lacking"] = _pattern(lacking)
            elif "hyphenate" not in inputs:  # Typst 0.15.2 fails where a word is parted at the end of a link
                inputs["hyphenate"] = "no"
            else:
                return TypesetError(" ".join(str(error).split())[:300])
        else:
            seen = {letter for cluster in lacking for letter in cluster if unicodedata.category(letter) != "Cf"}
            return made, "".join(sorted(seen))
    return TypesetError("There are letters in it that no font has.")


def _letter(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16)) if escaped[1] else escaped[2]


def _pattern(clusters: Iterable[str]) -> str:
    """These clusters, the longer ones first, as an expression of Typst."""
    written = (
        "".join(f"\\u{{{ord(letter):x}}}" for letter in each) for each in sorted(clusters, key=lambda each: (-len(each), each))
    )
    return "|".join(written)


@lru_cache(maxsize=1)
def _opened(folders: tuple[Path, ...]) -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[*folders])


def fonts(settings: Settings) -> Iterator[Path]:
    """The folders of fonts: those of the packages that are installed, and the project's own."""
    for name in FONTS:
        found = importlib.util.find_spec(name)
        if found and found.origin:
            yield Path(found.origin).parent
    if settings.fonts.is_dir():
        yield settings.fonts

"""Where the words of a drawing can stand without touching each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, sin

SIZE = 13.0
"""Units of a label's type."""
LINE = 16.0
"""Units from line to line."""

NARROW_LETTERS = frozenset("fijlrt.,:;'’‘“”\"!|()[]/- ")
WIDE_LETTERS = frozenset("mwMWÆŒЖШЩЮ@—…")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a drawing; y goes downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box, apart: float = 1) -> bool:
        """Whether less than ``apart`` units lie between this and another."""
        return (
            self.left < other.right + apart
            and other.left < self.right + apart
            and self.top < other.bottom + apart
            and other.top < self.bottom + apart
        )

    def within(self, width: float, height: float) -> bool:
        """Whether it lies wholly on a sheet of this size."""
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


def text_width(text: str, size: float = SIZE) -> float:
    """About how wide a text is in the face of the edition, rather too much than too little."""
    return sum(_letter_width(letter) for letter in text) * size


def _letter_width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1
    if letter in WIDE_LETTERS:
        return 0.95
    if letter in NARROW_LETTERS:
        return 0.37
    return 0.72 if letter.isupper() else 0.575


def shortened(text: str, width: float, size: float = SIZE) -> str:
    """A text that fits into a width: whole, or cut with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def box_of(x: float, y: float, anchor: str, lines: Iterable[str], size: float = SIZE) -> Box:
    """The rectangle of lines whose first base line is at ``y``; ``anchor`` as in SVG: ``start``, ``middle``, ``end``."""
    texts = tuple(lines)
    width = max(text_width(text, size) for text in texts)
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return Box(left, y - size, left + width, y + (len(texts) - 1) * LINE + size * 0.35)


def around(x: float, y: float, away: float, lines: int = 1) -> tuple[tuple[float, float, str], ...]:
    """Where a label of so many lines may begin beside a dot, the best first: x, first base line, anchor."""
    centre, above, below = y - (lines - 1) * LINE / 2 + 4.5, y - away - 4 - (lines - 1) * LINE, y + away + 12
    return (
        (x + away + 3, centre, "start"),
        (x - away - 3, centre, "end"),
        (x, above, "middle"),
        (x, below, "middle"),
        (x + away, above + 2, "start"),
        (x + away, below - 2, "start"),
        (x - away, above + 2, "end"),
        (x - away, below - 2, "end"),
    )


def outwards(x: float, y: float) -> Iterable[tuple[float, float]]:
    """Points around a point, near ones first, up to 64 units away."""
    for distance in (13, 18, 24, 32, 40, 48, 56, 64):
        for turn in range(16):
            yield x + distance * cos(turn * pi / 8), y + distance * sin(turn * pi / 8)


def is_free(box: Box, taken: Iterable[Box], width: float, height: float) -> bool:
    """Whether a rectangle lies on the sheet and touches nothing that stands there."""
    return box.within(width, height) and not any(box.touches(each) for each in taken)

"""Where the mentions of a document stand in the words of their passages: in the page, ``edition.runs`` finds them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WHITE = re.compile("[ \\t\\r\\n]+")
_SIGN = re.compile("([\ufdd0\ufdd1])([0-9]+)\ufdd2")


def spans(marked: str) -> Mapping[int, tuple[int, int]]:
    """For each mention, by number, where its words begin and end in the text of the passage, white space normalised.

    ``marked`` is the passage's text with signs around its mentions, as ``ed:marked-text`` of ``xslt/shared/mentions.xsl`` has it.
    """
    found = cuts(marked)
    pairs = ((number, found.get((number, False), end), end) for (number, is_end), end in found.items() if is_end)
    return {number: (start, end) for number, start, end in pairs if start < end}


def plain(marked: str) -> str:
    """The text of a passage, white space normalised, without the signs."""
    return _WHITE.sub(" ", _SIGN.sub("", marked)).strip(" ")


def cuts(marked: str) -> dict[tuple[int, bool], int]:
    """Where signs stand in the text of a passage, white space normalised: by number, and whether it is that element's end.

    An element begins where its first word does; one without words begins behind its end.
    """
    found: dict[tuple[int, bool], int] = {}
    waiting: list[tuple[int, bool]] = []  # beginnings, up to the next word
    length = position = 0
    parted = False  # white space came last
    for sign in [*_SIGN.finditer(marked), None]:
        words = _WHITE.sub(" ", marked[position : sign.start() if sign else len(marked)])
        if words.strip(" "):
            start = length + (1 if length and (parted or words.startswith(" ")) else 0)
            found |= dict.fromkeys(waiting, start)
            waiting.clear()
            length = start + len(words.strip(" "))
            parted = words.endswith(" ")
        elif words:
            parted = True
        if sign is not None:
            if sign[1] == "\ufdd0":
                waiting.append((int(sign[2]), False))
            else:
                found[int(sign[2]), True] = length
            position = sign.end()
    return found | dict.fromkeys(waiting, length)

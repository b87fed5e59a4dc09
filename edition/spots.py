"""Where the mentions of a document stand: in the HTML of its page, and in the words of their passages.

In the page a mention is an element that carries its number, ``data-mention``; its address is written into the tag when the page
is put together. Found once at build time; the server never parses HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from edition.runs import TOKEN

_NUMBER = re.compile(r"\sdata-mention=\"(\d+)\"")
_WHITE = re.compile("[ \\t\\r\\n]+")
_SIGN = re.compile("([\ufdd0\ufdd1])([0-9]+)\ufdd2")


def places(fragment: str) -> Mapping[int, tuple[int, ...]]:
    """For each mention, by number, the offsets into the fragment where attributes can be added to its tags."""
    found: dict[int, list[int]] = {}
    if "data-mention=" in fragment:
        for token in TOKEN.finditer(fragment):
            number = _NUMBER.search(fragment, token.start(3), token.end(3)) if token[2] and not token[1] else None
            if number:
                found.setdefault(int(number[1]), []).append(number.start())
    return {number: tuple(offsets) for number, offsets in found.items()}


def spans(marked: str) -> Mapping[int, tuple[int, int]]:
    """For each mention, by number, where its words begin and end in the text of the passage, white space normalised.

    ``marked`` is the passage's text with signs around its mentions, as ``ed:marked-text`` of ``xslt/shared/mentions.xsl`` has it.
    """
    begun: dict[int, int] = {}
    found: dict[int, tuple[int, int]] = {}
    waiting: list[int] = []  # mentions that have begun, but not yet their words
    length = 0
    position = 0
    parted = False  # white space came last
    for sign in [*_SIGN.finditer(marked), None]:
        words = marked[position : sign.start() if sign else len(marked)]
        text = _WHITE.sub(" ", words)
        if text.strip(" "):
            start = length + (1 if length and (parted or text.startswith(" ")) else 0)
            begun |= dict.fromkeys(waiting, start)
            waiting.clear()
            length = start + len(text.strip(" "))
            parted = text.endswith(" ")
        elif text:
            parted = True
        if sign is None:
            break
        number = int(sign[2])
        if sign[1] == "\ufdd0":
            waiting.append(number)
        elif number in begun:
            found[number] = (begun[number], length)
        position = sign.end()
    return found

"""How names are filed: the key they are sorted by, the letter they stand under, and the form they are compared in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ё": "е", "ς": "σ", "ŋ": "n"}
)
"""Letters that are filed as another without being that letter with a mark."""

_LETTER_GROUPS = (("CJK", "漢字"), ("HIRAGANA", "かな"), ("KATAKANA", "かな"))
"""Scripts that are filed together: the beginning of the Unicode name of their signs, and what stands for a letter."""

OTHER = "0–9"
"""Where names stand that begin with no letter."""


@lru_cache(maxsize=65536)
def filed(name: str) -> str:
    """What a name is sorted and compared by: small letters and digits, without accents, signs and doubled spaces.

    The marks of Latin and Greek letters go, those of other scripts stay: there they make other letters.
    """
    small = unicodedata.normalize("NFKC", name).casefold()
    letters = "".join(_without_mark(sign) for sign in small).translate(_PLAIN)
    kept = (sign if unicodedata.category(sign)[0] in "LNM" else _gap(sign) for sign in letters)
    return re.sub(r" +", " ", "".join(kept)).strip()


def letter(name: str) -> str:
    """The letter a name stands under, a capital; ``OTHER`` where it begins with none."""
    first = filed(name)[:1]
    if not first.isalpha():
        return OTHER
    written = unicodedata.name(first, "")
    if written.startswith("HANGUL SYLLABLE"):
        return chr(0x3131 + _CONSONANTS[(ord(first) - 0xAC00) // 588])
    return next((sign for script, sign in _LETTER_GROUPS if written.startswith(script)), first.upper())


_CONSONANTS = (0, 1, 3, 6, 7, 8, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29)
"""The initial consonants of Korean syllables in their order, as places in the block of compatible letters."""


def _without_mark(sign: str) -> str:
    """A Latin or Greek letter without its marks; nothing for signs that modify a letter (ʿ, ʼ, Arabic vowels); else the sign."""
    if sign.isascii():
        return sign
    if unicodedata.name(sign, "").startswith(("LATIN", "GREEK")):
        return "".join(part for part in unicodedata.normalize("NFD", sign) if not unicodedata.combining(part))
    is_sign = unicodedata.category(sign) == "Lm" and "MODIFIER" in unicodedata.name(sign, "")
    return "" if is_sign or "COMBINING" in unicodedata.name(sign, "") or sign == "ـ" or "\u064b" <= sign <= "\u0652" else sign


def _gap(sign: str) -> str:
    """An apostrophe joins what it stands between, any other sign parts it."""
    return "" if sign in "'’‘" else " "

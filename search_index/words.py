"""The words of a text: where they stand, and in which forms they are found. No search engine is involved.

What counts as a word, the same for every language:

- Letters and digits with the marks on them are a word ("20th", "naïve", "किताब"); everything else separates: spaces, hyphens
  and dashes, quotation marks, points. So "anti-Tokayev" is two words and "3,000" is two; a query that is written "3,000" asks
  for two words side by side and finds it (``search_index.readings`` also lets "3000" find it).
- An apostrophe between letters stays in the word ("don't", "Tokayev’s"), whichever sign was typed; in languages that elide
  (``ELIDING``) it separates, so that "l’amour" is found by "amour".
- Scripts that write no spaces (Han, kana, Thai, Lao, Khmer, Burmese …) give one word a character, with its marks: any run of
  characters is found as a phrase, whatever a dictionary would make of it.
- Raised and circled digits and fractions are words of their own: "word²" is "word" and "2".

No word is left out, however short or common. A word has a *form*, folded so that spellings a reader takes for the same are the
same (case, accents of Latin and Greek, ſ and s, œ and oe, typographic apostrophes, decomposed letters), and *stems* by the
language of the passage. Both are cut at ``LONGEST_WORD`` letters.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

LONGEST_WORD = 255
CACHED_WORDS = 1 << 16
_LONGEST_READ = 4 * LONGEST_WORD  # with marks, before folding


class Word(NamedTuple):
    """A word of a text: a tuple, since a build makes millions of them.

    ``stems`` has one stem, or two where the accents decide about the ending ("tués": Snowball wants them, a reader may leave
    them out): words are the same word if they share a stem. Without a stemmer for the language the stem is the form.
    ``start`` and ``end`` are offsets of characters in the text as it was given.
    """

    form: str
    stems: tuple[str, ...]
    start: int
    end: int


# The Snowball algorithm for each language, by first subtags of BCP 47; ``xslt/shared/languages.xsl`` writes the shortest.
_STEMMERS = {
    "arabic": "ar",
    "armenian": "hy",
    "basque": "eu",
    "catalan": "ca",
    "czech": "cs",
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "esperanto": "eo",
    "estonian": "et",
    "finnish": "fi",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "hindi": "hi",
    "hungarian": "hu",
    "indonesian": "id",
    "irish": "ga",
    "italian": "it",
    "lithuanian": "lt",
    "nepali": "ne",
    "norwegian": "nb nn no",
    "persian": "fa",
    "polish": "pl",
    "portuguese": "pt",
    "romanian": "ro mo",
    "russian": "ru",
    "serbian": "sr hr bs sh cnr",
    "sesotho": "st",
    "spanish": "es",
    "swedish": "sv",
    "tamil": "ta",
    "turkish": "tr",
    "yiddish": "yi",
}
_STEMMER = {code: algorithm for algorithm, codes in _STEMMERS.items() for code in codes.split()}
_CODE = {code: codes.split()[0] for codes in _STEMMERS.values() for code in codes.split()}

# Languages whose short words lose their vowel before an apostrophe, as first subtags of BCP 47.
ELIDING = frozenset("ca co fr frm fro fur it lij nap oc pms scn vec wa".split())


@lru_cache(maxsize=1024)
def reading_language(language: str) -> str:
    """The code of the language by whose rules words are read: "en" for "en-GB", "sr" for "hr", "" where we know no rules."""
    code = re.split(r"[-_]", language.strip().lower(), maxsplit=1)[0]
    code = _CODE.get(code, code)
    return code if code in _STEMMER or code in ELIDING else ""


def is_stemmed(language: str) -> bool:
    """Whether words of this language are reduced to stems; otherwise a word's only stem is its form."""
    return reading_language(language) in _STEMMER


def words(text: str, language: str) -> tuple[Word, ...]:
    """The words of ``text`` in order, read by the rules of ``language`` (BCP 47; unknown or empty: unstemmed)."""
    code = reading_language(language)
    algorithm = _STEMMER.get(code, "")
    return tuple(
        Word(*forms, *match.span())
        for match in _pattern(code).finditer(text)
        if (forms := _forms(match.group()[:_LONGEST_READ], algorithm))[0]
    )


def spellings(text: str, language: str) -> list[str]:
    """The same as they are written; among them there may be some without a form, which are no words."""
    return _pattern(reading_language(language)).findall(text)


def forms(spelling: str, language: str) -> tuple[str, tuple[str, ...]]:
    """Form and stems of a word as it is written; the form is empty where it is none."""
    return _forms(spelling[:_LONGEST_READ], _STEMMER.get(reading_language(language), ""))


def _pattern(code: str) -> re.Pattern[str]:
    return _word(code in ELIDING)


def pattern_words(text: str, language: str) -> tuple[Word, ...]:
    """The words of a pattern, read in the same way; their forms have its ``*`` and ``?``, their stems mean nothing.

    A ``?`` where no word goes on, or at the end of one, is a question mark.
    """
    letters = _QUESTION_MARK.sub(" ", text).translate(_WILDCARD_LETTERS)
    return tuple(word._replace(form=word.form.translate(_WILDCARDS)) for word in words(letters, language))


_QUESTION_MARK = re.compile(r"(?<=[^\w*?])\?|\?(?!\?*(?:\*|\w))")
# Two letters of cuneiform that stand for the signs while words are found and folded.
_WILDCARD_LETTERS = str.maketrans("*?", "\U00012000\U00012001")
_WILDCARDS = str.maketrans("\U00012000\U00012001", "*?")

# What a word is made of ---------------------------------------------------------------------------------------------

# Between letters these are apostrophes: typewriter, accents misused as one, typographic, modifier letters, prime, Armenian,
# Hebrew geresh and gershayim.
_APOSTROPHES = "'`´‘’‛ʹʻʼʽˈ′՚׳״＇"
# Inside a word but no part of it: Catalan l·l, soft hyphen, joiners, direction marks.
_MIDDLE_DOTS = "·‧"
_IGNORED = "\u00ad\u061c\u180e\u200c\u200d\u200e\u200f\u2060\ufeff"
# The sound marks of half-width kana are letters by category, marks by use.
_HALF_WIDTH_MARKS = "\uff9e\uff9f"

# Blocks of scripts that write no spaces between words.
_UNSPACED = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1950, 0x19DF), (0x1A20, 0x1AAF), (0x1B00, 0x1B7F)),
    *((0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3038, 0x303C), (0x3041, 0x312F), (0x31A0, 0x31FF)),
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA980, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0xFF66, 0xFF9D)),
    *((0x1B000, 0x1B16F), (0x20000, 0x323AF)),
)
# Marks and numerals of the letter kind stand in these planes; the others are ideographs or unassigned.
_PLANES = (*range(0x20000), *range(0xE0100, 0xE01F0))


def _class(codes: list[int]) -> str:
    """The inside of a regular expression's character class that holds these code points (ascending)."""
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


@cache
def _word(is_eliding: bool) -> re.Pattern[str]:
    """What finds the next word: where an apostrophe joins, or where it separates.

    ``\\w`` alone will not do: it breaks words at vowel signs and at combining accents.
    """
    categories = tuple(map(unicodedata.category, map(chr, _PLANES)))
    marks = _class([code for code, category in zip(_PLANES, categories, strict=True) if category[0] == "M"])
    marks += _IGNORED + _HALF_WIDTH_MARKS
    numerals = _class([code for code, category in zip(_PLANES, categories, strict=True) if category == "No"])
    unspaced = _class([code for first, last in _UNSPACED for code in range(first, last + 1) if _is_letter(chr(code))])
    run = rf"(?:[^\W_{numerals}{unspaced}{_APOSTROPHES}{_HALF_WIDTH_MARKS}]++[{marks}]*+)++"
    rest = rf"[{unspaced}][{marks}]*+|[{numerals}]++"
    joins = _MIDDLE_DOTS if is_eliding else _APOSTROPHES + _MIDDLE_DOTS
    return re.compile(rf"{run}(?:[{joins}]{run})*+|{rest}")


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] == "L" or unicodedata.category(character) == "Nl"


# Folding ------------------------------------------------------------------------------------------------------------

# Letters that no decomposition opens.
_LETTERS = str.maketrans(
    {
        **dict.fromkeys(_APOSTROPHES, "'"),
        **dict.fromkeys(_MIDDLE_DOTS + _IGNORED + "\u0640", ""),  # U+0640 stretches an Arabic word
        **{"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ł": "l", "þ": "th", "ŧ": "t", "ı": "i"},
    }
)
_ASCII = str.maketrans("`", "'")


def fold(word: str) -> str:
    """One spelling for all that a reader takes for the same word: ``fold("Œuvre") == "oeuvre"``, ``fold("ſich") == "sich"``.

    Compatibility forms, case, apostrophes and digits of every script are made one. Marks go where they are accents or
    optional: Latin, Greek, Coptic, Hebrew and Arabic points, the stress of Cyrillic. They stay where they make another
    letter: й, ў, the vowel signs of India, the sound marks of kana.
    """
    if word.isascii():
        return word.lower().translate(_ASCII)[:LONGEST_WORD]
    opened = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    if "\N{FRACTION SLASH}" in opened:
        return word[:LONGEST_WORD]
    kept: list[str] = []
    base = ""
    for character in opened.translate(_LETTERS):
        if unicodedata.category(character)[0] != "M":
            base = character
            kept.append(_digit(character))
        elif not _is_optional(character, base):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))[:LONGEST_WORD]


def _digit(character: str) -> str:
    decimal = unicodedata.decimal(character, None)
    return character if decimal is None else str(decimal)


def _is_optional(mark: str, base: str) -> bool:
    """Whether a mark on this base letter (both decomposed) may be left out without making another word."""
    if "\ufe00" <= mark <= "\ufe0f" or mark >= "\U000e0100":  # variation selectors
        return True
    if base < "\u0400" or "\u1d00" <= base <= "\u1dbf" or "\u2c60" <= base <= "\u2cff" or "\ua720" <= base <= "\uab6f":
        return not "\ua800" <= base <= "\uab2f"  # Latin, IPA, Greek, Coptic; between them lie scripts of Asia
    if base < "\u0530" or "\u2de0" <= base <= "\u2dff" or "\ua640" <= base <= "\ua69f":
        return (mark in "\u0300\u0301" and base not in "гк") or (mark == "\u0308" and base == "е") or "҃" <= mark <= "҇"
    if "\u0590" <= base <= "\u05ff":
        return True
    if "\u0600" <= base <= "\u077f":
        return base == "\u0627" or not "\u0653" <= mark <= "\u0655"  # madda and hamza matter, but not on alif
    return False


# Stemming -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=CACHED_WORDS)
def _forms(written: str, algorithm: str) -> tuple[str, tuple[str, ...]]:
    """Form and stems of a word as it stands in the text; ``algorithm`` is Snowball's name or empty."""
    form = fold(written)
    if not algorithm:
        return form, (form,)
    stem = _stemmer(algorithm)
    spelled = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", written).casefold().translate(_SPELLING))
    stems = (fold(stem(each)) or form for each in dict.fromkeys((form, spelled[:LONGEST_WORD])))
    return form, tuple(dict.fromkeys(stems))


_SPELLING = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_IGNORED, "")})
_stemmers = threading.local()


def _stemmer(algorithm: str) -> Callable[[str], str]:
    """This thread's stemmer: a PyStemmer object must not be used by two threads at once."""
    kept: dict[str, Callable[[str], str]] = _stemmers.__dict__
    if algorithm not in kept:
        kept[algorithm] = Stemmer.Stemmer(algorithm, 0).stemWord
    return kept[algorithm]

"""What languages are called in English, for those that readers meet most often; any other is called by its tag."""

from __future__ import annotations

NAMES = {
    "ar": "Arabic",
    "ca": "Catalan",
    "cop": "Coptic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "grc": "Ancient Greek",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "hy": "Armenian",
    "it": "Italian",
    "ja": "Japanese",
    "kk": "Kazakh",
    "ko": "Korean",
    "ky": "Kyrgyz",
    "la": "Latin",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sa": "Sanskrit",
    "sr": "Serbian",
    "sv": "Swedish",
    "syr": "Syriac",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "uz": "Uzbek",
    "yi": "Yiddish",
    "zh": "Chinese",
}
"""By the first subtag of BCP 47."""


def language_name(tag: str) -> str:
    """The language of a tag in words: "German" for ``de-AT``; the tag itself where no name is known."""
    return NAMES.get(tag.partition("-")[0].lower(), tag)

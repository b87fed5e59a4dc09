"""How a text, or a passage of it, is cited: in words, as BibTeX, RIS and CSL-JSON, and the plain quotation with its reference.

A citation says what the headers say and no more: who is not known is not named, what has no date gets none, a name stays in one
piece. The date of the text and that of the edition are kept apart. One form is given in words; others are made from the data.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from edition.records import Document, Passage


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a citation in words. ``kind`` is ``title`` for the text's title, ``edition`` for the edition's, else empty."""

    words: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """What there is to say: the text, the passage (None: the whole text), the edition it stands in, the permanent address.

    ``address`` is absolute where the edition has a public address, else the path on whatever server has a copy.
    """

    text: Document
    passage: Passage | None
    edition: Document
    address: str

    @property
    def is_public(self) -> bool:
        """Whether the address means the same everywhere."""
        return "://" in self.address

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the formats have no field for."""
        supplied = "Title supplied by the editors" if self.text.title_supplied else ""
        dated = f"Date of the text: {self.text.date_text or self.text.date}" if self.text.date_text or self.text.date else ""
        passage = f"Passage {self.passage.id} ({self.passage.label})" if self.passage else ""
        return tuple(remark for remark in (supplied, dated, passage) if remark)

    @property
    def key(self) -> str:
        """Document and passage as a key for every reader of BibTeX: ASCII letters and digits, ``.``, ``:``, ``_``, ``-``."""
        id = f"{self.text.id}:{self.passage.id}" if self.passage else self.text.id
        return "".join(sign if re.fullmatch(r"[A-Za-z0-9.:_-]", sign) else f"u{ord(sign):x}" for sign in id)


def full_title(document: Document) -> str:
    """Title and subtitle."""
    if not document.subtitle:
        return document.title
    return f"{document.title}{' ' if document.title.endswith(('.', '?', '!', '…')) else '. '}{document.subtitle}"


def editors(document: Document) -> tuple[str, ...]:
    """Those whom the header names as editors, in its words."""
    return tuple(each.name for each in document.responsibilities if each.role == "editor")


def in_words(citation: Citation) -> tuple[Part, ...]:
    """Author, “title”, date, passage, in: edition, version, date. Address."""
    text, edition = citation.text, citation.edition
    before = "".join(f"{name}, " for name in text.authors)
    after = "".join(
        (
            "”",
            " (title supplied)" if text.title_supplied else "",
            _listed(text.date_text or text.date),
            f", passage {citation.passage.id}" if citation.passage else "",
            ", in ",
        )
    )
    version = f"version {edition.edition}" if edition.edition else ""
    end = "".join(map(_listed, (version, edition.date_text or edition.date)))
    parts = (
        Part(before + "“"),
        Part(full_title(text), "title"),
        Part(after),
        Part(full_title(edition), "edition"),
        Part(f"{end}. {citation.address}"),
    )
    return tuple(part for part in parts if part.words)


def _listed(words: str) -> str:
    return f", {words}" if words else ""


def quotation(citation: Citation) -> str:
    """The words of the passage in the reading text, no sign added, and under them the reference; empty without a passage."""
    if citation.passage is None:
        return ""
    return f"{citation.passage.text}\n\n{''.join(part.words for part in in_words(citation))}\n"


def bibtex(citation: Citation) -> str:
    """One entry, for BibTeX and biblatex. Titles and names stand in braces of their own: nothing in them is changed or split."""
    text, edition = citation.text, citation.edition
    year, month = _year_and_month(edition.date)
    fields = {
        "author": " and ".join(_kept(name) for name in text.authors),
        "title": _kept(full_title(text)),
        "booktitle": _kept(full_title(edition)),
        "editor": " and ".join(_kept(name) for name in editors(edition)),
        "publisher": _kept(edition.publisher),
        "version": _tex(edition.edition),
        "year": year,
        "month": month,
        "origdate": text.date,
        "language": _tex(text.language),
        "note": _tex(". ".join(citation.remarks)),
        "url": citation.address if citation.is_public else "",
    }
    lines = (f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@incollection{{{citation.key},\n" + ",\n".join(lines) + "\n}\n"


_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces whatever stands before them
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{sign: "\\" + sign for sign in "$&#%_"},
}


def _tex(words: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in _on_one_line(words))


def _kept(words: str) -> str:
    return f"{{{_tex(words)}}}" if words else ""


def _year_and_month(iso: str) -> tuple[str, str]:
    year, month = _numbers(iso)[:1], _numbers(iso)[1:2]
    return str(year[0]) if year else "", str(month[0]) if month else ""


def ris(citation: Citation) -> str:
    """One record of RIS: a chapter in a book, the passage as its section."""
    text, edition = citation.text, citation.edition
    year = _year_and_month(edition.date)[0]
    tags = (
        ("TY", "CHAP"),
        ("ID", citation.key),
        *(("AU", name) for name in text.authors),
        ("TI", full_title(text)),
        ("T2", full_title(edition)),
        *(("A2", name) for name in editors(edition)),
        ("PB", edition.publisher),
        ("ET", edition.edition),
        ("PY", year),
        ("DA", edition.date.replace("-", "/") if year else ""),
        ("OP", text.date_text or text.date),
        ("SE", citation.passage.id if citation.passage else ""),
        ("LA", text.language),
        *(("N1", remark) for remark in citation.remarks),
        ("UR", citation.address if citation.is_public else ""),
    )
    return "".join(f"{tag}  - {_on_one_line(value)}\n" for tag, value in tags if value) + "ER  - \n"


def _on_one_line(words: str) -> str:
    """White space and signs that control a machine as single spaces: RIS knows no other end of a field than that of the line."""
    spaced = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in words)
    return re.sub(" +", " ", spaced).strip(" ")


def csl_json(citation: Citation) -> str:
    """A list of one item of CSL-JSON, from which programs make any style. ``issued`` is when the edition was, not the text."""
    text, edition = citation.text, citation.edition
    item: dict[str, Any] = {
        "id": citation.key,
        "type": "chapter",
        "title": full_title(text),
        "author": [{"literal": name} for name in text.authors],
        "container-title": full_title(edition),
        "editor": [{"literal": name} for name in editors(edition)],
        "publisher": edition.publisher,
        "version": edition.edition,
        "issued": _csl_date(edition),
        "original-date": _csl_date(text),
        "section": citation.passage.id if citation.passage else "",
        "language": text.language,
        "note": ". ".join(citation.remarks),
        "URL": citation.address if citation.is_public else "",
    }
    fields = (f"    {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in item.items() if value)
    return "[\n  {\n" + ",\n".join(fields) + "\n  }\n]\n"


def _csl_date(document: Document) -> dict[str, Any]:
    numbers = _numbers(document.date)
    if numbers:
        return {"date-parts": [list(numbers)]}
    return {"literal": document.date_text} if document.date_text else {}


def _numbers(iso: str) -> tuple[int, ...]:
    """Year, month and day of an ISO date, as far as it has them."""
    found = re.fullmatch(r"(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?", iso)
    return tuple(int(number) for number in found.groups() if number) if found else ()

"""What an editor is told: findings, and the catalogue of their codes.

A finding says where (file, line, column), what (a stable code and a sentence) and, by its code, what to do about it.
``docs/findings.md`` shows each code with an example.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_DEPTH = 2048
"""Elements within elements, as libxml2 bounds them; deeper is no text but a mistake or an attack."""

CODES = {
    "E001": ("The file is not well-formed XML.", "Mend the markup at this place; an XML editor shows it too."),
    "E002": (
        "The file is XML, but not TEI.",
        "Only TEI P5 documents are published (namespace http://www.tei-c.org/ns/1.0). Convert it, or move it elsewhere.",
    ),
    "E003": (
        "The file is TEI of another kind: P4, or without the TEI namespace.",
        'Convert it to TEI P5 (for P4 the TEI Consortium has a stylesheet) and give the root xmlns="http://www.tei-c.org/ns/1.0".',
    ),
    "E004": (
        "Two files make the same document id.",
        "Rename one of them; until then only the first by path is served.",
    ),
    "E005": ("The file cannot be read.", "Check that it exists and that the account that builds may read it."),
    "E006": (
        "The bytes are not in the encoding the file declares.",
        "Save it as UTF-8, or declare the encoding it really has.",
    ),
    "E007": (
        "An entity is used that the file itself does not declare.",
        "Write the character, or declare the entity in the file. External entities and DTDs are never read; "
        "TEI P4, which needs them, must be converted to P5.",
    ),
    "E008": ("Entities would grow beyond every sensible size.", "Write the text out instead of nesting entities."),
    "E009": (
        f"Elements are nested too deep (the limit is {MAX_DEPTH}, or 256 where entities of a DOCTYPE might grow).",
        "Flatten the markup, or take away the entities.",
    ),
    "E010": (
        "The document could not be transformed.",
        "This is a fault of a stylesheet or of this program; please report it with the file.",
    ),
    "E011": (
        "The file's name cannot be part of an address.",
        "Rename the file: a short name of letters, digits, “.”, “_” and “-”.",
    ),
    "E012": (
        "A pointer leads nowhere.",
        "Correct the pointer, or give the element it means that @xml:id. An element of another file is written file.xml#id.",
    ),
    "E013": (
        "The process that worked on the document died.",
        "The next build tries again; if it dies again, look for a lack of memory, or report the fault with the file.",
    ),
    "E101": (
        "An element stands where the schema does not allow it.",
        "Use an element that is allowed there, or move it; the encoding guidelines say which element is for what.",
    ),
    "E102": (
        "An attribute is not allowed on its element.",
        "Correct its name, or take it away; the encoding guidelines list the attributes of each element.",
    ),
    "E103": ("The value of an attribute or element is not one the schema allows.", "Write one of the values it allows."),
    "E104": ("An element lacks an attribute it must have.", "Add the attribute."),
    "E105": ("An element is incomplete.", "Add what it needs."),
    "E106": ("Text stands where the schema allows none.", "Put the words into an element that may stand there."),
    "E109": (
        "The schema cannot be read; nothing was checked with it.",
        "Mend the schema at this place, or make it anew from its ODD.",
    ),
    "E201": (
        "A rule of the edition is broken.",
        "Mend what the rule says; tei/schema/edition.sch has its reason.",
    ),
    "E209": ("The rules cannot be read, or fail; they were not all applied.", "Mend tei/schema/edition.sch."),
    "E301": ("An @xml:id is given twice in one file.", "Give each element an id of its own, and correct what points at it."),
    "E302": (
        "A pointer names a file that is not there.",
        "Correct the path (it starts from the folder of this file), or add the file.",
    ),
    "E303": (
        "An inclusion (xi:include) cannot be made; a mark stands in its place.",
        "Correct @href or @xpointer, add the file, or give the inclusion an xi:fallback.",
    ),
    "E304": (
        "Inclusions go round in a circle, or grow without end; this one was not made.",
        "Take out one inclusion of the circle.",
    ),
    "E305": (
        "An inclusion leads out of the edition; it is never read.",
        "Put the file into the TEI folder, and point at it there. Nothing is fetched from elsewhere.",
    ),
    "N001": (
        "The file is no document; it is part of those that include it.",
        "Nothing needs to be done: its words stand in those documents.",
    ),
    "W108": (
        "The check with the schema takes too long, and was given up; what it had found by then is told.",
        "Look whether the schema is the right one for this file, or name a simpler one in edition.toml.",
    ),
    "W101": ("An element has no display rule; its content is shown plainly.", "Add a template in xslt/reading/."),
    "W201": (
        "A rule of the edition advises otherwise.",
        "Look whether it is meant; tei/schema/edition.sch has its reason.",
    ),
    "W301": (
        "An @xml:id is used in several files.",
        "Ids can be told apart when they begin with the name of the document or, in a register, of its kind.",
    ),
    "W302": (
        "An entry of a register is never mentioned.",
        "Point at it from a document with @ref (or @corresp), or take it out of the register.",
    ),
    "W303": ("A document has no licence.", "State the terms of use in the header."),
    "W304": (
        "A document has no date.",
        "State in the header when it was made, or when its source was.",
    ),
    "W306": (
        "An inclusion (xi:include) cannot be made; its fallback stands in its place.",
        "Correct @href or @xpointer, or add the file, if the fallback is not what is wanted.",
    ),
    "W307": (
        "What the header says about citing (refsDecl) cannot be followed.",
        "Write @match and @use as plain paths (//div, @n, position()); they may look at the document, and do nothing else.",
    ),
    "W308": (
        "Several units of a document have the same reference; the first one has it, the others have none.",
        "Correct @use, or put @delim and the unit around them in front.",
    ),
    "W309": (
        "Names refer to entries that no register has.",
        "Add the register that has them, or leave it: the site gathers what has the same reference, and says so.",
    ),
    "W401": (
        "A format of the document could not be made; it is not offered.",
        "The other formats are there. Mend the stylesheet, if it is your own; otherwise report the fault with the file.",
    ),
    "W402": (
        "Letters of the document are in no font, or for private use; in its PDF their codes stand for them.",
        "Put a font that has them into the folder of fonts (docs/formats.md).",
    ),
    "N401": (
        "PDFs are not made: the extra “pdf” is not installed.",
        "Install it (pip install -e '.[pdf]'), or switch the format off in edition.toml: [exports] without = \"pdf\".",
    ),
    "N402": (
        "The list of letters (/registers/cmif.xml) does not state a licence that its format asks for.",
        "The format asks for CC BY 4.0 or CC0. If one of them applies, say so in the header of the edition (tei/edition.xml).",
    ),
    "W305": ("A document has no language.", "Say the language with @xml:lang on the text, or on the root of the file."),
}
"""Code → what it means, what to do. ``E`` must be mended, ``W`` should be looked at, ``N`` is only told.

E0… the file, E1… the grammar, E2… the rules, E3… what crosses files; W likewise, but W1… is the display, W4… the
formats. What cannot be read
(E0…, but for E012, and N001) is left out of a build; everything else is published.
"""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend. Lines and columns count from 1; column 1 where the checker knows none."""

    path: str
    line: int
    column: int
    code: str
    message: str

    @property
    def help(self) -> str:
        """What to do about it."""
        return CODES[self.code][1]

    @property
    def is_error(self) -> bool:
        """Whether it must be mended."""
        return self.code.startswith("E")

    @property
    def is_note(self) -> bool:
        """Whether there is nothing to mend."""
        return self.code.startswith("N")

    @property
    def severity(self) -> str:
        """``error``, ``warning`` or ``note``."""
        return "error" if self.is_error else "note" if self.is_note else "warning"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.code} {self.message}"


def finding(code: str, path: str, line: int = 1, column: int = 1, detail: str = "") -> Finding:
    """A finding worded from the catalogue, with what was seen behind it."""
    message = CODES[code][0] if not detail else f"{CODES[code][0]} {detail}"
    return Finding(path, max(line, 1), max(column, 1), code, message)


def printable(text: str) -> str:
    """A text as one line for a person: signs that cannot be printed are written as escapes."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)


class Unreadable(Exception):
    """A file cannot become a document; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding

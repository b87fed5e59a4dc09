"""What XSLT says about a document, as frozen dataclasses.

``edition.recorded`` reads them from what the stylesheets write. An absent value is an empty string or an empty tuple, never a
guess.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote


class RecordError(Exception):
    """A record lacks what every record has, or has it in another shape."""


@dataclass(frozen=True, slots=True)
class Field:
    """A search field: one row of ``xslt/fields.xsl``.

    ``type`` is ``text`` (searched word by word), ``keyword`` (searched and counted as it stands), ``date`` (values are
    ``earliest/latest``, ISO 8601, of which one may be empty).
    """

    name: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who did what (``respStmt``, ``editor``, ``funder`` …), in the header's words."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Licence:
    """Under what terms something may be used: one ``licence``, or the prose of ``availability``.

    ``target`` is the address of the licence or empty; ``status`` is ``availability/@status`` or empty.
    """

    text: str
    target: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed (``revisionDesc/change``): the day (ISO 8601 or empty) and in words, who by, what in the header's words.

    ``version`` is ``@n`` where the change made a version of that name; ``status`` is the state the text was in then, or empty.
    """

    date: str
    date_text: str
    text: str
    who: str = ""
    version: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the table of contents: a division's heading, its depth (1 = outermost) and the passage it is.

    ``part`` is the number of the part it stands in, from 1; 0 where the document is read whole.
    """

    id: str
    text: str
    level: int
    part: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A reading page of a long document.

    ``id`` is what its address has; ``title`` the first heading in it or empty, ``label`` says in words where it begins. Its
    ``passages`` follow one another, from the one with the id ``first`` (empty: it has none). Of the whole reading text it is what
    stands between ``start`` and ``end``, as offsets.
    """

    id: str
    title: str
    label: str
    first: str
    passages: int
    words: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its header and its text describe it. It has ``parts`` where it is too long for one page.

    ``source`` is the path of its file below the documents folder, ``path`` that of its own files in a snapshot: another, where it
    is one of several documents in that file (``member_path``). The title is the name of its file where none is given. ``series``
    is what it stands in: a series, a journal, a corpus. ``place`` is where it was made or printed; ``date`` is ISO 8601 or empty,
    ``date_text`` the same in words; ``language`` is a BCP 47 tag or empty; ``words`` counts white-space separated words of the
    plain text without editors' notes; ``changes`` come the latest first.
    """

    id: str
    source: str
    title: str
    path: str = ""
    title_supplied: bool = False
    subtitle: str = ""
    series: str = ""
    authors: tuple[str, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    publisher: str = ""
    edition: str = ""
    date: str = ""
    date_text: str = ""
    place: str = ""
    language: str = ""
    licences: tuple[Licence, ...] = ()
    source_description: str = ""
    words: int = 0
    passages: int = 0
    contents: tuple[Heading, ...] = ()
    changes: tuple[Change, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def changed(self) -> str:
        """The day of the last change, ISO 8601; empty where no change is dated."""
        return self.changes[0].date if self.changes else ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether the last change says that it is no longer part of the edition; then only this record of it stays."""
        return bool(self.changes) and self.changes[0].status == "withdrawn"

    @property
    def collection(self) -> str:
        """The folder or the corpus the document lies in, written with slashes; empty at the top."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest unit that can be cited.

    ``kind`` is one word of ``ed:passage-kind`` in ``xslt/shared/passages.xsl``; ``label`` says it to readers ("paragraph 12");
    ``text`` is the plain reading text without the passages inside it; ``fields`` are the values of ``xslt/fields.xsl`` by name,
    of the fields that have any. ``runs`` are where its words lie in the reading page: see ``edition.runs``; ``shown`` is where it
    stands there itself, ``place`` where in the TEI of the document: see ``edition.citation_trees``.
    """

    document: str
    id: str
    kind: str
    label: str
    language: str
    text: str
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    runs: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()
    place: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Indexed:
    """A passage as the search index takes it.

    ``named`` are the entries it mentions: the keys as in the addresses of entries, by kind (``catalogue.Catalogue.named_in``).
    """

    passage: Passage
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document as the search index takes it: its passages are asked for only if they are not in the index before.

    ``collection`` is the folder of the document, empty at the top. As long as its ``token`` is the same, so are its passages, and
    what they name. ``size`` is about how many characters there are to index, ``length`` how many passages; ``passages`` gives
    these, in their order.
    """

    id: str
    collection: str
    token: str
    size: int
    length: int
    passages: Callable[[], Iterable[Indexed]]


@dataclass(frozen=True, slots=True)
class Reference:
    """What a pointer names: an element by the path of its file below the TEI folder and its id there (empty: the whole file).

    ``document`` is the id of the document that file is; the catalogue knows it. It is empty where the file is none.
    """

    file: str
    key: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it is written: its language where that is said, the editors' own word for its sort, the files that use it."""

    name: str
    language: str = ""
    type: str = ""
    sources: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Dating:
    """A date as the encoding has it.

    ``words`` say it to readers; ``earliest`` and ``latest`` are ISO 8601 (a day, a month or a year) or empty. What lies between
    them is how long it went on where ``is_duration``, else what is not known more exactly. ``certainty`` is the editors' word or
    empty.
    ``what`` it is the date of: ``birth``, ``death``, ``activity``, or ``date`` of the entry or relation itself.
    """

    words: str
    earliest: str = ""
    latest: str = ""
    is_duration: bool = False
    certainty: str = ""
    what: str = "date"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier in an authority file; ``url`` is empty where its address is not known."""

    type: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a register, wherever it is declared.

    ``file`` is the path of the file that declares it, below the TEI folder, and ``key`` its id there;
    ``kind`` is ``person``, ``place``, ``organisation``, ``event`` or ``work``; ``type`` is the editors' own word or empty;
    ``name`` is the preferred one of ``names`` (empty and none where the entry gives none), in ``language``; ``forms`` say more of
    each. ``country`` and ``subdivision`` are codes of ISO 3166 or empty; ``where`` are the places of an event. ``summary`` is the
    first thing the entry says in words, ``html`` all it says that is not in the other fields, for a page three folders deep;
    there “entry:” and a pointer is the address of another entry. ``same`` are addresses elsewhere by which it may be named.

    ``gathered`` is empty for an entry of a register; else no register has it, and ``file`` is none: the mentions of one
    ``reference``, or of one ``name`` as it is written.
    """

    file: str
    key: str
    kind: str
    type: str
    name: str
    names: tuple[str, ...]
    language: str = ""
    forms: tuple[Form, ...] = ()
    dates: tuple[Dating, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    country: str = ""
    subdivision: str = ""
    identifiers: tuple[Identifier, ...] = ()
    where: tuple[Reference, ...] = ()
    summary: str = ""
    html: str = ""
    same: tuple[str, ...] = ()
    gathered: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a passage that name an entry: the element they stand in, and the entry by its file and key.

    ``file`` is empty where the text gives the key alone. An element that names several entries is a mention of each, with one
    ``number``. ``id`` is that of the element in the page. The words are ``passage.text[start:end]``; ``places`` are the offsets
    into the reading page where its link is written: see ``edition.spots``. ``certainty`` is the editors' word or empty, ``kind``
    what its element says the entry is, or empty.
    """

    document: str
    passage: str
    file: str
    key: str
    element: str
    words: str
    id: str = ""
    number: int = 0
    start: int = 0
    end: int = 0
    certainty: str = ""
    kind: str = ""
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An image in a page of a document (``product``, and ``part`` from 0).

    It is shown at the offset ``begins``; what stands for it is hidden by an attribute at ``inside``. One of a page of the source
    (``is_page``) is shown small, a link to itself.

    ``name`` is that of its file in the snapshot; ``words`` say what it shows, or are empty.
    """

    document: str
    product: str
    part: int
    begins: int
    inside: int
    is_page: bool
    name: str
    width: int
    height: int
    words: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What an entry is to another, in a word of the editors; where it is ``mutual``, the other is the same to it.

    ``sources`` are the passages it is taken from.
    """

    name: str
    active: Reference
    passive: Reference
    mutual: bool = False
    date: Dating | None = None
    remark: str = ""
    sources: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """What editors link: two passages or more, of what type, on what topic, with what remark; ``id`` may be shared or empty."""

    id: str
    type: str
    topic: str
    remark: str
    targets: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """A stand-off remark on passages or words, the sort of list it stands in, and what it says, for a page three folders deep."""

    type: str
    targets: tuple[Reference, ...]
    html: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """A pointer as written, the line of its first use, the attribute of that one, and how often the file uses it.

    ``sort`` is ``name`` where words name an entry by it, ``image`` where it leads to one, else empty.
    """

    target: str
    line: int
    attribute: str
    count: int
    sort: str = ""

    @property
    def id(self) -> str:
        """The id it gives alone, with its sign or without; empty for one that names a file."""
        alone = re.fullmatch(r"#?([^/#?&]+)", self.target)
        return alone[1] if alone and not is_tei_name(self.target) else ""


@dataclass(frozen=True, slots=True)
class Doubled:
    """An id given again, with the line of that and the line where it was given first."""

    id: str
    line: int
    first_line: int


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a document should say and does not (``licence``, ``date``, ``language``), where it is missed, what was looked for."""

    what: str
    line: int
    instead: str


@dataclass(frozen=True, slots=True)
class Links:
    """What a file declares and where it points, as far as the edition can judge.

    ``ids`` come with their lines; ``dangling`` point at an id the file itself does not have, ``pointers`` out of the file, to
    relative addresses alone; ``keys`` are those of mentions that give nothing else; ``entries`` are the keys of its own register
    entries.
    """

    ids: Mapping[str, int]
    doubled: tuple[Doubled, ...]
    dangling: tuple[Pointer, ...]
    pointers: tuple[Pointer, ...]
    keys: tuple[str, ...]
    entries: tuple[str, ...]
    lacking: tuple[Lacking, ...]


def resolved(place: str, target: str) -> tuple[str, str]:
    """The file and the id that a relative pointer names, written in the file at ``place``; paths below the TEI folder.

    A path that leaves that folder begins with ``..``; the id is empty where the pointer names a whole file.
    """
    address, _, key = target.partition("#")
    path = unquote(address.partition("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(place), path)) if path else place, unquote(key)


_SUFFIX = re.compile(r"\.(xml|tei)\Z", re.IGNORECASE)


def is_tei_name(name: str) -> bool:
    """Whether a file is called as a file of TEI is: ``….xml``, ``….tei``, in capitals as well."""
    return bool(_SUFFIX.search(name))


def without_suffix(name: str) -> str:
    """The name of a file of TEI without what says that it is one."""
    return _SUFFIX.sub("", name)


def member_path(source: str, member: str) -> str:
    """The path of a document in a file: that of the file where it has no name there, else in a folder called after the file."""
    if not member:
        return source
    name = document_id(f"{member}.xml")
    if len(name) > LONGEST_NAME:
        name = f"{name[:LONGEST_NAME]}-{hashlib.sha256(member.encode()).hexdigest()[:8]}"
    return f"{without_suffix(source)}/{name}.xml"


LONGEST_NAME = 60
"""Letters of a name of a member that become a file name as they are."""


def document_id(source: str) -> str:
    """The id of the document whose TEI lies at ``source`` below the documents folder.

    The stem (without ``.xml`` or ``.tei``), folders in front joined by dots; letters and digits of any script, ``.``, ``_`` and
    ``-`` stay, anything else is written ``-``. A stem that ends like a format (``report.pdf.xml``) has that dot written ``-``:
    its address would be another's.
    """
    stem = without_suffix(unicodedata.normalize("NFC", source)).replace("/", ".")
    id = re.sub(r"[^A-Za-z0-9._-]", lambda sign: sign[0] if unicodedata.category(sign[0])[0] in "LMN" else "-", stem)
    return re.sub(r"\.(?=(csl\.json|\w+)$)", lambda dot: "-" if id[dot.end() :] in FORMATS else ".", id)


FORMATS = ("xml", "txt", "html", "epub", "pdf", "json", "jsonld", "bib", "ris", "csl.json")
"""What a document's address may end in to mean one of its formats, in the order in which they are shown."""

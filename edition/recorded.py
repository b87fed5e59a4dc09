"""What XSLT wrote of a document, read into records.

``xslt/record.xsl`` and ``xslt/register.xsl`` write one JSON object a document; whatever the rest of the software knows about a
document, it knows from here.
"""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from edition.records import (
    Annotation,
    Change,
    Dating,
    Document,
    Doubled,
    Entry,
    Form,
    Heading,
    Identifier,
    Lacking,
    Licence,
    Link,
    Links,
    Mention,
    Part,
    Passage,
    Pointer,
    RecordError,
    Reference,
    Relation,
    Responsibility,
    resolved,
    without_suffix,
)


def document(record: Mapping[str, Any], id: str, source: str, path: str = "") -> Document:
    """The document a record describes, under the ``id`` and the paths the build gave it.

    Raises RecordError when the record is not one that ``record.xsl`` writes.
    """
    try:
        header = dict(record["header"])
        return Document(
            id=id,
            source=source,
            path=path or source,
            title=header["title"] or without_suffix(posixpath.basename(path or source)),
            title_supplied=header["title_supplied"] or not header["title"],
            **{name: header[name] for name in ("subtitle", "series", "publisher", "edition")},
            **{name: header[name] for name in ("date", "date_text", "place", "language", "source_description")},
            authors=tuple(header["authors"]),
            responsibilities=tuple(Responsibility(**each) for each in header["responsibilities"]),
            licences=tuple(Licence(**each) for each in header["licences"]),
            words=_words(record["passages"]),
            passages=len(record["passages"]),
            contents=tuple(Heading(**each) for each in record["contents"]),
            parts=tuple(_parts(record)),
            changes=tuple(Change(**each) for each in header["changes"]),
        )
    except (KeyError, TypeError) as cause:
        raise RecordError(f"{source}: the record lacks {cause}") from cause


def _parts(record: Mapping[str, Any]) -> Iterator[Part]:
    passages = itertools.groupby(record["passages"], key=lambda passage: passage["part"])
    of = {number: list(group) for number, group in passages} if record["parts"] else {}
    for number, each in enumerate(record["parts"], 1):
        here = of.get(number, [])
        plain = {name: each[name] for name in ("id", "title", "label", "start", "end")}
        yield Part(first=here[0]["id"] if here else "", passages=len(here), words=_words(here), **plain)


def _words(passages: Iterable[Mapping[str, Any]]) -> int:
    return sum(len(passage["text"].split()) for passage in passages if passage["kind"] != "editorial")


def anchors(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The ids in the pages of a document that is read in parts, each with that of its part."""
    for part in record["parts"]:
        for id in part["anchors"]:
            yield id, part["id"]


def passages(record: Mapping[str, Any], document: str) -> Iterator[Passage]:
    """The passages of a record in document order, under the document's id."""
    for each in record["passages"]:
        plain = {name: each[name] for name in ("id", "kind", "label", "language", "text")}
        fields = {name: tuple(values) for name, values in each["fields"].items()}
        runs, shown, place = (tuple(each[name]) for name in ("runs", "shown", "place"))
        yield Passage(document=document, **plain, fields=fields, runs=runs, shown=shown, place=place)


def entries(record: Mapping[str, Any], place: str) -> Iterator[Entry]:
    """The register entries of a record in their order; ``place`` is the path of the file below the TEI folder."""
    for each in record["entries"]:
        latitude, longitude = each["coordinates"] or (None, None)
        yield Entry(
            file=place,
            key=each["id"],
            **{name: each[name] for name in ("kind", "type", "name", "language", "country", "subdivision", "summary", "html")},
            names=tuple(each["names"]),
            forms=tuple(_form(form, place) for form in each["forms"]),
            dates=tuple(_dating(date) for date in each["dates"]),
            latitude=latitude,
            longitude=longitude,
            identifiers=tuple(Identifier(**identifier) for identifier in each["identifiers"]),
            where=_references(each["where"], place),
            same=tuple(each["same"]),
        )


def slices(record: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The TEI of the register entries of a record: the key of each, that of the entry around it (or empty), the TEI."""
    for each in record["entries"]:
        yield each["id"], each["around"], each["tei"]


def _form(form: Mapping[str, Any], place: str) -> Form:
    return Form(form["name"], form["language"], form["type"], _references(form["sources"], place))


def _dating(date: Mapping[str, Any]) -> Dating:
    words, earliest, latest, certainty = (date[name] for name in ("words", "earliest", "latest", "certainty"))
    return Dating(words, earliest, latest, date["duration"], certainty, date.get("what", "date"))


def _references(targets: Iterable[str], place: str) -> tuple[Reference, ...]:
    return tuple(Reference(*resolved(place, target)) for target in targets)


def relations(record: Mapping[str, Any], place: str) -> Iterator[Relation]:
    """The relations of a record, each between two entries; the file of the record is at ``place``."""
    for each in record["relations"]:
        date = _dating(each) if each["words"] else None
        rest = (date, each["remark"], _references(each["sources"], place))
        mutual = _references(each["mutual"], place)
        for active, passive in itertools.product(_references(each["active"], place), _references(each["passive"], place)):
            yield Relation(each["name"], active, passive, False, *rest)
        for one, other in itertools.combinations(mutual, 2):
            yield Relation(each["name"], one, other, True, *rest)


def passage_links(record: Mapping[str, Any], place: str) -> Iterator[Link]:
    """The links between passages that a record declares; its file is at ``place``."""
    for each in record["links"]:
        yield Link(each["id"], each["type"], each["topic"], each["remark"], _references(each["targets"], place))


def remarks(record: Mapping[str, Any], place: str) -> Iterator[Annotation]:
    """The stand-off remarks of a record; its file is at ``place``."""
    for each in record["annotations"]:
        yield Annotation(each["type"], _references(each["targets"], place), each["html"])


def mentions(record: Mapping[str, Any], document: str, place: str) -> Iterator[Mention]:
    """The mentions of a record in the order of the text; those of a key that its own file does not have name no file.

    What points at something in its own file that is no entry is no mention.
    """
    declared = {each["id"] for each in record["entries"]}
    for each in record["mentions"]:
        file, key = resolved(place, each["target"]) if each["target"] else ("", each["key"])
        if file == place and key not in declared:
            if key in record["ids"]:
                continue
            file = ""
        rest = {name: each[name] for name in ("passage", "element", "words", "id", "number", "start", "end", "certainty", "kind")}
        yield Mention(document=document, file=file, key=key, **rest, places=tuple(each["places"]))


def links(record: Mapping[str, Any]) -> Links:
    """What the file of a record declares and where it points."""
    return Links(
        ids=dict(record["ids"]),
        doubled=tuple(Doubled(**each) for each in record["doubled"]),
        dangling=tuple(Pointer(**each) for each in record["dangling"]),
        pointers=tuple(Pointer(**each) for each in record["pointers"]),
        keys=tuple({each["key"]: None for each in record["mentions"] if each["key"] and not each["target"]}),
        entries=tuple(each["id"] for each in record["entries"]),
        lacking=tuple(Lacking(**each) for each in record["lacking"]),
    )

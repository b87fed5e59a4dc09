"""The Open Archives Initiative's protocol for metadata harvesting, 2.0, at /oai: the documents as records.

http://www.openarchives.org/OAI/openarchivesprotocol.html says what is asked and answered. A wrong request is answered 200 with an
error inside. Records are sorted by their ids, and a resumption token says where to go on behind, so it outlives a snapshot.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Blueprint, Response, current_app, g, render_template, request
from markupsafe import Markup

from edition import store
from webapp.absolute import absolute, address
from webapp.dublin_core import terms
from webapp.published import Published, published

blueprint = Blueprint("oai", __name__)

PAGE = 100
"""Records in one answer."""
LONGEST = 2000
"""Letters of an argument."""
MOST_BYTES = 100_000
"""Of a request that is posted."""
_BEGINNING = "1970-01-01"
"""The datestamp of what nobody has dated."""
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DOMAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9-]*)+")


@dataclass(frozen=True, slots=True)
class Format:
    """A format of metadata by its prefix."""

    prefix: str
    schema: str
    namespace: str


FORMATS = (
    Format("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/"),
    Format("tei", "https://www.tei-c.org/release/xml/tei/custom/schema/xsd/tei_all.xsd", "http://www.tei-c.org/ns/1.0"),
)


class OaiError(Exception):
    """A request that the protocol answers with an error: its code there, and words."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True, slots=True)
class Record:
    """A record's header: the document, its day, the sets it is in, whether it was withdrawn, whether it has a TEI header."""

    id: str
    day: str
    set: str
    is_withdrawn: bool
    has_header: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for, behind which id it goes on, and how many records came before."""

    prefix: str
    since: str
    until: str
    set: str
    after: str = ""
    cursor: int = 0

    def token(self, last: str) -> str:
        """The token of the records behind this one."""
        values = [self.prefix, self.since, self.until, self.set, last, self.cursor + PAGE]
        return base64.urlsafe_b64encode(json.dumps(values, ensure_ascii=False).encode()).decode().rstrip("=")

    @classmethod
    def of_token(cls, token: str) -> Wanted:
        """What a token of ours says; raises OaiError where it is none."""
        try:
            prefix, since, until, set, after, cursor = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
            wanted = cls(prefix, since, until, set, after, cursor)
            if type(cursor) is int and all(type(each) is str for each in (prefix, since, until, set, after)) and after:
                return wanted
        except (ValueError, TypeError, binascii.Error, RecursionError):
            pass
        raise OaiError("badResumptionToken", "This resumptionToken is none of ours.")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: what it is answered with, the arguments it must have and may have."""

    answer: Callable[[Mapping[str, str]], str]
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


@blueprint.route("/oai", methods=["GET", "POST"])
def oai() -> Response:
    """The answer to any request of the protocol."""
    g.unsettled = True  # each answer says when it was given
    request.max_content_length = MOST_BYTES
    arguments: Mapping[str, str] = {}
    try:
        arguments = _arguments()
        verb = _VERBS[arguments["verb"]]
        content, error = Markup(verb.answer(arguments)), None  # noqa: S704  a template has escaped it
    except OaiError as cause:
        content, error = Markup(), cause
        if cause.code in ("badVerb", "badArgument"):
            arguments = {}
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = {"now": now, "address": absolute(request.path), "arguments": arguments, "content": content, "error": error}
    return Response(render_template("oai/answer.xml", **values), content_type="text/xml; charset=utf-8")


def _arguments() -> Mapping[str, str]:
    """The arguments of this request, each once; raises OaiError where they are not those of its verb."""
    given = request.args if request.method == "GET" else request.form
    name = given.get("verb", "")
    if len(given.getlist("verb")) != 1 or name not in _VERBS:
        raise OaiError("badVerb", f"“verb” must be one of {', '.join(_VERBS)}, and stand once.")
    arguments = {key: values[0] for key, values in given.lists()}
    for key, values in given.lists():
        if len(values) > 1:
            raise OaiError("badArgument", f"“{_printed(key)}” is given {len(values)} times.")
        if len(values[0]) > LONGEST or _NO_XML.search(values[0]):
            raise OaiError("badArgument", f"“{_printed(key)}” is too long, or has signs that cannot stand in XML.")
    verb = _VERBS[name]
    named = arguments.keys() - {"verb"}
    if "resumptionToken" in named and "resumptionToken" in verb.optional:
        required, optional = frozenset[str](), frozenset(("resumptionToken",))
    else:
        required, optional = verb.required, verb.optional
    for key in sorted(named - required - optional):
        raise OaiError("badArgument", f"“{_printed(key)}” is no argument of {name}, or not together with the others.")
    for key in sorted(required - named):
        raise OaiError("badArgument", f"{name} needs “{key}”.")
    return arguments


def _printed(name: str) -> str:
    return _NO_XML.sub("?", name[:50])


def _identify(arguments: Mapping[str, str]) -> str:
    settings = current_app.config["SETTINGS"]
    email = settings.email or "nobody@edition.invalid"
    earliest = min((each.day for each in _records(published())), default=_BEGINNING)
    return _written("identify", email=email, earliest=earliest, base=address("oai.oai"), identifier=_identifier, domain=_domain())


def _list_formats(arguments: Mapping[str, str]) -> str:
    formats: Sequence[Format] = FORMATS
    if "identifier" in arguments:
        record = _known(arguments["identifier"])
        formats = [each for each in FORMATS if each.prefix == "oai_dc" or record.has_header]
    return _written("formats", formats=formats)


def _list_sets(arguments: Mapping[str, str]) -> str:
    if "resumptionToken" in arguments:
        raise OaiError("badResumptionToken", "The list of sets comes whole; there is no token for it.")
    sets = _sets(published())
    if not sets:
        raise OaiError("noSetHierarchy", "The texts of this edition are in no sets.")
    return _written("sets", sets=sets)


def _get_record(arguments: Mapping[str, str]) -> str:
    record = _known(arguments["identifier"])
    prefix = _prefix(arguments["metadataPrefix"])
    if not _has(record, prefix):
        raise OaiError("cannotDisseminateFormat", f"This document has no “{prefix}”.")
    return _written("record", records=[_described(record, prefix)])


def _list_identifiers(arguments: Mapping[str, str]) -> str:
    return _listed("identifiers", arguments, _header)


def _list_records(arguments: Mapping[str, str]) -> str:
    return _listed("records", arguments, _described)


def _listed(template: str, arguments: Mapping[str, str], described: Callable[[Record, str], dict[str, Any]]) -> str:
    """A page of the records that are wanted, with the token of the next page where there is one."""
    token = arguments.get("resumptionToken")
    wanted = Wanted.of_token(token) if token is not None else _wanted(arguments)
    chosen = [each for each in _records(published()) if _is_chosen(each, wanted)]
    rest = [each for each in chosen if each.id > wanted.after]
    if not rest:
        raise OaiError("badResumptionToken" if token is not None else "noRecordsMatch", "There are no such records.")
    page = rest[:PAGE]
    following = wanted.token(page[-1].id) if len(rest) > PAGE else ""
    records = [described(each, wanted.prefix) for each in page]
    is_part = bool(following) or token is not None
    return _written(template, records=records, is_part=is_part, token=following, total=len(chosen), cursor=wanted.cursor)


def _wanted(arguments: Mapping[str, str]) -> Wanted:
    """What the arguments of a list ask for; raises OaiError where a value is none of its kind."""
    prefix = _prefix(arguments["metadataPrefix"])
    since, until = (_day(name, arguments[name]) if name in arguments else "" for name in ("from", "until"))
    if since and until and since > until:
        raise OaiError("badArgument", "“from” is later than “until”.")
    chosen = arguments.get("set", "")
    if chosen and not _sets(published()):
        raise OaiError("noSetHierarchy", "The texts of this edition are in no sets.")
    return Wanted(prefix, since, until, chosen)


def _day(name: str, given: str) -> str:
    try:
        if _DATE.fullmatch(given):
            return datetime.strptime(given, "%Y-%m-%d").date().isoformat()
    except ValueError:
        pass
    raise OaiError("badArgument", f"“{name}” must be a day, as in 2024-05-12.")


def _prefix(given: str) -> str:
    if given not in (each.prefix for each in FORMATS):
        raise OaiError("cannotDisseminateFormat", f"“metadataPrefix” can be {' or '.join(each.prefix for each in FORMATS)}.")
    return given


def _is_chosen(record: Record, wanted: Wanted) -> bool:
    in_set = not wanted.set or f"{record.set}:".startswith(f"{wanted.set}:")
    return in_set and wanted.since <= record.day <= (wanted.until or "9999") and _has(record, wanted.prefix)


def _has(record: Record, prefix: str) -> bool:
    return prefix == "oai_dc" or record.has_header or record.is_withdrawn


def _known(identifier: str) -> Record:
    """The record of an identifier; raises OaiError where there is none."""
    start = _identifier("")
    id = identifier.removeprefix(start)
    found = next((each for each in _records(published()) if identifier.startswith(start) and quote(each.id, safe="") == id), None)
    if found is None:
        raise OaiError("idDoesNotExist", "There is no record of this identifier.")
    return found


def _header(record: Record, prefix: str) -> dict[str, Any]:
    return {"record": record, "identifier": _identifier(record.id)}


def _described(record: Record, prefix: str) -> dict[str, Any]:
    """A record with its metadata in a format; of one that was withdrawn there is none."""
    document = None if record.is_withdrawn else published().catalogue.document(record.id)
    if document is None:
        return _header(record, prefix)
    if prefix == "oai_dc":
        return {**_header(record, prefix), "terms": terms(document)}
    return {**_header(record, prefix), "tei": Markup(published().made(document, store.HEADER).decode())}  # noqa: S704


def _identifier(id: str) -> str:
    return f"oai:{_domain()}:{quote(id, safe='')}"


def _domain() -> str:
    """The domain in identifiers: that of the public address; until there is one, of none (RFC 2606)."""
    host = urlsplit(current_app.config["SETTINGS"].site_url).hostname or ""
    return host if _DOMAIN.fullmatch(host) else "edition.invalid"


def _records(here: Published) -> Sequence[Record]:
    """All records, sorted by id."""
    beginning = _whole(here.site.changed or here.site.date)
    return [
        Record(id, _whole(day) if day else beginning, _set(path.rpartition("/")[0]), is_withdrawn, has_header)
        for id, path, day, is_withdrawn, has_header in here.harvest
    ]


def _whole(date: str) -> str:
    """The first day of a year, a month or a day."""
    day = f"{date}{'-01' * (2 - date.count('-'))}"
    return day if _DATE.fullmatch(day) else _BEGINNING


def _sets(here: Published) -> Mapping[str, str]:
    """The sets, an outer one before those inside it, and what they are called."""
    return dict(sorted((_set(path), folder.name) for path, folder in here.folders.items() if path))


def _set(path: str) -> str:
    """The set of a collection: its path, parted as the protocol wants it, signs that it forbids by their codes behind “~”."""
    return ":".join(quote(part, safe="!*'()").replace("%", "~") for part in path.split("/")) if path else ""


def _written(template: str, **values: object) -> str:
    return render_template(f"oai/{template}.xml", **values)


_LIST = frozenset(("from", "until", "set", "resumptionToken"))
_VERBS: Mapping[str, Verb] = {
    "Identify": Verb(_identify),
    "ListMetadataFormats": Verb(_list_formats, optional=frozenset(("identifier",))),
    "ListSets": Verb(_list_sets, optional=frozenset(("resumptionToken",))),
    "ListIdentifiers": Verb(_list_identifiers, frozenset(("metadataPrefix",)), _LIST),
    "ListRecords": Verb(_list_records, frozenset(("metadataPrefix",)), _LIST),
    "GetRecord": Verb(_get_record, frozenset(("identifier", "metadataPrefix"))),
}

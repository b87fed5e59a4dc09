"""Whom the texts name: mentions and relations are joined to entries; whom no register has gets an entry that says so.

Done when all entries are known. A mention names its entry by file and id, by the id alone (the file left out, or another
than has it), or by one of the entry's addresses elsewhere. What then names no entry is *gathered*: all that points at the same,
and, for a kind of which the edition has no register at all, all that is written the same but for case and white space. Entries of
several files with one id are one entry, said more than once, where they have an address elsewhere in common, or a name and
with it a date, a place on the map, or the number of a list in the id. Nothing is joined because it looks alike.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any
from urllib.parse import urlsplit

from edition.catalogue.schema import ENTRY
from edition.catalogue.stored import entry_row, insertion
from edition.records import Entry, Form, Identifier

BARE = "\n"
"""Begins what a bare name is gathered by: no key has it."""
_Stored = tuple[int, str, dict[str, Any]]
"""An entry in the catalogue: its number, its file, and its record."""

LONGEST_KEY = 80
"""Letters of a key that is made of a name or an address."""

_JOIN = """
INSERT INTO called SELECT key, kind, file, key, number FROM entries;
CREATE INDEX temp.called_by_alias ON called (alias);
UPDATE mentions SET file = '' WHERE file != ''
    AND NOT EXISTS (SELECT 1 FROM entries WHERE entries.file = mentions.file AND entries.key = mentions.key);
CREATE TEMP TABLE wanted AS SELECT alias, sort, file, key FROM (
    SELECT alias, sort, file, called.key, row_number() OVER (PARTITION BY alias, sort ORDER BY kind != sort, number) AS place
    FROM (SELECT DISTINCT key AS named, sort FROM mentions WHERE file = '') JOIN called ON alias = named)
    WHERE place = 1;
CREATE INDEX temp.wanted_by ON wanted (alias, sort);
UPDATE mentions SET (file, key) = (SELECT file, wanted.key FROM wanted WHERE alias = mentions.key AND wanted.sort = mentions.sort)
    WHERE file = '' AND EXISTS (SELECT 1 FROM wanted WHERE alias = mentions.key AND wanted.sort = mentions.sort);
DROP TABLE wanted;
UPDATE relations SET (active_file, active_key) = (
        SELECT file, called.key FROM called WHERE alias = active_key ORDER BY number LIMIT 1)
    WHERE NOT EXISTS (SELECT 1 FROM entries WHERE file = active_file AND key = active_key)
    AND EXISTS (SELECT 1 FROM called WHERE alias = active_key);
UPDATE relations SET (passive_file, passive_key) = (
        SELECT file, called.key FROM called WHERE alias = passive_key ORDER BY number LIMIT 1)
    WHERE NOT EXISTS (SELECT 1 FROM entries WHERE file = passive_file AND key = passive_key)
    AND EXISTS (SELECT 1 FROM called WHERE alias = passive_key);
DELETE FROM mentions WHERE file = '' AND (sort = ''
    OR EXISTS (SELECT 1 FROM mentions AS other WHERE other.document = mentions.document AND other.passage = mentions.passage
        AND other.mark = mentions.mark AND other.file != '')
    OR key LIKE 'http%' AND EXISTS (SELECT 1 FROM mentions AS other WHERE other.document = mentions.document
        AND other.passage = mentions.passage AND other.mark = mentions.mark AND other.number < mentions.number)
    OR key = '' AND sort IN (SELECT kind FROM entries));
UPDATE mentions SET key = gathered_by(words) WHERE file = '' AND key = '';
"""
"""What names an entry in one of its pointers needs no other; of several addresses elsewhere the first stands for all."""

_GATHERED = """SELECT sort, key, words, count(*), min(number) AS first FROM mentions WHERE file = ''
    GROUP BY sort, key, words ORDER BY sort, key, count(*) DESC, first"""

_SETTLE = """
CREATE INDEX temp.named_by ON named (kind, alias);
UPDATE mentions SET (file, key) = (SELECT file, named.key FROM named WHERE named.kind = mentions.sort AND alias = mentions.key)
    WHERE file = '';
DELETE FROM mentions WHERE number NOT IN (SELECT min(number) FROM mentions GROUP BY document, passage, mark, file, key);
"""


def join(connection: sqlite3.Connection) -> None:
    """Join the mentions and relations of a catalogue to its entries, and add the entries that are gathered.

    Mentions are in the temporary table ``mentions``; those that name nothing are removed. The temporary table ``called`` holds by
    what entries are called elsewhere.
    """
    connection.create_function("gathered_by", 1, lambda words: BARE + _folded(words), deterministic=True)
    connection.execute("BEGIN")
    _merge(connection)
    connection.execute("COMMIT")
    connection.executescript(
        f"BEGIN; {_JOIN} COMMIT; CREATE TEMP TABLE named (kind TEXT, alias TEXT, file TEXT, key TEXT); BEGIN;"
    )
    rows = connection.execute(_GATHERED).fetchall()
    taken: set[tuple[str, str]] = set()
    for (kind, alias), group in groupby(rows, key=itemgetter(0, 1)):
        names = tuple(words for _, _, words, _, _ in group)
        key = _key(alias)
        if (kind, key) in taken:
            key = f"{key}-{hashlib.sha256(alias.encode()).hexdigest()[:6]}"
        taken.add((kind, key))
        entry = _gathered(kind, alias, key, names)
        connection.execute("INSERT INTO named VALUES (?, ?, ?, ?)", (kind, alias, entry.file, key))
        connection.execute(_ADD, entry_row(entry))
    connection.execute("COMMIT")
    connection.executescript(f"BEGIN; {_SETTLE} COMMIT;")


_ADD = insertion("entries", ENTRY)


_AGAIN = """SELECT kind, key, number, file, record FROM entries JOIN (
    SELECT kind, key FROM entries GROUP BY kind, key HAVING count(*) > 1) USING (kind, key) ORDER BY kind, key, number"""


def _merge(connection: sqlite3.Connection) -> None:
    """Make one entry of those that are of one kind and id, and the same by a mark: the fullest stays, with the names of all."""
    rows = connection.execute(_AGAIN).fetchall()
    if rows:
        connection.execute("CREATE INDEX temp.mentions_by_entry ON mentions (file, key)")
    for _, group in groupby(rows, key=itemgetter(0, 1)):
        same: list[list[_Stored]] = []
        homes: dict[str, int] = {}  # by what makes them one, the first of the groups that have it
        for _, key, number, file, stored in group:
            record = json.loads(stored)
            marks = tuple(_marks(key, record))
            home = min((homes[mark] for mark in marks if mark in homes), default=len(same))
            if home == len(same):
                same.append([])
            same[home].append((number, file, record))
            homes.update((mark, min(home, homes.get(mark, home))) for mark in marks)
        for each in same:
            if len(each) > 1:
                _merge_into(connection, max(each, key=lambda one: (len(json.dumps(one[2])), -one[0])), each)
    connection.execute("DROP INDEX IF EXISTS temp.mentions_by_entry")  # each further change would have to be made there too


def _marks(key: str, record: Mapping[str, Any]) -> Iterator[str]:
    """What none but the same entry has with one id: its addresses elsewhere; its name with a date, coordinates, a number.

    A name and an id made of it are no evidence: every second play has a king.
    """
    yield from record["same"]
    if name := _folded(record["name"]):
        if re.search(r"\d{3}", key):
            yield f"{name}\n"
        if record["latitude"] is not None:
            yield f"{name}\n{record['latitude']} {record['longitude']}"
        yield from (f"{name}\n{dating['what']} {dating['words']}" for dating in record["dates"])


def _merge_into(connection: sqlite3.Connection, kept: _Stored, every: list[_Stored]) -> None:
    number, file, record = kept
    for name in ("names", "forms", "identifiers", "same"):
        said = [each for one in (record, *(other for _, _, other in every)) for each in one[name]]
        record[name] = [each for place, each in enumerate(said) if each not in said[:place]]
    connection.execute("UPDATE entries SET record = ? WHERE number = ?", (json.dumps(record, ensure_ascii=False), number))
    for other, from_file, _ in every:
        if other != number:
            change = (file, from_file, record["key"])
            connection.execute("DELETE FROM entries WHERE number = ?", (other,))
            connection.execute("UPDATE mentions SET file = ? WHERE file = ? AND key = ?", change)
            connection.execute("UPDATE relations SET active_file = ? WHERE active_file = ? AND active_key = ?", change)
            connection.execute("UPDATE relations SET passive_file = ? WHERE passive_file = ? AND passive_key = ?", change)
            connection.execute("UPDATE called SET file = ?, number = ? WHERE number = ?", (file, number, other))


def _gathered(kind: str, alias: str, key: str, names: tuple[str, ...]) -> Entry:
    """An entry of what is called ``alias``, under the names the texts give it, the most frequent first."""
    is_elsewhere = bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", alias))
    url = alias if alias.startswith("https://") else ""
    identifiers = (Identifier(urlsplit(alias).hostname or "", alias, url),) if is_elsewhere else ()
    forms = tuple(Form(name) for name in names)
    gathered = "name" if alias.startswith(BARE) else "reference"
    return Entry(f"gathered:{kind}", key, kind, "", names[0], names, forms=forms, identifiers=identifiers, gathered=gathered)


def _folded(words: str) -> str:
    """A name without the differences that make no other name: case, and white space."""
    return " ".join(unicodedata.normalize("NFC", words).casefold().replace("_", " ").split())


def _key(alias: str) -> str:
    """What the address of an entry ends in: readable, of letters, digits, ``.``, ``_`` and ``-``."""
    plain = re.sub(r"^https?://", "", alias.removeprefix(BARE)).replace(" ", "_")
    key = "".join(sign if unicodedata.category(sign)[0] in "LMN" or sign in "._-" else "-" for sign in plain)
    key = re.sub(r"-*_-*", "_", key).strip("-._")
    digest = hashlib.sha256(alias.encode()).hexdigest()[:6]
    return f"{key[:LONGEST_KEY]}-{digest}" if len(key) > LONGEST_KEY else key or digest

"""What follows from all documents together is settled: who is meant, how often each names whom, where links lead."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from operator import itemgetter

from edition.catalogue.joining import join
from edition.catalogue.schema import BITS, ENTRY, INDEXES, SETTLED

_BEGIN = f"""
BEGIN;
INSERT INTO entries (number, {ENTRY}, address) SELECT number, {ENTRY}, '' FROM declared ORDER BY number;
INSERT INTO relations SELECT * FROM stated ORDER BY number;
CREATE TEMP TABLE mentions AS SELECT number, document, passage, file, key, words, mark, sort FROM pointing ORDER BY number;
CREATE UNIQUE INDEX temp.mentions_by_number ON mentions (number);
CREATE INDEX temp.mentions_by_passage ON mentions (document, passage);
CREATE TEMP TABLE called (     -- by what an entry is called where its file is not named
    alias TEXT NOT NULL,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    key TEXT NOT NULL,
    number INTEGER NOT NULL    -- that of the entry
);
INSERT INTO called SELECT same.value, kind, file, entries.key, number
    FROM entries JOIN json_each(record, '$.same') AS same ORDER BY number, same.key;
COMMIT;
"""
_END = f"""
BEGIN;
INSERT INTO meant SELECT number, file, key FROM temp.mentions ORDER BY number;
INSERT INTO tallies SELECT file, key, document, count(*) FROM temp.mentions NOT INDEXED
    GROUP BY file, key, document ORDER BY min(number);
UPDATE entries SET address = key || CASE place WHEN 1 THEN '' ELSE '~' || place END
    FROM (SELECT number AS same, row_number() OVER (PARTITION BY kind, key ORDER BY number) AS place FROM entries)
    WHERE same = number;
INSERT INTO targets SELECT DISTINCT link, document FROM (
    SELECT (pointed.number >> {BITS} << {BITS}) + link AS link, CASE
        WHEN EXISTS (SELECT 1 FROM members WHERE members.file = pointed.file)
        THEN (SELECT document FROM members WHERE members.file = pointed.file AND members.key = pointed.key)
        ELSE (SELECT id FROM documents WHERE documents.file = pointed.file AND role = 'documents') END AS document FROM pointed
    ) WHERE document IS NOT NULL;
DROP TABLE temp.mentions;
DROP TABLE temp.called;
DROP TABLE temp.named;
{INDEXES}
COMMIT;
"""


def settle(connection: sqlite3.Connection) -> None:
    """Settle it anew; what was settled before goes."""
    there = connection.execute("SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'view')").fetchall()
    drops = "".join(f"DROP {type} {name};" for type, name in there if f"CREATE {type.upper()} {name} " in SETTLED)
    connection.executescript(f"BEGIN; {drops} {SETTLED} COMMIT; {_BEGIN}")
    join(connection)
    connection.executescript(_END)


def settle_tokens(connection: sqlite3.Connection, documents: Iterable[int] | None) -> None:
    """Settle the digests of what these documents name (None: of what each does)."""
    entry = "SELECT kind, address, record FROM entries WHERE file = ? AND key = ?"

    @cache
    def known(file: str, key: str) -> tuple[str, str]:
        ((kind, address, record),) = connection.execute(entry, (file, key))
        return f"{kind} {address}", hashlib.sha256(record.encode()).hexdigest()

    wanted = "" if documents is None else f"WHERE pointing.number >> {BITS} IN ({', '.join(map(str, documents))})"
    mentions = f"""SELECT pointing.number >> {BITS}, passage, meant.file, meant.key FROM pointing CROSS JOIN meant
        ON meant.number = pointing.number {wanted} ORDER BY pointing.number"""
    tokens = []
    for number, group in groupby(connection.execute(mentions), key=itemgetter(0)):
        named, all_known = hashlib.sha256(), hashlib.sha256()
        for _, passage, file, key in group:
            address, record = known(file, key)
            named.update(f"{passage} {address}\n".encode())
            all_known.update(f"{address} {record}\n".encode())
        tokens.append((number, named.hexdigest(), all_known.hexdigest()))
    connection.execute("BEGIN")
    connection.executemany("INSERT OR REPLACE INTO tokens VALUES (?, ?, ?)", tokens)
    connection.execute("COMMIT")

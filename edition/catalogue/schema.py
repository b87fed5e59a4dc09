"""The tables of a catalogue.

What documents say of themselves stands in tables whose rows belong to one document each; what follows from all of them together
(``edition.catalogue.settling``) in others. A row of the first sort is numbered by its document and its place among those of the
document, so that the rows of one can be replaced and the order stays that of the documents and of the text.
"""

from __future__ import annotations

import zlib

from edition.citation_trees import CitationTree, Unit
from edition.records import Annotation, Document, Entry, Link, Mention, Passage, Relation

SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,  -- in their order, not one after the other: there is room between them
    id TEXT NOT NULL,
    role TEXT NOT NULL,        -- 'documents', 'pages', 'registers' or 'edition': the shelf of tei/ it stands on; or 'withdrawn'
    file TEXT NOT NULL,        -- its path below the TEI folder, or empty
    made TEXT NOT NULL,        -- what was made of its file: the entry of the store; empty if it has none
    member INTEGER NOT NULL,   -- its number in that entry
    has_header INTEGER NOT NULL,  -- whether the entry has a TEI header of it
    formats TEXT NOT NULL,     -- the entry of the store that has its formats, or empty
    names TEXT NOT NULL,       -- the digest of what it declares, names and links: what other documents and registers tell of it
    passages INTEGER NOT NULL, -- how many it has
    size INTEGER NOT NULL,     -- how many characters they have, about: what an index of them has to do
    path TEXT NOT NULL AS (json_extract(record, '$.path')) STORED,  -- as source and words: what of the record is asked for of all
    source TEXT NOT NULL AS (json_extract(record, '$.source')) STORED,
    words INTEGER NOT NULL AS (json_extract(record, '$.words')) STORED,
    record TEXT NOT NULL,      -- edition.records.Document as JSON
    UNIQUE (role, id)
);
CREATE INDEX documents_by_file ON documents (file);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY,  -- its document's, shifted by ``BITS``, and its place in the document
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    fields TEXT NOT NULL,      -- JSON, field name → values
    runs TEXT NOT NULL,        -- offsets parted by spaces, as in the next two: where its words lie in the page, see edition.runs
    shown TEXT NOT NULL,       -- where it stands in the page, see edition.citation_trees
    place TEXT NOT NULL,       -- where it stands in the TEI
    UNIQUE (document, id)
);
CREATE TABLE letters (
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL,
    file TEXT NOT NULL,        -- the path of its file below the TEI folder: what the letter points at is relative to it
    record TEXT NOT NULL       -- JSON, a letter as xslt/record/correspondence.xsl tells it
);
CREATE TABLE trees (
    document TEXT NOT NULL,
    number INTEGER NOT NULL,   -- the default is 0
    record TEXT NOT NULL,      -- edition.citation_trees.CitationTree as JSON, without its units
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE units (
    document TEXT NOT NULL,
    tree INTEGER NOT NULL,
    number INTEGER NOT NULL,
    level INTEGER NOT NULL,
    ref TEXT NOT NULL,
    parent TEXT NOT NULL,
    record TEXT NOT NULL,      -- edition.citation_trees.Unit as a JSON array
    PRIMARY KEY (document, tree, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX units_by_ref ON units (document, tree, ref);
CREATE INDEX units_by_parent ON units (document, tree, parent);
CREATE TABLE declared (        -- entries, as documents declare them
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL,    -- the id of the file that declares it, on its shelf
    role TEXT NOT NULL,
    file TEXT NOT NULL,        -- the path of that file below the TEI folder
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    record TEXT NOT NULL,      -- edition.records.Entry as JSON
    UNIQUE (file, key)
);
CREATE TABLE slices (          -- the TEI of entries
    file TEXT NOT NULL,
    key TEXT NOT NULL,
    around TEXT NOT NULL,      -- the key of the entry it stands in, or empty
    tei TEXT NOT NULL,
    PRIMARY KEY (file, key)
) WITHOUT ROWID;
CREATE TABLE pointing (        -- mentions, as documents have them
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL,
    passage TEXT NOT NULL,
    file TEXT NOT NULL,        -- with key: where they point
    key TEXT NOT NULL,
    element TEXT NOT NULL,
    words TEXT NOT NULL,
    id TEXT NOT NULL,
    mark INTEGER NOT NULL,     -- the number of its element in the document
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    certainty TEXT NOT NULL,
    sort TEXT NOT NULL,        -- the kind of entry that its element says, or empty
    places TEXT NOT NULL       -- offsets parted by spaces, see edition.spots
);
CREATE INDEX pointing_by_passage ON pointing (document, passage);
CREATE TABLE stated (          -- relations, as documents state them
    number INTEGER PRIMARY KEY,
    active_file TEXT NOT NULL,
    active_key TEXT NOT NULL,
    passive_file TEXT NOT NULL,
    passive_key TEXT NOT NULL,
    record TEXT NOT NULL       -- edition.records.Relation as JSON
);
CREATE TABLE links (
    number INTEGER PRIMARY KEY,
    sort TEXT NOT NULL,        -- 'link' or 'annotation'
    record TEXT NOT NULL       -- edition.records.Link or Annotation as JSON
);
CREATE TABLE pointed (         -- where links lead, as they have it
    number INTEGER PRIMARY KEY,
    link INTEGER NOT NULL,     -- the place of the link among those of its document
    file TEXT NOT NULL,
    key TEXT NOT NULL
);
CREATE TABLE members (         -- the ids in a file that holds several documents
    file TEXT NOT NULL,
    key TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (file, key)
) WITHOUT ROWID;
CREATE TABLE anchors (         -- the ids in the pages of a document that is read in parts
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    part TEXT NOT NULL,        -- the id of the part
    PRIMARY KEY (document, id)
) WITHOUT ROWID;
CREATE TABLE pictures (        -- edition.records.Picture
    document TEXT NOT NULL,
    product TEXT NOT NULL,
    part INTEGER NOT NULL,
    begins INTEGER NOT NULL,
    inside INTEGER NOT NULL,
    is_page INTEGER NOT NULL,
    name TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX pictures_by_document ON pictures (document, product);
CREATE TABLE findings (        -- what there is to report of files besides, see edition.findings
    made TEXT NOT NULL,
    line INTEGER NOT NULL,
    column INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL
);
CREATE TABLE counts (          -- for the corpus report, as the three that follow: see edition.catalogue.reported
    number INTEGER PRIMARY KEY,
    elements TEXT NOT NULL,    -- JSON, name → how often
    attributes TEXT NOT NULL
);
CREATE TABLE sums (            -- what they add up to
    sort TEXT NOT NULL,        -- 'elements' or 'attributes'
    name TEXT NOT NULL,
    count INTEGER NOT NULL,
    documents INTEGER NOT NULL,  -- how many have it
    PRIMARY KEY (sort, name)
) WITHOUT ROWID;
CREATE TRIGGER counts_added AFTER INSERT ON counts BEGIN
    INSERT INTO sums SELECT 'elements', key, value, 1 FROM json_each(NEW.elements) WHERE true
        ON CONFLICT DO UPDATE SET count = count + excluded.count, documents = documents + 1;
    INSERT INTO sums SELECT 'attributes', key, value, 1 FROM json_each(NEW.attributes) WHERE true
        ON CONFLICT DO UPDATE SET count = count + excluded.count, documents = documents + 1;
END;
CREATE TRIGGER counts_removed AFTER DELETE ON counts BEGIN
    UPDATE sums SET count = count - value, documents = documents - 1 FROM json_each(OLD.elements)
        WHERE sort = 'elements' AND name = key;
    UPDATE sums SET count = count - value, documents = documents - 1 FROM json_each(OLD.attributes)
        WHERE sort = 'attributes' AND name = key;
    DELETE FROM sums WHERE count = 0;
END;
CREATE TABLE ids (
    number INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    key TEXT NOT NULL
);
CREATE INDEX ids_by_key ON ids (key, file);
CREATE TABLE pointers (        -- edition.records.Pointer
    number INTEGER PRIMARY KEY,
    is_inside INTEGER NOT NULL,  -- whether it points into its own file
    sort TEXT NOT NULL,
    attribute TEXT NOT NULL,
    target TEXT NOT NULL,
    id TEXT NOT NULL,          -- that it gives alone, or empty
    line INTEGER NOT NULL,
    count INTEGER NOT NULL,
    file TEXT NOT NULL,        -- with key: where it leads
    key TEXT NOT NULL
);
CREATE TABLE noted (
    number INTEGER PRIMARY KEY,
    sort TEXT NOT NULL,        -- 'doubled', 'private' or 'lacking'
    words TEXT NOT NULL,
    line INTEGER NOT NULL,
    count INTEGER NOT NULL
);
"""
SETTLED = """
CREATE TABLE entries (         -- all that is named, the entries that no file declares too
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL,
    role TEXT NOT NULL,
    file TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    record TEXT NOT NULL,
    address TEXT NOT NULL DEFAULT '',  -- the key, with ``~2`` behind it where another entry of the kind has it already, and so on
    UNIQUE (file, key)
);
CREATE INDEX entries_by_key ON entries (kind, key);
CREATE TABLE meant (           -- the entries that mentions name; other mentions name none
    number INTEGER PRIMARY KEY,  -- that of the mention
    file TEXT NOT NULL,
    key TEXT NOT NULL
);
CREATE VIEW mentions AS SELECT pointing.number, document, passage, meant.file, meant.key, element, words, id, mark, start, end,
    certainty, sort, places FROM meant JOIN pointing USING (number);
CREATE TABLE tallies (         -- how often a document names an entry, in the order of the documents
    file TEXT NOT NULL,
    key TEXT NOT NULL,
    document TEXT NOT NULL,
    mentions INTEGER NOT NULL
);
CREATE TABLE tokens (          -- digests, of each document that names anything
    number INTEGER PRIMARY KEY,  -- that of the document
    named TEXT NOT NULL,       -- what its passages name, by kind and address
    known TEXT NOT NULL        -- that, and what is known of it
);
CREATE TABLE relations (
    number INTEGER PRIMARY KEY,
    active_file TEXT NOT NULL,
    active_key TEXT NOT NULL,
    passive_file TEXT NOT NULL,
    passive_key TEXT NOT NULL,
    record TEXT NOT NULL
);
CREATE TABLE targets (
    link INTEGER NOT NULL,     -- the number of a link
    document TEXT NOT NULL     -- the id of a document it leads to
);
"""
INDEXES = """
CREATE INDEX entries_by_key_alone ON entries (key, number);
CREATE INDEX meant_by_entry ON meant (file, key);
CREATE INDEX tallies_by_entry ON tallies (file, key, mentions);
CREATE INDEX relations_by_active ON relations (active_file, active_key);
CREATE INDEX relations_by_passive ON relations (passive_file, passive_key);
CREATE INDEX targets_by_document ON targets (document, link);
"""

BITS = 24
"""A document has fewer of anything than can be numbered with so many bits."""


_STORED = (Document, Passage, Unit, CitationTree, Entry, Mention, Relation, Link, Annotation)
_LAID_OUT = (SCHEMA, SETTLED, INDEXES, [list(record.__slots__) for record in _STORED])
FORMAT = zlib.crc32(repr(_LAID_OUT).encode()) >> 1  # SQLite's has a sign
"""Of the catalogue, so that a server never reads one whose tables or records are others than its own."""

WORDS = "document, id, kind, label, language, text, fields"
PASSAGE = f"{WORDS}, runs, shown, place"
ENTRY = "document, role, file, key, kind, type, name, record"
MENTION = "document, passage, file, key, element, words, id, mark, start, end, certainty, sort, places"
"""The columns that hold a passage without its places, all of it, an entry, and a mention."""

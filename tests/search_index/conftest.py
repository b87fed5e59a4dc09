"""A small corpus in many languages and the index of it."""

from hashlib import sha256
from itertools import groupby

import pytest

from edition.records import Field, Indexed, IndexedDocument, Passage
from search_index.reader import Index
from search_index.writer import write_index

from .plain_scan import Numbered

FIELDS = (
    Field("kind", "Kind", "keyword"),
    Field("note", "Note", "text"),
    Field("received", "", "text"),
    Field("date", "Date", "date"),
)

TEXTS = (
    ("fire", "en", "paragraph", "The social response spread like wildfire throughout the country, with massive demonstrations."),
    ("fire", "en", "paragraph", "Already in 2011, in Zhanaozen, fourteen workers were killed during a strike against low wages."),
    ("fire", "en", "paragraph", "President Tokayev had “given the order to shoot to kill without warning”."),
    ("fire", "en-GB", "paragraph", "A contingent of 3,000 men; the anti-Tokayev riots; the country’s big cities."),
    ("fire", "en", "note", "This 'partnership' involves Belarus, Armenia, Kazakhstan, Tajikistan, Kyrgyzstan, and Russia"),
    ("fire", "en", "head", "Bourgeois rivalries at the heart of the chaos"),
    (
        "spark",
        "en-US",
        "paragraph",
        "Kassym-Jomart Tokayev’s propaganda needs resulted in a made up story of “thousands of terrorists”.",
    ),
    ("spark", "en", "paragraph", "The workers serve as cannon fodder; the strikers struck, and the strikes went on striking."),
    ("spark", "en", "paragraph", "To be, or not to be, that is the question: whether 3000 men or 3 000 women asked it."),
    ("spark", "en", "head", "The Spark"),
    ("tagebuch", "de", "paragraph", "Die Häuser der Straße waren dunkel; das Haus daneben, ein schönes, stand offen."),
    ("tagebuch", "de-AT", "paragraph", "Vormittag dictirt. Nachmittag an der Novelle. Die Arbeiter ſtreikten, es war kalt."),
    ("tagebuch", "de", "note", "Der Mann war kein Mensch für die Gesellschaft; die Gesellschaften mieden ihn."),
    ("lettres", "fr", "paragraph", "L’amour de l'œuvre, c’est tout ce qu’il avait; les ouvriers ont été tués aujourd’hui."),
    (
        "lettres",
        "fr-CA",
        "paragraph",
        "Grève générale ! La grève des ouvrières, « la plus grande », dit-on, fut tuée dans l’œuf.",
    ),
    ("lettres", "it", "quote", "L'opera è finita; un'altra opera comincerà dall'inizio."),
    ("lettres", "ca", "paragraph", "La col·lecció d'art és una col·lecció petita."),
    ("pisma", "ru", "paragraph", "Мой дом стоит на ёлочной улице; рабочие бастовали, и рабочих убили."),
    ("pisma", "ru", "head", "За́мок и замо́к"),
    ("pisma", "sr", "paragraph", "Час по час, а часови пролазе; čas po čas, a časovi prolaze."),
    ("pisma", "uk", "paragraph", "П’ять хлопців їхали до міста Києва."),
    ("logoi", "grc", "paragraph", "Ἐν ἀρχῇ ἦν ὁ λόγος, καὶ ὁ λόγος ἦν πρὸς τὸν θεόν."),
    ("logoi", "la", "quote", "In principio erat Verbum, et Verbum erat apud Deum."),
    ("logoi", "el", "paragraph", "Οι εργάτες και η εργάτρια απεργούν στην Αθήνα."),
    ("asia", "ja", "paragraph", "東京ガスは値上げした。東京の冬は寒い、ガスｶﾞｽ。"),
    ("asia", "zh", "paragraph", "工人罢工,工人阶级在斗争。"),
    ("asia", "th", "paragraph", "คนงานหยุดงาน ๒๕๖๕"),
    ("asia", "hi", "paragraph", "किताब और किताबें; मज़दूरों की हड़ताल १९२०."),
    ("asia", "ar", "paragraph", "كِتَابٌ وَالكِتَابُ الأوّل؛ العُمّال في إضراب."),
    ("asia", "tr", "paragraph", "Kızlar İstanbul’da ışık gördü; kız işçi grevde."),
    ("asia", "", "other", "Tokayev strikes 20/1/22 x² ½ naïve cafe\u0301 U.S. O'Brien"),
    ("asia", "tlh", "other", "…"),
)

# By the number of the passage, and by the document.
DATES = {
    2: ("2011-12-16/2011-12-16", "2011/2011"),
    3: ("2022-01-05/2022-01-07",),
    5: ("2022-01/2022-01",),
    12: ("1890/1899",),
    22: ("-0044-03-15/-0044-03-15", "/-0100"),
    23: ("/0100",),
    25: ("1995/",),
}
COLLECTIONS = {"lettres": "letters/french", "tagebuch": "letters"}


def _passages():
    for number, (document, language, kind, text) in enumerate(TEXTS, start=1):
        fields = {
            "kind": (kind,),
            "note": ("first value", "second value") if kind == "note" else (),
            "received": tuple(text.replace("killed", "kild") for _ in range(1) if "killed" in text),
            "date": DATES.get(number, ()),
        }
        passage = Passage(document, f"p{number}", kind, "", language, text, fields)
        named = {"person": tuple(name for name in ("Tokayev", "Brien") if name in text)}
        yield Numbered(number, passage, COLLECTIONS.get(document, ""), named)


PASSAGES = tuple(_passages())


def documents_of(passages):
    """The documents of some passages as a build hands them over."""
    together = groupby(passages, key=lambda each: each.passage.document)
    return tuple(_document(id, tuple(group)) for id, group in together)


def _document(id, group):
    some = [Indexed(each.passage, each.named) for each in group]
    held = [(each.passage.language, each.passage.text, each.passage.fields, each.named) for each in group]
    token = sha256(repr(held).encode("utf-8", "surrogatepass")).hexdigest()
    return IndexedDocument(id, group[0].collection, token, sum(len(each.passage.text) for each in some), len(some), lambda: some)


@pytest.fixture(scope="session")
def passages():
    """The passages by their numbers."""
    return PASSAGES


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    assert write_index(folder, FIELDS, documents_of(PASSAGES)) == len(PASSAGES)
    return folder


@pytest.fixture(scope="session")
def index(folder):
    index = Index(folder)
    yield index
    index.close()

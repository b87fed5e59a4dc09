"""What was made of the files is put together as a new snapshot, in a folder that nobody looks at before it is whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from edition import catalogue, images, products, snapshot, store
from edition.before import Before
from edition.exports import making, whole
from edition.findings import Finding, finding
from edition.inputs import Input, exists
from edition.records import Field, Indexed, IndexedDocument, Picture
from edition.report import report
from edition.report import write as write_report
from edition.settings import Settings
from edition.site import COMMON, common, folder_name
from edition.snapshot import Snapshot
from edition.workers import Progress, Tools, Workers

WriteIndex = Callable[[Path, Sequence[Field], Sequence[IndexedDocument], Path | None], int]
"""Writes a search index of these documents with these fields into a new folder; what did not change is taken over from the index
in another folder, where there is one. The number of passages written."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a snapshot: files whose products the store has, and what was found on the way.

    ``software`` is the digest of everything besides them that decides what is made. The store ``held`` entries of these sizes;
    ``is_needed`` says which it lacks. There may be a snapshot ``before``, whole or not.
    """

    settings: Settings
    software: str
    inputs: tuple[Input, ...]
    faults: tuple[Finding, ...]
    held: Mapping[str, int]
    is_needed: Callable[[str], bool]
    before: Before


@dataclass(frozen=True, slots=True)
class Assembled:
    """What is in a new snapshot, and what there is to report."""

    documents: int
    passages: int
    findings: tuple[Finding, ...]


def assemble(
    new: Snapshot, contents: Contents, is_renewed: bool, workers: Workers, write_index: WriteIndex, progress: Progress
) -> Assembled:
    """Write a snapshot into a folder that is there; with ``is_renewed`` it has the catalogue of the one before, to be renewed."""
    settings, software, before = contents.settings, contents.software, contents.before
    documents, passages = _catalogue(settings, new, contents.inputs, is_renewed)
    fields = products.fields(settings, software, workers)
    made = making.make(settings, contents.inputs, software, workers, new, contents.is_needed)
    workers.end()  # what they have read and compiled is not needed any more
    taken = whole.begin(settings, software, workers, new, made.formats, before, contents.is_needed)
    files = {each.made: each.shown for each in contents.inputs} | dict(made.entries)
    with closing(catalogue.Catalogue(new.catalogue)) as opened:
        told = [Finding(files[made], line, column, code, words) for made, line, column, code, words in opened.findings()]
        found = sorted((*contents.faults, *told, *made.findings))
        reported = workers.begin(_report, (settings, new, found, files))
        catalogued = workers.begin(_digest, new.catalogue)
        write_index(new.index, fields, tuple(_indexed(opened, progress)), before.index)
    there = taken()
    findings = tuple(sorted((*found, *there.findings)))
    listed = [asdict(each) for each in findings]
    new.findings.write_text(json.dumps(listed, indent=1, ensure_ascii=False) + "\n", "utf-8")
    reported()
    sizes = {name: store.place(settings.out, name).stat().st_size for name in there.entries}
    sizes |= {name: contents.held.get(name) or store.place(settings.out, name).stat().st_size for name in files}
    snapshot.write_manifest(new.path, sizes, {**there.digests, new.catalogue: catalogued()}, there.origins)
    return Assembled(documents, passages, findings)


def _report(tools: Tools, task: tuple[Settings, Snapshot, Sequence[Finding], Mapping[str, str]]) -> None:
    """In a worker: write the corpus report of a snapshot whose catalogue is written."""
    settings, new, findings, files = task
    there = (lambda place: exists(settings.tei / place), lambda place: images.published(settings.tei / place, settings.tei))
    with closing(catalogue.Catalogue(new.catalogue)) as opened:
        write_report(new.report, report(opened, findings, files, *there))


def _digest(tools: Tools, file: Path) -> str:
    return snapshot.digest(file)


def _indexed(opened: catalogue.Catalogue, progress: Progress) -> Iterator[IndexedDocument]:
    """Every document as the index takes it, in order; it is told how far that is when its passages are asked for."""
    last = 0
    for each in opened.indexed():
        last += each.length
        read = partial(_read, each, last, opened.passages, progress)
        yield IndexedDocument(each.id, each.collection, each.token, each.size, each.length, read)


def _read(document: IndexedDocument, last: int, total: int, progress: Progress) -> Iterable[Indexed]:
    progress("Indexing", last, total)
    return document.passages()


def _catalogue(settings: Settings, new: Snapshot, kept: Sequence[Input], is_renewed: bool) -> tuple[int, int]:
    """Write the catalogue, where that can be by renewing the one before; the numbers of documents and passages."""
    made = [each.made for each in kept]
    try:
        return _filled(settings, new, kept, catalogue.Writing(new.catalogue, made, is_renewed))
    except catalogue.RenewalError:
        new.catalogue.unlink()
        return _filled(settings, new, kept, catalogue.Writing(new.catalogue, made))


def _filled(settings: Settings, new: Snapshot, kept: Sequence[Input], writing: catalogue.Writing) -> tuple[int, int]:
    """Put the rows of each document into the catalogue; the numbers of documents and passages.

    An edition without a header of its own gets one from what its documents have in common, or from the name of its folder.
    """
    with writing:
        taken = {(each.role, each.id): each.shown for each in kept}
        placed: set[tuple[str, str]] = set()
        with_images = writing.with_images()
        for each in kept:
            made = each.made
            is_there = writing.has(made)
            if is_there and made not in with_images:
                continue
            for one in products.held(each):
                if isinstance(one, Finding):
                    writing.add_findings(made, [one])
                    continue
                if not is_there:
                    writing.add_findings(made, one.findings)
                    first = taken.setdefault((each.role, one.id), each.shown)
                    if first != each.shown or (each.role, one.path) in placed:
                        told = finding("E004", each.shown, detail=f"{first} has the id “{one.id}” already.")
                        writing.add_findings(made, [told])
                        continue
                    placed.add((each.role, one.path))
                    writing.add(made, one.rows)
                if not one.is_withdrawn:
                    writing.add_pictures(_pictures(settings, new, each, one))
        if not has_header(kept):
            site = common(writing.said(*COMMON), folder_name(settings))
            writing.add("", catalogue.rows(catalogue.Shelved("edition", site, "", (), (), ())))
        return writing.settle()


def _pictures(settings: Settings, new: Snapshot, each: Input, one: products.Kept) -> Iterator[Picture]:
    """The images that a document shows, and that are there; they are put into the snapshot."""
    if one.said["images"]:
        yield from images.pictures(one.said["images"], one.pages, one.id, each.place, settings.tei, new.images)


def has_header(inputs: Iterable[Input]) -> bool:
    """Whether the edition has a header of its own."""
    return any(each.role == "edition" for each in inputs)

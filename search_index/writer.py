"""Passages become an index: batches of them segments, each in a process of its own where there are several."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice, repeat
from pathlib import Path

from whoosh.codec.base import Segment

from edition.records import Field, Indexed
from search_index import inversion, known, postings, schema
from search_index.inversion import Row
from search_index.known import Part
from search_index.schema import Layout

BATCH_PASSAGES = 25_000
BATCH_CHARACTERS = 16_000_000
"""What one segment is made of at most; a process that makes it needs some 400 MB then."""

Made = tuple[Segment, Part]


def write_index(folder: Path, fields: Sequence[Field], passages: Iterable[Indexed], jobs: int = 0) -> int:
    """Writes the index of all passages into ``folder`` and gives their number.

    Passages come in the order of their numbers, which count from 1. ``jobs`` are how many processes may work at it (0: one a
    core). The same passages give the same answers, not the same bytes. Raises ValueError for fields or an order that cannot be,
    OSError where it cannot write; what is in the folder then is no index.
    """
    layout = Layout.of(fields)
    folder.mkdir(parents=True, exist_ok=True)
    gathering = known.Gathering(layout)
    segments: list[Segment] = []
    for segment, part in _made(folder, layout, _batches(_rows(layout, passages)), jobs or os.cpu_count() or 1):
        segments.append(segment)
        gathering.add(part)
    postings.write_contents(folder, layout.schema(), segments)
    whole = gathering.known(folder)
    known.write_known(folder, whole)
    return whole.size


def _rows(layout: Layout, passages: Iterable[Indexed]) -> Iterator[Row]:
    """The passages as far as the index goes."""
    for last, each in enumerate(passages):
        if each.number != last + 1:
            raise ValueError(f"passage {each.number} comes after passage {last}")
        passage = each.passage
        values = {
            **passage.fields,
            **each.named,
            schema.TEXT: (passage.text,),
            schema.DOCUMENT: (passage.document,),
            schema.COLLECTION: tuple(schema.around(each.collection)),
        }
        of_type = (tuple(map(values.get, names, repeat(()))) for names in (layout.texts, layout.keywords, layout.dates))
        yield Row(passage.language, *of_type)


def _batches(rows: Iterator[Row]) -> Iterator[tuple[Row, ...]]:
    batch: list[Row] = []
    characters = 0
    for row in rows:
        batch.append(row)
        characters += sum(map(len, chain.from_iterable(row.texts)))
        if len(batch) >= BATCH_PASSAGES or characters >= BATCH_CHARACTERS:
            yield tuple(batch)
            batch, characters = [], 0
    if batch:
        yield tuple(batch)


def _made(folder: Path, layout: Layout, batches: Iterator[tuple[Row, ...]], jobs: int) -> Iterator[Made]:
    """The segment of each batch, in their order: one batch is done here, several by so many processes."""
    first = tuple(islice(batches, 2))
    if len(first) < 2 or jobs == 1:
        yield from (inversion.write(folder, layout, _id(number), batch) for number, batch in enumerate(chain(first, batches)))
        return
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(jobs, context, _start_worker) as pool:
            waiting: list[Future[Made]] = []
            for number, batch in enumerate(chain(first, batches)):
                waiting.append(pool.submit(inversion.write, folder, layout, _id(number), batch))
                if len(waiting) > jobs:  # one more than is worked on: no more passages are read than that
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
    except BrokenProcessPool as cause:
        raise OSError("a process that writes the search index died; is there memory enough?") from cause


def _id(number: int) -> str:
    return f"{number:04d}"


def _start_worker() -> None:
    gc.disable()  # looking for cycles among millions of arrays takes an eighth of the time, and there are none
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and ends us in order
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """No worker outlives a command that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)

"""Passages become an index: batches of them segments, each in a process of its own where several are new."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import repeat
from pathlib import Path

from whoosh.codec.base import Segment

from edition.records import Field, Indexed
from search_index import known, postings, schema, segments
from search_index.inversion import Row
from search_index.schema import Layout
from search_index.segments import Batch, Made


def write_index(
    folder: Path, fields: Sequence[Field], passages: Iterable[Indexed], before: Path | None = None, jobs: int = 0
) -> int:
    """Writes the index of all passages into ``folder`` and gives their number.

    Passages come in the order of their numbers, which count from 1. ``before`` is the folder of an index that may hold much of
    the same; what has not changed is taken over from it. ``jobs`` are how many processes may work at it (0: one a core). The same
    passages give the same answers, not the same bytes, whatever was there before. Raises ValueError for fields or an order that
    cannot be, OSError where it cannot write; what is in the folder then is no index.
    """
    layout = Layout.of(fields)
    folder.mkdir(parents=True, exist_ok=True)
    gathering = known.Gathering(layout)
    written: list[Segment] = []
    with _without_looking_for_cycles():
        for made in _made(folder, layout, segments.batches(layout, _rows(layout, passages)), before, jobs or os.cpu_count() or 1):
            written.append(made.segment)
            gathering.add(made.part)
        postings.write_contents(folder, layout.schema(), written)
        whole = gathering.known(folder)
        known.write_known(folder, whole)
    return whole.size


@contextmanager
def _without_looking_for_cycles() -> Iterator[None]:
    """Looking for cycles among millions of arrays and rows takes up to a third of the time, and there are none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _rows(layout: Layout, passages: Iterable[Indexed]) -> Iterator[tuple[str, Row]]:
    """The passages as far as the index goes, each with its id."""
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
        yield passage.id, Row(passage.language, *of_type)


def _made(folder: Path, layout: Layout, batches: Iterable[Batch], before: Path | None, jobs: int) -> Iterator[Made]:
    """The segment of each batch, in their order: one that is new is made here, several by so many processes."""
    make = partial(segments.make, folder, layout)
    waiting: deque[Made | Batch | Future[Made]] = deque()
    pool: ProcessPoolExecutor | None = None
    try:
        with ExitStack() as open_pool:
            for batch in batches:
                waiting.append((segments.taken_over(before, folder, batch.name) if before else None) or batch)
                new = [number for number, each in enumerate(waiting) if isinstance(each, Batch)]
                if jobs > 1 and len(new) > 1:
                    context = multiprocessing.get_context("spawn")
                    pool = pool or open_pool.enter_context(ProcessPoolExecutor(jobs, context, _start_worker))
                    for number in new:
                        waiting[number] = pool.submit(make, waiting[number])
                if len(waiting) > jobs:  # one more than is worked on: no more passages are read than that
                    yield _ready(waiting.popleft(), make)
            while waiting:
                yield _ready(waiting.popleft(), make)
    except BrokenProcessPool as cause:
        raise OSError("a process that writes the search index died; is there memory enough?") from cause


def _ready(each: Made | Batch | Future[Made], make: Callable[[Batch], Made]) -> Made:
    if isinstance(each, Future):
        return each.result()
    return make(each) if isinstance(each, Batch) else each


def _start_worker() -> None:
    gc.disable()  # see ``_without_looking_for_cycles``
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and ends us in order
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """No worker outlives a command that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)

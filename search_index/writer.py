"""Documents become an index: batches of their passages segments, in several processes where many are new."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

from whoosh.codec.base import Segment

from edition.records import Field, IndexedDocument
from search_index import known, postings, segments, tallies
from search_index.schema import Layout
from search_index.segments import Made

FEW = 6
"""New segments that are made without other processes: to start these takes as long."""


def write_index(
    folder: Path, fields: Sequence[Field], documents: Sequence[IndexedDocument], before: Path | None = None, jobs: int = 0
) -> int:
    """Writes the index of all passages of the documents into ``folder`` and gives their number.

    They are numbered in their order, from 1. ``before`` is the folder of an index that may hold much of the same; what has not
    changed is taken over from it, and its passages are not asked for. ``jobs`` are how many processes may work at it (0: one a
    core). The same documents give the same answers, not the same bytes, whatever was there before. Raises ValueError for fields
    that cannot be, or a document without the passages it is said to have; OSError where it cannot write. What is in the folder
    then is no index.
    """
    layout = Layout.of(fields)
    folder.mkdir(parents=True, exist_ok=True)
    gathering = known.Gathering(layout)
    written: list[Segment] = []
    with _without_looking_for_cycles():
        for made in _made(folder, layout, documents, before, jobs or os.cpu_count() or 1):
            written.append(made.segment)
            gathering.add(made.part)
        postings.write_contents(folder, layout.schema(), written)
        names = {str(segment.segid) for segment in written}
        whole = gathering.known(folder, tallies.add_up(folder, layout.texts, names, before))
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


def _made(folder: Path, layout: Layout, documents: Sequence[IndexedDocument], before: Path | None, jobs: int) -> Iterator[Made]:
    """The segment of each batch, in their order; more than a few new ones are made by so many processes."""
    batches = deque(segments.batches(layout, documents))
    new = sum(before is None or not segments.is_there(before, each.name) for each in batches)
    make = partial(segments.make, folder, layout)
    waiting: deque[Made | Future[Made]] = deque()
    try:
        with _pool(min(jobs, new)) if jobs > 1 and new > FEW else nullcontext() as pool:
            while batches:
                name, rows = batches.popleft()
                there = segments.taken_over(before, folder, name) if before else None
                waiting.append(there or (pool.submit(make, name, rows()) if pool else make(name, rows())))
                if len(waiting) > jobs:  # one more than is worked on: no more passages are read than that
                    yield _ready(waiting.popleft())
            yield from map(_ready, waiting)
    except BrokenProcessPool as cause:
        raise OSError("a process that writes the search index died; is there memory enough?") from cause


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _start_worker)


def _ready(each: Made | Future[Made]) -> Made:
    return each.result() if isinstance(each, Future) else each


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

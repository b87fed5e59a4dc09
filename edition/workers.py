"""Work on many files in worker processes, each with a Saxon and a schema of its own, that survives the death of any of them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cached_property, partial
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Self, TypeVar

from edition.relaxng.grammar import Grammar, GrammarError
from edition.transform import Rules, Transformer, TransformError

Progress = Callable[[str, int, int], None]
"""Told which step is at work, how much of it is done, of how much."""
Task = TypeVar("Task")
Result = TypeVar("Result")


class WorkersError(Exception):
    """Worker processes die before they have done anything."""


class Tools:
    """What a worker has at hand, each made when it is first needed and kept.

    A schema that cannot be read is kept as the error that says so: it is the same for every file.
    """

    def __init__(self, stylesheets: Path) -> None:
        self._stylesheets = stylesheets
        self._grammars: dict[Path, Grammar | GrammarError] = {}
        self._rules: dict[Path, Rules | TransformError] = {}

    @cached_property
    def transformer(self) -> Transformer:
        """The stylesheets."""
        return Transformer(self._stylesheets)

    def grammar(self, path: Path) -> Grammar | GrammarError:
        """A RELAX NG schema."""
        if path not in self._grammars:
            try:
                with within(MOST_SECONDS):
                    self._grammars[path] = Grammar(path)
            except GrammarError as error:
                self._grammars[path] = error
            except TimeOutError:
                self._grammars[path] = GrammarError(f"{path}: it cannot be read within {MOST_SECONDS} seconds.")
        return self._grammars[path]

    def rules(self, path: Path) -> Rules | TransformError:
        """The rules of a Schematron schema."""
        if path not in self._rules:
            try:
                self._rules[path] = self.transformer.rules(path)
            except TransformError as error:
                self._rules[path] = error
        return self._rules[path]


MOST_SECONDS = 60
"""How long a schema may be read, or a file be checked with it: some grammars in the wild would take hours."""


class TimeOutError(Exception):
    """A task took longer than it may."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises TimeOutError in what takes longer; for the main thread of a process alone."""

    def end(number: int, frame: object) -> None:
        raise TimeOutError

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


MOST_JOBS = 1 << 16


class Workers:
    """At most so many worker processes as ``jobs``, with ``tools``: started when there is work; a context, which ends them."""

    def __init__(self, tools: Tools, jobs: int, progress: Progress = lambda step, done, total: None) -> None:
        self._tools = tools
        self._jobs = jobs
        self._progress = progress
        self._pool: ProcessPoolExecutor | None = None
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.end()

    def end(self) -> None:
        """End them, and all they hold; what waits for them is not begun. There are new ones as soon as there is more work."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None
        self._size = 0

    def begin(self, work: Callable[[Tools, Task], Result], task: Task, jobs: int = MOST_JOBS) -> Callable[[], Result]:
        """Have something done while this process does something else; what is given waits for it, and raises what it raised.

        Where none are at work yet, no more than ``jobs`` begin. Where its process dies, which may be the fault of another task,
        this one does it.
        """
        try:
            waiting = self._submit(work, task, min(jobs, self._jobs))
        except BrokenProcessPool:
            return partial(work, self._tools, task)

        def result() -> Result:
            try:
                return waiting.result()
            except BrokenProcessPool:
                return work(self._tools, task)

        return result

    def work_through(
        self, tasks: Sequence[Task], work: Callable[[Tools, Task], Result], step: str, is_little: bool = False
    ) -> list[Result | None]:
        """What ``work`` gives for each task, in their order; None for a task whose process died.

        What ``is_little`` is done by those that are at work already: others would have to compile first what these have.
        What was left when a process died is done by a single one, so that it is known which task kills it.
        """
        if not is_little and self._size < self._jobs:
            self.end()
        results: list[Result | None] = []
        jobs, deaths = self._size or min(self._jobs, len(tasks)), 0
        self._progress(step, 0, len(tasks))
        while len(results) < len(tasks):
            before = len(results)
            try:
                for waiting in [self._submit(work, task, jobs) for task in tasks[before:]]:
                    results.append(waiting.result())
                    self._progress(step, len(results), len(tasks))
            except BrokenProcessPool as cause:
                self.end()
                deaths = 1 if len(results) > before else deaths + 1
                if deaths > MOST_DEATHS:
                    raise WorkersError(
                        f"Worker processes die before they have done anything ({cause}). Is there memory enough?"
                    ) from cause
                if jobs == 1:
                    results.append(None)
                jobs = 1
        if deaths:
            self.end()
        return results

    def _submit(self, work: Callable[[Tools, Task], Result], task: Task, jobs: int) -> Future[Result]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(jobs, _context(), _start_worker, (self._tools,))
            self._size = jobs
        return self._pool.submit(_with_tools, work, task)


MOST_DEATHS = 3
"""How many worker processes may die one after the other without having done a single task."""


def _context() -> BaseContext:
    """How worker processes begin: a fork has at once all that this process has read and imported.

    That is sound only where no other thread runs, and Saxon has one; else, and where the system does not tell, each is a new
    Python.
    """
    try:
        is_alone = len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        is_alone = False
    return multiprocessing.get_context("fork" if is_alone else "spawn")


_tools: Tools


def _start_worker(tools: Tools) -> None:
    global _tools
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and ends us in order
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()  # what a worker begins with stays as it is, and after a fork its memory shared
    gc.disable()  # see _with_tools
    _tools = tools


def _end_with_parent() -> None:
    """No worker outlives a command that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _with_tools(work: Callable[[Tools, Task], Result], task: Task) -> Result:
    """What ``work`` gives for a task.

    Values that only hold one another are looked for behind each task, and not within: a record has millions of values and no such
    circle, while lxml leaves one behind for each file, which would grow to hundreds of megabytes.
    """
    result = work(_tools, task)
    gc.collect()
    return result

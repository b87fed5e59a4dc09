"""Work on many files in worker processes, each with a Saxon and a schema of its own, that survives the death of any of them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cached_property
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import TypeVar

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


def work_through(
    tools: Tools,
    tasks: Sequence[Task],
    work: Callable[[Tools, Task], Result],
    jobs: int,
    step: str,
    progress: Progress,
) -> list[Result | None]:
    """What ``work`` gives for each task, in their order; None for a task whose process died.

    What was left when a process died is done by a single one, so that it is known which task kills it.
    """
    results: list[Result | None] = []
    deaths = 0
    progress(step, 0, len(tasks))
    while len(results) < len(tasks):
        before = len(results)
        try:
            for result in _in_workers(tools, tasks[before:], work, jobs):
                results.append(result)
                progress(step, len(results), len(tasks))
        except BrokenProcessPool as cause:
            deaths = 1 if len(results) > before else deaths + 1
            if deaths > MOST_DEATHS:
                raise WorkersError(
                    f"Worker processes die before they have done anything ({cause}). Is there memory enough?"
                ) from cause
            if jobs == 1:
                results.append(None)
            jobs = 1
    return results


MOST_DEATHS = 3
"""How many worker processes may die one after the other without having done a single task."""


def _in_workers(tools: Tools, tasks: Sequence[Task], work: Callable[[Tools, Task], Result], jobs: int) -> Iterator[Result]:
    """What ``work`` gives for each task, in their order, as soon as it and all before it are done."""
    with ProcessPoolExecutor(min(jobs, len(tasks)), _context(), _start_worker, (tools,)) as pool:
        waiting = [pool.submit(_with_tools, work, task) for task in tasks]
        try:
            for future in waiting:
                yield future.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


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

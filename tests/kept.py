"""Worker processes that stay from one build of the tests to the next.

Beginning one and compiling the stylesheets takes nine tenths of the build of a tiny edition. So the builds of a test process
share its workers, and these the compiled stylesheets of the project; all else a worker has is new for each build, as ever.
A project with stylesheets of its own, and every command that a test runs, begins workers of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import TypeVar

from edition import workers
from edition.settings import HOME
from edition.transform import Transformer
from edition.workers import Tools

Task = TypeVar("Task")
Result = TypeVar("Result")

SHEETS = HOME / "xslt"
MOST = 2
"""Workers at once: those of a build that wants more are as many."""

begin_workers = workers._in_workers


class Kept:
    """The workers of a test process, begun when they are first needed; when one of them dies, all are begun anew."""

    def __init__(self) -> None:
        self._pools: dict[int, ProcessPoolExecutor] = {}
        self._builds = count()

    def work(self, tools: Tools, tasks: Sequence[Task], work: Callable[[Tools, Task], Result], jobs: int) -> Iterator[Result]:
        """Stands for ``edition.workers._in_workers``."""
        if tools._stylesheets != SHEETS:
            yield from begin_workers(tools, tasks, work, jobs)
            return
        jobs = min(jobs, MOST)
        if jobs not in self._pools:
            self._pools[jobs] = ProcessPoolExecutor(jobs, workers._context(), workers._start_worker, (tools,))
        number = next(self._builds)
        waiting: list[Future[Result]] = []
        try:
            waiting += [self._pools[jobs].submit(done, number, work, task) for task in tasks]
            for future in waiting:
                yield future.result()
        except BrokenProcessPool:
            self.end()
            raise
        except BaseException:
            for future in waiting:
                future.cancel()
            wait(waiting)
            raise

    def end(self) -> None:
        while self._pools:
            self._pools.popitem()[1].shutdown()


def done(build: int, work: Callable[[Tools, Task], Result], task: Task) -> Result:
    """What ``work`` gives for a task of a build, in a worker."""
    workers._tools = tools(build)
    return workers._with_tools(work, task)


@cache
def transformer() -> Transformer:
    return Transformer(SHEETS)


_tools: dict[int, Tools] = {}


def tools(build: int) -> Tools:
    """What a worker has at hand for a build: the stylesheets, and nothing else of the builds before."""
    if build not in _tools:
        forget()
        _tools.clear()
        _tools[build] = Tools(SHEETS)
        _tools[build].__dict__["transformer"] = transformer()
    return _tools[build]


def forget() -> None:
    """Empty what the modules of the software keep: fonts, the catalogue that formats are made with."""
    for module in [module for name, module in sys.modules.items() if name.startswith("edition.")]:
        for each in vars(module).values():
            if hasattr(each, "cache_clear"):
                each.cache_clear()


@contextmanager
def kept_workers() -> Iterator[None]:
    """The builds of this process share their workers."""
    kept = Kept()
    workers._in_workers = kept.work
    yield
    workers._in_workers = begin_workers
    kept.end()

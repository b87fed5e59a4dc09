"""Worker processes that stay from one build of the tests to the next.

Beginning one and compiling the stylesheets takes nine tenths of the build of a tiny edition. So the builds of a test process
share its workers, and these the compiled stylesheets of the project; all else a worker has is new for each build, as ever.
A project with stylesheets of its own, and every command that a test runs, begins workers of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import Any, TypeVar

from edition import workers
from edition.settings import HOME
from edition.transform import Transformer
from edition.workers import Tools, Workers

Task = TypeVar("Task")
Result = TypeVar("Result")

SHEETS = HOME / "xslt"
MOST = 2
"""Workers at once: those of a build that wants more are as many."""

begin, end_own = Workers._submit, Workers.end
_pools: dict[int, ProcessPoolExecutor] = {}
_builds = count()
_begun: dict[Workers, tuple[int, list[Future[Any]]]] = {}
"""The number of each build, or of a part of it behind which its workers would have ended, and what is done for it."""


def submit(given: Workers, work: Callable[[Tools, Task], Result], task: Task, jobs: int) -> Future[Result]:
    """Stands for ``Workers._submit``. When one of them dies, all are begun anew."""
    if given._tools._stylesheets != SHEETS:
        return begin(given, work, task, jobs)
    jobs = min(jobs, MOST)
    if jobs not in _pools:
        _pools[jobs] = ProcessPoolExecutor(jobs, workers._context(), workers._start_worker, (given._tools,))
    number, waiting = _begun.setdefault(given, (next(_builds), []))
    try:
        waiting.append(_pools[jobs].submit(done, number, work, task))
    except BrokenProcessPool:
        end_all()
        raise
    return waiting[-1]


def end(given: Workers) -> None:
    """Stands for ``Workers.end``: what is not begun is not done, and the others stay."""
    end_own(given)
    _, waiting = _begun.pop(given, (0, []))
    for each in waiting:
        each.cancel()
    wait(waiting)
    if any(not each.cancelled() and isinstance(each.exception(), BrokenProcessPool) for each in waiting):
        end_all()


def end_all() -> None:
    while _pools:
        _pools.popitem()[1].shutdown()


def done(build: int, work: Callable[[Tools, Task], Result], task: Task) -> Result:
    """What ``work`` gives for a task of a build, in a worker."""
    workers._tools = tools(build)
    return workers._with_tools(work, task)


@cache
def transformer() -> Transformer:
    return Transformer(SHEETS)


_built: dict[int, Tools] = {}


def tools(build: int) -> Tools:
    """What a worker has at hand for a build: the stylesheets, and nothing else of the builds before."""
    if build not in _built:
        forget()
        _built.clear()
        _built[build] = Tools(SHEETS)
        _built[build].__dict__["transformer"] = transformer()
    return _built[build]


def forget() -> None:
    """Empty what the modules of the software keep: fonts, the catalogue that formats are made with."""
    for module in [module for name, module in sys.modules.items() if name.startswith("edition.")]:
        for each in vars(module).values():
            if hasattr(each, "cache_clear"):
                each.cache_clear()


@contextmanager
def kept_workers() -> Iterator[None]:
    """The builds of this process share their workers."""
    Workers._submit, Workers.end = submit, end  # type: ignore[method-assign]
    yield
    Workers._submit, Workers.end = begin, end_own  # type: ignore[method-assign]
    end_all()

"""Worker processes: how they begin, and that they keep nothing of what they are done with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import weakref
from pathlib import Path

import pytest

from edition.settings import HOME
from edition.workers import Tools, Workers

BEGINNING = "from edition.workers import _context; print(_context().get_start_method())"


class Circle:
    """Something that holds itself, as lxml leaves behind for each file."""

    def __init__(self) -> None:
        self.itself = self


made: list[weakref.ref[Circle]] = []


def alive(tools: Tools, task: int) -> int:
    """How many of the circles that the tasks before made are still there."""
    left = sum(each() is not None for each in made)
    made.append(weakref.ref(Circle()))
    return left


def test_a_worker_keeps_nothing_of_the_tasks_before() -> None:
    with Workers(Tools(Path()), 1) as workers:
        assert workers.work_through(range(5), alive, "Counting") == [0] * 5


def at_home(tools: Tools, home: int) -> int:
    """Its process dies, unless it is ``home``."""
    if os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def test_what_is_begun_beside_something_else_is_done_here_if_its_process_dies() -> None:
    with Workers(Tools(Path()), 1) as workers:
        begun = [workers.begin(at_home, os.getpid()) for _ in range(2)]
        assert [each() for each in begun] == [os.getpid()] * 2
        assert workers.begin(at_home, os.getpid())() == os.getpid()


def process(tools: Tools, task: int) -> int:
    """The number of the process that does it."""
    return os.getpid()


def test_little_is_left_to_the_one_at_work_and_more_is_shared() -> None:
    with Workers(Tools(Path()), 2) as workers:
        first = workers.begin(process, 0, jobs=1)()
        assert set(workers.work_through(range(3), process, "Little", is_little=True)) == {first}
        assert first not in workers.work_through(range(3), process, "More")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not tell which threads run")
@pytest.mark.parametrize(
    ("beside", "method"), [("", "fork"), ("import saxonche; saxon = saxonche.PySaxonProcessor(license=False); ", "spawn")]
)
def test_workers_are_forks_unless_another_thread_runs(beside: str, method: str) -> None:
    done = subprocess.run([sys.executable, "-c", beside + BEGINNING], cwd=HOME, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == method

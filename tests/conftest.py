"""What all tests share: the project's own edition built once, and how a test says that it cannot run."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest
from xdist.scheduler import LoadFileScheduling

from edition.build import build
from edition.settings import HOME, Settings, read
from edition.transform import Transformer
from search_index.writer import write_index
from tests.kept import kept_workers


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write webapp/accessibility.json, if all tests of accessibility pass")


IN_PIECES = "tests/webapp/test_accessibility.py"
"""By far the longest file: alone it would take as long as the others together."""


class Scheduling(LoadFileScheduling):  # type: ignore[misc]
    """The tests of a file stay together, since they share what is costly to make; in the longest those of a function."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("[")[0] if nodeid.startswith(IN_PIECES) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling | None:
    """How ``--dist loadfile`` deals out the tests."""
    return Scheduling(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def cannot_run() -> Callable[[str], NoReturn]:
    """Call it with the reason: skips the test, plainly; on CI, which installs what tests need, that is a failure."""

    def refuse(why: str) -> NoReturn:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{why}, and CI must have it")
        pytest.skip(why)

    return refuse


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of sources and corpora that lies outside the project; a test that uses it is skipped without it."""
    folder = os.environ.get("EDITION_TEST_SHARED")
    if not folder:
        pytest.skip("EDITION_TEST_SHARED names no folder")
    return Path(folder)


@pytest.fixture(scope="session", autouse=True)
def workers() -> Iterator[None]:
    """What begins with each build and takes longest is begun once (``tests.kept``)."""
    with kept_workers():
        yield


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The project's own edition, built into a folder of the tests; where several processes test, the first of them builds it."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    settings = read(HOME, {"out": str(folder / "edition")}, {})
    with (folder / "edition.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        build(settings, write_index, jobs=2)
    return settings


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's TEI in a folder of its own, for tests that change it."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(HOME / "tei", folder / "tei")
    return folder


@pytest.fixture(scope="session")
def transformer() -> Transformer:
    """The project's own stylesheets, compiled once."""
    return Transformer(HOME / "xslt")


@pytest.fixture(scope="session")
def jing(cannot_run: Callable[[str], NoReturn]) -> Callable[[Path, Sequence[Path]], dict[str, str]]:
    """The names of the files that a grammar refuses, each with the first reason."""
    program = shutil.which("jing") or cannot_run("jing is not installed")

    def refused(grammar: Path, files: Sequence[Path]) -> dict[str, str]:
        result = subprocess.run([program, str(grammar), *map(str, files)], capture_output=True, text=True, check=False)
        reasons: dict[str, str] = {}
        for line in result.stdout.splitlines():
            said = re.fullmatch(r"(.*?):(\d+:\d+: )?(error|fatal): (.*)", line)
            assert said, line
            reasons.setdefault(Path(said[1]).name, said[4])
        assert result.returncode == bool(reasons), result.stderr
        return reasons

    return refused

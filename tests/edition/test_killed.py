"""A build that is killed, disturbed or out of room leaves the snapshot before it as it was, and the next build succeeds."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import pytest

from edition import build
from edition.build import BuildError, Report
from edition.catalogue import Catalogue
from edition.settings import HOME, Settings, read
from edition.snapshot import current, damaged
from edition.store import TEI
from tests.plain import PLAIN
from tests.stored import file_of

BUILD = "from scripts.cli import main; main()"
"""The real command, with the real index."""
MANY = 30
LONG = "<p>" + "The lamp stood by the window. " * 200 + "</p>\n"


@pytest.fixture
def large(corpus: Settings, tei: Callable[..., str], make: Callable[..., Report]) -> Settings:
    """The tiny edition with some thirty documents, built; then every document is changed."""
    for n in range(MANY):
        (corpus.documents / f"lamp-{n:02}.xml").write_text(tei(LONG, title=f"Lamp {n}"))
    make(corpus)
    change(corpus)
    return corpus


def change(settings: Settings) -> None:
    for path in settings.documents.rglob("*.xml"):
        path.write_bytes(path.read_bytes() + b"\n")


def start(
    settings: Settings,
    *options: str,
    program: str = BUILD,
    prefix: tuple[str, ...] = (),
    environment: Mapping[str, str] = PLAIN,
) -> subprocess.Popen[str]:
    """A build in a process group of its own."""
    command = (*prefix, sys.executable, "-c", program, "build", "--project", str(settings.project), *options)
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, cwd=HOME, env=os.environ | environment, start_new_session=True, **streams)


def processes(group: int) -> Iterator[str]:
    """The command lines of the living processes of a group."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            state, _, its_group = (path / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                yield (path / "cmdline").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue


def contents(settings: Settings) -> Mapping[str, Any]:
    """What the manifest of the current snapshot says, once each file has been compared with it."""
    snapshot = current(settings.out)
    assert damaged(snapshot, thoroughly=True) == ()
    return {"name": snapshot.path.name, **json.loads((snapshot.path / "manifest.json").read_text())}


def leftovers(out: Path) -> list[Path]:
    return [path for folder in (out, out / "snapshots", out / "store") for path in folder.glob(".*-*")]


def assert_next_build_succeeds(settings: Settings, make: Callable[..., Report]) -> None:
    report = make(settings, jobs=2)
    assert (report.documents, report.findings) == (MANY + 3, ())
    assert contents(settings)["name"].startswith(report.snapshot)
    assert leftovers(settings.out) == []


@pytest.mark.slow
def test_killed_at_any_time_the_old_snapshot_stands(large: Settings, make: Callable[..., Report]) -> None:
    started = time.monotonic()
    start(large, "--jobs", "1", environment={}).communicate()
    whole = time.monotonic() - started
    for n in range(1, 9):
        change(large)
        before = contents(large)
        process = start(large, "--jobs", "1", environment={})
        time.sleep(whole * n / 9)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        now = contents(large)
        assert now == before or now["name"] != before["name"]
        assert Catalogue(current(large.out).catalogue).documents == MANY + 3
    assert_next_build_succeeds(large, make)


STEPS = (
    *itertools.product(
        ("catalogue.Writing", "snapshot.write_manifest", "snapshot.settle", "snapshot.switch"), ("before", "after")
    ),
    ("products.make", "after"),
    ("assembling._catalogue", "after"),
    ("whole.begin", "after"),
    ("snapshot.prune", "after"),
    ("build._tidy", "before"),
)
DIE = """
import os, signal
from edition import assembling, build, catalogue, products, snapshot
from edition.exports import whole
def die_at(module, name, before):
    step = getattr(module, name)
    def dying(*given, **named):
        before or step(*given, **named)
        os.killpg(0, signal.SIGKILL)
    setattr(module, name, dying)
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, make: Callable[..., Report]) -> Settings:
    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(Path(__file__).parents[1] / "corpus", folder / "tei")
    settings = read(folder, {}, PLAIN)
    for n in range(len(STEPS)):
        shutil.copy(settings.documents / "song.xml", settings.documents / f"song-{n}.xml")
    make(settings)
    return settings


@pytest.mark.parametrize(("step", "when"), STEPS)
def test_killed_between_two_steps_the_old_snapshot_or_the_new_one_stands(
    small: Settings, make: Callable[..., Report], step: str, when: str
) -> None:
    before = contents(small)
    module, name = step.split(".")
    if module == "products":
        change(small)
    else:  # without a document, a snapshot is another, and nothing needs to be transformed
        next(small.documents.glob("song-*.xml")).unlink()
    documents = len(list(small.documents.rglob("*.xml")))
    process = start(small, program=f"{DIE}die_at({module}, {name!r}, {when == 'before'})\n{BUILD}")
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    switched = (step, when) in (("snapshot.switch", "after"), ("build._tidy", "before"))
    assert (contents(small) == before) != switched
    report = make(small)
    assert report.documents == documents
    assert contents(small)["name"] == report.snapshot
    assert leftovers(small.out) == []


def test_no_worker_outlives_a_killed_build(large: Settings, make: Callable[..., Report]) -> None:
    process = start(
        large, "--jobs", "2", program=f"{AMID}amid_transforming(lambda: os.kill(os.getpid(), signal.SIGKILL))\n{BUILD}"
    )
    process.communicate(timeout=30)  # workers that live on would hold its pipe
    assert process.returncode == -signal.SIGKILL
    until(lambda: not list(processes(process.pid)))
    assert_next_build_succeeds(large, make)


AMID = """
import os, signal
from scripts import options
def amid_transforming(do):
    def told(self, step, done, total):
        if step == "Transforming" and done == 3:
            do()
    options.Progress.__call__ = told
"""
"""The build does something to itself when three of its documents are transformed: workers are alive then and have work left."""


def until(done: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_control_c_ends_a_build_in_order(large: Settings, make: Callable[..., Report]) -> None:
    before = contents(large)
    process = start(large, "--jobs", "2", program=f"{AMID}amid_transforming(lambda: os.killpg(0, signal.SIGINT))\n{BUILD}")
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "Traceback" not in output
    assert contents(large) == before
    assert_next_build_succeeds(large, make)


def killer(at: int, times: int) -> Callable[[str, int, int], None]:
    """Kills all workers when so many documents are done, so many times."""
    left = [times]

    def progress(step: str, done: int, total: int) -> None:
        if done >= at and left[0]:
            left[0] -= 1
            until(lambda: bool(multiprocessing.active_children()))
            for child in multiprocessing.active_children():
                child.kill()

    return progress


@pytest.fixture
def slow(corpus: Settings, tei: Callable[..., str]) -> Settings:
    """The tiny edition with one document, the last, that takes a while."""
    (corpus.documents / "z.xml").write_text(tei("<p>Rain.</p>" * 8000))
    return corpus


def test_what_a_dead_worker_left_is_done_by_another(slow: Settings, make: Callable[..., Report]) -> None:
    report = make(slow, jobs=2, progress=killer(at=3, times=1))
    assert (report.documents, report.transformed, report.findings) == (4, 11, ())


def test_a_document_whose_worker_dies_is_lost_alone_and_tried_again(slow: Settings, make: Callable[..., Report]) -> None:
    report = make(slow, jobs=1, progress=killer(at=3, times=1))
    assert [(each.path, each.code) for each in report.findings] == [("tei/documents/z.xml", "E013")]
    assert report.documents == 3
    again = make(slow)
    assert (again.documents, again.transformed, again.findings) == (4, 1, ())
    assert again.snapshot != report.snapshot


FATAL = """
import os, signal
from edition import products
work = products._make
def fatal(tools, each):
    if each.source == "lamp.xml":
        os.kill(os.getpid(), signal.SIGKILL)
    return work(tools, each)
products._make = fatal
"""


def test_of_many_documents_only_the_one_that_kills_is_lost(large: Settings, make: Callable[..., Report], tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(FATAL)
    process = start(large, "--jobs", "2", environment=PLAIN | {"PYTHONPATH": str(tmp_path / "site")})
    output, _ = process.communicate()
    assert process.returncode == 0, output
    assert [line for line in output.splitlines() if " E0" in line] == [
        "tei/documents/lamp.xml:1:1 E013 The process that worked on the document died."
    ]
    assert f"{MANY + 2} documents" in output
    assert_next_build_succeeds(large, make)


def test_workers_that_only_die_end_the_build(large: Settings) -> None:
    before = contents(large)
    dying = f"""
import multiprocessing, threading, time
def kill():
    while True:
        for child in multiprocessing.active_children(): child.kill()
        time.sleep(0.001)
threading.Thread(target=kill, daemon=True).start()
{BUILD}"""
    process = start(large, "--jobs", "1", program=dying)
    output, _ = process.communicate()
    assert process.returncode == 1
    assert "Worker processes die" in output
    assert contents(large) == before


@pytest.mark.parametrize(
    ("vanishes", "built"), [("file", False), ("folder", False), ("folder", True)], ids=["file", "folder", "folder, little to do"]
)
def test_a_file_or_folder_that_vanishes_during_a_build_ends_it(
    corpus: Settings, make: Callable[..., Report], vanishes: str, built: bool
) -> None:
    make(corpus)
    before = contents(corpus)
    (corpus.documents / "new.xml").write_bytes((corpus.documents / "song.xml").read_bytes() + b"\n")
    if not built:
        change(corpus)

    def remove(step: str, done: int, total: int) -> None:
        if vanishes == "file":
            (corpus.documents / "lamp.xml").unlink(missing_ok=True)
        else:
            shutil.rmtree(corpus.tei, ignore_errors=True)

    with pytest.raises(BuildError, match=r"tei/documents/\S+ was removed during the work. Begin again"):
        make(corpus, progress=remove)
    assert contents(corpus) == before


def test_of_a_file_that_vanishes_after_it_was_made_there_is_what_the_build_began_with(
    corpus: Settings, make: Callable[..., Report]
) -> None:
    make(corpus)
    lamp = corpus.documents / "lamp.xml"
    words = lamp.read_bytes()
    (corpus.documents / "new.xml").write_bytes((corpus.documents / "song.xml").read_bytes() + b"\n")
    make(corpus, progress=lambda step, done, total: lamp.unlink(missing_ok=True))
    assert file_of(current(corpus.out), TEI, "lamp.xml") == words
    assert [document.id for document in Catalogue(current(corpus.out).catalogue).listing()] == [
        "garden.plan",
        "lamp",
        "new",
        "song",
    ]


def test_a_file_that_changes_during_a_build_ends_it(corpus: Settings, make: Callable[..., Report]) -> None:
    make(corpus)
    before = contents(corpus)
    change(corpus)
    with pytest.raises(BuildError, match=r"lamp.xml was changed during the work. Begin again"):
        make(corpus, progress=lambda step, done, total: (corpus.documents / "lamp.xml").write_text("other") and None)
    assert contents(corpus) == before


def test_a_second_build_at_the_same_time_is_refused(corpus: Settings, make: Callable[..., Report]) -> None:
    refusals = []

    def build_again(step: str, done: int, total: int) -> None:
        if step != "Transforming":
            return
        with pytest.raises(BuildError, match=r"another build is at work here\. Wait until it is done") as caught:
            make(corpus)
        refusals.append(caught)

    assert make(corpus, progress=build_again).documents == 3
    assert len(refusals) == 11
    assert make(corpus).unchanged


HOLD = """
import os, signal, sys
from pathlib import Path
from edition.build import _lock
reading, writing = os.pipe()
with _lock(Path(sys.argv[1])):
    if os.fork() == 0:
        os.write(writing, b"begun")
        sys.stdin.read()
        os._exit(0)
    os.read(reading, 5)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_worker_that_still_lives_does_not_hold_the_lock_of_a_killed_build(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], cwd=HOME, stdin=subprocess.PIPE) as process:
        assert process.wait() == -signal.SIGKILL
        with build._lock(tmp_path):
            pass


def test_a_file_that_may_not_be_read_is_left_out(
    corpus: Settings, make: Callable[..., Report], cannot_run: Callable[[str], NoReturn]
) -> None:
    make(corpus)
    (corpus.documents / "lamp.xml").chmod(0)
    (corpus.documents / "garden").chmod(0)
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        prefix = (
            shutil.which("setpriv") or cannot_run("setpriv is not installed"),
            "--bounding-set=-dac_override,-dac_read_search",
        )
        if subprocess.run((*prefix, "true"), check=False).returncode:
            pytest.skip("this root may not give up its right to read everything")
    process = start(corpus, prefix=prefix)
    output, _ = process.communicate()
    (corpus.documents / "garden").chmod(0o755)
    assert process.returncode == 0, output
    for path in ("tei/documents/garden", "tei/documents/lamp.xml"):
        assert f"{path}:1:1 E005 The file cannot be read. The system says: Permission denied." in output
    assert [document.id for document in Catalogue(current(corpus.out).catalogue).listing()] == ["song"]


@pytest.mark.parametrize("too_large", ["store/*/*.zip", "current/catalogue.sqlite"])
def test_no_room_for_a_file_ends_the_build(corpus: Settings, make: Callable[..., Report], too_large: str) -> None:
    make(corpus)
    before = contents(corpus)
    change(corpus)
    room = max(path.stat().st_size for path in corpus.out.glob(too_large)) - 1
    process = start(corpus, program=f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room})); {BUILD}")
    output, _ = process.communicate()
    assert process.returncode == 1, output
    assert "The build could not be finished" in output
    assert "what was published before is still served" in output
    assert "Traceback" not in output
    assert contents(corpus) == before
    assert make(corpus).documents == 3
    assert leftovers(corpus.out) == []


@pytest.fixture
def full_disk(corpus: Settings) -> Iterator[Path]:
    """A file system of three megabytes for the output."""
    corpus.out.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(corpus.out))
    if os.geteuid() or not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small file system cannot be mounted here; the limit on the size of a file is tested anyway")
    yield corpus.out
    subprocess.run(("umount", "--lazy", str(corpus.out)), check=True)


def test_a_full_disk_ends_the_build(
    corpus: Settings, full_disk: Path, tei: Callable[..., str], make: Callable[..., Report]
) -> None:
    make(corpus)
    before = contents(corpus)
    (corpus.documents / "long.xml").write_text(tei(LONG * 400))
    with pytest.raises(BuildError, match="Make room on the disk and build again; what was published before is still served"):
        make(corpus)
    assert contents(corpus) == before
    (corpus.documents / "long.xml").write_text(tei("<p>Short.</p>"))
    assert make(corpus).documents == 4
    assert leftovers(corpus.out) == []

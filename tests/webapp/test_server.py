"""The server as it runs: a new snapshot under load, a port in use, files that are damaged at start."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from edition.build import build
from edition.settings import Settings, read
from edition.snapshot import current
from edition.store import place
from search_index.writer import write_index
from tests.plain import PLAIN
from tests.stored import page_of, stored
from webapp import create_app

EDITION = Path(sys.executable).with_name("edition")
Served = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """A project, built."""
    folder = tmp_path_factory.mktemp("once")
    shutil.copytree(project / "tei", folder / "tei")
    build(read(folder, {}, PLAIN), write_index, jobs=1)
    return folder


@pytest.fixture
def own(tmp_path: Path, once: Path) -> Settings:
    """A project of this test's own, built."""
    shutil.copytree(once, tmp_path, symlinks=True, dirs_exist_ok=True)
    return read(tmp_path, {}, PLAIN)


def start(settings: Settings, *options: str) -> subprocess.CompletedProcess[str]:
    """``edition serve`` that is expected to end by itself."""
    command = [str(EDITION), "serve", "--project", str(settings.project), "--port", "0", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read()


def test_a_new_snapshot_is_served_without_a_restart_and_without_a_failed_request(own: Settings, served: Served):
    text = own.tei / "documents" / "spark-2022-01-17.xml"
    with served(own.project, own.out) as address:
        stop = threading.Event()
        seen: list[str] = []
        failed: list[Exception] = []

        def read_on(path: str) -> None:
            while not stop.is_set():
                try:
                    seen.append(get(address + path).decode())
                except Exception as error:  # noqa: BLE001 - whatever it is, it is the failure this test is about
                    failed.append(error)

        paths = (
            "documents/spark-2022-01-17/",
            "api/v1/search?q=gas",
            "documents/icc-2022-01-20/?q=gas",
            "documents/spark-2022-01-17.xml",
        )
        readers = [threading.Thread(target=read_on, args=(path,)) for path in paths]
        for reader in readers:
            reader.start()
        ids = {json.loads(get(address + "healthz"))["snapshot"]}
        for n in range(5):
            text.write_text(text.read_text("utf-8").replace("Oil Companies", f"Oil Companies {n}", 1), "utf-8")
            report = build(own, write_index, jobs=1)
            ids.add(report.snapshot)
            assert json.loads(get(address + "healthz"))["snapshot"] == report.snapshot
        stop.set()
        for reader in readers:
            reader.join(timeout=20)
        assert not failed
        assert len(ids) == 6
        assert len(seen) > 50
        assert any("Oil Companies 4" in page for page in seen)


def test_a_new_snapshot_that_is_damaged_is_not_served(own: Settings, served: Served):
    text = own.tei / "documents" / "spark-2022-01-17.xml"
    with served(own.project, own.out) as address:
        before = json.loads(get(address + "healthz"))["snapshot"]
        whole = current(own.out).path
        text.write_text(text.read_text("utf-8").replace("uranium", "Uranium", 1), "utf-8")
        broken = whole.with_name("0" * 16)
        shutil.copytree(whole, broken)
        (broken / "catalogue.sqlite").write_bytes(b"nonsense")
        link = own.out / "link"
        link.symlink_to(Path("snapshots") / broken.name)
        link.replace(own.out / "current")
        for _ in range(20):
            assert json.loads(get(address + "healthz"))["snapshot"] == before
        assert b"uranium" in get(address + "documents/spark-2022-01-17/")


def test_a_port_in_use_is_said_in_one_line(own: Settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = start(own, "--port", str(port))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"127.0.0.1:{port} cannot be listened on" in done.stderr
    assert "--port" in done.stderr


def test_without_a_snapshot_the_server_says_what_to_do(tmp_path: Path):
    (tmp_path / "tei").mkdir()
    done = start(read(tmp_path, {}, PLAIN))
    assert done.returncode == 1
    assert "edition build" in done.stderr
    assert "Traceback" not in done.stderr


def entry(settings: Settings) -> Path:
    """Where the store has one of the articles."""
    return place(settings.out, stored(current(settings.out), "icc-2022-01-20.xml").entry)


@pytest.mark.parametrize("file", ["catalogue.sqlite", "manifest.json", "entry"])
@pytest.mark.parametrize(
    "harm", [lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:100])], ids=["missing", "cut short"]
)
def test_a_damaged_snapshot_is_not_served_and_the_next_build_mends_it(own: Settings, file, harm):
    path = entry(own) if file == "entry" else current(own.out).path / file
    harm(path)
    done = start(own)
    assert done.returncode == 1
    assert path.name in done.stderr
    assert "edition build" in done.stderr
    assert done.stderr.count("\n") == 1
    build(own, write_index, jobs=1)
    assert "Zhanaozen" in page_of(current(own.out), "reading", "icc-2022-01-20.xml")


def test_a_store_that_was_not_copied_along_is_said_in_one_line(own: Settings):
    needed = len(list((own.out / "store").rglob("*.zip")))
    (own.out / "store").rename(own.out / "elsewhere")
    done = start(own)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"is missing or damaged, and {needed - 1} more; run “edition build”" in done.stderr


def test_damage_within_an_entry_costs_the_pages_that_it_meets_until_all_is_made_again(own: Settings, caplog):
    data = bytearray(entry(own).read_bytes())
    data[50] ^= 1  # in the TEI, which comes first
    entry(own).write_bytes(data)
    client = create_app(own).test_client()
    assert b"Zhanaozen" in client.get("/documents/icc-2022-01-20/").data
    answer = client.get("/documents/icc-2022-01-20.xml")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert f"1/tei.xml in {entry(own)} cannot be read" in caplog.text
    assert "run “edition build --force”" in caplog.text
    assert "Traceback" not in caplog.text
    build(own, write_index, jobs=1, force=True)
    tei = (own.documents / "icc-2022-01-20.xml").read_bytes()
    assert client.get("/documents/icc-2022-01-20.xml").data == tei


def index_file(settings: Settings) -> Path:
    return max(current(settings.out).index.iterdir(), key=lambda path: path.stat().st_size)


@pytest.mark.parametrize(
    "harm",
    [lambda path: path.unlink(), lambda path: path.write_bytes(b""), lambda path: shutil.rmtree(path.parent)],
    ids=["file missing", "file empty", "folder missing"],
)
def test_a_damaged_index_costs_the_search_and_nothing_else(own: Settings, served: Served, harm):
    harm(index_file(own))
    with served(own.project, own.out) as address:
        assert b"Zhanaozen" in get(address + "documents/icc-2022-01-20/")
        assert json.loads(get(address + "healthz"))["search"] is False
        for path in ("search/?q=gas", "api/v1/search?q=gas"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                get(address + path)
            assert refused.value.code == 503
        build(own, write_index, jobs=1)
        assert json.loads(get(address + "healthz"))["search"] is True
        assert json.loads(get(address + "api/v1/search?q=gas"))["total"] == 5


def test_the_server_process_never_loads_saxon_or_lxml(own: Settings):
    code = "import sys; from pathlib import Path; from edition.settings import read; from webapp import create_app; "
    code += f"create_app(read(Path({str(own.project)!r}), {{}}, {{}})); print(sorted({{'saxonche', 'lxml'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.strip() == "[]"

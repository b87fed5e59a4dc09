"""Every word of the TEI reaches the reader: a comparison of files with the pages that a real server sends.

It is made by a program that knows nothing of ours, on our texts and on small documents of other people's corpora.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from edition.build import build
from edition.catalogue import Catalogue
from edition.settings import HOME, read
from edition.snapshot import current
from search_index.writer import write_index

OF_EACH = 2
"""Documents taken from each corpus: its smallest that are longer than a stub."""
STUB = 5_000
"""Bytes."""


def compared(shared: Path, folder: Path, address: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(shared / "tools" / "nothing_lost.py"), str(folder), address]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_nothing_of_the_two_texts_is_lost(shared: Path, address: str):
    done = compared(shared, HOME / "tei" / "documents", address)
    assert done.stdout.startswith("2 of 2 documents complete; 0 of"), done.stdout + done.stderr
    assert done.returncode == 0


def test_documents_of_other_people_are_built_and_nothing_of_them_is_lost(
    shared: Path, tmp_path: Path, served: Callable[..., AbstractContextManager[str]]
):
    corpora = [folder for folder in sorted((shared / "corpora").iterdir()) if folder.is_dir()]
    for corpus in corpora:
        files = sorted(
            (path for path in corpus.rglob("*.xml") if path.stat().st_size > STUB), key=lambda path: path.stat().st_size
        )
        (tmp_path / "tei" / corpus.name).mkdir(parents=True)
        for path in files[:OF_EACH]:
            shutil.copy(path, tmp_path / "tei" / corpus.name)
    settings = read(tmp_path, {}, {})
    report = build(settings, write_index, jobs=2)
    assert report.documents >= 10
    assert {each.code for each in report.findings if each.is_error} <= {
        "E002",
        "E003",
        "E303",
    }
    with served(tmp_path, settings.out) as address:
        done = compared(shared, settings.documents, address)
    files = len({document.source for document in Catalogue(current(settings.out).catalogue).listing()})  # a corpus is one
    assert f"{files} of {files} documents complete; 0 of" in done.stdout, done.stdout + done.stderr
    assert "0 documents not served" in done.stdout

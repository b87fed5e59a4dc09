"""Every word of the TEI reaches the reader: a comparison of files with the pages that a real server sends.

It is made by a program that knows nothing of ours; ``test_corpora.py`` does it for other people's corpora.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from edition.settings import HOME


def judged(shared: Path, folder: Path, address: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(shared / "tools" / "nothing_lost.py"), str(folder), address]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_nothing_of_the_two_texts_is_lost(shared: Path, address: str):
    done = judged(shared, HOME / "tei" / "documents", address)
    assert done.stdout.startswith("2 of 2 documents complete; 0 of"), done.stdout + done.stderr
    assert done.returncode == 0

"""What is made of each file, once: its products, kept in a cache under the digest of the file and of all that makes them."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from edition.cache import hold, is_held
from edition.findings import Finding, Unreadable, finding
from edition.inputs import Input
from edition.overrides import stylesheets
from edition.settings import HOME, Settings
from edition.transform import FRAGMENTS, Products
from edition.workers import Progress, Tools, work_through

_PACKAGES = ("tei-edition", "lxml", "pystemmer", "saxonche", "whoosh3")


def software(settings: Settings) -> str:
    """The digest of everything but the texts that decides what a build makes: our code, the stylesheets, the libraries."""
    digest = hashlib.sha256()
    folders = ((HOME / "edition", "**/*.py"), (HOME / "search_index", "**/*.py"), (stylesheets(settings), "**/*.xsl"))
    for folder, pattern in folders:
        for path in sorted(folder.glob(pattern)):
            digest.update(f"{path.relative_to(folder.parent)}\0".encode() + path.read_bytes() + b"\0")
    digest.update("".join(f"{name} {importlib.metadata.version(name)}\n" for name in _PACKAGES).encode())
    return digest.hexdigest()


def make(settings: Settings, inputs: Sequence[Input], jobs: int, progress: Progress) -> tuple[list[Finding], list[Finding]]:
    """Put the products of these files into the cache; the files that were refused, and those that were lost, as findings.

    A file is lost when the process that works on it dies. The next build tries it again: it may not be the file's fault.
    """
    (settings.out / "cache").mkdir(exist_ok=True)
    refused: list[Finding] = []
    lost: list[Finding] = []
    results = work_through(Tools(stylesheets(settings)), inputs, _make, jobs, "Transforming", progress)
    for each, fault in zip(inputs, results, strict=True):
        if fault is None:
            lost.append(finding("E013", each.shown))
        else:
            refused += fault
    return refused, lost


def _make(tools: Tools, each: Input) -> list[Finding]:
    """Transform one file into the cache; the finding that leaves it out, if there is one."""
    try:
        hold(each.entry, lines(tools.transformer.made(each.whole(), each.shown)))
    except Unreadable as cause:
        return [each.judged(cause.finding)]
    return []


def lines(made: Iterable[Products | Finding]) -> Iterator[bytes]:
    """What an entry of the cache holds: a line of JSON for each finding, and one for each product of a document, the record last.

    They are written and read one by one: of a document of 20 MB they are 200 MB.
    """
    for each in made:
        for name, value in _stored(each).items():
            yield json.dumps({name: value}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _stored(made: Products | Finding) -> Mapping[str, Any]:
    if isinstance(made, Finding):
        return {"finding": _note(made)}
    fragments = {name: getattr(made, name) for name in (*FRAGMENTS, "member", "resolved")}
    return fragments | {"findings": [_note(each) for each in made.findings], _LAST: made.record}


_LAST = "record"


def _note(each: Finding) -> tuple[int, int, str, str]:
    return (each.line, each.column, each.code, each.message)


def held(entry: Path, path: str) -> Iterator[Products | Finding] | None:
    """What was made of the file known as ``path``, one by one; None when the cache does not have it, or damaged."""
    return _read(entry, path) if is_held(entry) else None


def _read(entry: Path, path: str) -> Iterator[Products | Finding]:
    made: dict[str, Any] = {}
    with entry.open("rb") as file:
        file.readline()
        for line in file:
            made |= json.loads(line)
            if "finding" in made:
                yield Finding(path, *made.pop("finding"))
            elif _LAST in made:
                yield Products(**made | {"findings": tuple(Finding(path, *note) for note in made["findings"])})
                made = {}

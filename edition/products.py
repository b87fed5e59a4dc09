"""What is made of each file, once: its products, kept in a cache under the digest of the file and of all that makes them."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from edition.findings import Finding, Unreadable, finding
from edition.inputs import Input
from edition.settings import HOME, Settings
from edition.transform import FRAGMENTS, Products
from edition.validate import parse
from edition.workers import Progress, Tools, work_through

_PACKAGES = ("tei-edition", "lxml", "pystemmer", "saxonche", "whoosh3")


def software(settings: Settings) -> str:
    """The digest of everything but the texts that decides what a build makes: our code, the stylesheets, the libraries."""
    digest = hashlib.sha256()
    folders = ((HOME / "edition", "*.py"), (HOME / "search_index", "*.py"), (settings.stylesheets, "**/*.xsl"))
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
    results = work_through(Tools(settings.stylesheets), inputs, _make, jobs, "Transforming", progress)
    for each, fault in zip(inputs, results, strict=True):
        if fault is None:
            lost.append(finding("E013", each.shown))
        else:
            refused += fault
    return refused, lost


def _make(tools: Tools, each: Input) -> list[Finding]:
    """Transform one file into the cache; the finding that leaves it out, if there is one."""
    try:
        products = tools.transformer.products(parse(each.data(), each.shown), each.shown)
    except Unreadable as cause:
        return [cause.finding]
    hold(each.entry, products)
    return []


def hold(entry: Path, products: Products) -> None:
    """Write an entry of the cache: its SHA-256 on a line, then JSON. It is there whole or not at all."""
    notes = [(note.line, note.column, note.code, note.message) for note in products.findings]
    made = {name: getattr(products, name) for name in FRAGMENTS} | {"record": products.record, "findings": notes}
    body = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
    new = entry.with_name(f".new-{entry.name}-{os.getpid()}")
    new.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    new.replace(entry)


def is_held(entry: Path) -> bool:
    """Whether the cache has an entry, undamaged."""
    return _body(entry) is not None


def held(entry: Path, path: str) -> Products | None:
    """An entry of the cache, for the file known as ``path``; None when there is none or it is damaged."""
    body = _body(entry)
    if body is None:
        return None
    made: Mapping[str, Any] = json.loads(body)
    fragments = {name: made[name] for name in FRAGMENTS}
    return Products(**fragments, record=made["record"], findings=tuple(Finding(path, *note) for note in made["findings"]))


def _body(entry: Path) -> bytes | None:
    try:
        digest, _, body = entry.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    return body if hashlib.sha256(body).hexdigest().encode() == digest else None

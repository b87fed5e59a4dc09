"""What a project lays over the software: files of its folder ``xslt/`` stand in the place of ours of the same name.

The stylesheets of a project with such a folder are put together once, in a folder named after the digest of all of them. A file
that was replaced stays beside its replacement as ``<stem>.original.xsl``, so that this can import it and change no more than it
means to.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from edition.settings import HOME, Settings

PACKAGES = "packages.xml"
"""What tells Saxon where the packages are that stylesheets name; of ours, the project has no say in it."""


def stylesheets(settings: Settings) -> Path:
    """The folder of XSLT for a project: ours, or ours with the project's own laid over it."""
    ours, own = HOME / "xslt", settings.project / "xslt"
    if own == ours or not own.is_dir():
        return ours
    files = _joined(_files(ours), _files(own)) | {PACKAGES: ours / PACKAGES}
    digest = hashlib.sha256("".join(f"{name}\0{_digest(path)}\n" for name, path in sorted(files.items())).encode())
    folder = settings.out / "xslt" / digest.hexdigest()[:16]
    if not folder.is_dir():
        _copy(files, folder)
    return folder


def _files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.xsl") if path.is_file()}


def _joined(ours: Mapping[str, Path], own: Mapping[str, Path]) -> dict[str, Path]:
    originals = {f"{name.removesuffix('.xsl')}.original.xsl": ours[name] for name in own if name in ours}
    return {**ours, **originals, **own}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _copy(files: Mapping[str, Path], folder: Path) -> None:
    """Put these files into a new folder, which is there whole or not at all, and remove what was put together before."""
    new = folder.with_name(f".new-{os.getpid()}")
    shutil.rmtree(new, ignore_errors=True)
    for name, path in files.items():
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, new / name)
    for older in folder.parent.iterdir():
        if older != new:
            shutil.rmtree(older, ignore_errors=True)
    new.rename(folder)

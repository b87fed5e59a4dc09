"""Values as files of an index: a digest, and behind it what Python's pickle makes of them (see ``search_index.schema``)."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path
from typing import Any

_DIGEST = hashlib.sha256().digest_size


class DamagedError(ValueError):
    """A file is not as it was written."""


def write(path: Path, value: object) -> None:
    """Writes a value."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    with path.open("wb") as file:
        file.write(hashlib.sha256(content).digest())
        file.write(content)


def read(path: Path) -> Any:  # noqa: ANN401 - whatever was written
    """Reads it. Raises DamagedError, and OSError."""
    content = memoryview(path.read_bytes())
    if hashlib.sha256(content[_DIGEST:]).digest() != content[:_DIGEST]:
        raise DamagedError(f"{path.name} is not as it was written")
    return pickle.loads(content[_DIGEST:])  # noqa: S301 - see above

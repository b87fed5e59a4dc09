"""The parts of a long document: where each lies in what XSLT wrote of the whole, with ``SIGN`` between them.

``xslt/shared/parts.xsl`` decides where a document is divided. A fragment that is divided has as many parts as the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

SIGN = "\ufdd3"
"""No character of any script."""
_ID = re.compile(r"\sid=\"([^\"]*)\"")


def divide(parts: Iterable[dict[str, Any]], reading: str) -> None:
    """Tell each part of a record where it lies in the reading text, by offsets, and which ids it has that none before it has."""
    seen: set[str] = set()
    start = 0
    for part, fragment in zip(parts, fragments(reading), strict=False):
        ids = dict.fromkeys(map(unescape, _ID.findall(fragment)))
        part["anchors"] = [id for id in ids if id not in seen]
        part["start"], part["end"] = start, start + len(fragment)
        seen.update(ids)
        start = part["end"] + len(SIGN)


def fragments(product: str, role: str = "documents") -> list[str]:
    """A product of the document part by part; the whole of one that is not divided, or does not stand among the documents."""
    return product.split(SIGN) if role == "documents" else [product.replace(SIGN, "")]

"""Fragment in, fragment out: the stylesheets as the build runs them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from edition.transform import Products, Transformer
from edition.validate import parse

Make = Callable[..., Products]


@pytest.fixture(scope="session")
def make(transformer: Transformer) -> Make:
    """All products of a text with this content of its body or, as ``text``, of the whole; ``header`` is that of its header.

    ``beside`` stands between header and text.
    """

    def products(body: str = "", text: str = "", header: str = "", beside: str = "") -> Products:
        content = text or f"<body>{body}</body>"
        data = (
            f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader>{header}</teiHeader>{beside}'
            f"<text>{content}</text></TEI>"
        )
        return transformer.products(parse(data.encode(), "fragment.xml"), "fragment.xml")

    return products


@pytest.fixture
def render(make: Make) -> Callable[..., str]:
    """The page of a fragment, without the links of the passages to themselves."""
    return lambda *given, **named: re.sub(r'<a class="permalink".*?</a>', "", make(*given, **named).reading)


@pytest.fixture
def passages(make: Make) -> Callable[..., list[Mapping[str, Any]]]:
    """The passages of a fragment."""
    return lambda *given, **named: make(*given, **named).record["passages"]

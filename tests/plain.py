"""Settings of the tests that are not about formats: none is made, which takes most of the time of a small build."""

from __future__ import annotations

from edition.records import FORMATS

PLAIN = {"EDITION_EXPORTS_WITHOUT": " ".join(FORMATS)}
"""An environment in which no format is made."""

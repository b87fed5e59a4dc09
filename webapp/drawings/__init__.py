"""Drawings: maps, timelines and charts, as positions that templates write out as SVG.

``maps``, ``timelines`` and ``charts`` each take plain data and give frozen dataclasses of ready values; the macros in
``templates/drawings/`` write them. Nothing here reads a snapshot, a request or a clock. Each drawing comes twice, for wide
and for narrow screens (``WIDE``, ``NARROW``: units of its view box), and the style sheet shows the one that fits.
"""

from __future__ import annotations

WIDE = 760
"""Units across a drawing for wide screens: a unit is about a pixel."""

NARROW = 340
"""Units across a drawing for a phone."""

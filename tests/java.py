"""Java, for checkers that run a few seconds: what it does for programs that run for long takes half of their time."""

from __future__ import annotations

JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""The command, with the quick one of its two compilers and the simplest of its collectors."""

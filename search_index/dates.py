"""Dates of passages: which intervals overlap a period, and which passage is the earlier one.

A date is ISO 8601, a year, month or day, as it is written: ``2022``, ``2022-01``, ``-0044-03-15``. A day is a number that grows
with it; where month or day are open, the first or the last that can be.
"""

from __future__ import annotations

import re
from array import array
from itertools import chain

from search_index import passage_sets
from search_index.known import Groups

_DATE = re.compile(r"(-?[0-9]{1,12})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LAST = 10**17
"""After every day."""


def first_day(date: str) -> int | None:
    """The first day of a date; before all others where it is empty, None if it is none."""
    return _day(date, "00") if date else -_LAST


def last_day(date: str) -> int | None:
    """The last day of a date; after all others where it is empty, None if it is none."""
    return _day(date, "99") if date else _LAST


def _day(date: str, open_: str) -> int | None:
    found = _DATE.match(date)
    if not found:
        return None
    year, month, day = found.groups()
    return int(year) * 10_000 + int((month or open_) + (day or open_))


class Intervals:
    """The intervals of a date field with their passages."""

    def __init__(self, groups: Groups, size: int) -> None:
        self._groups = groups
        self._size = size
        self._days: dict[int, tuple[int, int]] = {}
        for number, value in enumerate(groups.values):
            earliest, _, latest = value.partition("/")
            first, last = first_day(earliest), last_day(latest)
            if first is not None and last is not None and (earliest or latest):
                self._days[number] = first, last

    def overlapping(self, earliest: str, latest: str) -> int:
        """The passages with a date that is not wholly before or after a period, which may be open on either side."""
        from_day, to_day = first_day(earliest), last_day(latest)
        if from_day is None or to_day is None:
            return 0
        found = (number for number, (first, last) in self._days.items() if first <= to_day and last >= from_day)
        return passage_sets.of_places(chain.from_iterable(map(self._groups.members, found)), self._size)

    def earliest(self) -> array[int]:
        """The earliest day of each passage, by which they are sorted; those without a date come last.

        A date that is open at its beginning counts by its end.
        """
        days = array("q", [_LAST]) * self._size
        for number, (first, last) in self._days.items():
            day = last if first == -_LAST else first
            for place in self._groups.members(number):
                days[place] = min(days[place], day)
        return days

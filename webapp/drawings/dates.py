"""Dates as editors write them (ISO 8601: a year, a month or a day, in any century) as numbers of days and in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

ISO = re.compile(r"(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?(?:T.*|Z)?")


class DateError(ValueError):
    """Not a date that can be drawn."""


@dataclass(frozen=True, slots=True)
class Date:
    """A year, and perhaps a month and a day (0 where they are not said); the year 0 is 1 BC, as in ISO 8601."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def begins(self) -> int:
        """The number of its first day."""
        return day_number(self.year, self.month or 1, self.day or 1)

    @property
    def ends(self) -> int:
        """The number of the first day after it."""
        if self.day:
            return self.begins + 1
        return day_number(self.year, self.month + 1, 1) if 0 < self.month < 12 else day_number(self.year + 1, 1, 1)

    @property
    def parts(self) -> tuple[str, ...]:
        """Day, month and year in words, those that are said."""
        year = str(self.year) if self.year > 0 else f"{1 - self.year} BC"
        return (*((str(self.day),) if self.day else ()), *((MONTHS[self.month - 1],) if self.month else ()), year)


def date(iso: str) -> Date:
    """The date that ``iso`` writes; a time of the day is passed over. Raises DateError when it is none."""
    match = ISO.fullmatch(iso.strip())
    if match is None:
        raise DateError(f"{iso!r} is not a date of ISO 8601")
    year, month, day = (int(part or 0) for part in match.groups())
    if month > 12 or day > 31 or (match[2] and not month) or (match[3] and not day):
        raise DateError(f"{iso!r} is not a date of the calendar")
    return Date(year, month, day)


def day_number(year: int, month: int, day: int) -> int:
    """The number of a day in the Gregorian calendar, continued backwards; 1 January of the year 1 has number 0."""
    year, month = (year - 1, month + 9) if month <= 2 else (year, month - 3)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day - 307


def of_day(number: int) -> Date:
    """The date of a day's number."""
    year = number * 400 // 146097 + 1
    while day_number(year + 1, 1, 1) <= number:
        year += 1
    while day_number(year, 1, 1) > number:
        year -= 1
    month = 12
    while day_number(year, month, 1) > number:
        month -= 1
    return Date(year, month, number - day_number(year, month, 1) + 1)


def in_words(first: Date | None, last: Date | None, is_certain: bool) -> str:
    """A date or two for readers: "5 January 2022", "2 to 11 January 2022", "between 2 and 11 January 2022", "before 1945".

    None is an end that is not known.
    """
    if first is None or last is None:
        known = first or last
        return (
            ""
            if known is None
            else f"{'from' if last is None and is_certain else 'after' if last is None else 'before'} {said(known)}"
        )
    if first == last:
        return said(last)
    earlier, later = list(first.parts), list(last.parts)
    while len(earlier) > 1 and len(later) == len(first.parts) and earlier[-1] == later[len(earlier) - 1 - len(first.parts)]:
        earlier.pop()
    one, other = " ".join(earlier), " ".join(later)
    return f"{one} to {other}" if is_certain else f"between {one} and {other}"


def said(one: Date) -> str:
    """A date in words."""
    return " ".join(one.parts)

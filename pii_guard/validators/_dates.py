"""Calendar checks on strings of digits, without date objects.

>>> is_date("1900", "0229"), is_date("1904", "0229"), is_date("1900", "1231")
(False, True, True)
"""

from __future__ import annotations

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS = frozenset(
    f"{month:02}{day:02}" for month, last in enumerate(_LONGEST, 1) for day in range(1, last + 1)
)

EARLIEST_YEAR = "1880"
LATEST = "20351231"
"""Births after this day do not exist yet; callers that know today's date pass it instead."""


def is_date(year: str, month_day: str) -> bool:
    """Whether MMDD exists in the year; both are digits."""
    return month_day in _DAYS and (month_day != "0229" or is_leap(int(year)))


def is_leap(year: int) -> bool:
    """Whether the year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

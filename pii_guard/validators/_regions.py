"""Division codes (GB/T 2260) and the years in which a number may carry them.

>>> in_force("110101", 1900), in_force("110199", 1900)
(True, False)
"""

from __future__ import annotations

from functools import cache

from pii_guard import data

FIRST_NUMBERS = 1984
"""Numbers were first given out in 1984: older people got the code of that time."""
LATE = 20
"""Years after birth in which a number may still have been given out, under a newer code."""
STALE = 15
"""Years for which an office may have kept a code that was abolished."""

Years = tuple[int, int]


@cache
def _prefectures() -> dict[str, str]:
    return {row[0]: row[1] for row in data.rows("regions")}


@cache
def _counties(prefecture: str) -> dict[str, Years]:
    """First and last year of each county code; only the prefectures asked for are ever parsed."""
    return dict(map(_parse, _prefectures().get(prefecture, "").split()))


def _parse(cell: str) -> tuple[str, Years]:
    county, _, years = cell.partition(":")
    first, _, last = years.partition("-")
    return county, (int(first or 0), int(last or 9999))


def is_province(code: str) -> bool:
    """Whether the two digits are a province of the mainland, Taiwan, Hong Kong or Macau."""
    return f"{code}00" in _prefectures()


def in_force(code: str, birth_year: int) -> bool:
    """Whether somebody born in that year may hold a number with this six-digit code."""
    years = _counties(code[:4]).get(code[4:])
    if years is None:
        return False
    given_out = max(birth_year, FIRST_NUMBERS)
    return years[0] - LATE <= given_out <= years[1] + STALE

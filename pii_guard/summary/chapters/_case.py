"""What a report is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pii_guard.summary.comparison import Comparison
from pii_guard.summary.people import Person
from pii_guard.summary.values import Result
from pii_guard.summary.words import Words


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the chapters draw on."""

    result: Result
    people: tuple[Person, ...]
    words: Words
    day: date
    comparison: Comparison | None = None

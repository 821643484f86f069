"""Finds identity and card numbers that a speaker splits over neighbouring messages.

The parts must be nothing but digits, and the joined number must pass its check digit: chance passes are
rare then.
"""

from __future__ import annotations

from dataclasses import replace

from pii_guard.model import Finding
from pii_guard.patterns import lazy
from pii_guard.policy.values import JudgedSegment
from pii_guard.policy.values import JudgedUnit
from pii_guard.secret import Secret
from pii_guard.validators import luhn
from pii_guard.validators import mod_11_2

LONGEST = 12  # digits of one part
PARTS = 4
_PLAIN = lazy("[0-9A-Za-z ,，。.\n-]*")


def join_split_numbers(unit: JudgedUnit) -> JudgedUnit:
    """The unit with a finding in the last part of every split number."""
    segments = list(unit.segments)
    for index, segment in enumerate(segments):
        if part_of(segment) and (found := _joined(segments, index)):
            segments[index] = replace(segment, findings=(*segment.findings, found))
    return replace(unit, segments=tuple(segments))


def _joined(segments: list[JudgedSegment], last: int) -> Finding | None:
    """The number that ends in segment `last`, joined from earlier parts by the same speaker."""
    number, speaker = part_of(segments[last]), segments[last].role
    for index in range(last - 1, max(-1, last - 2 * PARTS), -1):
        if segments[index].role != speaker:
            continue
        part = part_of(segments[index])
        if not part:
            return None
        number = part + number
        if entity_type := _type(number):
            text = segments[last].text
            return Finding(entity_type, 0, len(text), 0.8, ("split",), Secret(number), "***")
    return None


def part_of(segment: JudgedSegment) -> str:
    """The digits of a turn that is nothing else, at most LONGEST; else nothing."""
    if not _PLAIN.fullmatch(segment.text):
        return ""
    digits = "".join(c for c in segment.text if c.isascii() and c.isalnum()).upper()
    return digits if 3 <= len(digits) <= LONGEST and digits[:-1].isdigit() else ""


def _type(number: str) -> str | None:
    if len(number) == 18 and mod_11_2.is_valid(number):
        return "RESIDENT_ID"
    return "BANK_CARD" if 16 <= len(number) <= 19 and number.isdigit() and luhn.is_valid(number) else None

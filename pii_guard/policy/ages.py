"""Ages from birth dates and resident identity numbers, for the rules on minors."""

from __future__ import annotations

from datetime import date

from pii_guard.model import Finding
from pii_guard.patterns import lazy

_DATE = lazy(
    r"((?:19|20)[0-9]{2})[^0-9]{0,2}([0-9]{1,2})[^0-9]{1,2}([0-9]{1,2})|((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})"
)


def birth_date(finding: Finding) -> date | None:
    """When the person of a birth date or an 18-digit ID number was born; None where it cannot be told."""
    if finding.entity_type not in ("RESIDENT_ID", "BIRTH_DATE"):
        return None
    value = finding.value.reveal()
    if finding.entity_type == "RESIDENT_ID":
        digits = value if value.isalnum() else "".join(c for c in value if c.isalnum())
        return _date(digits[6:10], digits[10:12], digits[12:14]) if len(digits) == 18 else None
    if match := _DATE.search(value):
        return _date(*(match.groups()[:3] if match[1] else match.groups()[3:]))
    return None


def age(born: date, today: date) -> int:
    """Full years on `today`; dates to come count as unknown, not as children."""
    if born > today:
        return 999
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _date(*parts: str) -> date | None:
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError:
        return None

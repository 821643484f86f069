"""One secret in several places: what a leak of one account gives away of the others.

Looks at findings alone, so a large document costs no look at its text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pii_guard.policy.probes.password import is_variable
from pii_guard.policy.values import Signal

if TYPE_CHECKING:
    from pii_guard.model import Finding
    from pii_guard.policy.window import Window

CODES = frozenset(("password",))
_LEAST = 3  # lines or rows; a password is told twice at times, of one account


def worth(window: Window) -> bool:
    """Whether there are passwords at all."""
    return "PASSWORD" in window.kinds


def probe(window: Window) -> Iterator[Signal]:
    """password: the same one in several lines or rows."""
    places: dict[str, list[Finding]] = defaultdict(list)
    for finding in window.findings:
        if finding.entity_type == "PASSWORD":
            places[finding.value.reveal()].append(finding)
    for value, found in places.items():
        if len({(f.line, f.anchor.part, f.anchor.row) for f in found}) >= _LEAST and not is_variable(value.lower()):
            yield from (Signal("password", f.start - window.start, f.end - window.start) for f in found)

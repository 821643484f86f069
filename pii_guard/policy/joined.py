"""The texts of a document's segments as one, read once for all that searches the whole of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from pii_guard.policy.values import JudgedSegment
from pii_guard.policy.values import RuleSet

if TYPE_CHECKING:
    from pii_guard.policy.codes import Codes
    from pii_guard.policy.sought import Sought

SMALL = 1 << 16  # characters read without numpy, unless it is there already


class Joined:
    """One text, and where each segment begins in it."""

    def __init__(self, segments: Sequence[JudgedSegment]) -> None:
        self.text = "\n".join([segment.text for segment in segments])
        self._sought: Sought | None = None
        self.starts = list(accumulate((len(segment.text) + 1 for segment in segments), initial=0))

    @cached_property
    def codes(self) -> Codes | None:
        """For numpy; None of a small text where that is not there: its import would cost more than the text does."""
        if "numpy" not in sys.modules and len(self.text) < SMALL:
            return None
        from pii_guard.policy.codes import Codes

        return Codes(self.text)

    def absent(self, ruleset: RuleSet, start: int, end: int) -> dict[str, list[tuple[int, int]]]:
        """Lexicons of which it is known that no word begins in text[start:end]: where they stand, which is nowhere."""
        if self.codes is None:
            return {}
        if self._sought is None:
            from pii_guard.policy.sought import Sought

            self._sought = Sought(ruleset, self.codes)
        return {name: [] for name in self._sought.absent(start, end)}

"""The texts of a document's segments as one, read once for all that searches the whole of it."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from pii_guard.detect.single_thread import loads
from pii_guard.model import Anchor
from pii_guard.model import Finding
from pii_guard.policy.values import JudgedSegment

if TYPE_CHECKING:
    from pii_guard.policy.codes import Codes
    from pii_guard.policy.sought import Sought
    from pii_guard.policy.values import RuleSet

SMALL = 1 << 16  # characters read without numpy, unless it is there already


class Joined:
    """One text, and where each segment begins in it; what is looked for in it is found once."""

    def __init__(self, segments: Sequence[JudgedSegment]) -> None:
        self.text = "\n".join([segment.text for segment in segments])
        self.single = len(segments) == 1
        self._sought: Sought | None = None
        self.starts = list(accumulate((len(segment.text) + 1 for segment in segments), initial=0))
        self._segments = segments

    def findings(self) -> tuple[Finding, ...]:
        """The findings of all segments, placed in the joined text."""
        placed = zip(self.starts, self._segments, strict=False)
        return tuple(f._replace(start=f.start + base, end=f.end + base) if base else f for base, s in placed for f in s.findings)

    def place(self, offset: int) -> tuple[int, Anchor]:
        """Line and anchor in the document of an offset in the joined text."""
        number = max(0, min(bisect_right(self.starts, offset), len(self._segments)) - 1)
        if not self._segments:
            return 1, Anchor()
        return self._segments[number].place(offset - self.starts[number])

    @cached_property
    def codes(self) -> Codes | None:
        """For numpy; None of a small text where that is not there: its import would cost more than the text does."""
        if "numpy" not in sys.modules and (len(self.text) < SMALL or not loads("numpy")):
            return None
        from pii_guard.policy.codes import Codes

        return Codes(self.text)

    def sought(self, ruleset: RuleSet) -> Sought | None:
        """Where words of the rules may begin; None where there are no codes."""
        if self._sought is None and self.codes is not None:
            from pii_guard.policy.sought import Sought

            self._sought = Sought(ruleset, self.codes)
        return self._sought

    def folded(self, start: int, end: int) -> str | None:
        """The folded text[start:end], where the codes tell it."""
        return None if self.codes is None else self.codes.piece(start, end)

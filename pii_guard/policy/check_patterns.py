"""Regular expressions of rules that would make a scan slow: no bound to what they repeat, or too many ways to match."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator

from pii_guard.patterns import lazy
from pii_guard.policy.runaway import runs_away

MOST = 80  # characters of a pattern that a message shows
_UNBOUNDED = lazy(r"(?<!\\)[*+]\)(?:[*+]|\{[0-9]+,\})|(?<!\\)\.[*+]")


def of_patterns(sources: Iterable[str], *, folds: bool = True) -> Iterator[tuple[str, str]]:
    """What is wrong with the patterns; `folds`: they are for folded text."""
    for source in sources:
        shown = repr(source if len(source) <= MOST else source[:MOST] + "…")
        if _UNBOUNDED.search(source):
            yield f"重复须有上限，如 {{0,40}}: {shown}", f"unbounded repeat, write {{0,40}} or so: {shown}"
        elif _runs_away(source, folds=folds):
            yield (
                f"嵌套的重复可能耗时成指数增长，让每次重复以不同的字开头: {shown}",
                f"catastrophic: nested repeats match one text in too many ways; begin each with a character of its own: {shown}",
            )


def _runs_away(source: str, *, folds: bool) -> bool:
    try:
        return runs_away(source, folds=folds)
    except re.error:  # what only the `regex` module can read
        return False

"""Suppressors: words that turn soft evidence into talk about evidence (lessons, advice, refusals, news,
samples).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from pii_guard.patterns import compiled
from pii_guard.patterns import remembered
from pii_guard.policy.fold import fold_pattern
from pii_guard.policy.spread import spread

if TYPE_CHECKING:
    from pii_guard.policy.values import Suppressor
    from pii_guard.policy.window import Window

WAY = "spread 1"  # raise when folding or spreading makes other patterns


@lru_cache(maxsize=4096)
def pattern(source: str) -> re.Pattern[str]:
    """A compiled pattern; Han and full-width characters are folded as the text is."""
    return compiled(remembered(f"{WAY} {source}", lambda: spread(fold_pattern(source))), re.IGNORECASE)


def silenced(suppressor: Suppressor, window: Window) -> bool:
    """Whether the suppressor speaks for the window (or, with document scope, for the head of its
    document).
    """
    known = window.speaking  # most rules name one or two of them: it takes long to hear all
    if flags((suppressor,), window.folded) if known is None else f"!{suppressor.name}" in known:
        return True
    document = suppressor.scope == "document" and speaks(suppressor, window.head)
    return document and not _broken(suppressor, window.folded)


def speaking(window: Window) -> frozenset[str]:
    """`flags` of the window's own text: what all suppressors say, worked out once."""
    if window.speaking is None:
        window.speaking = frozenset(flags(window.plan.ruleset.suppressors.values(), window.folded))
    return window.speaking


def flags(suppressors: Iterable[Suppressor], folded: str) -> list[str]:
    """The suppressors that speak for a text, as features of the classifier."""
    return [f"!{s.name}" for s in suppressors if speaks(s, folded) and not _broken(s, folded)]


def speaks(suppressor: Suppressor, folded: str) -> bool:
    """Whether one of its patterns matches."""
    return any(pattern(source).search(folded) for source in suppressor.patterns)


def _broken(suppressor: Suppressor, folded: str) -> bool:
    return any(pattern(source).search(folded) for source in suppressor.keeps)

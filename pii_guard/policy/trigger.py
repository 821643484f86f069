"""Finds where a text is worth looking at: trigger words, folding the text on the way, in milliseconds a megabyte.

Where words may begin is looked up for all positions at once (sought.py, with numpy); only there are they compared.  A word that everyday texts hold too opens a window only where the screen
says that what stands around it tells of a leak; words of pictures and papers also beside an identity or card number.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pii_guard.patterns import compiled
from pii_guard.policy import screen
from pii_guard.policy.fold import fold
from pii_guard.policy.joined import Joined
from pii_guard.policy.values import JudgedSegment
from pii_guard.records import dataclass

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pii_guard.policy.plan import Plan

SCREENED, NEARBY, PLAIN = 1, 2, 3  # kinds of words
BESIDE = 110  # characters from a trigger word to a number that makes it worth a look

_Words = dict[str, tuple[tuple[str, int], ...]]  # first characters -> words and their kinds


@dataclass(frozen=True, slots=True)
class Triggers:
    """Folded words: those that open windows where the screen agrees, also beside a number, or by themselves."""

    screened: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()


def openings(
    plan: Plan, text: str | Joined, numbers: Sequence[int] = (), *, screened: bool = True
) -> Iterator[tuple[int, bool]]:
    """Positions, rising, at which a trigger word opens a window, and whether the screen says that it tells of a leak.

    `numbers`: where identity and card numbers stand, rising; `screened=False`: every trigger word tells.
    """
    joined = Joined((JudgedSegment(text),)) if isinstance(text, str) else text
    codes, found = joined.codes, joined.sought(plan.ruleset)
    if codes is None or found is None:
        yield from _plainly(plan.triggers, fold(joined.text), numbers, screened)
        return
    import numpy as np

    places, kinds = found.triggers()
    tells = screen.opened(codes.codes[:-1], places) if screened and len(places) else np.ones(len(places), bool)
    needed = np.where(tells, SCREENED, np.where(_beside(places, np.asarray(numbers, np.intp)), NEARBY, PLAIN))
    likely = kinds >= needed
    words, folded = _by_head(plan.triggers), codes.folded()
    for place, least in zip(places[likely].tolist(), needed[likely].tolist(), strict=True):
        if _begins(words, folded, place, least):
            yield place, least == SCREENED


def _begins(words: _Words, folded: str, place: int, least: int) -> bool:
    """Whether a word of at least that kind begins there."""
    for head in (folded[place : place + 2], folded[place]):
        for word, kind in words.get(head, ()):
            if kind >= least and folded.startswith(word, place):
                return True
    return False


def _beside(places: NDArray[np.intp], numbers: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Of each place, whether one of the numbers stands near."""
    import numpy as np

    if not len(numbers):
        return np.zeros(len(places), bool)
    after = np.searchsorted(numbers, places - BESIDE)
    gaps = numbers[np.minimum(after, len(numbers) - 1)] - places
    near: NDArray[np.bool_] = (after < len(numbers)) & (gaps <= BESIDE)
    return near


def _plainly(
    triggers: Triggers, folded: str, numbers: Sequence[int], screened: bool
) -> Iterator[tuple[int, bool]]:
    """The same without numpy, whose import would cost more than a small text does."""
    heads, words = _heads(triggers)
    for found in heads.finditer(folded):
        place = found.start()
        if not _begins(words, folded, place, SCREENED):
            continue
        tells = not screened or screen.opened_at(folded, place)
        after = bisect_left(numbers, place - BESIDE)
        beside = after < len(numbers) and numbers[after] - place <= BESIDE
        if _begins(words, folded, place, SCREENED if tells else NEARBY if beside else PLAIN):
            yield place, tells


@lru_cache(maxsize=8)
def _heads(triggers: Triggers) -> tuple[re.Pattern[str], _Words]:
    words = _by_head(triggers)
    heads = "".join(re.escape(head) for head in sorted({head[0] for head in words}))
    return compiled(f"[{heads}]" if heads else "(?!)"), words


def kinds(triggers: Triggers) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The words of each kind, the kinds rising."""
    return (SCREENED, triggers.screened), (NEARBY, triggers.beside), (PLAIN, triggers.plain)


@lru_cache(maxsize=8)
def _by_head(triggers: Triggers) -> _Words:
    words: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for kind, group in kinds(triggers):
        for word in group:
            words[word[:2]].append((word, kind))
    return {head: tuple(found) for head, found in words.items()}

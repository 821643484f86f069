"""Finds where a text is worth looking at: trigger words, folding the text on the way, in milliseconds a megabyte.

The first two characters of each word are looked up for all positions at once (numpy, one table by hash); only
where a word may begin is it compared.  A word that everyday texts hold too opens a window only where the screen
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

    from pii_guard.policy.codes import Codes

SCREENED, NEARBY, PLAIN = 1, 2, 3  # kinds of words
BESIDE = 110  # characters from a trigger word to a number that makes it worth a look

_Words = dict[str, tuple[tuple[str, int], ...]]  # first characters -> words and their kinds


@dataclass(frozen=True, slots=True)
class Triggers:
    """Folded words: those that open windows where the screen agrees, also beside a number, or by themselves."""

    screened: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Index:
    pairs: NDArray[np.uint8]  # by hash: the greatest kind of the words that begin so, 0 where none does
    singles: NDArray[np.uint8]  # the same of words of one character, by code
    wholes: NDArray[np.uint8]  # the same of words of two characters
    triples: NDArray[np.uint8]  # of longer words, by the hash of three
    words: _Words

    def kinds(self, codes: Codes, places: NDArray[np.intp]) -> NDArray[np.uint8]:
        """The greatest kind of the words that may begin at these places, by up to three characters: the few of many."""
        import numpy as np

        pairs = codes.hashes.take(places)
        triples = screen.hash_on(pairs, codes.codes.take(places + 2, mode="clip"))
        longer = np.maximum(self.wholes.take(pairs), self.triples.take(triples))
        kinds: NDArray[np.uint8] = np.maximum(self.singles.take(codes.codes.take(places)), longer)
        return kinds


def openings(
    triggers: Triggers, text: str | Joined, numbers: Sequence[int] = (), *, screened: bool = True
) -> Iterator[tuple[int, bool]]:
    """Positions, rising, at which a trigger word opens a window, and whether the screen says that it tells of a leak.

    `numbers`: where identity and card numbers stand, rising; `screened=False`: every trigger word tells.
    """
    joined = Joined((JudgedSegment(text),)) if isinstance(text, str) else text
    codes = joined.codes
    if codes is None:
        yield from _plainly(triggers, fold(joined.text), numbers, screened)
        return
    import numpy as np

    index = _index(triggers)
    kinds = np.maximum(*codes.look_up(index.pairs, index.singles))
    places = np.flatnonzero(kinds != 0)  # of flags it takes a quarter of the time
    tells = screen.opened(codes.codes[:-1], places) if screened and len(places) else np.ones(len(places), bool)
    needed = np.where(tells, SCREENED, np.where(_beside(places, np.asarray(numbers, np.intp)), NEARBY, PLAIN))
    known = kinds[places] >= needed
    places, needed = places[known], needed[known]
    likely = index.kinds(codes, places) >= needed
    folded = codes.folded()
    for place, least in zip(places[likely].tolist(), needed[likely].tolist(), strict=True):
        if _begins(index.words, folded, place, least):
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


def _kinds(triggers: Triggers) -> tuple[tuple[int, tuple[str, ...]], ...]:
    return (SCREENED, triggers.screened), (NEARBY, triggers.beside), (PLAIN, triggers.plain)


def _by_head(triggers: Triggers) -> _Words:
    words: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for kind, group in _kinds(triggers):
        for word in group:
            words[word[:2]].append((word, kind))
    return {head: tuple(found) for head, found in words.items()}


@lru_cache(maxsize=8)
def _index(triggers: Triggers) -> _Index:
    import numpy as np

    pairs, wholes, triples = (np.zeros(screen.SIZE, np.uint8) for _ in range(3))
    singles = np.zeros(screen.PLANE, np.uint8)
    for kind, group in _kinds(triggers):  # rising: the greatest stays
        for word in group:
            if len(word) == 1:
                singles[ord(word)] = kind
            else:
                pair = screen.hash_of(word[:2])
                pairs[pair] = kind
                longer, place = (triples, screen.hash_of(word[:3])) if len(word) > 2 else (wholes, pair)
                longer[place] = kind
    return _Index(pairs, singles, wholes, triples, _by_head(triggers))

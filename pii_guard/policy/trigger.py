"""Finds where trigger words stand in a text, folding it on the way, in a few milliseconds a megabyte.

Two characters of each word are looked up for all positions at once (numpy); only where both fit is the
word compared.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from functools import lru_cache
from typing import TYPE_CHECKING

from pii_guard.patterns import compiled
from pii_guard.policy.fold import fold
from pii_guard.policy.fold import fold_table
from pii_guard.records import dataclass

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SMALL = 1 << 16  # characters read without numpy, unless it is there already
PLANE = 0x10000  # characters beyond the basic plane never start a trigger word


@dataclass(frozen=True, slots=True)
class _Index:
    first: NDArray[np.bool_]
    second: NDArray[np.bool_]
    single: NDArray[np.bool_]  # words of one character
    words: dict[str, tuple[str, ...]]  # first two characters -> words


def occurrences(words: tuple[str, ...], text: str) -> Iterator[int]:
    """Positions, rising, at which one of the words begins."""
    if "numpy" not in sys.modules and len(text) < SMALL:
        yield from _plainly(words, text)
        return
    import numpy as np

    index = _index(words)
    raw = np.frombuffer((text + "\n").encode("utf-32-le", "replace"), np.uint32)
    codes = _folding()[np.minimum(raw, PLANE - 1)]
    text = codes.tobytes().decode("utf-32-le", "replace")
    fits = (index.first[codes[:-1]] & index.second[codes[1:]]) | index.single[codes[:-1]]
    for position in np.flatnonzero(fits).tolist():
        if index.single[codes[position]] or any(
            text.startswith(word, position) for word in index.words.get(text[position : position + 2], ())
        ):
            yield position


def _plainly(words: tuple[str, ...], text: str) -> Iterator[int]:
    """The same without numpy, whose import would cost more than a small text does."""
    text = fold(text)
    heads, starts = _heads(words)
    for found in heads.finditer(text):
        position = found.start()
        if any(text.startswith(word, position) for word in starts[text[position]]):
            yield position


@lru_cache(maxsize=8)
def _heads(words: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    starts: dict[str, list[str]] = defaultdict(list)
    for word in words:
        starts[word[0]].append(word)
    heads = compiled("[" + "".join(map(re.escape, starts)) + "]") if starts else compiled("(?!)")
    return heads, {head: tuple(found) for head, found in starts.items()}


@cache
def _folding() -> NDArray[np.uint32]:
    """fold() for the basic plane, as one table."""
    import numpy as np

    table = np.arange(PLANE, dtype=np.uint32)
    table[0xD800:0xE000] = ord(" ")  # halves of surrogate pairs are no characters
    for code, folded in fold_table().items():
        table[code] = folded
    capital = (table >= ord("A")) & (table <= ord("Z"))  # full-width ones among them
    table[capital] += ord("a") - ord("A")
    return table


@lru_cache(maxsize=8)
def _index(words: tuple[str, ...]) -> _Index:
    import numpy as np

    first, second, single = (np.zeros(PLANE, bool) for _ in range(3))
    starts: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if len(word) == 1:
            single[ord(word)] = True
            continue
        first[ord(word[0])] = second[ord(word[1])] = True
        starts[word[:2]].append(word)
    return _Index(first, second, single, {pair: tuple(found) for pair, found in starts.items()})

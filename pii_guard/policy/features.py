"""Features of the classifier: character 1- to 3-grams of the folded text, and which lexicons' words stand
near which.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from pii_guard.patterns import lazy

Spans = Mapping[str, list[tuple[int, int]]]

NEAR = 24  # characters between two lexicon words that count as a pair
_URL = lazy(r"https?://[!-~]{1,200}|www\.[!-~]{1,200}")
_DIGITS = lazy(r"[0-9]+")
_SPACE = lazy(r"\s+")


def features(folded: str, spans: Spans, flags: Iterable[str] = ()) -> set[str]:
    """What the classifier reads of a text; digits lose their values, so that no number can become a
    feature.
    """
    return {*_grams(padded(folded)), *concepts(spans), *flags}


def padded(folded: str) -> str:
    """The text of which all characters, pairs and triples are features."""
    return f"^{plain(folded)}$"


def plain(folded: str) -> str:
    """Links and digits reduced to their shape, white space gone."""
    text = _URL.sub("~url~", folded)
    text = _DIGITS.sub(lambda m: "0" * _length_class(len(m[0])), text)
    return _SPACE.sub("", text)


def _length_class(length: int) -> int:
    return min(length, 3) if length <= 3 else 4 if length <= 8 else 5 if length <= 12 else 6


def _grams(text: str) -> set[str]:
    pairs, triples = pairwise(text), zip(text, text[1:], text[2:], strict=False)
    return {*text, *map("".join, pairs), *map("".join, triples)}


def concepts(spans: Spans) -> Iterator[str]:
    """Lexicons that have a word in the text, and pairs of them that stand near one another."""
    found = sorted([(start, end, name) for name, places in spans.items() if name[0] != "_" for start, end in places[:6]])
    starts, names = [start for start, _, _ in found], [name for _, _, name in found]
    near: dict[str, set[str]] = {}
    first = 0  # of the words that begin together
    for index, (start, end, name) in enumerate(found):
        if start > starts[first]:
            first = index
        near.setdefault(name, set()).update(names[first : bisect_right(starts, end + NEAR)])
    yield from (f"@{name}" for name in near)
    yield from {_pair(name, other) for name, others in near.items() for other in others if other != name}


@lru_cache(maxsize=1 << 14)
def _pair(one: str, other: str) -> str:
    return f"@{min(one, other)}+{max(one, other)}"

"""Features of the classifier: character 1- to 3-grams of the folded text, and which lexicons' words stand
near which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping

Spans = Mapping[str, list[tuple[int, int]]]

NEAR = 24  # characters between two lexicon words that count as a pair
_URL = re.compile(r"https?://[!-~]{1,200}|www\.[!-~]{1,200}")
_DIGITS = re.compile(r"[0-9]+")
_SPACE = re.compile(r"\s+")


def features(folded: str, spans: Spans, flags: Iterable[str] = ()) -> set[str]:
    """What the classifier reads of a text; digits lose their values, so that no number can become a
    feature.
    """
    return {*_grams(plain(folded)), *_concepts(spans), *flags}


def plain(folded: str) -> str:
    """Links and digits reduced to their shape, white space gone."""
    text = _URL.sub("~url~", folded)
    text = _DIGITS.sub(lambda m: "0" * _length_class(len(m[0])), text)
    return _SPACE.sub("", text)


def _length_class(length: int) -> int:
    return min(length, 3) if length <= 3 else 4 if length <= 8 else 5 if length <= 12 else 6


def _grams(text: str) -> Iterator[str]:
    padded = f"^{text}$"
    for size in (1, 2, 3):
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


def _concepts(spans: Spans) -> Iterator[str]:
    names = sorted(name for name in spans if name[0] != "_")
    for index, name in enumerate(names):
        yield f"@{name}"
        for other in names[index + 1 :]:
            if any(_near(a, b) for a in spans[name][:6] for b in spans[other][:6]):
                yield f"@{name}+{other}"


def _near(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return second[0] - first[1] <= NEAR and first[0] - second[1] <= NEAR

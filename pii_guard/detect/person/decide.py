"""One list out of many voices: overlaps settled, not-names lowered."""

from __future__ import annotations

from collections.abc import Iterable

from pii_guard.detect.person.lexicon import load
from pii_guard.detect.person.lexicon import section
from pii_guard.detect.words import compile_words
from pii_guard.model import Hit
from pii_guard.patterns import lazy

_ORG = compile_words(section("firms"))
_NICKNAME = lazy("[小老阿]")
_FIRM = 0.85  # a cue this strong names a bearer even of a famous name


def settle(hits: Iterable[Hit]) -> list[Hit]:
    """The best of overlapping hits (score, then length), in order of their places."""
    ranked = sorted(hits, key=lambda h: (-h.score, h.start - h.end, h.start))
    kept: dict[int, Hit] = {}
    taken: set[int] = set()
    for hit in ranked:
        if taken.isdisjoint(range(hit.start, hit.end)):
            taken.update(range(hit.start, hit.end))
            kept[hit.start] = hit
    return [kept[at] for at in sorted(kept)]


def lowered(text: str, hit: Hit) -> Hit:
    """The hit, with its score cut when the words name history, a brand, a firm or a place."""
    value = text[hit.start : hit.end]
    if hit.score >= _FIRM and hit.reasons[0].startswith(("cue:", "header:")):
        return hit
    words = load()
    if value in words.history:
        return hit._replace(score=min(hit.score, 0.4), reasons=(*hit.reasons, "history"))
    if value in words.brands:
        return hit._replace(score=min(hit.score, 0.4), reasons=(*hit.reasons, "brand"))
    if _NICKNAME.match(value) and value[1:] in words.common:
        return hit._replace(score=min(hit.score, 0.4), reasons=(*hit.reasons, "nickname"))
    if _ORG.match(text, hit.end) and not hit.reasons[0].startswith("title:"):
        return hit._replace(score=min(hit.score, 0.4), reasons=(*hit.reasons, "organisation"))
    return hit

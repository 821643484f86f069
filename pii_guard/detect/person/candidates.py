"""Places that always go to the network: names with a middle dot, Latin words among Chinese ones."""

from __future__ import annotations

from pii_guard.detect.person.shape import HAN
from pii_guard.detect.person.shape import MIDDLE_DOTS
from pii_guard.patterns import lazy

_DOT = lazy(rf"[{MIDDLE_DOTS}](?<=[{HAN}].)(?=[{HAN}])")
_AFTER = lazy(rf"[{HAN}][ “\"（(：:@、]{{0,2}}([A-Z])(?=[a-z]{{2}})")  # 外教Mary, 导演（James
_AHEAD = lazy(
    rf"(?<![A-Za-z0-9])([A-Z])[a-z]{{2,14}}(?:[ .][A-Z][a-z]{{1,14}}){{0,2}}(?=[ ”\"）)]?[{HAN}])"
)


def foreign(text: str) -> list[int]:
    """Middle dots between Han characters, and first letters of Latin words next to Han ones."""
    dots = [match.start() for match in _DOT.finditer(text)]
    latin = [match.start(1) for pattern in (_AFTER, _AHEAD) for match in pattern.finditer(text)]
    return dots + latin

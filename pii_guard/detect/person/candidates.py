"""Places that always go to the network: names with a middle dot, Latin words among Chinese ones."""

from __future__ import annotations

from pii_guard.detect.person.shape import HAN
from pii_guard.detect.person.shape import MIDDLE_DOTS
from pii_guard.patterns import lazy

_DOT = lazy(rf"[{MIDDLE_DOTS}](?<=[{HAN}].)(?=[{HAN}])")
_OPEN = ' “"（(：:@、'
_AFTER = lazy(  # 外教Mary, 导演（James
    rf"[A-Z](?=[a-z]{{2}})(?:(?<=[{HAN}].)|(?<=[{HAN}][{_OPEN}].)|(?<=[{HAN}][{_OPEN}][{_OPEN}].))"
)
_AHEAD = lazy(
    rf"[A-Z](?<![A-Za-z0-9].)[a-z]{{2,14}}(?:[ .][A-Z][a-z]{{1,14}}){{0,2}}(?=[ ”\"）)]?[{HAN}])"
)


def foreign(text: str) -> list[int]:
    """Middle dots between Han characters, and first letters of Latin words next to Han ones."""
    dots = [match.start() for match in _DOT.finditer(text)]
    after = [match.start() for match in _AFTER.finditer(text)]
    return dots + after + [match.start() for match in _AHEAD.finditer(text)]

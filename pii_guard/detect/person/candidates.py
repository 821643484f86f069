"""Places that always go to the network: names with a middle dot and capitalised Latin words."""

from __future__ import annotations

import re

from pii_guard.detect.person.shape import HAN
from pii_guard.detect.person.shape import MIDDLE_DOTS

_FOREIGN = re.compile(rf"[{MIDDLE_DOTS}](?<=[{HAN}].)(?=[{HAN}])|[A-Z](?<![A-Za-z0-9].)(?=[a-z]{{2}})")


def foreign(text: str) -> list[int]:
    """Middle dots between Han characters, and first letters of Latin words."""
    return [match.start() for match in _FOREIGN.finditer(text)]

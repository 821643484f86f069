"""What a token of an address is: its kind, and the groups of kinds that rules speak of."""

from __future__ import annotations

from pii_guard.detect.address.gazetteer import CITY
from pii_guard.detect.address.gazetteer import DISTRICT
from pii_guard.detect.address.gazetteer import PROVINCE
from pii_guard.detect.address.gazetteer import Division
from pii_guard.named import NamedTuple

ADMIN = frozenset({PROVINCE, CITY, DISTRICT})
PLACED = frozenset({"town", "zone", "village", "road", "poi"})
ROOMS = frozenset({"building", "unit", "floor", "room", "chain"})
INNER = ROOMS | {"number", "alley", "group", "phase", "bare"}
BRIDGE = frozenset({"join", "space", "break"})
LOOSE = BRIDGE | {"direction"}


class Token(NamedTuple):
    """A piece of an address: what kind, from where to where, and for a division which ones it may be."""

    kind: str
    start: int
    end: int
    divisions: tuple[Division, ...] = ()

"""How sure tokens are an address when they are all there is: a line, a cell, what a label announces.

Every kind has points; an address needs enough of them, a place to hold on to, and a number or two places.
"""

from __future__ import annotations

from pii_guard.detect.address.gazetteer import DISTRICT
from pii_guard.detect.address.kinds import ADMIN
from pii_guard.detect.address.kinds import INNER
from pii_guard.detect.address.kinds import LOOSE
from pii_guard.detect.address.kinds import PLACED
from pii_guard.detect.address.kinds import Token

SCALE = {
    3: "box",
    2: "road building unit room chain",
    1.5: "district town zone village group number alley poi floor",
    1.2: "bare",
    1: "province city",
    0.7: "phase",
    0.5: "free direction bracket",
}
POINTS = {kind: points for points, kinds in SCALE.items() for kind in kinds.split()}
ENOUGH = 3
NUMBERS = INNER - {"phase"} | {"box"}
FINE = PLACED | INNER | {"free", "box"}
AREA = ADMIN | {"town", "zone", "village", "road"}
DOORS = frozenset({"building", "room", "chain", "box"})
ANCHORING = ADMIN | PLACED | {"building", "unit", "room", "box"}
UNPLACED = frozenset({"poi", "free", "firm", "space"})
SHORTEST, LONGEST_LANDMARK = 4, 12


def judged(found: list[Token]) -> float:
    """The score of a text that consists of these tokens."""
    kinds = {token.kind for token in found}
    if not kinds & FINE or not kinds & ANCHORING or found[0].kind == "phase":
        return 0.0
    if not kinds & AREA and len(kinds & INNER) < 2 and not kinds & DOORS:
        return 0.0
    points = sum(POINTS.get(kind, 0.0) for kind in kinds)
    if points < ENOUGH or mostly_free(found, kinds) or not (kinds & NUMBERS or told(kinds)):
        return 0.0
    return 0.85 if points > 2 * ENOUGH else 0.75 if points > 1.5 * ENOUGH else 0.6


def mostly_free(found: list[Token], kinds: set[str]) -> bool:
    """Whether more than half of it is names without a suffix, and nothing else says that it is an address."""
    free = sum(token.end - token.start for token in found if token.kind == "free")
    sure = len(kinds & ADMIN) > 1 or {"road", "number"} <= kinds
    return 2 * free > found[-1].end - found[0].start and not sure


def told(kinds: set[str]) -> bool:
    """Whether it leads to a place without any number: a town or road, and something within."""
    if {DISTRICT, "road"} <= kinds:
        return True
    return bool(
        kinds & {"road", "town"} and len(kinds & (PLACED | {"free"})) > 1 and kinds & (ADMIN | {"road"})
    )


def announced(found: list[Token]) -> float:
    """The score of what stands behind a label such as 收货地址：, which makes up for a lot."""
    kinds = {token.kind for token in found}
    anchored = kinds & ANCHORING or ("free" in kinds and kinds & {"number", "chain", "direction"})
    size = found[-1].end - found[0].start if found else 0
    if not kinds & FINE or not anchored or size < SHORTEST or found[0].kind in LOOSE:
        return 0.0
    points = sum(POINTS.get(kind, 0.0) for kind in kinds)
    bare_city = kinds <= ADMIN | {"free"} and DISTRICT not in kinds
    bare_name = (found[0].kind == "free" and points < 2) or (kinds <= UNPLACED and size > LONGEST_LANDMARK)
    if bare_city or bare_name:
        return 0.0
    return 0.85 if points >= ENOUGH else 0.7 if len(kinds) > 1 else 0.5

"""How sure a row of tokens is an address: a premises is one, a bare city, road or landmark is not.

A rule is a score and groups of kinds: it holds where each group has one of its kinds among the tokens.  What
the kinds alone do not say is told by marks: `doored` a number behind a road, `tower` and `estate` names that
people live or work in.
"""

from __future__ import annotations

from pii_guard.detect.address.kinds import ADMIN
from pii_guard.detect.address.kinds import PLACED
from pii_guard.detect.address.kinds import ROOMS
from pii_guard.detect.address.kinds import Token
from pii_guard.patterns import lazy

ESTATE = lazy("(?:小区|花园|花苑|[家嘉佳新雅]园|公寓|别墅|山庄|[苑里坊庭庄屯寨邨弄])$")
TOWER = lazy("(?:大厦|大楼|写字楼|公寓|商厦)$")
WITHIN = ROOMS | {"bare"}
SEATS = frozenset({"poi", "zone", "village", "road"})
RULES: tuple[tuple[float, tuple[frozenset[str], ...]], ...] = tuple(
    (score, tuple(frozenset(group.split("|")) for group in groups.split()))
    for score, groups in (
        (0.9, "doored admin|within"),
        (0.85, "seat twofold"),
        (0.8, "doored"),
        (0.8, "road admin within|poi|bracket|direction"),
        (0.8, "village group|number"),
        (0.8, "village admin town|building|district|zone"),
        (0.8, "box other"),
        (0.75, "admin number|building|room placed|free"),
        (0.75, "town village|road|free number|building|room"),
        (0.75, "town group"),
        (0.7, "village town|building"),
        (0.7, "road building|unit|room"),
        (0.7, "admin free|phase building|unit"),
        (0.7, "chain placed|free"),
        (0.65, "poi|zone building|room"),
        (0.65, "poi admin floor|number"),
        (0.65, "crossing direction|bracket"),
        (0.6, "estate number"),
        (0.6, "district town road"),
        (0.6, "road bare admin|poi"),
        (0.6, "rooms"),
        (0.6, "tower bare"),
        (0.55, "tower floor"),
    )
)


def worth(text: str, found: list[Token]) -> float:
    """The score of the surest rule that holds; 0 where none does."""
    told = marks(text, found)
    return next((score for score, groups in RULES if all(group & told for group in groups)), 0.0)


def marks(text: str, found: list[Token]) -> frozenset[str]:
    """The kinds of the tokens, and what they mean together."""
    kinds = [token.kind for token in found]
    have = set(kinds)
    within = have & WITHIN
    names = [text[token.start : token.end] for token in found if token.kind == "poi"]
    said = {
        "admin": bool(have & ADMIN),
        "within": bool(within),
        "seat": bool(have & SEATS),
        "placed": bool(have & PLACED),
        "twofold": len(within) + ("number" in have) > 1,
        "doored": "road" in have and bool({"number", "alley"}.intersection(kinds[kinds.index("road") :])),
        "crossing": kinds.count("road") > 1,
        "rooms": len(have & {"building", "unit", "room"}) > 1,
        "other": len(have) > 1,
        "tower": any(map(TOWER.search, names)),
        "estate": any(map(ESTATE.search, names)),
    }
    return frozenset(have | {mark for mark, holds in said.items() if holds})

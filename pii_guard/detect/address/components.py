"""An address taken apart: province to room, with the code of the division it lies in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import replace

from pii_guard.detect.address.characters import fold
from pii_guard.detect.address.gazetteer import CITY
from pii_guard.detect.address.gazetteer import DISTRICT
from pii_guard.detect.address.gazetteer import PROVINCE
from pii_guard.detect.address.gazetteer import Division
from pii_guard.detect.address.grammar import Token

FIELD = {
    PROVINCE: "province", CITY: "city", DISTRICT: "district", "town": "town", "zone": "community",
    "village": "community", "group": "community", "road": "road", "alley": "number", "number": "number", "box": "number",
    "poi": "poi", "free": "poi", "phase": "poi", "building": "building", "unit": "unit", "floor": "floor", "room": "room",
    "direction": "remark", "bracket": "remark",
}
CHAIN = {1: ("room",), 2: ("building", "room"), 3: ("building", "unit", "room"), 4: ("building", "unit", "floor", "room")}


@dataclass(frozen=True, slots=True)
class Part:
    """One component: its field, and where it stands in the address."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Components:
    """The fields of an address as written; `code` is the six-digit code of the finest division known.

    `admin_end` is the offset behind province, city and district: what a mask may keep.
    """

    province: str | None = None
    city: str | None = None
    district: str | None = None
    town: str | None = None
    community: str | None = None
    road: str | None = None
    number: str | None = None
    poi: str | None = None
    building: str | None = None
    unit: str | None = None
    floor: str | None = None
    room: str | None = None
    remark: str | None = None
    code: str | None = None
    admin_end: int = 0
    parts: tuple[Part, ...] = ()


def parse(address: str) -> Components:
    """The components of one address."""
    folded = fold(address)
    found = read(folded, 0, len(folded), lenient=True)
    parts = tuple(part for i, token in enumerate(found) for part in parts_of(folded, found, i, token))
    values: dict[str, str] = {}
    for part in parts:
        values[part.field] = values.get(part.field, "") + address[part.start:part.end]
    admin = [t for t in found if t.divisions or t.kind == DISTRICT]
    return replace(
        Components(**values),  # type: ignore[arg-type]
        code=code_of(admin),
        admin_end=admin[-1].end if admin else 0,
        parts=parts,
    )


def parts_of(text: str, found: list[Token], i: int, token: Token) -> list[Part]:
    """The component or components that one token stands for."""
    if token.kind in ("bare", "chain"):
        return bare_parts(text, found[i - 1].kind if i else "", token)
    return [Part(FIELD[token.kind], token.start, token.end)] if token.kind in FIELD else []


def bare_parts(text: str, before: str, token: Token) -> list[Part]:
    """9-707 behind an estate is building and room; 707 behind a building is a room; 12 behind a road its number."""
    pieces = [m for m in re.finditer(r"[0-9A-Za-z]+", text[token.start:token.end])]
    if before == "road":
        return [Part("number", token.start, token.end)]
    names = CHAIN.get(len(pieces), ("room",))
    if before in ("building", "unit", "floor") or len(names) != len(pieces):
        return [Part("room", token.start, token.end)]
    return [Part(n, token.start + m.start(), token.start + m.end()) for n, m in zip(names, pieces, strict=True)]


def code_of(admin: list[Token]) -> str | None:
    """The code of the finest division that only one candidate of each level above agrees with."""
    for token in reversed(admin):
        options: tuple[Division, ...] = token.divisions
        for other in admin:
            if other is not token and other.divisions:
                options = tuple(d for d in options if any(d.below(a) or a.below(d) for a in other.divisions))
        codes = {d.code for d in options if d.current} or {d.code for d in options}
        if len(codes) == 1:
            return codes.pop()
    return None

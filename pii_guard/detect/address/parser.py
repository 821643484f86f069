"""Takes an address apart: province to room, with the code of the division it lies in."""

from __future__ import annotations

from dataclasses import replace

from pii_guard.detect.address import towns
from pii_guard.detect.address.characters import fold
from pii_guard.detect.address.components import Components
from pii_guard.detect.address.components import Part
from pii_guard.detect.address.gazetteer import CITY
from pii_guard.detect.address.gazetteer import DISTRICT
from pii_guard.detect.address.gazetteer import PROVINCE
from pii_guard.detect.address.gazetteer import Division
from pii_guard.detect.address.grammar import read
from pii_guard.detect.address.kinds import Token
from pii_guard.patterns import lazy

FIELD = {
    PROVINCE: "province",
    CITY: "city",
    DISTRICT: "district",
    "town": "town",
    "zone": "community",
    "village": "community",
    "group": "community",
    "road": "road",
    "alley": "number",
    "number": "number",
    "box": "number",
    "poi": "poi",
    "free": "poi",
    "phase": "poi",
    "building": "building",
    "unit": "unit",
    "floor": "floor",
    "room": "room",
    "direction": "remark",
    "bracket": "remark",
}
CHAIN = {
    1: ("room",),
    2: ("building", "room"),
    3: ("building", "unit", "room"),
    4: ("building", "unit", "floor", "room"),
}
WITHIN = frozenset({"building", "unit", "floor"})
PIECE = lazy(r"[0-9A-Za-z]+[\u3400-\u9fff]*")


def taken_apart(address: str) -> Components:
    """The components of one address."""
    folded = fold(address)
    found = read(folded, 0, len(folded), lenient=True, towns=towns.town_at)
    parts: list[Part] = []
    for token in found:
        parts += parts_of(folded, parts, token)
    values: dict[str, str] = {}
    for part in parts:
        values[part.field] = values.get(part.field, "") + address[part.start : part.end]
    admin = [t for t in found if t.divisions]
    code = code_of(admin)
    town = next((folded[t.start : t.end] for t in found if t.kind == "town"), "")
    return replace(
        Components(**values),  # type: ignore[arg-type]
        code=code,
        town_code=towns.code_of(code, town) if code and town else None,
        admin_end=leading(found),
        parts=tuple(parts),
    )


def leading(found: list[Token]) -> int:
    """The end of the provinces, cities and counties that the address begins with."""
    end = 0
    for token in found:
        if token.kind not in (PROVINCE, CITY, DISTRICT, "country", "space", "join"):
            break
        end = token.end if token.kind not in ("space", "join") else end
    return end


def parts_of(text: str, before: list[Part], token: Token) -> list[Part]:
    """The component or components that one token stands for, after those before it."""
    if token.kind in ("bare", "chain"):
        return bare_parts(text, before[-1].field if before else "", token)
    if token.kind in ("room", "floor") and "-" in text[token.start : token.end]:
        return chain_parts(text, token, last=token.kind)
    if token.kind == "number":
        return [Part(rank(before), token.start, token.end)]
    return [Part(FIELD[token.kind], token.start, token.end)] if token.kind in FIELD else []


def rank(before: list[Part]) -> str:
    """What a 号 counts: doors along a road, houses behind a number, rooms within a building."""
    fields = {part.field for part in before}
    return "room" if fields & WITHIN else "building" if "number" in fields else "number"


def bare_parts(text: str, before: str, token: Token) -> list[Part]:
    """9-707 behind an estate: building and room; 707 behind a building: room; 12 behind a road: number."""
    if before == "road":
        return [Part("number", token.start, token.end)]
    if before in WITHIN:
        return [Part("room", token.start, token.end)]
    return chain_parts(text, token, last="room")


def chain_parts(text: str, token: Token, last: str) -> list[Part]:
    """The pieces of 10-2-467室: building, unit, room."""
    pieces = list(PIECE.finditer(text, token.start, token.end))
    names = CHAIN.get(len(pieces))
    if names is None:
        return [Part(last, token.start, token.end)]
    return [Part(n, m.start(), m.end()) for n, m in zip((*names[:-1], last), pieces, strict=True)]


def code_of(admin: list[Token]) -> str | None:
    """The code of the finest division that agrees with those above it and that no other could be."""
    for token in reversed(admin):
        options: tuple[Division, ...] = token.divisions
        for other in admin:
            if other is not token:
                agreeing = tuple(
                    d for d in options if any(d.below(a) or a.below(d) or a == d for a in other.divisions)
                )
                options = agreeing or options
        codes = {d.code for d in options if d.current} or {d.code for d in options}
        if len(codes) == 1:
            return codes.pop()
    return None

"""How far an address reaches: tokens from a place on, as long as each may follow the ones before.

A strict reading wants a suffix of every name, or a number right behind it, so that the words of a sentence
end it.  A lenient one takes any name: it serves where the bounds are known (a line, a cell, a label).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from pii_guard.detect.address.gazetteer import CITY
from pii_guard.detect.address.gazetteer import DISTRICT
from pii_guard.detect.address.gazetteer import PROVINCE
from pii_guard.detect.address.gazetteer import Division
from pii_guard.detect.address.gazetteer import division
from pii_guard.detect.address.kinds import ADMIN
from pii_guard.detect.address.kinds import BRIDGE
from pii_guard.detect.address.kinds import INNER
from pii_guard.detect.address.kinds import PLACED
from pii_guard.detect.address.kinds import Token
from pii_guard.detect.address.names import NO_ROAD
from pii_guard.detect.address.names import STRANGE
from pii_guard.detect.address.names import fit
from pii_guard.detect.address.names import free
from pii_guard.detect.address.names import hamlet
from pii_guard.detect.address.names import named
from pii_guard.detect.address.numbers import LONG
from pii_guard.detect.address.numbers import bare
from pii_guard.detect.address.numbers import numbered
from pii_guard.detect.address.numbers import street
from pii_guard.detect.address.relative import direction
from pii_guard.detect.address.words import COUNT
from pii_guard.patterns import lazy
from pii_guard.records import dataclass

MAX_LENGTH = 120
KNOWN = ADMIN | {"town", "zone", "road", "village"}  # behind these a name needs no suffix
NUMBERABLE = PLACED | INNER | {"free"}
COUNTRY = lazy("中国|中华人民共和国")
COUNTY = lazy(
    rf"其[它他]区|[\u3400-\u9fff]{{1,3}}?"
    rf"(?:新区|(?<![{COUNT}东西南北小校社园城景商库厂市地])区(?![域间])|县|市(?![场政区民])|旗|自治州)(?=[\u3400-\u9fff])"
)
BRACKET = lazy(r"[(\[〔](?P<in>[^()\[\]〔〕\n]{1,40})[)\]〕]")
JOIN = lazy(r"\s{0,2}[-_/、与和及跟&,]\s{0,2}|至")
SPACE = lazy(r"[ \t_\-,、·|]{1,2}|\.(?=[\u4e00-\u9fff])")
BREAK = lazy(r"[ \t]*\r?\n[ \t]*")
BRIDGES = frozenset(" \t_-,、·|./与和及跟&至\r\n")


Towns = Callable[[str, int, tuple[Division, ...]], int]  # end of the town that stands here, 0 if none


@dataclass(slots=True)
class Reading:
    """Tokens read so far, in order; `lenient` lets names without a suffix stand anywhere."""

    lenient: bool = False
    towns: Towns | None = None
    tokens: list[Token] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    last: str = ""
    above: tuple[Division, ...] = ()

    def add(self, token: Token) -> None:
        """Append a token; pieces without a suffix grow together."""
        if token.kind == "free" and self.last == "free":
            token = Token("free", self.tokens.pop().start, token.end)
        self.tokens.append(token)
        self.kinds.add(token.kind)
        self.last = token.kind
        self.above = token.divisions or self.above

    def trimmed(self) -> list[Token]:
        """The tokens without loose ends."""
        while self.tokens and self.tokens[-1].kind in BRIDGE:
            self.tokens.pop()
        return self.tokens


def divided(reading: Reading, text: str, at: int) -> Token | None:
    """A division here, fitting the divisions before it."""
    above = reading.above
    if found := division(text, at, above):
        level, end, chosen = found
        return Token(level, at, end, chosen)
    if reading.towns and above and "town" not in reading.kinds and (end := reading.towns(text, at, above)):
        return Token("town", at, end)
    if not reading.tokens and (match := COUNTRY.match(text, at)):
        return Token("country", at, match.end())
    if (
        reading.last in (PROVINCE, CITY)
        and (match := COUNTY.match(text, at))
        and fit(text, at, match.end() - 1, match.end())
    ):
        return Token(DISTRICT, at, match.end())
    return None


def bare_at(reading: Reading, text: str, at: int) -> tuple[str, int] | None:
    """A number without a suffix, where the tokens before expect one."""
    spaced = reading.last == "space"
    before = reading.tokens[-2].kind if spaced and len(reading.tokens) > 1 else reading.last
    return bare(text, at, spaced=spaced) if before in NUMBERABLE else None


def bracket_at(reading: Reading, text: str, at: int) -> tuple[str, int] | None:
    """A remark in brackets that says where: (近西直门凯德MALL)."""
    match = BRACKET.match(text, at) if reading.tokens and text[at] in "([〔" else None
    if match is None or STRANGE.search(match["in"]) or LONG.search(match["in"]):
        return None
    return "bracket", match.end()


def bridge_at(reading: Reading, text: str, at: int) -> tuple[str, int] | None:
    """What stands between two tokens: a space, a dash, 与, a line break before something finer."""
    if text[at] not in BRIDGES or not reading.tokens or reading.last in ("space", "join", "break"):
        return None
    for kind, pattern in (("space", SPACE), ("join", JOIN), ("break", BREAK)):
        if (match := pattern.match(text, at)) and (
            kind != "join" or reading.last in PLACED or match[0] == "/"
        ):
            return kind, match.end()
    return None


def next_token(reading: Reading, text: str, at: int) -> Token | None:
    """The token at this place, given what was read before it."""
    if token := divided(reading, text, at):
        return token
    begun = bool(reading.tokens)
    found = (
        (reading.last == "village" and hamlet(text, at))
        or numbered(text, at)
        or (begun and (street(text, at) or direction(text, at)))
        or named(text, at)
        or bare_at(reading, text, at)
        or free(text, at, lenient=reading.lenient, begun=bool(reading.kinds & KNOWN))
        or bracket_at(reading, text, at)
        or bridge_at(reading, text, at)
    )
    return Token(found[0], at, found[1]) if found else None


def read(text: str, at: int, stop: int, *, lenient: bool = False, towns: Towns | None = None) -> list[Token]:
    """The tokens from here on, without loose ends."""
    reading = Reading(lenient, towns)
    start = at
    while at < stop and at - start < MAX_LENGTH:
        token = next_token(reading, text, at)
        if token is None or token.end > stop or (reading.last == "break" and not finer(reading, token)):
            break
        reading.add(token)
        at = token.end
    found = reading.trimmed()
    if found and found[0].kind == "road" and NO_ROAD.fullmatch(text, start, found[0].end):
        return []
    return found


def finer(reading: Reading, token: Token) -> bool:
    """Whether a token may stand behind a line break: never a division or a second road."""
    return token.kind in INNER | {"town", "poi", "village"} or (
        token.kind in ("road", DISTRICT, CITY) and not reading.kinds & {"road", "number", "building", "room"}
    )

"""Tokens that are a name with a suffix: roads, towns, zones, villages, estates; and names without one."""

from __future__ import annotations

from pii_guard.detect.address.words import BARRED as NO_NAME
from pii_guard.detect.address.words import BEFORE
from pii_guard.detect.address.words import COUNT
from pii_guard.detect.address.words import FIRM
from pii_guard.detect.address.words import HAN
from pii_guard.detect.address.words import LONG_POI
from pii_guard.detect.address.words import ROAD
from pii_guard.detect.address.words import SHORT_POI
from pii_guard.detect.address.words import STEMS
from pii_guard.detect.address.words import TOWN
from pii_guard.detect.address.words import VILLAGE
from pii_guard.detect.address.words import ZONE
from pii_guard.patterns import lazy

ANY = f"[{HAN}A-Za-z·〇]"
HIGHWAY = r"[GSXYCgsxyc]?[0-9]{2,3}(?=国道|省道|县道|乡道|高速)"
NAMED = lazy(
    rf"(?P<name>{HIGHWAY}|{ANY}{{1,10}}?)"
    rf"(?:(?P<road>{ROAD})|(?P<town>{TOWN})|(?P<zone>{ZONE})|(?P<village>{VILLAGE})|(?P<poi>{LONG_POI})|(?P<firm>{FIRM})"
    rf"|(?P<spot>(?:{SHORT_POI})(?=[0-9{COUNT}A-Za-z{STEMS}(东西南北]|[^\u3400-\u9fff]|$)))"
)
LATER = {
    "road": lazy(rf"[东西南北中]?[{COUNT}0-9]段|[东西南北中]段"),
    "village": lazy("(?:村民委员会|村委会|村)(?!里人)|小区|社区"),
    "poi": lazy(rf"(?:{LONG_POI}){{1,3}}|[城苑园里府庭](?=[0-9{COUNT}])"),
}
ROAD_AFTER = lazy(
    rf"口?[东西南北中前后大小新老上下内外{COUNT}]{{0,2}}(?:大街|大道|路(?![由灯口])|街(?!道)|巷|胡同|弄(?![0-9]))"
)
NO_ROAD = lazy("[中前后上下大小同各新老旧]路")
FREE = lazy(
    rf"{ANY}{{2,8}}?(?=[A-Za-z]{{0,2}}[0-9]{{1,6}}[A-Za-z]?(?:[号弄栋幢座室楼层单-]|[^0-9\u3400-\u9fff]|$)"
    rf"|[{STEMS}A-Z一二三四五六七八九十][0-9号栋幢座楼]|[附特][0-9])"
)
CHAIN_AHEAD = lazy(rf"{ANY}{{2,8}}?(?=[0-9]{{1,3}}-[0-9]{{1,2}}-[0-9]{{3,4}}(?![0-9-]))")
LENIENT = lazy(
    rf"{ANY}{{1,12}}?(?=第?[{COUNT}]{{1,4}}(?:[号弄栋幢座室楼层组队区期]|单元)|[0-9A-Za-z]|[^\u3400-\u9fff]"
    rf"|[{STEMS}东西南北][0-9号栋幢座楼区]|[附特][0-9]|[斜正]?对面|旁边?|附近|隔壁|[东西南北][侧面门]|$)"
)
HAMLET = lazy(
    rf"{ANY}{{1,4}}?(?:[村居]民小?组|小组|组(?![织合数])|[社屯湾坪庄寨队](?![\u3400-\u9fff]))"
)
LETTER = lazy(ANY)
STRANGE = lazy(BEFORE)
BARRED = lazy(NO_NAME)


def named(text: str, at: int) -> tuple[str, int] | None:
    """A road, town, zone, village or landmark: the name that ends first, unless a road's goes on from it."""
    match = NAMED.match(text, at)
    if match is None or not fit(text, at, match.end("name"), match.end()):
        return None
    kind, end = str(match.lastgroup).replace("spot", "poi"), match.end()
    if kind == "poi" and text.startswith("村", end):
        kind, end = "village", end + 1
    elif kind != "town" and (longer := ROAD_AFTER.match(text, end)):
        kind, end = "road", longer.end()
    more = LATER[kind].match(text, end) if kind in LATER else None
    return kind, more.end() if more else end


def fit(text: str, at: int, name_end: int, end: int) -> bool:
    """Whether the name holds nothing that no name contains, and no word that an address is told with."""
    return not BARRED.search(text, at, name_end) and not STRANGE.search(text, at, end)


def free(text: str, at: int, *, lenient: bool, begun: bool) -> tuple[str, int] | None:
    """A name without a suffix: before a number where an address has begun, anywhere in a lenient reading."""
    match = (LENIENT if lenient else FREE if begun else CHAIN_AHEAD).match(text, at)
    if match and not BARRED.search(text, at, match.end()):
        return None if STRANGE.search(text, at, match.end()) else ("free", match.end())
    if lenient and LETTER.match(text, at) and not BARRED.match(text, at):
        return "free", at + 1
    return None


def hamlet(text: str, at: int) -> tuple[str, int] | None:
    """The part of a village that is named, not numbered: 老围组."""
    match = HAMLET.match(text, at)
    return ("group", match.end()) if match and fit(text, at, match.end(), match.end()) else None

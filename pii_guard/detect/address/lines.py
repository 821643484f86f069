"""Text that is an address as a whole: a line, a cell, or what stands behind the label 地址.

Inside a sentence a name needs a suffix to be told from the words around it.  Where the bounds are given,
it does not: 柯城区世纪天成7-9-707, 半环北路联通大楼首层.
"""

from __future__ import annotations

import re

from pii_guard.detect.address.bounds import LEAD
from pii_guard.detect.address.gazetteer import DISTRICT
from pii_guard.detect.address.grammar import read
from pii_guard.detect.address.kinds import ADMIN
from pii_guard.detect.address.kinds import INNER
from pii_guard.detect.address.kinds import LOOSE
from pii_guard.detect.address.kinds import PLACED
from pii_guard.detect.address.kinds import Token
from pii_guard.detect.address.names import STRANGE

SHORTEST, LONGEST, LONGEST_LANDMARK = 4, 110, 12
UNPLACED = frozenset({"poi", "free", "firm", "space"})
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
ANCHORING = ADMIN | PLACED | {"building", "unit", "room", "box"}
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
NAME_LIKE = re.compile(rf"[{SURNAMES}][\u3400-\u9fff]{{1,2}}(?:先生|女士|小姐|收)?$")
PLACE_END = re.compile("[门院内外东西南北侧旁边店馆楼厅室处区口台场城园湾家]$")
TRAILER = re.compile(r"[_\s]*(?:[门前]?[口台]?(?:请?电联|[请速]?联系)|(?<![接查没验])代?收)[_\s。.]*$")
TALK = re.compile("有|能不|可以|怎么|没|不[要用能会行是]|就行|都|才|卖|买|了")
CHATTER = re.compile("[就行好急速快多可以能会不没有要用发送来等再又错谢拜托加亲哈呵哒嘿请]")


def whole(stretch: str, start: int, stop: int) -> tuple[int, float]:
    """Where the address ends that stretch[start:stop] consists of, and how sure that is, 0 if it is none."""
    if (
        not SHORTEST <= stop - start <= LONGEST
        or LEAD.match(stretch, start, stop)
        or STRANGE.search(stretch, start, stop)
    ):
        return stop, 0.0
    if trailer := TRAILER.search(stretch, start, stop):
        stop = trailer.start()
    found = read(stretch, start, stop, lenient=True)
    if not found or found[-1].end < stop or chatty(stretch, found):
        return stop, 0.0
    found = without_name(stretch, found)
    return found[-1].end, judged(found) if found else 0.0


def labelled(stretch: str, start: int, stop: int) -> tuple[int, float]:
    """The same behind a label, which says that an address begins here but not where it ends."""
    found = behind_label(stretch, start, stop)
    kinds = {t.kind for t in found}
    anchored = kinds & ANCHORING or ("free" in kinds and kinds & {"number", "chain", "direction"})
    if not kinds & FINE or not anchored or found[-1].end - start < SHORTEST:
        return stop, 0.0
    points = sum(POINTS.get(kind, 0.0) for kind in kinds)
    bare_name = found[0].kind == "free" and points < 2
    unplaced = kinds <= UNPLACED and found[-1].end - start > LONGEST_LANDMARK
    if (
        (kinds <= ADMIN | {"free"} and DISTRICT not in kinds)
        or found[0].kind in LOOSE
        or bare_name
        or unplaced
    ):
        return stop, 0.0
    return found[-1].end, 0.85 if points >= ENOUGH else 0.7 if len(kinds) > 1 else 0.5


def weakly_labelled(stretch: str, start: int, stop: int) -> tuple[int, float]:
    """The same behind 位于 or 住在: it must lead to a premises, and ends like a place."""
    found = behind_label(stretch, start, stop)
    while (
        found and found[-1].kind == "free" and not PLACE_END.search(stretch, found[-1].start, found[-1].end)
    ):
        found.pop()
    score = judged(found) if found else 0.0
    return (found[-1].end, score) if score else (stop, 0.0)


def behind_label(stretch: str, start: int, stop: int) -> list[Token]:
    """The tokens behind a label, up to a name or to words that are not the address's."""
    found = read(stretch, start, stop, lenient=True)
    for i in range(len(found) - 1):
        if found[i].kind in ("space", "break") and found[i + 1].kind in ("free", "firm"):
            found = found[:i]
            break
    found = without_name(stretch, found)
    while found and (found[-1].kind in LOOSE - {"direction"} or chatter(stretch, found[-1])):
        found.pop()
    return found


def chatter(text: str, token: Token) -> bool:
    """Words behind the address rather than a part of it: 尽快发货."""
    return token.kind == "free" and (
        CHATTER.search(text, token.start, token.end) is not None or token.end - token.start < 2
    )


def chatty(text: str, found: list[Token]) -> bool:
    """Words before the province, or talk behind the last number: not an address and nothing else."""
    if sum(t.kind == "join" for t in found) > 1 and not {t.kind for t in found} & ADMIN:
        return True
    leading = len(found) > 1 and found[0].kind == "free" and found[1].kind in ADMIN
    return leading or (
        found[-1].kind == "free" and TALK.search(text, found[-1].start, found[-1].end) is not None
    )


def without_name(text: str, found: list[Token]) -> list[Token]:
    """The tokens without the person's name that follows a room or house: 302室王小明."""
    if (
        len(found) < 2
        or found[-1].kind != "free"
        or not NAME_LIKE.match(text[found[-1].start : found[-1].end])
    ):
        return found
    before = found[-2].kind if found[-2].kind not in LOOSE else found[-3].kind
    if before not in INNER:
        return found
    return found[:-2] if found[-2].kind in LOOSE else found[:-1]


def judged(found: list[Token]) -> float:
    """Weight of the tokens of a text without anything else in it."""
    kinds = {t.kind for t in found}
    if not kinds & FINE or not kinds & ANCHORING or found[0].kind == "phase":
        return 0.0
    size = found[-1].end - found[0].start
    free = sum(t.end - t.start for t in found if t.kind == "free")
    points = sum(POINTS.get(kind, 0.0) for kind in kinds)
    if not kinds & AREA and len(kinds & INNER) < 2 and not kinds & {"building", "room", "chain", "box"}:
        return 0.0
    if (
        points < ENOUGH
        or (2 * free > size and len(kinds & ADMIN) < 2)
        or not (kinds & NUMBERS or told(kinds))
    ):
        return 0.0
    return 0.85 if points > 2 * ENOUGH else 0.75 if points > 1.5 * ENOUGH else 0.6


def told(kinds: set[str]) -> bool:
    """Whether it leads to a place without any number: a town or road, and something within."""
    return {DISTRICT, "road"} <= kinds or bool(
        kinds & {"road", "town"} and len(kinds & (PLACED | {"free"})) > 1 and kinds & (ADMIN | {"road"})
    )

"""What stands right before and right behind a possible name, as weight for or against it."""

from __future__ import annotations

from pii_guard.detect.person.lexicon import load
from pii_guard.detect.person.lexicon import section
from pii_guard.detect.person.shape import HAN
from pii_guard.detect.person.shape import MIDDLE_DOTS
from pii_guard.detect.words import compile_words
from pii_guard.named import NamedTuple
from pii_guard.patterns import lazy

_BEFORE = lazy(rf"(?:{compile_words(section('posts')).pattern})[“\"《（( 是叫]?\Z")
_BEHIND = lazy(
    r"先生|女士|小姐|老师|教授|博士|同志|政府|内阁|夫妇|一行|[）)]?[：:]"
    r"|(?:时|还|也|则|曾|[今昨当]天|[今昨]日|随后)?(?:说|表示|认为|指出|介绍|告诉|称|透露|坦言|强调)"
    r"|[（(](?:男|女|1[3-9][0-9])|[，,](?:男|女)[，,。]"
)
_AGAINST = lazy(r"[某×*＊]")
_WEATHER = lazy(r"转(?:多云|小雨|晴|阴)|[0-9]{1,2}℃")  # 上海小雨22℃, 开罗晴20℃
_PLACES = frozenset("镇乡村屯县市阁斋坊")
_PLACE = lazy(rf"(?:街道|[镇乡村屯](?![长民干支])|[{HAN}]{{0,2}}(?:苏木|嘎查)|[牧林农]场|栅子|沟|满族乡|高勒)")
_UNITS = frozenset("元万石年时分")  # surnames too
_HAN = lazy(rf"[{HAN}]")
REACH = 6


class Ahead(NamedTuple):
    """What stands before a place: its weight, whether nothing does, and whether a 曾任 may end there."""

    weight: float
    alone: bool
    dismissive: bool


class Behind(NamedTuple):
    """What stands behind a place: its weight, whether that is a colon or a Han character."""

    weight: float
    colon: bool
    han: bool


def ahead(text: str, start: int) -> Ahead:
    """Before a name that begins at `start`."""
    before = text[start - 1 : start] if start else ""
    weight = 1.5 if _BEFORE.search(text, max(0, start - REACH), start) else 0.0
    weight += 0.0 if _HAN.match(before) else 0.5
    weight -= 6.0 if before and before in MIDDLE_DOTS else 0.0
    weight -= 3.0 if text[start] in _UNITS and (before.isdigit() or before == "]") else 0.0  # 20元, [数字x]元
    weight -= 2.5 if text[max(0, start - 2) : start] in load().japanese else 0.0  # the rest of 桥本龙太郎
    return Ahead(weight, before in ("", "\n"), text[start] == "任")


def behind(text: str, end: int) -> Behind:
    """Behind a name that ends at `end`; the last character of the name speaks too."""
    after = text[end : end + 1]
    han = bool(_HAN.match(after))
    weight = 1.2 if _BEHIND.match(text, end) else 0.0
    weight += 0.0 if han else 0.5
    weight -= 6.0 if after and after in MIDDLE_DOTS else 0.0
    weight -= 2.0 if _AGAINST.match(text, end) else 6.0 if _WEATHER.match(text, end) else 0.0
    weight -= 3.0 if text[end - 1] in _PLACES or _PLACE.match(text, end) else 0.0
    return Behind(weight, after in ("：", ":") and after != "", han)


def around(before: Ahead, after: Behind) -> float:
    """Weight of both together."""
    weight = before.weight + after.weight
    if before.alone and after.colon:
        weight += 2.0
    return weight - 2.0 if before.dismissive and after.han else weight

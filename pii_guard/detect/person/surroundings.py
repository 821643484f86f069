"""What stands right before and right behind a possible name, as weight for or against it."""

from __future__ import annotations

from pii_guard.detect.person.lexicon import section
from pii_guard.detect.person.shape import HAN
from pii_guard.detect.person.shape import MIDDLE_DOTS
from pii_guard.detect.words import compile_words
from pii_guard.patterns import lazy

_BEFORE = lazy(rf"(?:{compile_words(section('posts')).pattern})[“\"《（( 是叫]?\Z")
_BEHIND = lazy(
    r"先生|女士|小姐|老师|教授|博士|同志|说|表示|认为|指出|介绍|告诉|称|透露|坦言|强调|[）)]?[：:]"
    r"|[（(](?:男|女|1[3-9][0-9])|[，,](?:男|女)[，,。]"
)
_AGAINST = lazy(r"[某×*＊]|转(?:多云|小雨|晴|阴)|[0-9]{1,2}℃")
_PLACES = frozenset("镇乡村屯县市阁斋坊")
_PLACE = lazy(r"(?:街道|[镇乡村屯](?![长民干支])|苏木|嘎查|栅子|沟|满族乡|高勒)")
_HAN = lazy(rf"[{HAN}]")
REACH = 6


def around(text: str, start: int, end: int) -> float:
    """Weight of the neighbourhood of text[start:end]."""
    before, behind = text[start - 1 : start] if start else "", text[end : end + 1]
    weight = 0.0
    if _BEFORE.search(text, max(0, start - REACH), start):
        weight += 1.5
    if _BEHIND.match(text, end):
        weight += 1.2
    if before in ("", "\n") and behind in ("：", ":"):
        weight += 2.0
    weight += 0.0 if _HAN.match(before) else 0.5
    weight += 0.0 if _HAN.match(behind) else 0.5
    if (before and before in MIDDLE_DOTS) or (behind and behind in MIDDLE_DOTS):
        weight -= 6.0
    if _AGAINST.match(text, end) or (text[start] == "任" and _HAN.match(behind)):
        weight -= 2.0
    if text[end - 1] in _PLACES or _PLACE.match(text, end):
        weight -= 3.0
    return weight

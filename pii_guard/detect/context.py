"""What stands around a value: words that speak for a type, words that speak against it.

A word counts as a *label* when only connectors (colon, brackets, 是, 为, 号码 ...) lie between it and the value;
otherwise it is merely *near*.  The nearest word decides: in `订单号和手机号：138…` the phone label is nearer.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pii_guard.detect.rules import Entity
from pii_guard.detect.words import compile_words
from pii_guard.model import CELL_BREAK
from pii_guard.patterns import lazy
from pii_guard.records import dataclass

LEFT, RIGHT = 32, 12
LABEL_GAIN, NEAR_GAIN = 0.3, 0.12
LABEL_LOSS, NEAR_LOSS, UNIT_LOSS = 0.5, 0.15, 0.5

_CONNECTOR = lazy(
    r"(?:[\s\"'“”‘’:：=＝\-—_()（）\[\]【】「」『』{}<>《》|/\\*#~～+.,，、；;&!！?？\u200b\ufeff]"
    r"|号码|号|码|帐|账|是|为|的|叫|有|即|如下|由|您|你|我|他|她|它|个|先|等|新|旧|原|填|留|写|发|加|换|改|成|到|了|下|吧|哈|呢|啊|就|又|这|那|请|在|或者|或|和|及|与|都|也|还|对|记得"
    r"|一下|目前|现在|应该|好像|可能|默认|必填|选填|本人|联系|号段|type|value|val|str|no|num|number|text|data|content|is|are|my|the|get|th|td|span|div|p|b|br|li|label|strong|input|name|class|id){0,16}\Z"
)
_CAMEL = lazy(r"(?<=[a-z0-9])(?=[A-Z])")


class Verdict(NamedTuple):
    """What the surroundings say: `gain` is added to the score; `label` a label stands right before the value."""

    gain: float
    label: bool
    reason: str | None


_SILENT = Verdict(0.0, False, None)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The compiled words of one entity."""

    words: re.Pattern[str]
    sign: dict[str, bool]  # word -> speaks for (True) or against
    units: re.Pattern[str] | None
    headers: re.Pattern[str]


def compile_surroundings(entity: Entity) -> Surroundings:
    """Word patterns of an entity; look-alikes first, so that a word in both lists speaks for it."""
    sign = dict.fromkeys(entity.lookalikes, False) | dict.fromkeys(entity.context, True)
    units = lazy(r"\s?(?:" + "|".join(map(re.escape, entity.units)) + ")") if entity.units else None
    return Surroundings(compile_words(sign), sign, units, compile_words(entity.headers + entity.context))


def judge(around: Surroundings, text: str, start: int, end: int) -> Verdict:
    """Weigh the words around text[start:end]."""
    gain, label, reason = _SILENT
    left = text[start - LEFT if start > LEFT else 0 : start].lower()
    cut = left.rfind(CELL_BREAK)
    if cut >= 0:
        left = left[cut + 1 :]
    if left:
        last = None
        for match in around.words.finditer(left):
            if _whole(left, match):
                last = match
        if last is not None:
            gain, label, reason = _weigh(around.sign[last[0]], last[0], left[last.end() :])
    if around.units is not None and gain > -LABEL_LOSS and around.units.match(text, end):
        gain, reason = gain - UNIT_LOSS, "unit"
    if not label and gain == 0.0:
        right = text[end : end + RIGHT].split(CELL_BREAK, 1)[0].lower()
        behind = around.words.search(right)
        if behind and "\n" not in right[: behind.start()] and around.sign[behind[0]] and _whole(right, behind):
            return Verdict(NEAR_GAIN, False, "near:" + behind[0])
    return Verdict(gain, label, reason)


def _weigh(speaks_for: bool, word: str, between: str) -> Verdict:
    adjacent = _CONNECTOR.match(between) is not None and between.count("\n") < 3
    if speaks_for:
        if adjacent:
            return Verdict(LABEL_GAIN, True, "keyword:" + word)
        return Verdict(NEAR_GAIN, False, "near:" + word)
    if adjacent:
        return Verdict(-LABEL_LOSS, False, "lookalike:" + word)
    return Verdict(-NEAR_LOSS, False, "lookalike:" + word)


def _whole(text: str, match: re.Match[str]) -> bool:
    """Short ASCII words (tel, qq, id) must stand alone: `hotel` is no label."""
    word = match[0]
    if len(word) > 4 or not word.isascii():
        return True
    start, end = match.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    return not ((before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()))


def split_header(header: str) -> str:
    """A header in lower case with camelCase split.

    >>> split_header("userPhone")
    'user_phone'
    """
    return _CAMEL.sub("_", header).lower()


def header_verdict(around: Surroundings, header: str) -> Verdict:
    """What a column's header or a key path says; the last word of a path counts most."""
    lowered = split_header(header)
    matches = [m for m in around.headers.finditer(lowered) if _whole(lowered, m)]
    against = [m for m in around.words.finditer(lowered) if not around.sign[m[0]] and _whole(lowered, m)]
    if matches and (not against or against[-1].end() <= matches[-1].end()):
        return Verdict(LABEL_GAIN, True, "header:" + matches[-1][0])
    if against:
        return Verdict(-LABEL_LOSS, False, "lookalike:" + against[-1][0])
    return _SILENT

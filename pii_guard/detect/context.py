"""What stands around a value: words that speak for a type, words that speak against it.

A word counts as a *label* when only connectors (colon, brackets, 是, 为, 号码 ...) lie between it and the value;
otherwise it is merely *near*.  The nearest word decides: in `订单号和手机号：138…` the phone label is nearer.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pii_guard.detect.rules import Entity
from pii_guard.detect.words import compile_words
from pii_guard.detect.words import lowered
from pii_guard.model import CELL_BREAK
from pii_guard.named import NamedTuple
from pii_guard.patterns import lazy
from pii_guard.records import dataclass

LEFT, RIGHT = 32, 12
LABEL_GAIN, NEAR_GAIN = 0.3, 0.12
LABEL_LOSS, NEAR_LOSS, UNIT_LOSS = 0.5, 0.15, 0.5

_CONNECTOR = lazy(
    r"(?:[\s\"'“”‘’:：=＝\-—_()（）\[\]【】「」『』{}<>《》|/\\*#~～+.,，、；;&!！?？\u200b\ufeff]"
    r"|号码|号|码|帐|账|是|为|的|叫|有|即|如下|由|您|你|我|他|她|它|个|先|等|新|旧|原|填|留|写|发|加|换|改|成|到|了|下|吧|哈|呢|啊|就|又|这|那|请|在|或者|或|和|及|与|都|也|还|对|记得"
    r"|例如|比如|譬如|形如|如|例|从|自|[0-9]{1,2}位(?:数字?)?|一下|目前|现在|应该|好像|可能|默认|必填|选填|本人|联系|号段|type|value|val|str|no|num|number|text|data|content|is|are|my|the|get|th|td|span|div|p|b|br|li|label|strong|input|name|class|id){0,16}\Z"
)
_COMMON = frozenset("：: 是为号的=，,")  # connectors that are found without asking
_CUTS = "\n，,：:"
_CONNECTED = 2  # a cut right before the value (`电话： 138`) is none
_MOST_CLAUSES = 1024
_CLAUSE_ENDS = frozenset("，。？！；")
_OF_NUMBERS = frozenset("号码號碼")  # a word that ends so asks for a number
_SHORT = 4
_WHOLE_UNIT = "(?![据号日旦份东权达科])"  # 票据, 次日, 元旦, 股份, 万达 are no units
REACH = 40
_IS = lazy(r"[ (（]{0,2}(?:注[:：])?(?:这个?|那个?|它)?(?:就|只|其实|应该)?是([^\n，,。！!？?；;()（）\x1f]{2,20})")
_PARTICLES = lazy(r"[码呢哦啦啊哈吧呀的了嘛]{0,3}\Z")
_DENIED = lazy(
    r"((?:(?![0-9A-Za-z]{4})[^\n。！？；;\x1f]){0,24}?)(?:(?<!是)不是|并非|(?:别|不要|不能|勿|莫)(?:以为是|当(?:成|作|做)?))(?:什么|个)?"
    r"([一-鿿A-Za-z]{1,6}?)(?:号码|号|码)?(?:去|来)?[打拨加用]?[呢哦啦啊哈吧呀的了嘛]{0,4}(?=[\s，,。！!？?；;()（）]|\Z)"
)
_SCHEME = "://"  # what follows, up to a path, names who logs in and where
_RUNNING = frozenset((_SCHEME, "message-id", "in-reply-to", "content-id", "references"))  # the whole token behind them is theirs
_CODE = lazy(r"(?<![a-z])[a-z]{1,4}-\Z")
_STOP = lazy(r"[\s，,。！!？?；;/#]")
_SPREAD = lazy(  # 税　号, 账  号: words of forms, of two characters
    "(?<![一-鿿][一-鿿])(?<=[一-鿿])(?:[ ]{2,4}|\u3000{1,2})(?=[一-鿿](?![一-鿿]))"
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
    named: tuple[str, ...]  # what a column of such values is called
    cuts: tuple[str, ...]  # characters that no word holds: a search may begin behind them
    against: frozenset[str]  # characters of the words that speak against, in both cases
    clauses: dict[str, Verdict | None]  # what was said before


def compile_surroundings(entity: Entity) -> Surroundings:
    """Word patterns of an entity; look-alikes first, so that a word in both lists speaks for it."""
    sign = dict.fromkeys(entity.lookalikes, False) | dict.fromkeys(entity.context, True)
    units = lazy(r"\s?(?:" + "|".join(map(re.escape, entity.units)) + ")" + _WHOLE_UNIT) if entity.units else None
    spelled = "".join(sign)
    cuts = tuple(char for char in _CUTS if char not in spelled)
    against = "".join(word for word, speaks_for in sign.items() if not speaks_for)
    both = frozenset(against + against.upper())
    headers = compile_words(entity.headers + entity.context)
    return Surroundings(compile_words(sign), sign, units, headers, entity.headers, cuts, both, {})


def judge(around: Surroundings, text: str, start: int, end: int) -> Verdict:
    """Weigh the words around text[start:end]."""
    left = text[start - LEFT if start > LEFT else 0 : start]
    if CELL_BREAK in left:
        left = left[left.rindex(CELL_BREAK) + 1 :]
    if "  " in left or "\u3000" in left:
        left = _SPREAD.sub("", left)
    verdict = _by_clause(around, left) or _before(around, left)
    if not verdict.label and verdict.gain > -LABEL_LOSS and (word := disowned(around, text, end)):
        return Verdict(-LABEL_LOSS, False, "lookalike:" + word)
    if around.units is not None and verdict.gain > -LABEL_LOSS and around.units.match(text, end):
        return Verdict(verdict.gain - UNIT_LOSS, verdict.label, "unit")
    if verdict is _SILENT and (behind := _behind(around, text, end)):
        return Verdict(NEAR_GAIN, False, "near:" + behind)
    return verdict


def disowned(around: Surroundings, text: str, end: int) -> str | None:
    """The other thing that a value is said to be behind it: 19216811001是路由器的序列号."""
    if "是" not in text[end : end + REACH] or (said := _IS.match(text, end)) is None:
        return denied(around, text, end)
    clause, last = said[1].lower(), None
    for match in around.words.finditer(clause):
        last = match
    if last is not None and not around.sign[last[0]] and last[0][-1] in _OF_NUMBERS and _PARTICLES.match(clause, last.end()):
        return last[0]
    return denied(around, text, end)


def denied(around: Surroundings, text: str, end: int) -> str | None:
    """The name of its own type that a value is said not to go by: …是房间名不是微信."""
    right = text[end : end + REACH]
    if ("是" not in right and "当" not in right) or (found := _DENIED.match(right)) is None:
        return None
    name = found[2].lower()
    if name not in around.named or any(around.sign[word[0]] for word in around.words.finditer(found[1].lower())):
        return None
    return "不是" + name


def _by_clause(around: Surroundings, left: str) -> Verdict | None:
    """What the clause right before a value says; None where it says nothing.  The same few (电话, 我的手机号是) stand before
    most values, so the answers are remembered."""
    begin, last = 0, len(left) - _CONNECTED
    for char in around.cuts:
        if (cut := left.rfind(char, begin, last)) >= 0:
            begin = cut + 1
    if not begin:
        return None
    clause = left[begin:]
    if clause not in around.clauses:
        if len(around.clauses) >= _MOST_CLAUSES:
            around.clauses.clear()
        verdict = _before(around, clause)
        around.clauses[clause] = None if verdict is _SILENT else verdict
    return around.clauses.get(clause)


def _before(around: Surroundings, left: str) -> Verdict:
    """What the last word in a text before a value says."""
    small, last = lowered(left), None
    for match in around.words.finditer(small):
        word = match[0]
        if word == _SCHEME and not _runs_on(small[match.end() :]):
            continue
        if len(word) > _SHORT or not word.isascii() or _alone(left, *match.span()):
            last = match
    if last is None:
        return _SILENT
    word = last[0]
    speaks_for, between = around.sign[word], small[last.end() :]
    if word in _RUNNING or (not speaks_for and _coded(between)):
        return _weigh(False, word, _runs_on(between.lstrip("号码编 ：:")))
    return _weigh(speaks_for, word, _adjacent(between) and (speaks_for or not _breaks(word, between)))


def _behind(around: Surroundings, text: str, end: int) -> str | None:
    """The word that speaks for the type behind a value, in its line and cell."""
    right = text[end : end + RIGHT].split(CELL_BREAK, 1)[0].lower()
    behind = around.words.search(right)
    if behind and "\n" not in right[: behind.start()] and around.sign[behind[0]] and _whole(right, behind):
        return behind[0]
    return None


def _adjacent(between: str) -> bool:
    """Whether only connectors stand between word and value."""
    if not between or between in _COMMON:
        return True
    return _CONNECTOR.match(between) is not None and between.count("\n") < 3


def _coded(between: str) -> bool:
    """Whether a look-alike's number begins with letters: 料号BL-13800138000."""
    return between.endswith("-") and _CODE.search(between) is not None


def _runs_on(between: str) -> bool:
    """Whether no clause and no path begins between a look-alike and the value."""
    return _STOP.search(between) is None


def _breaks(word: str, between: str) -> bool:
    """Whether a clause ends behind a look-alike: 麻烦开个发票，13800138000 is no invoice number; 发票号，… may be one.

    >>> _breaks("发票", "，"), _breaks("发票", "："), _breaks("发票号", "，")
    (True, False, False)
    """
    return word[-1] not in _OF_NUMBERS and not _CLAUSE_ENDS.isdisjoint(between)


@lru_cache(maxsize=4096)
def _weigh(speaks_for: bool, word: str, adjacent: bool) -> Verdict:
    if speaks_for:
        if adjacent:
            return Verdict(LABEL_GAIN, True, "keyword:" + word)
        return Verdict(NEAR_GAIN, False, "near:" + word)
    return Verdict(-LABEL_LOSS if adjacent else -NEAR_LOSS, False, "lookalike:" + word)


def _whole(text: str, match: re.Match[str]) -> bool:
    """Short ASCII words (tel, qq, id) must stand alone: `hotel` is no label."""
    word = match[0]
    return len(word) > _SHORT or not word.isascii() or _alone(text, *match.span())


def _alone(text: str, start: int, end: int) -> bool:
    return not (joins(text[start - 1 : start], text[start]) or joins(text[end - 1], text[end : end + 1]))


def joins(before: str, after: str) -> bool:
    """Whether two neighbours belong to one word; camelCase begins a new one.

    >>> joins("o", "t"), joins("r", "S"), joins("_", "s"), joins("", "q")
    (True, False, False, False)
    """
    if not (before.isalpha() and after.isalpha() and before.isascii() and after.isascii()):
        return False
    return not (before.islower() and after.isupper())


def split_header(header: str) -> str:
    """A header in lower case with camelCase split.

    >>> split_header("userPhone")
    'user_phone'
    """
    return _CAMEL.sub("_", header).lower()


def header_verdict(around: Surroundings, header: str) -> Verdict:
    """What a column's header or a key path says; the last word of a path counts most."""
    small = split_header(header)
    matches = [m for m in around.headers.finditer(small) if _whole(small, m)]
    against = [m for m in around.words.finditer(small) if not around.sign[m[0]] and _whole(small, m)]
    if matches and (not against or against[-1].end() <= matches[-1].end()):
        return Verdict(LABEL_GAIN, True, "header:" + matches[-1][0])
    if against:
        return Verdict(-LABEL_LOSS, False, "lookalike:" + against[-1][0])
    return _SILENT

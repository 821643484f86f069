"""From a place where a value may stand to a graded hit: both matchers end here.

Three ways in: a digit run of some length (`at_run`), a context word (`after_label`), a cheap shape (`at_shape`).
Each tries the patterns that the entity files name for it, checks the value, weighs its surroundings and grades.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Protocol
from typing import TypeVar
from typing import cast

from pii_guard.detect import context
from pii_guard.detect.evidence import weigh
from pii_guard.detect.rules import Entity
from pii_guard.detect.rules import Pattern
from pii_guard.detect.words import WordSet
from pii_guard.model import CELL_BREAK
from pii_guard.model import Hit
from pii_guard.patterns import compiled
from pii_guard.patterns import lazy

T = TypeVar("T")
FLOOR, CEILING = 0.2, 0.99
MISTYPED = 0.6
CONTINUED = 0.5  # a surer value than this may be followed by a list
_PREFIX = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-(（ ")  # a number may begin before its digits
SHORT_BACK = 12
_PRINTED = lazy(r"[!-~]*\Z")
Header = dict[str, context.Verdict]  # what a column's header says, by entity type
_ANSWER = (  # the label stood in a question, the value in the next turn
    r"是?(?:多少|几|什么)?(?:念|报|读|说|发|给)?(?:我|一下|下)?[呢吗吧]?[?？。，,]?[ \r\n]{0,3}"
    r"(?:客户|用户|顾客|买家|乘客|对方|业主|家长|患者|我|答)[：:]|是?(?:多少|几|什么)[?？]"
)
_GAP_TEXT = (
    r"[ \t]{0,3}(?:[(（\[【](?:[^()（）\[\]【】\n\x1f0-9]|[0-9](?![0-9])){0,12}[)）\]】])?"
    r"(?:</?[A-Za-z][^<>\n]{0,60}>[ \t]{0,2}|[ \t\"'“”‘’:：=＝\-—_>＞|、*~～.·#＃(（\[【「『<+/\\\u200bCOMMA]"
    r"|(?:(?<=[证證照件])|(?<=[证證照件] ))编号|(?<=写)[一-鿿]{1,6}(?=[：:])|只有|一个|两个|同名|同号"
    r"|[❤♥]\ufe0f?|民[国國]|号码|号|码|號碼|號|碼|是|为|為|叫|的|有|我|您|你|他|她|就|也|还|都|用|填|写|留|设|改|成|了|到"
    r"|给|发|即|如下|分别|原来|现在|已|换|同|搜|加|请|或|及|和|与|哈|啊|哦|呢|额|嗯|行|要不要[?？]?|收到了[，,]?|一下|默认|应该|统一"
    r"|[0-9]位(?:数字?|码)?"
    r"|both|is|are|no|number|num|value|typeEXTRA){0,8}"
    r"(?:\r?\n[ \t]{0,8})?[\"'“”‘’(（\[【「『<《]{0,2}"
)
_RESUMED = r"|[一-鿿]{1,6}[，,]号码?|[一-鿿]{0,4}[账帐]号|"  # 办理开户，号码 …
_GAP = lazy(_GAP_TEXT.replace("COMMA", ",，").replace("EXTRA", _RESUMED + _ANSWER), re.IGNORECASE)
_NEAR_GAP = lazy(_GAP_TEXT.replace("COMMA", "").replace("EXTRA", "|" + _ANSWER), re.IGNORECASE)
GAP_OF_WORDS = _GAP_TEXT.replace("COMMA", ",，").replace("EXTRA", "|" + _ANSWER)  # without _RESUMED
GAP_CHARACTERS = frozenset(c for c in _GAP.pattern if not c.isascii() and ord(c) < 1 << 16)  # outside of free words
_LIST = lazy(
    r"[ ]{0,2}(?:[、/／;；|]|或者?|和|及|[,，][ ]?|[ ]"
    r"|[（(](?:备用|另|或|满|已满|不通|打不通)[一-鿿]{0,6}[:： ]?)[ ]{0,2}"
)
_LIST_AFTER_RUN = lazy(r"[ ]?(?:[、/／;；，]|或者?|和)[ ]?")
_SENTENCE = frozenset("。！？\x1f")


class Regex(Protocol):
    """What `re` and `regex` patterns have in common."""

    def match(self, string: str, pos: int = ..., endpos: int = ...) -> re.Match[str] | None: ...

    def finditer(self, string: str, pos: int = ..., endpos: int = ...) -> Iterator[re.Match[str]]: ...


class Rule:
    """One pattern of one entity; its regular expression and words are compiled when first needed."""

    __slots__ = ("_around", "_regex", "_shape", "entity", "entity_type", "pattern")

    def __init__(self, entity: Entity, pattern: Pattern) -> None:
        self.entity = entity
        self.entity_type = entity.entity_type
        self.pattern = pattern
        self._regex: Regex | None = None
        self._shape: re.Pattern[str] | None = None
        self._around: context.Surroundings | None = None

    @property
    def regex(self) -> Regex:
        """The compiled pattern; `regex` serves what `re` cannot compile (Presidio's files)."""
        if self._regex is None:
            self._regex = _compile(self.pattern.regex)
        return self._regex

    @property
    def shape(self) -> re.Pattern[str]:
        """The compiled shape that wakes the pattern."""
        if self._shape is None:
            self._shape = compiled(self.pattern.shape)
        return self._shape

    @property
    def around(self) -> context.Surroundings:
        """The compiled context words of the entity."""
        if self._around is None:
            self._around = context.compile_surroundings(self.entity)
        return self._around


def _compile(pattern: str) -> Regex:
    try:
        return compiled(pattern)
    except re.error:
        import regex

        return cast("Regex", regex.compile(pattern))


def _all(rules: tuple[Rule, ...], head: str) -> Sequence[Rule]:
    return rules


Narrow = Callable[[tuple[Rule, ...], str], Sequence[Rule]]  # the rules whose value may begin with a head


class Confirmer:
    """The rules of a scan, sorted by what wakes them."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.rules = tuple(Rule(e, p) for e in entities for p in e.patterns)
        self.by_run: dict[int, tuple[Rule, ...]] = {}
        self.by_label: dict[str, tuple[Rule, ...]] = {}
        self.shapes = tuple(r for r in self.rules if r.pattern.shape)
        self.free = tuple(r for r in self.rules if _is_free(r.pattern))
        self.transparent = frozenset(e.entity_type for e in entities if not e.shadow)
        for rule in self.rules:
            for length in rule.pattern.runs:
                self.by_run[length] = (*self.by_run.get(length, ()), rule)
            if rule.pattern.label:
                for word in rule.pattern.words or rule.entity.context:
                    self.by_label[word] = (*self.by_label.get(word, ()), rule)
        self._followers = {
            e.entity_type: tuple(r for r in self.rules if r.pattern.label and r.entity_type in e.followed_by)
            for e in entities
        }
        self._by_gap: dict[str, tuple[tuple[re.Pattern[str], tuple[Rule, ...]], ...]] = {}
        self._label_words: WordSet | None = None
        self._headers: dict[str, dict[str, context.Verdict]] = {}
        self._prepared: dict[type[object], object] = {}

    @property
    def label_words(self) -> WordSet:
        """All context words that wake a labelled pattern."""
        if self._label_words is None:
            self._label_words = WordSet(self.by_label)
        return self._label_words

    def prepared(self, make: type[T]) -> T:
        """What a matcher builds from these rules, built once."""
        if make not in self._prepared:
            self._prepared[make] = make(self)  # type: ignore[call-arg]
        return self._prepared[make]  # type: ignore[return-value]

    def header(self, header: str | None) -> dict[str, context.Verdict]:
        """What a header says, by entity type; types it is silent about are absent."""
        if not header:
            return {}
        known = self._headers.get(header)
        if known is None:
            if len(self._headers) > 4096:  # generated keys must not grow it without end
                self._headers.clear()
            verdicts = {r.entity_type: context.header_verdict(r.around, header) for r in self.rules if r.entity.headers}
            known = self._headers[header] = {k: v for k, v in verdicts.items() if v.reason}
        return known  # another thread may have cleared the memory since

    def at_run(
        self, text: str, start: int, length: int, header: Header, rules: Sequence[Rule] | None = None
    ) -> Iterator[Hit]:
        """Hits of a digit run text[start:start+length]; `rules` where it is known which may match."""
        prefixed = text[start - 1 : start] in _PREFIX
        for rule in self.by_run.get(length, ()) if rules is None else rules:
            match = None
            if prefixed and rule.pattern.back:
                match = _match_before(rule, text, start)
            match = match or rule.regex.match(text, start)
            if match is not None:
                hit = grade(rule, text, *_span(match), header.get(rule.entity_type))
                if hit is not None:
                    yield hit
                    yield from self._following(text, hit)

    def _following(self, text: str, hit: Hit) -> Iterator[Hit]:
        """The list behind a value that stood for itself: `020-81427251、83755983`."""
        rules = self._followers[hit.entity_type]
        if not rules or hit.score < CONTINUED or (joint := _LIST_AFTER_RUN.match(text, hit.end)) is None:
            return
        for rule in rules:
            yield from self._labelled(rule, text, joint.end(), hit.start, "list")

    def after_label(self, text: str, word_start: int, word_end: int, narrow: Narrow = _all) -> Iterator[Hit]:
        """Hits right behind a context word, and the list that may follow (`QQ：12345、67890`)."""
        word = text[word_start:word_end].lower()
        rules = self.by_label.get(word)
        if rules is None or not _stands_alone(text, word_start, word_end):
            return
        if word not in self._by_gap:
            self._by_gap[word] = _by_gap(rules)
        for gap, those in self._by_gap[word]:
            if match := gap.match(text, word_end):
                for rule in narrow(those, text[match.end() : match.end() + 3]):
                    yield from self._labelled(rule, text, match.end(), word_start, "keyword:" + word)

    def _labelled(self, rule: Rule, text: str, at: int, word_start: int, reason: str) -> Iterator[Hit]:
        for _ in range(8):
            match = rule.regex.match(text, at)
            if match is None:
                return
            start, end = _span(match)
            hit = grade_labelled(rule, text, start, end, word_start, reason)
            if hit is None:
                return
            yield hit
            following = _LIST.match(text, end)
            if following is None or rule.entity.sensitivity >= 3:
                return
            at = following.end()

    def in_cells(self, text: str, header: Header) -> Iterator[Hit]:
        """Hits of cells whose header names an entity: the whole cell, or its beginning, is the value."""
        rules = [r for r in self.rules if r.pattern.label and (v := header.get(r.entity_type)) and v.label]
        if not rules:
            return
        at = 0
        for cell in text.split(CELL_BREAK):
            if cell and len(cell) <= 256:
                begin = at + len(cell) - len(cell.lstrip(" \t\"'+(（["))
                for rule in rules:
                    yield from self._labelled(rule, text, begin, begin, header[rule.entity_type].reason or "")
            at += len(cell) + 1

    def at_shape(self, rule: Rule, text: str, start: int, end: int, header: Header) -> Iterator[Hit]:
        """Hits of a pattern whose shape is text[start:end]; the pattern may begin some characters before it."""
        for begin in range(_earliest(text, start, rule.pattern.back), start + 1):
            match = rule.regex.match(text, begin)
            if match is not None and match.end() >= end - 1:
                hit = grade(rule, text, *_span(match), header.get(rule.entity_type))
                if hit is not None:
                    yield hit
                return

    def anywhere(self, rule: Rule, text: str, header: Header) -> Iterator[Hit]:
        """Hits of a pattern that nothing wakes."""
        for match in rule.regex.finditer(text):
            hit = grade(rule, text, *_span(match), header.get(rule.entity_type))
            if hit is not None:
                yield hit


def grade(rule: Rule, text: str, start: int, end: int, header: context.Verdict | None) -> Hit | None:
    """Score a value that stands for itself."""
    entity = rule.entity
    if rule.pattern.note:
        return Hit(start, end, entity.entity_type, rule.pattern.score, (rule.pattern.note,))
    valid, gain, reasons = weigh(entity.validator, text[start:end])
    if valid is False and entity.on_invalid == "drop":
        return None
    verdict = context.judge(rule.around, text, start, end)
    if header is not None and not verdict.label:
        verdict = header
    if valid is False and entity.on_invalid == "mistyped":
        if not verdict.label:
            return None
        return Hit(start, end, entity.entity_type, MISTYPED + gain, (verdict.reason or "", "mistyped", *reasons))
    score = rule.pattern.score + gain + verdict.gain
    if score < FLOOR:
        return None
    if verdict.reason:
        reasons = (*reasons, verdict.reason)
    return Hit(start, end, entity.entity_type, round(min(score, CEILING), 2), reasons)


def grade_labelled(rule: Rule, text: str, start: int, end: int, word_start: int, reason: str) -> Hit | None:
    """Score a value right behind its label."""
    entity = rule.entity
    valid, gain, reasons = weigh(entity.validator, text[start:end])
    score = rule.pattern.label + min(gain, 0.0)
    if valid is False:
        if entity.on_invalid == "drop":
            return None
        if entity.on_invalid == "mistyped":
            score, reasons = MISTYPED + gain, ("mistyped", *reasons)
    around = rule.around
    if around.units is not None and around.units.match(text, end):
        return None
    if word_start and (match := _word_before(around, text, word_start)) is not None:
        score, reasons = score - context.LABEL_LOSS, (*reasons, "lookalike:" + match)
    if score < FLOOR:
        return None
    return Hit(start, end, entity.entity_type, round(min(score, CEILING), 2), (reason, *reasons))


def _word_before(around: context.Surroundings, text: str, word_start: int) -> str | None:
    """A look-alike word that ends where the label begins or overlaps it: 图形|验证码, 订单|编号."""
    left = text[max(0, word_start - 8) : word_start + 6].lower()
    at = min(8, word_start)
    for match in around.words.finditer(left):
        if match.start() < at <= match.end() and not around.sign[match[0]]:
            return match[0]
    return None


def _match_before(rule: Rule, text: str, start: int) -> re.Match[str] | None:
    for back in range(min(rule.pattern.back, start), 0, -1):
        match = rule.regex.match(text, start - back)
        if match is not None:
            return match
    return None


def _earliest(text: str, start: int, back: int) -> int:
    """How far back a pattern may begin; a long way back only over what could be one ASCII token."""
    if back <= SHORT_BACK:
        return max(0, start - back)
    left = text[max(0, start - back) : start]
    printed = _PRINTED.search(left)
    assert printed is not None
    return start - len(left) + printed.start()


def _by_gap(rules: tuple[Rule, ...]) -> tuple[tuple[re.Pattern[str], tuple[Rule, ...]], ...]:
    """The rules by what may stand between label and value: less before secrets."""
    near = tuple(r for r in rules if r.entity.sensitivity >= 3)
    far = tuple(r for r in rules if r.entity.sensitivity < 3)
    return tuple((gap, those) for gap, those in ((_GAP, far), (_NEAR_GAP, near)) if those)


def _is_free(pattern: Pattern) -> bool:
    return not (pattern.runs or pattern.label or pattern.shape)


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.span("value") if "value" in match.re.groupindex else match.span()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Short ASCII labels (qq, tel, id) must not be part of a longer word, single letters not of a number either."""
    if end - start > 5 or not text[start:end].isascii():
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    if end - start == 1 and before.isascii() and (before.isdigit() or after.isdigit()):
        return False
    return not (_is_letter(before) or _is_letter(after))


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


"""From a place where a value may stand to a graded hit: both matchers end here.

Three ways in: a digit run of some length (`at_run`), a context word (`after_label`), a cheap shape (`at_shape`).
Each tries the patterns that the entity files name for it, checks the value, weighs its surroundings and grades.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from types import MappingProxyType
from typing import TypeVar

from pii_guard.detect import columns
from pii_guard.detect import context
from pii_guard.detect import gaps
from pii_guard.detect.checked import right
from pii_guard.detect.checked import stands
from pii_guard.detect.grading import CEILING
from pii_guard.detect.grading import grade
from pii_guard.detect.grading import grade_labelled
from pii_guard.detect.rule import Rule
from pii_guard.detect.rules import Entity
from pii_guard.detect.rules import Pattern
from pii_guard.detect.words import WordSet
from pii_guard.model import CELL_BREAK
from pii_guard.model import Hit
from pii_guard.named import NamedTuple

T = TypeVar("T")
CONTINUED = 0.5  # a surer value than this may be followed by a list
_PREFIX = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-(（ ")  # a number may begin before its digits
SHORT_BACK = 12
_PRINTED = "".join(map(chr, range(0x21, 0x7F)))
_NONE: Mapping[int, int] = MappingProxyType({})
Header = dict[str, context.Verdict]  # what a column's header says, by entity type


def _all(rules: tuple[Rule, ...], head: str) -> Sequence[Rule]:
    return rules


class Try(NamedTuple):
    """A pattern to try at a digit run: beginning before it, with it, or both; `firsts`: the characters it may begin
    with before it, where these are known."""

    rule: Rule
    before: bool
    here: bool
    firsts: frozenset[str] | None = None


Tries = Sequence[Try]
Narrow = Callable[[tuple[Rule, ...], str], Sequence[Rule]]  # the rules whose value may begin with a head


class Confirmer:
    """The rules of a scan, sorted by what wakes them."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.rules = tuple(Rule(e, p) for e in entities for p in e.patterns)
        self.by_run: dict[int, tuple[Rule, ...]] = {}
        self.by_shape: dict[str, tuple[Rule, ...]] = {}
        self.free = tuple(r for r in self.rules if _is_free(r.pattern))
        self.transparent = frozenset(e.entity_type for e in entities if not e.shadow)
        self.whole = frozenset(e.entity_type for e in entities if e.whole)
        self.secrets = frozenset(e.entity_type for e in entities if e.sensitivity >= 3)
        by_label: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for length in rule.pattern.runs:
                self.by_run[length] = (*self.by_run.get(length, ()), rule)
            if rule.pattern.shape:
                self.by_shape[rule.pattern.shape] = (*self.by_shape.get(rule.pattern.shape, ()), rule)
            if rule.pattern.label:
                for word in rule.pattern.words or rule.entity.context:
                    by_label.setdefault(word, []).append(rule)
        self.by_label = {word: tuple(rules) for word, rules in by_label.items()}
        self._followers = {
            e.entity_type: tuple(r for r in self.rules if r.pattern.label and r.entity_type in e.followed_by)
            for e in entities
        }
        self._further = frozenset(  # words whose value may stand behind another value
            word for word, rules in self.by_label.items() if any(rule.value for rule in rules)
        )
        self._by_gap: dict[str, tuple[tuple[bool, tuple[Rule, ...]], ...]] = {}
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

    def tries(self, text: str, start: int, length: int) -> Tries:
        """What to try at a digit run: all patterns of that length."""
        before, checked = prefixed(text[start - 1 : start]), right(text, start, length)
        rules = (rule for rule in self.by_run.get(length, ()) if stands(rule, length, checked))
        return [Try(rule, before and rule.back > 0, True) for rule in rules]

    def at_run(self, text: str, start: int, tries: Tries, header: Header) -> list[Hit]:
        """Hits of a digit run that begins at text[start]."""
        hits: list[Hit] = []
        for rule, before, here, firsts in tries:
            match = _match_before(rule, text, start, firsts) if before else None
            if match is None and here:
                match = rule.match(text, start)
            if match is None:
                continue
            hit = grade(rule, text, *match.span(rule.value), header.get(rule.entity_type))
            if hit is not None:
                hits += self._with_following(text, hit)
        return hits

    def _with_following(self, text: str, hit: Hit) -> Sequence[Hit]:
        """A value that stood for itself, and the list behind it: `020-81427251、83755983`."""
        followers = self._followers[hit.entity_type]
        if not followers or hit.score < CONTINUED or not gaps.goes_on(text, hit.end):
            return (hit,)
        if (joint := gaps.LIST_AFTER_RUN.match(text, hit.end)) is None:
            return (hit,)
        return [hit, *(h for rule in followers for h in self._labelled(rule, text, joint.end(), hit.start, "list"))]

    def after_label(
        self, text: str, word_start: int, word_end: int, narrow: Narrow = _all, sure: Mapping[int, int] = _NONE
    ) -> list[Hit]:
        """Hits right behind a context word, and the list that may follow (`QQ：12345、67890`).

        `sure`: starts and ends of values that nothing behind a label can outdo; no list follows them.
        """
        hits: list[Hit] = []
        word = text[word_start:word_end].lower()
        rules = self.by_label.get(word)
        if rules is None or not _stands_alone(text, word_start, word_end):
            return hits
        if columns.may_be_named(text, word_start, word_end):
            hits += self._in_column(rules, text, word_start, word_end)
        short = gaps.short(text, word_end)
        if (short in sure or word_end in sure) and word not in self._further:
            return hits
        if word not in self._by_gap:
            self._by_gap[word] = _by_gap(rules)
        for near, those in self._by_gap[word]:
            at = short if short >= 0 else gaps.end(text, word_end, near=near)
            if at >= 0:
                for rule in narrow(those, text[at : at + 2]):
                    if (rule.value or at not in sure) and (match := rule.match(text, at)) is not None:
                        hits += self._list(rule, text, match, word_start, "keyword:" + word)
        return hits

    def _in_column(self, rules: tuple[Rule, ...], text: str, word_start: int, word_end: int) -> Iterator[Hit]:
        """Hits under a word that is the name of a column; the value is the whole cell."""
        reason = "header:" + text[word_start:word_end].lower()
        for start, end in columns.cells(text, word_start, word_end):
            for rule in rules:
                match = rule.match(text, start)
                if match is not None and match.span(rule.value) == (start, end):
                    hit = grade_labelled(rule, text, start, end, word_start, reason)
                    if hit is not None:
                        yield hit

    def _labelled(self, rule: Rule, text: str, at: int, word_start: int, reason: str) -> Iterator[Hit]:
        match = rule.match(text, at)
        return iter(()) if match is None else self._list(rule, text, match, word_start, reason)

    def _list(self, rule: Rule, text: str, first: re.Match[str], word_start: int, reason: str) -> Iterator[Hit]:
        """A labelled value and those that follow it."""
        match: re.Match[str] | None = first
        for _ in range(8):
            if match is None:
                return
            start, end = match.span(rule.value)
            hit = grade_labelled(rule, text, start, end, word_start, reason)
            if hit is None:
                return
            yield hit
            if rule.entity.sensitivity >= 3 or (following := gaps.LIST.match(text, end)) is None:
                return
            match = rule.match(text, following.end())

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

    def at_shape(self, rules: Sequence[Rule], text: str, start: int, end: int, header: Header) -> list[Hit]:
        """Hits of the patterns whose shape is text[start:end]; they may begin some characters before it."""
        hits: list[Hit] = []
        for rule in rules:
            low = _earliest(text, start, rule.back)
            if barrier := rule.pattern.barrier:
                low = max(low, text.rfind(barrier, low, start) + 1)
            for begin in rule.openings(text, low, start):
                match = rule.match(text, begin)
                if match is not None and match.end() >= end - 1:
                    hit = grade(rule, text, *match.span(rule.value), header.get(rule.entity_type))
                    if hit is not None:
                        hits += self._with_following(text, hit)
                    break
        return hits

    def anywhere(self, rule: Rule, text: str, header: Header) -> Iterator[Hit]:
        """Hits of a pattern that nothing wakes."""
        for match in rule.regex.finditer(text):
            hit = grade(rule, text, *match.span(rule.value), header.get(rule.entity_type))
            if hit is not None:
                yield hit


class Shaped:
    """Hits of shapes, asked in the order of their ends: inside a value another form of its kind says nothing new."""

    def __init__(self, confirmer: Confirmer, text: str, header: Header) -> None:
        self._at_shape, self._text, self._header = confirmer.at_shape, text, header
        self._covered: dict[str, int] = {}  # where the last hit of a shape ends
        self._last: dict[str, int] = {}  # and of a type

    def is_inside(self, rules: Sequence[Rule], end: int) -> bool:
        """Whether a shape that ends there is part of a value of the only type it could be."""
        return end <= self._last.get(rules[0].entity_type, -1) and len(rules) == 1

    def hits(self, rules: Sequence[Rule], start: int, end: int) -> list[Hit]:
        """Hits of the patterns whose shape is text[start:end]."""
        shape = rules[0].pattern.shape
        covered = self._covered.get(shape, -1)
        if start < covered:
            return []
        hits = self._at_shape(rules, self._text, start, end, self._header)
        for hit in hits:
            covered = self._covered[shape] = self._last[hit.entity_type] = max(covered, hit.end)
        return hits


def settles(text: str, hit: Hit) -> bool:
    """Whether nothing behind a label can outdo a hit: labelled values score below the ceiling, and no list follows."""
    return hit.score >= CEILING and not gaps.goes_on(text, hit.end)


def prefixed(before: str) -> bool:
    """Whether a number may begin with the character before its digits."""
    return before in _PREFIX


def _match_before(rule: Rule, text: str, start: int, firsts: frozenset[str] | None) -> re.Match[str] | None:
    if rule.back == 1 and start > 1 and not rule.may_follow(text[start - 2]):  # most end here
        return None
    low = _earliest(text, start, rule.back)
    if firsts is not None and firsts.isdisjoint(text[low:start]):
        return None
    for begin in rule.openings(text, low, start - 1):
        if firsts is None or text[begin] in firsts:
            match = rule.match(text, begin)
            if match is not None:
                return match
    return None


def _earliest(text: str, start: int, back: int) -> int:
    """How far back a pattern may begin; a long way back only over what could be one ASCII token."""
    low = start - back if start > back else 0
    return low if back <= SHORT_BACK else low + len(text[low:start].rstrip(_PRINTED))


def _by_gap(rules: tuple[Rule, ...]) -> tuple[tuple[bool, tuple[Rule, ...]], ...]:
    """The rules by what may stand between label and value: less (True) before secrets."""
    near = tuple(r for r in rules if r.entity.sensitivity >= 3)
    far = tuple(r for r in rules if r.entity.sensitivity < 3)
    return tuple((is_near, those) for is_near, those in ((False, far), (True, near)) if those)


def _is_free(pattern: Pattern) -> bool:
    return not (pattern.runs or pattern.label or pattern.shape)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Short ASCII labels (qq, tel, id) must not be part of a longer word, single letters not of a code either."""
    if end - start > 5 or not text[start:end].isascii():
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    if end - start == 1 and before.isascii() and (before.isalnum() or after.isdigit()):
        return False
    return not (context.joins(before, text[start]) or context.joins(text[end - 1], after))


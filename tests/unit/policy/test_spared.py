"""What is looked for in a cheaper way finds the same: features by number, folded pieces, spread patterns, needs of probes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pii_guard.policy import JudgedSegment
from pii_guard.policy import JudgedUnit
from pii_guard.policy import classifier
from pii_guard.policy import load
from pii_guard.policy import probes
from pii_guard.policy.codes import Codes
from pii_guard.policy.features import _grams
from pii_guard.policy.features import padded
from pii_guard.policy.fold import fold
from pii_guard.policy.fold import fold_pattern
from pii_guard.policy.plan import plan_of
from pii_guard.policy.sought import Sought
from pii_guard.policy.spread import spread
from pii_guard.policy.values import Condition
from pii_guard.policy.window import Window
from pii_guard.policy.window import word_spans

RULESET = load()
WORDS = sorted({word for lexicon in RULESET.lexicons.values() for word in lexicon.words})
ODD = ["^", "$", "@", "!", "\0", "😀", "\ud800", "a", "0"]
TEXTS = st.lists(st.sampled_from([*WORDS, *ODD, "，", " ", "12", "http://a.top/"]), max_size=30).map("".join)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_features_have_the_rows_of_their_names(text: str) -> None:
    whole = padded(fold(text))
    by_name = set(classifier._model().rows(_grams(whole)))
    assert set(classifier._grams().rows(whole)) == by_name
    assert set(classifier._grams().rows_of(sorted(_grams(whole))).values()) == by_name


def test_every_character_folds_alike_or_is_left_to_fold() -> None:
    texts = [f"中{chr(code)}" for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    pieces = Codes("".join(texts)).folded()
    unlike = [
        text for at, text in enumerate(texts) if pieces[2 * at : 2 * at + 2] not in (fold(text), "中\uffff")
    ]
    assert not unlike


@pytest.mark.parametrize("text", ["订单😀", "ΑΣ", "İ", "\ud800"])
def test_what_codes_cannot_tell_is_left_to_fold(text: str) -> None:
    assert Codes(text).piece(0, len(text)) is None


@pytest.mark.parametrize(
    ("source", "longer"),
    [
        ("(a|b(c|d))e|f", "ae|b(c|d)e|f"),
        ("((a|b)c|d)e", "ace|bce|de"),
        ("(?:a|b)c", "ac|bc"),
        ("(a|b)?c|(a|b){2}", "(a|b)?c|(a|b){2}"),
        (r"(?<!a|b)c|\(a|b\)|[(|]d", r"(?<!a|b)c|\(a|b\)|[(|]d"),
        ("(a|)b", "ab|b"),
    ],
)
def test_groups_at_the_head_are_multiplied_out(source: str, longer: str) -> None:
    assert spread(source) == longer


@given(TEXTS)
@settings(max_examples=40, deadline=None)
def test_spread_patterns_match_alike(text: str) -> None:
    folded = fold(text)
    for plain, longer in _patterns():
        one, other = plain.search(folded), longer.search(folded)
        assert (one and one.span()) == (other and other.span()), plain.pattern


PATTERNS: list[tuple[re.Pattern[str], re.Pattern[str]]] = []


def _patterns() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Of the rules and suppressors those that spreading makes longer, plain and spread."""
    if not PATTERNS:
        sources = {source for rule in RULESET.rules for source in _phrases(rule.when)}
        sources.update(source for s in RULESET.suppressors.values() for source in (*s.patterns, *s.keeps))
        pairs = [(fold_pattern(source), spread(fold_pattern(source))) for source in sorted(sources)]
        PATTERNS.extend(
            (re.compile(one, re.I), re.compile(other, re.I)) for one, other in pairs if one != other
        )
    return PATTERNS


def _phrases(condition: Condition) -> Iterator[str]:
    if condition.kind in ("phrase", "header"):
        yield from condition.names
    for part in condition.parts:
        yield from _phrases(part)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("password", "admin root/123456"),
        ("password", "后台 root/root123"),
        ("password", "解锁是123456 / 备用"),
        ("password", "pin: 1234 或/和"),
        ("password", "初始化为 123456 / 请改"),
        ("password", "长度至少4位/字母"),
        ("links", "见 icbc-login.top"),
        ("links", "www.taobao.login.top"),
        ("papers", "面单 139****0000 3单元"),
        ("pictures", "照片：gps 39.9042"),
    ],
)
def test_what_a_probe_sees_is_worth_a_look(name: str, text: str) -> None:
    window = _window(text)
    assert list(import_module(f"pii_guard.policy.probes.{name}").probe(window))
    assert probes.signals(name, window)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_probe_that_is_not_worth_it_sees_nothing(text: str) -> None:
    for name in ("links", "password"):
        window = _window(text)
        if not probes.worth(name, window):
            assert not [
                s for s in import_module(f"pii_guard.policy.probes.{name}").probe(window) if "/" in text
            ]


SEEN = ["图片：", "正面", "[图]", "纬度 30.1", "110101********001x", "1390000xxxx", "票号", "收件人：", "3单元", "签购单", "家人们", "念一下", "面单"]
KINDS = ["RESIDENT_ID", "BANK_CARD", "MOBILE_PHONE", "LANDLINE", "ADDRESS", "PERSON", "GPS_LOCATION", "URL", "WECHAT"]


@given(st.lists(st.sampled_from(SEEN), max_size=8).map("".join), st.frozensets(st.sampled_from(KINDS), max_size=3))
@settings(max_examples=200, deadline=None)
def test_what_was_found_makes_papers_and_pictures_worth_a_look(text: str, kinds: frozenset[str]) -> None:
    for name in ("papers", "pictures"):
        window = _window(text)
        window.found_kinds = kinds
        if not probes.worth(name, window):
            assert not list(import_module(f"pii_guard.policy.probes.{name}").probe(window))


@pytest.mark.parametrize(
    ("rule", "kinds", "lexicon"),
    [("CIV-1039", ["RESIDENT_ID"], "_public"), ("MINOR-32", ["WECHAT"], "_minor")],  # the latter: that word, or an age
)
def test_rules_are_not_asked_without_their_words(rule: str, kinds: list[str], lexicon: str) -> None:
    shelf = plan_of(RULESET).rules["row"]
    asked = {one.id for one in shelf.rules(frozenset(kinds), frozenset())}
    spared = {one.id for one in shelf.rules(frozenset(kinds), frozenset(), frozenset((f"w:{lexicon}",)))}
    assert rule in asked - spared


@given(TEXTS, st.sampled_from([0.25, 0.4, 0.625, 0.7]))
@settings(max_examples=200, deadline=None)
def test_no_leak_is_ruled_out_before_the_suppressors_speak(text: str, least: float) -> None:
    assert classifier.leaks(_window(text), least) == (1 - classifier.scores(_window(text))[0] >= least)


def test_suppressors_are_seldom_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    window = _window("好的，已经为您登记，请耐心等待")
    monkeypatch.setattr(import_module("pii_guard.policy.suppress"), "flags", lambda *_: pytest.fail("not needed"))
    assert not classifier.leaks(window, 0.7)


@given(TEXTS, st.integers(0, 60), st.integers(1, 200))
@settings(max_examples=100, deadline=None)
def test_words_are_found_where_they_may_begin(text: str, start: int, length: int) -> None:
    plan, folded = plan_of(RULESET), fold(text)[start : start + length]
    begins = Sought(RULESET, Codes(text)).begins(start, start + length)
    assert word_spans(plan, folded, begins) == word_spans(plan, folded)


def _window(text: str) -> Window:
    segment = JudgedSegment(text)
    return Window(plan_of(RULESET), JudgedUnit("a.txt", "txt", (segment,)), segment, text)

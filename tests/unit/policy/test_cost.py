"""What judging spares: the work is counted, never timed, and what is spared changes no verdict."""

from __future__ import annotations

import sys
from collections import Counter
from importlib import import_module
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pii_guard import conversations
from pii_guard.formats import chat
from pii_guard.model import Document
from pii_guard.model import Finding
from pii_guard.policy import JudgedSegment
from pii_guard.policy import JudgedUnit
from pii_guard.policy import classifier
from pii_guard.policy import judge
from pii_guard.policy import load
from pii_guard.policy.codes import Codes
from pii_guard.policy.evidence import holds
from pii_guard.policy.fold import fold
from pii_guard.policy.joined import Joined
from pii_guard.policy.language import parse_condition
from pii_guard.policy.plan import plan_of
from pii_guard.policy.sought import Sought
from pii_guard.policy.sought import _named
from pii_guard.policy.suppress import pattern
from pii_guard.secret import Secret
from pii_guard.talks import ExportTalk
from pii_guard.talks import Message
from pii_guard.talks import talks

RULESET = load()
LENT = "我把银行卡和密码借给同事走账现在被冻结了"
PLAN = plan_of(RULESET)
PIECES = st.sampled_from(["客户", "抑郁", "孩子", "公示", "監護", "ＨＩＶ", "\n", "12", "😀", "，", "好", "信息", "泄露", "ſdk", "上傳", "oaid", "****"])


def _asked(monkeypatch: pytest.MonkeyPatch, text: str) -> tuple[int, set[str]]:
    """How often a test was held against a window, and the rules broken."""
    counts: Counter[str] = Counter()
    module = import_module("pii_guard.policy.judge")

    def counting(condition: object, window: object) -> object:
        counts["all"] += 1
        return holds(condition, window)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(module, "holds", counting)
        found = judge(RULESET, JudgedUnit("a.txt", "txt", (JudgedSegment(text),)))
    return counts["all"], {violation.rule_id for violation in found}


def test_a_repeated_sentence_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    some, broken = _asked(monkeypatch, LENT * 100)
    more, same = _asked(monkeypatch, LENT * 1000)
    assert broken
    assert same == broken
    assert more < some * 3  # of ten times the text


def test_other_findings_in_the_same_words_are_judged_again() -> None:
    line, kinds = "签购单商户名称卡号 6222 ", ["QQ"] * 500 + ["BANK_CARD"] * 50 + ["QQ"] * 50
    starts = [number * len(line) + line.index("6") for number in range(len(kinds))]
    findings = tuple(
        Finding(kind, start, start + 4, 0.9, (), Secret("6222"), "***", line=1, fingerprint=f"{kind}{start}")
        for kind, start in zip(kinds, starts, strict=True)
    )
    found = judge(RULESET, JudgedUnit("a.txt", "txt", (JudgedSegment(line * len(kinds), findings),)))
    assert "CH7-SLIP" in {violation.rule_id for violation in found}


@given(st.lists(PIECES, max_size=40), st.integers(0, 60), st.integers(1, 40), st.sampled_from(["row", "window", "quiet"]))
@settings(max_examples=60, deadline=None)
def test_no_word_is_called_absent(pieces: list[str], start: int, length: int, scope: str) -> None:
    text = "".join(pieces)
    absent, nothing = Sought(RULESET, Codes(text)).absent([(start, start + length), (start, start)], scope)
    folded = fold(text[start : start + length])
    words = {token[2:] for token in absent if token.startswith("w:")}
    assert not [(name, word) for name in words for word in PLAN.lexicons[name] if word in folded]
    assert not [token for token in absent if token.startswith("l:") and pattern(token[2:]).search(folded)]
    assert absent <= nothing <= _named(PLAN, scope)


def test_most_lexicons_are_absent_from_talk() -> None:
    assert len(Sought(RULESET, Codes("好的，谢谢")).absent([(0, 9)], "row")[0]) > 20


def test_the_classifier_adds_up_alike_without_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    features = {*LENT, *map("".join, pairwise(LENT)), "no such feature", "@password"}
    fast = classifier.probabilities(features)
    monkeypatch.delitem(sys.modules, "numpy", raising=False)
    assert classifier.probabilities(features) == fast
    assert max(fast) < 1


def test_neighbours_are_made_when_a_rule_looks_at_them(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = ["客户：在吗，东西还没到", "客服：您好，马上为您看"] * 200
    talk[301] = "客服：请把交易密码报给我"
    text = "\n".join(talk)
    segment = next(chat.read(Document("a.txt", lambda: BytesIO(text.encode()))))
    made: list[int] = []
    message = ExportTalk.message

    def counting(self: ExportTalk, number: int) -> Message:
        made.append(number)
        return message(self, number)

    monkeypatch.setattr(ExportTalk, "message", counting)
    found, _ = conversations.conduct(RULESET, "a.txt", talks([segment], [[]]), [], "zh", Joined(()))
    assert [(v.rule_id, v.line) for v in found] == [("CS-01", 302)]
    assert len(made) < 30


@pytest.mark.parametrize(
    ("node", "kinds"),
    [
        ({"phrase": "a", "entity": "OTP"}, ["entity", "phrase"]),
        ([{"before": {"phrase": "a"}}, {"any": [{"phrase": "b"}]}, {"role": "agent"}], ["role", "any", "before"]),
        ([{"probe": "wifi"}, {"words": "wifi"}], ["words", "probe"]),
        ([{"classifier": 0.6}, {"phrase": "a"}], ["classifier", "phrase"]),
    ],
)
def test_the_cheapest_is_asked_first(node: object, kinds: list[str]) -> None:
    assert [part.kind for part in parse_condition(node, "case").parts] == kinds


def test_plans_are_shared() -> None:
    """Rows of the same types get their rules from one place."""
    shelf = plan_of(RULESET).rules["row"]
    kinds = frozenset(("PERSON", "BANK_CARD"))
    assert shelf.rules(kinds, frozenset()) is shelf.rules(frozenset(kinds), frozenset())

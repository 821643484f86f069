"""The screen before the conduct rules: it never passes over a message where a rule holds."""

from __future__ import annotations

from itertools import accumulate

import pytest

from pii_guard.policy import load
from pii_guard.policy import load_with_cases
from pii_guard.policy.asked import Messages
from pii_guard.policy.asked import asked
from pii_guard.policy.cases import unit
from pii_guard.policy.dialog import alone
from pii_guard.policy.dialog import judge_turns
from pii_guard.policy.dialog import turn_window
from pii_guard.policy.literals import LONG
from pii_guard.policy.literals import required
from pii_guard.policy.values import JudgedUnit
from pii_guard.policy.values import Rule

RULESET = load()
CONDUCT = [rule for rule in load_with_cases().rules if rule.family == "conduct" and not rule.annotation]
NAMES = {"agent": "客服", "customer": "客户", "third_party": "第三方"}


def _messages(dialogue: JudgedUnit, named: bool) -> Messages:
    texts = [f"{NAMES[one.role or 'agent']}：{one.text}" if named else one.text for one in dialogue.segments]
    starts = list(accumulate((len(text) + 1 for text in texts[:-1]), initial=0))
    types = {
        n: frozenset(f.entity_type for f in one.findings) for n, one in enumerate(dialogue.segments) if one.findings
    }
    return Messages("\n".join(texts), starts, types, [] if named else [one.role for one in dialogue.segments])


@pytest.mark.parametrize("named", [True, False], ids=["export", "tagged"])
@pytest.mark.parametrize("rule", CONDUCT, ids=lambda rule: rule.id)
def test_what_rules_strike_is_asked(rule: Rule, named: bool) -> None:
    for case in rule.hits:
        dialogue = unit(case)
        likely = asked(RULESET, _messages(dialogue, named))
        struck = [one for one in judge_turns(RULESET, dialogue) if not one.annotation]
        assert struck
        for one in struck:
            assert one.violation.rule_id in likely[one.segment]
            window = turn_window(RULESET, dialogue, dialogue.segments[one.segment], frozenset())
            assert one.violation.rule_id in alone(window, [r for r in CONDUCT if r.id in likely[one.segment]])


def test_talk_of_nothing_is_not_asked_about() -> None:
    text = "\n".join(["客户：在吗", "客服：您好", "客户：好的谢谢"] * 50)
    starts = [0, *(n + 1 for n, char in enumerate(text) if char == "\n")]
    assert asked(RULESET, Messages(text, starts, {})) == {}


def test_a_number_before_the_first_message_is_nobodys() -> None:
    text = "6200000000000000005\n客服：您的卡在处理"
    assert asked(RULESET, Messages(text, [text.index("客服")], {})) == {}


@pytest.mark.parametrize(
    ("source", "groups"),
    [
        ("(报|念)[^。]{0,9}(密码|口令)", [{"报", "念"}, {"密码", "口令"}]),
        ("密码?", [{"密", "密码"}]),
        ("(身份证)?照片", [{"照片", "身份"}, {"照片"}]),
        ("卡[0-9]{14,18}", [{"卡"}, {LONG}]),
        ("卡[0-9]{9,18}", [{"卡"}]),
        ("[0-9]{3,8}", []),
        ("(?:)x*", []),
    ],
)
def test_literals_of_a_pattern(source: str, groups: list[set[str]]) -> None:
    assert [[set(group) for group in one] for one in required(source)] == [groups]

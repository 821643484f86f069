"""Every rule of the product against its own cases, and what each pack owes."""

from __future__ import annotations

from collections import Counter

import pytest

from pii_guard.policy import lint
from pii_guard.policy import load_with_cases
from pii_guard.policy.cases import failures
from pii_guard.policy.values import Rule

RULESET = load_with_cases()


@pytest.mark.parametrize("rule", RULESET.rules, ids=lambda rule: rule.id)
def test_cases(rule: Rule) -> None:
    assert [(kind, case.text[:40]) for _, kind, case in failures(RULESET, (rule,))] == []


def test_nothing_to_lint() -> None:
    assert lint(run_cases=False) == []


@pytest.mark.parametrize("channel", range(1, 9))
def test_every_channel_has_enough_cases(channel: int) -> None:
    rules = [rule for rule in RULESET.rules if rule.channel == channel]
    assert sum(len(rule.hits) for rule in rules) >= 30
    assert sum(len(rule.misses) for rule in rules) >= 20


def test_every_law_and_conduct_rule_has_enough_cases() -> None:
    for rule in RULESET.rules:
        if rule.family != "channel":
            assert len(rule.hits) >= 2, rule.id
            assert len(rule.misses) >= 1, rule.id


def test_all_obligations_and_conduct_rules_are_there() -> None:
    assert len(RULESET.obligations) == 168
    assert sorted(r.id for r in RULESET.rules if r.family == "conduct") == [
        f"CS-{n:02}" for n in range(1, 21)
    ]
    assert Counter(r.channel for r in RULESET.rules if r.family == "channel").keys() == set(range(1, 9))


def test_grades_carry_a_date() -> None:
    assert all(o.grade in "VPM" and o.verified for o in RULESET.obligations.values())

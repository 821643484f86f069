"""Runs the cases that rules carry.  `[[TYPE:value]]` in a case marks a finding, so cases need no detector.

>>> segment("电话 [[MOBILE_PHONE:13800138000]]").text
'电话 13800138000'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from pii_guard.model import Anchor
from pii_guard.model import Finding
from pii_guard.patterns import lazy
from pii_guard.policy.dialog import judge_turns
from pii_guard.policy.judge import judge
from pii_guard.policy.values import Case
from pii_guard.policy.values import JudgedSegment
from pii_guard.policy.values import JudgedUnit
from pii_guard.policy.values import Rule
from pii_guard.policy.values import RuleSet
from pii_guard.secret import Secret

MARK = lazy(r"\[\[([A-Z][A-Z0-9_]*):([^\]]*)\]\]")


def segment(text: str, role: str | None = None, header: str | None = None) -> JudgedSegment:
    """A segment with the findings its marks stand for."""
    plain, findings = "", []
    last = 0
    for mark in MARK.finditer(text):
        plain += text[last : mark.start()]
        findings.append(_finding(mark[1], mark[2], len(plain), plain.count("\n") + 1))
        plain += mark[2]
        last = mark.end()
    return JudgedSegment(plain + text[last:], tuple(findings), role, header)


def _finding(entity_type: str, value: str, start: int, line: int) -> Finding:
    return Finding(
        entity_type=entity_type,
        start=start,
        end=start + len(value),
        score=0.9,
        reasons=("case",),
        value=Secret(value),
        masked="***",
        line=line,
        anchor=Anchor(),
        fingerprint=f"{entity_type}:{hash(value):x}",
    )


def unit(case: Case) -> JudgedUnit:
    """The document a case describes."""
    kind = PurePosixPath(case.path).suffix.lstrip(".").lower()
    text = (
        "\n".join(case.text.replace("{n}", f"{number:04d}") for number in range(case.repeat))
        if case.repeat > 1
        else case.text
    )
    segments = tuple(segment(said, role) for role, said in case.turns) or (
        segment(text, case.role, case.header),
    )
    return JudgedUnit(case.path, kind, segments, app_category=case.app_category)


def fires(ruleset: RuleSet, rule: Rule, case: Case) -> bool:
    """Whether the rule, or for channels any rule of its channel, strikes the case."""
    document = unit(case)
    if rule.family == "conduct":
        struck = judge_turns(ruleset, document)
        return any(one.violation.rule_id == rule.id and case.at in (None, one.segment) for one in struck)
    violations = judge(ruleset, document)
    if rule.family == "channel":
        return any(v.channel == rule.channel for v in violations)
    return any(v.rule_id == rule.id or any(law.id == rule.id for law in v.law) for v in violations)


def strikes(ruleset: RuleSet, rule: Rule, case: Case) -> bool:
    """Whether this very rule strikes the case, be it alone or beside graver ones."""
    if rule.family != "channel":
        return fires(ruleset, rule, case)
    alone = replace(ruleset, rules=(rule,), key=f"{ruleset.key}:{rule.id}")
    return any(v.rule_id == rule.id for v in judge(alone, unit(case)))


def failures(ruleset: RuleSet, rules: tuple[Rule, ...] | None = None) -> Iterator[tuple[Rule, str, Case]]:
    """Cases that do not turn out as they say: (rule, "hit" or "miss", case)."""
    for rule in ruleset.rules if rules is None else rules:
        if not rule.enabled:
            continue
        yield from ((rule, "hit", case) for case in rule.hits if not fires(ruleset, rule, case))
        yield from ((rule, "miss", case) for case in rule.misses if fires(ruleset, rule, case))


def dead(ruleset: RuleSet, rule: Rule) -> bool:
    """Whether the rule strikes none of its own hit cases: another rule of its channel, or none, does."""
    return rule.enabled and bool(rule.hits) and not any(strikes(ruleset, rule, case) for case in rule.hits)

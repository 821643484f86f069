"""Writes into findings which rules and channels count them as evidence; makes annotations of what rules only note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from pii_guard.model import Annotation
from pii_guard.model import Finding
from pii_guard.model import Violation


def annotate(findings: Iterable[Finding], violations: Iterable[Violation]) -> list[Finding]:
    """The findings with `rules` and `channels` filled from the violations that name their fingerprints."""
    all_of = tuple(violations)
    resting = defaultdict[tuple[str, ...], list[int]](list)  # laws about a whole document rest on the same findings
    for number, violation in enumerate(all_of):
        resting[violation.evidence].append(number)
    naming = defaultdict[str, list[int]](list)
    for evidence, numbers in resting.items():
        for mark in evidence:
            naming[mark] += numbers

    @cache  # a law counts most findings of a document: few combinations, many findings
    def told(numbers: tuple[int, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
        named = [all_of[number] for number in numbers]
        rules = {rule for v in named for rule in (v.rule_id, *(law.id for law in v.law))}
        return tuple(sorted(rules)), tuple(sorted({v.channel for v in named if v.channel}))

    def marked(finding: Finding) -> Finding:
        if finding.fingerprint not in naming:
            return finding
        rules, channels = told(tuple(naming[finding.fingerprint]))
        return finding._replace(rules=rules, channels=channels)

    return list(map(marked, findings))


def noted(struck: Violation) -> Annotation:
    """What a rule with `annotation: true` says, as what it is."""
    return Annotation(
        struck.rule_id, struck.message, struck.path, struck.line, struck.law, struck.evidence, struck.anchor
    )

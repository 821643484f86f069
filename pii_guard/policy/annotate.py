"""Writes into findings which rules and channels count them as evidence; makes annotations of what rules only note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pii_guard.model import Annotation
from pii_guard.model import Finding
from pii_guard.model import Violation


def annotate(findings: Iterable[Finding], violations: Iterable[Violation]) -> list[Finding]:
    """The findings with `rules` and `channels` filled from the violations that name their fingerprints."""
    rules: dict[str, set[str]] = defaultdict(set)
    channels: dict[str, set[int]] = defaultdict(set)
    for violation in violations:
        for mark in violation.evidence:
            rules[mark].update((violation.rule_id, *(law.id for law in violation.law)))
            if violation.channel:
                channels[mark].add(violation.channel)
    return [
        f._replace(rules=tuple(sorted(rules[f.fingerprint])), channels=tuple(sorted(channels[f.fingerprint])))
        if f.fingerprint in rules
        else f
        for f in findings
    ]


def noted(struck: Violation) -> Annotation:
    """What a rule with `annotation: true` says, as what it is."""
    return Annotation(
        struck.rule_id, struck.message, struck.path, struck.line, struck.law, struck.evidence, struck.anchor
    )

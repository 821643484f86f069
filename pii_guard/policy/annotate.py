"""Writes into findings which rules and channels count them as evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar
from typing import cast

from pii_guard.model import Finding
from pii_guard.model import Violation

T = TypeVar("T", bound=tuple[object, ...])


def annotate(findings: Iterable[Finding], violations: Iterable[Violation]) -> list[Finding]:
    """The findings with `rules` and `channels` filled from the violations that name their fingerprints."""
    rules: dict[str, set[str]] = defaultdict(set)
    channels: dict[str, set[int]] = defaultdict(set)
    for violation in violations:
        for mark in violation.evidence:
            rules[mark].update((violation.rule_id, *(law.id for law in violation.law)))
            if violation.channel:
                channels[mark].add(violation.channel)
    shared: dict[tuple[object, ...], tuple[object, ...]] = {}  # thousands of findings, a handful of combinations
    marks = {
        mark: (_once(tuple(sorted(names)), shared), _once(tuple(sorted(channels[mark])), shared))
        for mark, names in rules.items()
    }
    return [
        f._replace(rules=marks[f.fingerprint][0], channels=marks[f.fingerprint][1]) if f.fingerprint in marks else f
        for f in findings
    ]


def _once(value: T, shared: dict[tuple[object, ...], tuple[object, ...]]) -> T:
    """The same tuple for the same content."""
    return cast("T", shared.setdefault(value, value))

"""Rules and judging: the eight leakage channels, the laws, and the conduct of conversations.

    ruleset = policy.load([Path("rules")])
    violations = policy.judge(ruleset, JudgedUnit(path, "txt", segments))
    violations = policy.judge_dialog(ruleset, [{"role": "agent", "content": "..."}])

A rule says what evidence it needs in the rule language (`language.py`); `lint` checks packs, `schema`
describes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path

from pii_guard.policy.annotate import annotate
from pii_guard.policy.apps import check_category
from pii_guard.policy.dialog import judge_and_note
from pii_guard.policy.dialog import judge_dialog
from pii_guard.policy.dialog import turn
from pii_guard.policy.guidance import advice
from pii_guard.policy.guidance import citations
from pii_guard.policy.guidance import consequences
from pii_guard.policy.guidance import wording
from pii_guard.policy.judge import judge
from pii_guard.policy.loader import load
from pii_guard.policy.loader import load_with_cases
from pii_guard.policy.values import JudgedSegment
from pii_guard.policy.values import JudgedUnit
from pii_guard.policy.values import RuleSet

__all__ = [
    "JudgedSegment",
    "JudgedUnit",
    "RuleSet",
    "advice",
    "annotate",
    "check_category",
    "citations",
    "consequences",
    "judge",
    "judge_and_note",
    "judge_dialog",
    "lint",
    "load",
    "load_with_cases",
    "schema",
    "turn",
    "wording",
]


def lint(rule_dirs: Sequence[Path] | None = None, *, run_cases: bool = True, language: str = "zh") -> list[str]:
    """The problems of these packs (default: our own), `FILE: RULE: what is wrong` each; empty where all is well."""
    from pii_guard.policy import checks

    return [problem.line(language) for problem in checks.lint(rule_dirs, run_cases=run_cases)]


def schema() -> Mapping[str, object]:
    """The JSON Schema of rule files, generated from the loader's tables."""
    from pii_guard.policy import json_schema

    return json_schema.schema()

"""Finds what is wrong with rule packs beyond their syntax: each problem is one line for the author.

Dead rules (no hit case, or a hit case that does not hit), rules without cases, unknown lexicons,
suppressors, probes and
articles, patterns that do not compile or repeat without bound, severities of a ladder that never differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path

from pii_guard.patterns import lazy
from pii_guard.policy import probes
from pii_guard.policy.cases import failures
from pii_guard.policy.cases import strikes
from pii_guard.policy.loader import load_with_cases
from pii_guard.policy.suppress import pattern
from pii_guard.policy.values import Condition
from pii_guard.policy.values import Rule
from pii_guard.policy.values import RuleSet

_WORD = {"hit": "命中用例不成立", "miss": "不命中用例不成立"}
LEAST = {"channel": (1, 0), "conduct": (2, 1), "law": (2, 1)}
_HAN = lazy("[\u3400-\u9fff\uff08\uff09]")
UNBOUNDED = lazy(r"(?<!\\)[*+]\)(?:[*+]|\{[0-9]+,\})|(?<!\\)\.[*+]")


def lint(rule_dirs: Sequence[Path] | None = None, *, run_cases: bool = True) -> list[str]:
    """The problems of these packs, `RULE: problem` each; empty where all is well."""
    return problems(load_with_cases(rule_dirs), run_cases=run_cases, translated=rule_dirs is None)


def problems(ruleset: RuleSet, *, run_cases: bool = True, translated: bool = False) -> list[str]:
    """The problems of a rule set that carries its cases; `translated`: all it says must be there in English too."""
    found = list(_untranslated(ruleset)) if translated else []
    found += [f"{rule.id}: {text}" for rule in ruleset.rules for text in _of_rule(rule, ruleset)]
    found += [
        f"suppress.{s.name}: {text}"
        for s in ruleset.suppressors.values()
        for text in _of_patterns(s.patterns)
    ]
    if run_cases and not found:  # cases of a rule that names what is not there cannot run
        found += [
            f"{rule.id}: 死规则，没有一条命中用例由它命中 / dead rule: it strikes none of its own hit cases"
            for rule in ruleset.rules
            if rule.enabled and rule.hits and not any(strikes(ruleset, rule, case) for case in rule.hits)
        ]
        found += [
            f"{rule.id}: {_WORD[kind]} / {kind} case fails: {_shown(case.text or str(case.turns))}"
            for rule, kind, case in failures(ruleset)
        ]
    return found


def _untranslated(ruleset: RuleSet) -> Iterator[str]:
    """Texts without English: users of `--lang en` would read Chinese."""
    said = [(rule.id, text) for rule in ruleset.rules for text in (rule.title, rule.remedy)]
    said += [(o.id, text) for o in ruleset.obligations.values() for text in (o.law_title, o.article, o.duty)]
    said += [(f"CH{channel.number}", channel.title) for channel in ruleset.channels.values()]
    for name, text in said:
        if not text["en"] or _HAN.search(text["en"]):
            yield f"{name}: 没有英文 / no English: {_shown(text['zh'])}"


def _of_rule(rule: Rule, ruleset: RuleSet) -> Iterator[str]:
    hits, misses = LEAST[rule.family]
    if len(rule.hits) < hits or len(rule.misses) < misses:
        yield f"用例不足 / too few cases: {len(rule.hits)} hit ({hits}), {len(rule.misses)} miss ({misses})"
    for article in rule.law:
        if article not in ruleset.obligations:
            yield f"没有这条法规义务 / unknown obligation {article!r}"
    for name in rule.unless:
        if name != "*" and name not in ruleset.suppressors:
            yield f"没有这个抑制词表 / unknown suppressor {name!r}"
    for condition in _walk(rule):
        yield from _of_condition(condition, ruleset)


def _of_condition(condition: Condition, ruleset: RuleSet) -> Iterator[str]:
    if condition.kind in ("words", "lacks", "near"):
        yield from (
            f"没有这个词表 / unknown lexicon {n!r}" for n in condition.names if not _has_words(n, ruleset)
        )
    if condition.kind == "probe":
        known = probes.names()
        yield from (
            f"没有这个探针 / unknown probe {n!r}" for n in condition.names if n.partition(".")[0] not in known
        )
    if condition.kind in ("phrase", "header"):
        yield from _of_patterns(condition.names)


def _has_words(name: str, ruleset: RuleSet) -> bool:
    return name in ruleset.lexicons and bool(ruleset.lexicons[name].words)


def _of_patterns(sources: Sequence[str]) -> Iterator[str]:
    for source in sources:
        try:
            pattern(source)
        except re.error as error:
            yield f"正则有误 / bad pattern {source!r}: {error}"
        if UNBOUNDED.search(source):
            yield f"重复须有上限 / unbounded repeat in {source!r}: write {{0,40}}"


def _walk(rule: Rule) -> Iterator[Condition]:
    waiting = [rule.when, *(step.when for step in rule.ladder)]
    while waiting:
        condition = waiting.pop()
        yield condition
        waiting += condition.parts


def _shown(text: str) -> str:
    return text[:60].replace("\n", "\\n")

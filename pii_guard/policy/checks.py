"""Finds what is wrong with rule packs beyond their syntax: file, rule, what is wrong, and what to do.

Names that stand for nothing (lexicons, suppressors, probes, entity types, rules, articles, roles), what nobody uses,
rungs of a ladder that change nothing, rules without cases, dead rules (none of their hit cases is struck by the rule
itself), cases that fail, and patterns that repeat without bound or take exponential time.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path

from pii_guard.named import NamedTuple
from pii_guard.patterns import lazy
from pii_guard.policy.cases import MARK
from pii_guard.policy.cases import dead
from pii_guard.policy.cases import failures
from pii_guard.policy.check_names import Known
from pii_guard.policy.check_names import Said
from pii_guard.policy.check_names import known_to
from pii_guard.policy.check_names import of_case
from pii_guard.policy.check_names import of_condition
from pii_guard.policy.check_names import unknown
from pii_guard.policy.check_patterns import of_patterns
from pii_guard.policy.loader import compile_packs
from pii_guard.policy.loader import load_packs
from pii_guard.policy.packs import Pack
from pii_guard.policy.retune import changed
from pii_guard.policy.values import Case
from pii_guard.policy.values import Condition
from pii_guard.policy.values import Rule
from pii_guard.policy.values import RuleSet

LEAST = {"channel": (1, 0), "conduct": (2, 1), "law": (2, 1)}
ELSEWHERE = {"violated": "law", **dict.fromkeys(("before", "after", "first", "cited"), "conduct")}  # tests of one family
DEAD: Said = (
    "死规则，没有一条命中用例由它命中：改 when 或用例",
    "dead rule: it strikes none of its own hit cases; mend `when` or the cases",
)
_FAILED: dict[str, Said] = {"hit": ("命中用例不成立", "hit case fails"), "miss": ("不命中用例不成立", "miss case fails")}
_LONG = lazy(r"[0-9]{5,64}")
_HAN = lazy("[\u3400-\u9fff\uff08\uff09]")


class Problem(NamedTuple):
    """One thing to mend: the file, the rule (or lexicon, suppressor), and what is wrong in both languages."""

    file: str
    subject: str
    zh: str
    en: str

    def line(self, language: str = "zh") -> str:
        """`FILE: RULE: what is wrong`."""
        return f"{self.file}: {self.subject}: {self.en if language == 'en' else self.zh}"


def lint(rule_dirs: Sequence[Path] | None = None, *, run_cases: bool = True) -> list[Problem]:
    """The problems of these packs; empty where all is well."""
    packs, key = load_packs(rule_dirs)
    ruleset, files = compile_packs(packs, key), files_of(packs)
    found = list(_untranslated(packs)) if rule_dirs is None else []
    known = known_to(ruleset, rule_dirs or ())
    found += (Problem(files[rule.id], rule.id, *said) for rule in ruleset.rules for said in _of_rule(rule, known))
    found += _unused(packs, ruleset)
    found += (Problem(file, f"suppress.{name}", *said) for file, name, said in _of_suppressors(packs))
    found += _retunes(packs)
    if run_cases and not found:  # cases of a rule that names what is not there cannot run
        found += case_problems(ruleset, files)
    return found


def case_problems(ruleset: RuleSet, files: dict[str, str], rules: tuple[Rule, ...] | None = None) -> Iterator[Problem]:
    """What the cases of the rules (default: all) tell."""
    for rule in ruleset.rules if rules is None else rules:
        if dead(ruleset, rule):
            yield Problem(files[rule.id], rule.id, *DEAD)
    for rule, kind, case in failures(ruleset, rules):
        zh, en = _FAILED[kind]
        number = next(n for n, one in enumerate(rule.hits if kind == "hit" else rule.misses, 1) if one is case)
        shown = case_shown(case)
        yield Problem(files[rule.id], rule.id, f"{zh} #{number}: {shown}", f"{en} #{number}: {shown}")


def case_shown(case: Case) -> str:
    """A case as it may be shown: without the values it marks, and without long numbers."""
    text = case.text or "; ".join(f"{role}: {said}" for role, said in case.turns)
    return _shown(_LONG.sub("…", MARK.sub(lambda mark: f"[[{mark[1]}]]", text)))


def files_of(packs: Sequence[Pack]) -> dict[str, str]:
    """The file of each rule."""
    return {rule.id: pack.name for pack in packs for rule in pack.rules}


def _untranslated(packs: Sequence[Pack]) -> Iterator[Problem]:
    """Texts of ours without English: users of `--lang en` would read Chinese."""
    for pack in packs:
        said = [(rule.id, text) for rule in pack.rules for text in (rule.title, rule.remedy)]
        said += [(o.id, text) for o in pack.obligations.values() for text in (o.law_title, o.article, o.duty)]
        said += [(f"CH{pack.channel.number}", pack.channel.title)] if pack.channel and pack.channel.title["zh"] else []
        for name, text in said:
            if not text["en"] or _HAN.search(text["en"]):
                yield Problem(pack.name, name, f"没有英文: {_shown(text['zh'])}", f"no English: {_shown(text['zh'])}")


def _of_rule(rule: Rule, known: Known) -> Iterator[Said]:
    hits, misses = LEAST[rule.family]
    if len(rule.hits) < hits or len(rule.misses) < misses:
        there = f"{len(rule.hits)} hit, {len(rule.misses)} miss"
        yield f"用例不足：有 {there}，至少 {hits} hit, {misses} miss", f"too few cases: {there}; {hits} and {misses} are needed"
    for article in rule.law:
        if article not in known.obligations:
            yield unknown("法规义务", "obligation", article, known.obligations)
    for name in rule.unless:
        if name != "*" and name not in known.suppressors:
            yield unknown("抑制词表", "suppressor", name, known.suppressors)
    for condition in walk(rule):
        yield from of_condition(condition, known)
        if condition.kind in ELSEWHERE and rule.family not in ELSEWHERE[condition.kind]:
            family = ELSEWHERE[condition.kind]
            yield f"{condition.kind} 只用于 {family} 规则，在这里从不成立", f"{condition.kind} is for {family} rules: here it never holds"
        if condition.kind in ("phrase", "header"):
            yield from of_patterns(condition.names)
    for case in (*rule.hits, *rule.misses):
        yield from of_case(case, known)
    yield from _of_ladder(rule)


def _of_ladder(rule: Rule) -> Iterator[Said]:
    """Rungs that change nothing: asked after all others and no other severity, or asked a second time."""
    steps = list(rule.ladder)
    while steps and steps[-1].severity == rule.severity:
        steps.pop()
        yield (
            f"ladder 的级别与规则本来的 {rule.severity} 相同，不起作用：改级别或删去",
            f"a rung of the ladder has the rule's own severity {rule.severity}: change it or take it away",
        )
    if len({step.when for step in rule.ladder}) < len(rule.ladder):
        yield "ladder 里同一个条件出现两次，后一个不起作用", "a condition stands twice in the ladder: the second never counts"


def walk(rule: Rule) -> Iterator[Condition]:
    """All conditions of a rule, those inside of others among them."""
    waiting = [rule.when, *(step.when for step in rule.ladder)]
    while waiting:
        condition = waiting.pop()
        yield condition
        waiting += condition.parts


def _unused(packs: Sequence[Pack], ruleset: RuleSet) -> Iterator[Problem]:
    """Lexicons and suppressors that are there for nothing."""
    asked = {name for rule in ruleset.rules for c in walk(rule) if c.kind in ("words", "lacks", "near") for name in c.names}
    named = {name for rule in ruleset.rules for name in rule.unless}
    ours = {name for pack in packs if pack.own for name in pack.lexicons}
    for pack in packs:
        for name, lexicon in pack.lexicons.items():
            concept = name in ours and name[0] != "_"  # a feature of the classifier, which was trained with ours
            if name not in asked and not ruleset.lexicons[name].trigger and not concept:
                yield Problem(
                    pack.name,
                    f"lexicon.{name}",
                    "没有规则用这个词表：在规则里写 words，或删去",
                    "no rule uses this lexicon: name it in a rule, or take it away",
                )
            elif not lexicon.words and not lexicon.trigger and name not in pack.removed_words:
                yield Problem(pack.name, f"lexicon.{name}", "词表是空的", "the lexicon is empty")
        for name in pack.suppressors:
            if name not in named:
                yield Problem(
                    pack.name,
                    f"suppress.{name}",
                    "没有规则在 unless 里点名用它：写进规则或 retune 的 unless，或删去",
                    "no rule names it in `unless`: name it in that of a rule or a retune, or take it away",
                )


def _of_suppressors(packs: Iterable[Pack]) -> Iterator[tuple[str, str, Said]]:
    for pack in packs:
        for suppressor in pack.suppressors.values():
            for said in of_patterns((*suppressor.patterns, *suppressor.keeps)):
                yield pack.name, suppressor.name, said


def _retunes(packs: Sequence[Pack]) -> Iterator[Problem]:
    """Changes that change nothing."""
    rules = {rule.id: rule for pack in packs for rule in pack.rules}
    for pack in packs:
        for change in pack.retune:
            before = rules[change.rule]
            rules[change.rule] = changed(before, change)
            if rules[change.rule] == before:
                yield Problem(
                    pack.name,
                    f"retune {change.rule}",
                    "与规则现在的样子相同，不起作用：删去",
                    "the rule is so already: take the entry away",
                )


def _shown(text: str) -> str:
    return text[:60].replace("\n", "\\n")

"""Names in rules that stand for nothing: what a misspelt word would silently switch off."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path

from pii_guard.detect import rulebook
from pii_guard.patterns import lazy
from pii_guard.policy import probes
from pii_guard.policy.apps import CATEGORIES
from pii_guard.policy.cases import MARK
from pii_guard.policy.dialog import ROLES
from pii_guard.policy.suggest import nearest
from pii_guard.policy.values import Case
from pii_guard.policy.values import Condition
from pii_guard.policy.values import RuleSet
from pii_guard.records import dataclass

Said = tuple[str, str]  # Chinese, English
_ANY_MARK = lazy(r"\[\[[^\]\n]{0,200}\]\]")
_ROLES = frozenset(ROLES.values())


@dataclass(frozen=True, slots=True)
class Known:
    """Every name that a rule may use."""

    types: frozenset[str]
    lexicons: frozenset[str]
    suppressors: frozenset[str]
    obligations: frozenset[str]
    violable: frozenset[str]  # rules, and channels as CH1 to CH8


def known_to(ruleset: RuleSet, places: Sequence[Path]) -> Known:
    """The names of a rule set, and the entity types of ours and of the places."""
    theirs = [place for place in places if place != rulebook.shipped()]
    return Known(
        frozenset(entity.entity_type for entity in rulebook.load(theirs)),
        frozenset(name for name, lexicon in ruleset.lexicons.items() if lexicon.words),
        frozenset(ruleset.suppressors),
        frozenset(ruleset.obligations),
        frozenset(rule.id for rule in ruleset.rules) | {f"CH{number}" for number in range(1, 9)},
    )


def unknown(zh: str, en: str, name: str, known: Iterable[str]) -> Said:
    """That there is no such thing, and what was perhaps meant."""
    close = ", ".join(nearest(name, known))
    also = f"；是不是 {close}" if close else "；请先定义它，或改用已有的"
    meant = f"; did you mean {close}" if close else "; define it first, or name another"
    return f"没有这个{zh} {name!r}{also}", f"unknown {en} {name!r}{meant}"


def of_condition(condition: Condition, known: Known) -> Iterator[Said]:
    """The names of one condition that stand for nothing."""
    match condition.kind:
        case "words" | "lacks" | "near":
            yield from _missing("词表", "lexicon", condition.names, known.lexicons)
        case "entity" | "cited":
            yield from _missing("类型", "entity type", condition.names, known.types)
        case "violated":
            yield from _missing("规则或渠道", "rule or channel", condition.names, known.violable)
        case "role" | "before" | "after":
            yield from _missing("说话人", "role", condition.names, _ROLES)
        case "probe":
            for name in condition.names:
                yield from _of_probe(name)
        case "minor" | "first" | "people" | "score" if not condition.number:
            yield f"{condition.kind}: 0 总是或从不成立", f"{condition.kind}: 0 holds always or never"
        case "classifier" | "plausible" if not 0 < condition.number < 1:
            yield f"{condition.kind} 应在 0 与 1 之间", f"{condition.kind} must lie between 0 and 1"


def _of_probe(name: str) -> Iterator[Said]:
    probe, dot, code = name.partition(".")
    if probe not in probes.names():
        yield unknown("探针", "probe", probe, probes.names())
    elif dot and code not in probes.codes(probe):
        yield unknown("探针代码", "code of the probe", name, [f"{probe}.{one}" for one in probes.codes(probe)])


def of_case(case: Case, known: Known) -> Iterator[Said]:
    """The names and marks of a case that stand for nothing."""
    roles = [role for role, _ in case.turns] + ([case.role] if case.role else [])
    yield from _missing("说话人", "role", dict.fromkeys(roles), _ROLES)
    if case.app_category and case.app_category not in CATEGORIES:
        yield unknown("应用类别", "app category", case.app_category, CATEGORIES)
    text = "\n".join((case.text, *(said for _, said in case.turns)))
    yield from _missing("类型", "entity type", dict.fromkeys(mark[1] for mark in MARK.finditer(text)), known.types)
    if _ANY_MARK.search(MARK.sub("", text)):
        yield "用例里的标记应写作 [[类型:值]]", "a mark in a case is written [[TYPE:value]]"


def _missing(zh: str, en: str, names: Iterable[str], known: frozenset[str]) -> Iterator[Said]:
    yield from (unknown(zh, en, name, known) for name in names if name not in known)

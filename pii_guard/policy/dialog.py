"""Judges conversations: each turn against the conduct rules, with the turns before and after it in view.

Roles are agent, customer and third_party; common names of them in chat exports are understood.
A number that a speaker splits over neighbouring messages is joined before judging.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from functools import partial
from itertools import zip_longest

from pii_guard.model import Anchor
from pii_guard.model import Annotation
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.policy.annotate import noted
from pii_guard.policy.evidence import holds
from pii_guard.policy.judge import judge
from pii_guard.policy.judge import strike
from pii_guard.policy.people import identity
from pii_guard.policy.plan import plan_of
from pii_guard.policy.split_numbers import join_split_numbers
from pii_guard.policy.split_numbers import part_of
from pii_guard.policy.values import Condition
from pii_guard.policy.values import JudgedSegment
from pii_guard.policy.values import JudgedUnit
from pii_guard.policy.values import Rule
from pii_guard.policy.values import RuleSet
from pii_guard.policy.weeding import Struck
from pii_guard.policy.window import Dialogue
from pii_guard.policy.window import Window
from pii_guard.policy.window import first_turns

SCOPE = "conduct.turn"
BEFORE = 8  # turns of a long conversation that are kept in view
ROLES = {
    **dict.fromkeys(
        [
            "agent",
            "assistant",
            "客服",
            "坐席",
            "座席",
            "客服人员",
            "员工",
            "staff",
            "operator",
            "seller",
            "商家",
            "卖家",
            "店家",
            "柜员",
            "客户经理",
        ],
        "agent",
    ),
    **dict.fromkeys(
        ["customer", "user", "客户", "用户", "顾客", "买家", "来电人", "buyer", "消费者", "投诉人"],
        "customer",
    ),
    **dict.fromkeys(
        ["third_party", "third", "第三方", "第三人", "陌生人", "中介", "其他", "other", "stranger", "冒充者"],
        "third_party",
    ),
}


def role_of(name: str | None) -> str | None:
    """agent, customer or third_party; other names stay as they are."""
    return ROLES.get(name.strip().lower(), name) if name else None


def turn(
    role: str | None, content: str, findings: Sequence[Finding] = (), number: int | None = None
) -> JudgedSegment:
    """A turn of a dialogue; findings count their offsets in its content."""
    speaker = role_of(role)
    return JudgedSegment(
        content, tuple(findings), speaker, anchor=Anchor("message", message=number, role=speaker)
    )


def judge_dialog(
    ruleset: RuleSet,
    turns: Sequence[JudgedSegment | Mapping[str, str]],
    path: str = "",
    *,
    language: str = "zh",
) -> list[Violation]:
    """Channel, law and conduct violations of a dialogue."""
    return judge_and_note(ruleset, turns, path, language=language)[0]


def judge_and_note(
    ruleset: RuleSet,
    turns: Sequence[JudgedSegment | Mapping[str, str]],
    path: str = "",
    *,
    language: str = "zh",
) -> tuple[list[Violation], list[Annotation]]:
    """The violations of a dialogue, and what rules only note in it: good practice (CS-20)."""
    segments = [_segment(one, number) for number, one in enumerate(turns, 1)]
    unit = JudgedUnit(path, "", tuple(segments), language=language)
    struck = judge_turns(ruleset, unit)
    conduct = [one.violation for one in struck if not one.annotation]
    notes = [noted(one.violation) for one in struck if one.annotation]
    return [v for v in judge(ruleset, unit) if _counts(ruleset, v)] + conduct, notes


def _counts(ruleset: RuleSet, violation: Violation) -> bool:
    """What agents and strangers ask for is for the conduct rules; the channels keep hard artefacts and
    plain wording.
    """
    role = violation.anchor.role
    if violation.channel is None or role not in ("agent", "third_party"):
        return True
    rule = next(rule for rule in ruleset.rules if rule.id == violation.rule_id)
    return rule.hard or (role == "third_party" and all(part.kind != "classifier" for part in rule.when.parts))


def judge_turns(ruleset: RuleSet, unit: JudgedUnit) -> list[Struck]:
    """What the conduct rules say of each turn, once per rule and turn; `segment` is the turn, from 0."""
    struck: list[Struck] = []
    for position, window in enumerate(windows(ruleset, unit)):
        struck += [replace(one, segment=position) for one in strike(plan_of(ruleset), SCOPE, window)]
    return struck


def judge_turn(ruleset: RuleSet, window: Window, ids: frozenset[str]) -> Iterator[Struck]:
    """What these rules say of one turn."""
    return strike(plan_of(ruleset), SCOPE, window, known=_others(ruleset, ids))


@lru_cache(maxsize=1024)
def _others(ruleset: RuleSet, ids: frozenset[str]) -> frozenset[str]:
    return frozenset(rule.id for rule, *_ in plan_of(ruleset).rules[SCOPE].entries if rule.id not in ids)


def turn_window(ruleset: RuleSet, unit: JudgedUnit, turn: JudgedSegment, repeated: frozenset[str]) -> Window:
    """A turn of a long conversation: conduct rules have phrases, few ask for words."""
    return Window(plan_of(ruleset), unit, turn, turn.text, 0, turn.findings, sparse=True, repeated=repeated)


def speakers(rule: Rule) -> frozenset[str] | None:
    """The roles of whose turns the rule speaks; None: of all."""
    parts = rule.when.parts if rule.when.kind == "all" else (rule.when,)
    return next((frozenset(part.names) for part in parts if part.kind == "role"), None)


def alone(window: Window, rules: Iterable[Rule]) -> frozenset[str]:
    """Those of the rules that may hold for the turn, as far as it tells without its neighbours."""
    if part_of(window.segment):
        return frozenset(rule.id for rule in rules)
    return frozenset(rule.id for rule in rules if _may_hold(rule.when, window))


def windows(ruleset: RuleSet, unit: JudgedUnit, made: Sequence[Window | None] = ()) -> list[Window]:
    """The turns of a dialogue, split numbers joined, each with the others in view; `made`: those there are already."""
    turns: list[Window] = []
    for given, turn, known in zip_longest(unit.segments, join_split_numbers(unit).segments, made):
        again = known if given is turn else None
        turns.append(again or Window(plan_of(ruleset), unit, turn, turn.text, 0, turn.findings, sparse=bool(made)))
    first = first_turns(turns)
    for number, window in enumerate(turns):
        window.around = partial(Dialogue, turns, number, first)
    return turns


def reach(ruleset: RuleSet, rule_id: str) -> tuple[int, int]:
    """How many turns before and after its own a rule may look at."""
    (condition,) = (r.when for r, *_ in plan_of(ruleset).rules[SCOPE].entries if r.id == rule_id)
    return min(BEFORE, _reach(condition, "before")), _reach(condition, "after")


def _reach(condition: Condition, side: str) -> int:
    """Turns to that side; a value cited may stand anywhere before."""
    inner = max((_reach(part, side) for part in condition.parts), default=0)
    if side == "before" and condition.kind in ("cited", "first"):
        return BEFORE
    return inner + condition.within if condition.kind == side else inner


def _may_hold(condition: Condition, window: Window) -> bool:
    match condition.kind:
        case "all":
            return all(_may_hold(part, window) for part in condition.parts)
        case "any":
            return any(_may_hold(part, window) for part in condition.parts)
        case "none":
            return not any(part.kind == "phrase" and holds(part, window) is not None for part in condition.parts)
        case "role" | "phrase" | "entity":
            return holds(condition, window) is not None
        case "cited":
            return window.repeated is None or any(identity(f) in window.repeated for f in window.findings)
    return True


def _segment(one: JudgedSegment | Mapping[str, str], number: int) -> JudgedSegment:
    if isinstance(one, JudgedSegment):
        return replace(one, role=role_of(one.role))
    return turn(one.get("role"), one.get("content") or one.get("text") or "", number=number)

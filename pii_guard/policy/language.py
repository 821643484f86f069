"""The rule language: every key a rule file may hold, what it means, and how it is read.

The JSON Schema (`json_schema.py`) is generated from the tables here, so documentation and loader cannot drift
apart.
A condition is a mapping of tests, all of which must hold; a list of conditions also means all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping

from pii_guard.errors import RuleError
from pii_guard.model import SEVERITIES
from pii_guard.policy.nodes import Node
from pii_guard.policy.nodes import check_keys
from pii_guard.policy.nodes import decimal
from pii_guard.policy.nodes import flag
from pii_guard.policy.nodes import items
from pii_guard.policy.nodes import listed
from pii_guard.policy.nodes import mapping
from pii_guard.policy.nodes import names_of
from pii_guard.policy.nodes import one_of
from pii_guard.policy.nodes import patterns_of
from pii_guard.policy.nodes import whole
from pii_guard.policy.suggest import suggestion
from pii_guard.policy.values import Condition
from pii_guard.policy.values import Step
from pii_guard.records import dataclass

COSTS = (  # the later, the dearer; other kinds are made of parts, or dearer still
    frozenset("role kind entity violated all any none".split()),
    frozenset("together people minor score header".split()),
    frozenset("words lacks near".split()),
    frozenset("phrase classifier".split()),
    frozenset(("probe",)),
)


@dataclass(frozen=True, slots=True)
class Test:
    """A key of the condition language: how its value is shaped, what it means, how it is parsed."""

    shape: Mapping[str, object]
    meaning: str
    parse: Callable[[str, Node, str], Condition]


def parse_condition(node: Node, where: str) -> Condition:
    """A condition from YAML; raises RuleError naming the file and key."""
    if isinstance(node, list) and node:
        return _joined([parse_condition(part, where) for part in node])
    if not isinstance(node, dict) or not node:
        raise RuleError(f"{where}: 条件应为映射 / a condition is a mapping, not {type(node).__name__}")
    return _joined([_test(str(key), value, where) for key, value in node.items()])


def _joined(parts: list[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else Condition("all", parts=tuple(sorted(parts, key=_cost)))


def _cost(condition: Condition) -> int:
    """What to ask first where all must hold: what was found, then words, patterns, and the neighbours last."""
    own = next((n for n, kinds in enumerate(COSTS) if condition.kind in kinds), len(COSTS))
    return max([own, *map(_cost, condition.parts)])


def read_ladder(node: Node, where: str) -> tuple[Step, ...]:
    """The rungs of a severity ladder."""
    steps = []
    for step in items(node, where):
        check_keys(step, ("severity", "when"), where)
        steps.append(
            Step(one_of(step.get("severity"), SEVERITIES, f"{where}.severity"), parse_condition(step.get("when"), f"{where}.when"))
        )
    return tuple(steps)


def _test(key: str, value: Node, where: str) -> Condition:
    if key not in TESTS:
        known = ", ".join(sorted(TESTS))
        raise RuleError(f"{where}: 未知条件 / unknown test {key!r}{suggestion(key, TESTS)}；可用 / known: {known}")
    return TESTS[key].parse(key, value, f"{where}.{key}")


def _names(key: str, value: Node, where: str) -> Condition:
    return Condition(key, names=names_of(value, where))


def _patterns(key: str, value: Node, where: str) -> Condition:
    return Condition(key, names=patterns_of(value, where))


def _parts(key: str, value: Node, where: str) -> Condition:
    nodes = value if isinstance(value, list) else [value]
    if not nodes:
        raise RuleError(f"{where}: 条件列表是空的 / an empty list of conditions")
    return Condition(key, parts=tuple(parse_condition(node, where) for node in nodes))


def _number(key: str, value: Node, where: str) -> Condition:
    return Condition(key, number=decimal(value, where))


def _options(value: Node, where: str, names: str, allowed: tuple[str, ...]) -> Mapping[str, Node]:
    """A mapping form, or its short form: just the names."""
    options = mapping(value, where) if isinstance(value, dict) else {names: value}
    check_keys(options, (names, *allowed), where)
    if names not in options:
        raise RuleError(f"{where}: 缺少 / missing {names!r}")
    return options


def _near(key: str, value: Node, where: str) -> Condition:
    options = _options(value, where, "words", ("within", "ordered"))
    names = names_of(options["words"], f"{where}.words")
    if len(names) == 1:
        raise RuleError(f"{where}.words: 至少要两个词表，一个请用 words / two lexicons are needed; for one use words")
    within = whole(options.get("within", 20), f"{where}.within")
    return Condition(key, names=names, within=within, ordered=flag(options, "ordered", where))


def _entity(key: str, value: Node, where: str) -> Condition:
    options = _options(value, where, "types", ("count", "score"))
    names = names_of(options["types"], f"{where}.types")
    count = whole(options.get("count", 1), f"{where}.count", least=1)
    return Condition(key, names=names, within=count, number=decimal(options.get("score", 0.5), f"{where}.score"))


def _together(key: str, value: Node, where: str) -> Condition:
    parts = tuple(_entity("entity", part, where) for part in listed(value, where))
    if len(parts) < 2:
        raise RuleError(f"{where}: 至少要两组类型，一组请用 entity / two kinds are needed; for one use entity")
    return Condition(key, parts=parts)


def _turn(key: str, value: Node, where: str) -> Condition:
    """`before` and `after`: a condition on another turn, at most `within` turns away, by `by`."""
    node = mapping(value, where)
    rest = {k: v for k, v in node.items() if k not in ("within", "by")}
    speakers = names_of(node["by"], f"{where}.by") if "by" in node else ()
    part = parse_condition(rest, where)
    return Condition(key, names=speakers, parts=(part,), within=whole(node.get("within", 99), f"{where}.within", least=1))


_NAMES: dict[str, object] = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_CONDITION: dict[str, object] = {"$ref": "#/$defs/condition"}
_LIST: dict[str, object] = {"type": "array", "items": _CONDITION, "minItems": 1}
_TURN: dict[str, object] = {"type": "object"}
_ANY: dict[str, object] = {}

TESTS: dict[str, Test] = {
    "all": Test(_LIST, "every condition of the list holds", _parts),
    "any": Test(_LIST, "at least one condition of the list holds", _parts),
    "none": Test(_LIST, "no condition of the list holds", _parts),
    "not": Test(_CONDITION, "the condition does not hold", lambda _, v, w: _parts("none", v, w)),
    "words": Test(_NAMES, "a word of one of these lexicons occurs", _names),
    "lacks": Test(_NAMES, "no word of these lexicons occurs", _names),
    "phrase": Test(_NAMES, "one of these regular expressions matches the folded text", _patterns),
    "near": Test(_ANY, "words of all these lexicons stand within N characters (20) of one another", _near),
    "entity": Test(
        _ANY, "a finding of one of these types; count: distinct values; score: least score (0.5)", _entity
    ),
    "together": Test(
        _ANY, "findings of every one of these types (or lists of alternatives) in the same scope", _together
    ),
    "people": Test({"type": "number"}, "at least this many distinct people in the scope", _number),
    "probe": Test(_NAMES, "a probe saw this: name, or name.code", _names),
    "classifier": Test(
        {"type": "number"}, "the classifier gives a leak at least this probability, and thinks of the rule's channel first", _number
    ),
    "plausible": Test(
        {"type": "number"}, "the classifier gives the rule's channel (any channel, of a rule without one) at least this probability", _number
    ),
    "role": Test(_NAMES, "the speaker is one of these", _names),
    "kind": Test(_NAMES, "the file has one of these suffixes", _names),
    "header": Test(_NAMES, "the column header or key matches one of these regular expressions", _patterns),
    "violated": Test(_NAMES, "one of these rules or channels (CH7) is violated in the unit", _names),
    "before": Test(_TURN, "an earlier turn (within N, by ROLE) meets the condition", _turn),
    "after": Test(_TURN, "a later turn (within N, by ROLE) meets the condition", _turn),
    "first": Test({"type": "number"}, "the turn is among the first N of the dialogue", _number),
    "cited": Test(_NAMES, "a finding's value stands in this turn and in an earlier turn too", _names),
    "minor": Test(
        {"type": "number"}, "a birth date or ID number tells of a person younger than this", _number
    ),
    "score": Test(
        {"type": "number"}, "the criminal-threshold indicator of the unit reaches this value", _number
    ),
}

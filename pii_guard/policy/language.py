"""The rule language: every key a rule file may hold, what it means, and how it is read.

The JSON Schema (`json_schema.py`) is generated from the tables here, so documentation and loader cannot drift
apart.
A condition is a mapping of tests, all of which must hold; a list of conditions also means all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping

from pii_guard.errors import RuleError
from pii_guard.policy.values import Condition
from pii_guard.records import dataclass

Node = object
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


def _test(key: str, value: Node, where: str) -> Condition:
    if key not in TESTS:
        raise RuleError(f"{where}: 未知条件 / unknown test {key!r}; known: {', '.join(sorted(TESTS))}")
    return TESTS[key].parse(key, value, where)


def names_of(value: Node, where: str) -> tuple[str, ...]:
    """One name or a list of names."""
    names = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(name, str | int) for name in names):
        raise RuleError(f"{where}: 应为一个或多个名称 / a name or a list of names is needed")
    return tuple(str(name) for name in names)


def _names(key: str, value: Node, where: str) -> Condition:
    return Condition(key, names=names_of(value, f"{where}.{key}"))


def _parts(key: str, value: Node, where: str) -> Condition:
    nodes = value if isinstance(value, list) else [value]
    return Condition(key, parts=tuple(parse_condition(node, f"{where}.{key}") for node in nodes))


def _number(key: str, value: Node, where: str) -> Condition:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RuleError(f"{where}.{key}: 应为数字 / a number is needed")
    return Condition(key, number=float(value))


def _options(key: str, value: Node, where: str, names: str, allowed: set[str]) -> dict[str, object]:
    """A mapping form, or its short form: just the names."""
    options = value if isinstance(value, dict) else {names: value}
    for option in options:
        if option not in allowed | {names}:
            known = ", ".join(sorted(allowed | {names}))
            raise RuleError(f"{where}.{key}: 未知键 / unknown key {option!r}; known: {known}")
    return {str(k): v for k, v in options.items()}


def _near(key: str, value: Node, where: str) -> Condition:
    options = _options(key, value, where, "words", {"within", "ordered"})
    names = names_of(options["words"], f"{where}.{key}.words")
    return Condition(
        key, names=names, within=_integer(options.get("within", 20)), ordered=bool(options.get("ordered"))
    )


def _entity(key: str, value: Node, where: str) -> Condition:
    options = _options(key, value, where, "types", {"count", "score"})
    names = names_of(options["types"], f"{where}.{key}.types")
    score = options.get("score", 0.5)
    return Condition(key, names=names, within=_integer(options.get("count", 1)), number=float(str(score)))


def _together(key: str, value: Node, where: str) -> Condition:
    if not isinstance(value, list):
        raise RuleError(f"{where}.{key}: 应为列表 / a list is needed")
    return Condition(key, parts=tuple(_entity("entity", part, f"{where}.{key}") for part in value))


def _turn(key: str, value: Node, where: str) -> Condition:
    """`before` and `after`: a condition on another turn, at most `within` turns away, by `by`."""
    if not isinstance(value, dict):
        raise RuleError(f"{where}.{key}: 应为映射 / a mapping is needed")
    rest = {k: v for k, v in value.items() if k not in ("within", "by")}
    speakers = names_of(value["by"], f"{where}.{key}.by") if "by" in value else ()
    part = parse_condition(rest, f"{where}.{key}")
    return Condition(key, names=speakers, parts=(part,), within=_integer(value.get("within", 99)))


def _integer(value: Node) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise RuleError("应为整数 / a whole number is needed")
    return value


_NAMES: dict[str, object] = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_CONDITION: dict[str, object] = {"$ref": "#/$defs/condition"}
_LIST: dict[str, object] = {"type": "array", "items": _CONDITION}
_TURN: dict[str, object] = {"type": "object"}
_ANY: dict[str, object] = {}

TESTS: dict[str, Test] = {
    "all": Test(_LIST, "every condition of the list holds", _parts),
    "any": Test(_LIST, "at least one condition of the list holds", _parts),
    "none": Test(_LIST, "no condition of the list holds", _parts),
    "not": Test(_CONDITION, "the condition does not hold", lambda k, v, w: _parts("none", v, w)),
    "words": Test(_NAMES, "a word of one of these lexicons occurs", _names),
    "lacks": Test(_NAMES, "no word of these lexicons occurs", _names),
    "phrase": Test(_NAMES, "one of these regular expressions matches the folded text", _names),
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
    "header": Test(_NAMES, "the column header or key matches one of these regular expressions", _names),
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

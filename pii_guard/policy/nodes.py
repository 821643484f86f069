"""The parts of a rule file as YAML gives them, taken at their word or refused: RuleError names the place and what is known.

`where` is the file, the rule and the key: what an author needs to find the mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping

from pii_guard.errors import RuleError
from pii_guard.policy.suggest import suggestion
from pii_guard.policy.suppress import pattern

Node = object
Map = Mapping[str, object]
MOST = 1_000_000  # for counts and distances: more is a slip


def mapping(node: Node, where: str) -> Map:
    """The node as a mapping, its keys as text."""
    if not isinstance(node, dict):
        raise RuleError(f"{where}: 应为映射 / a mapping is needed, not {_kind(node)}")
    return {str(key): value for key, value in node.items()}


def items(node: Node, where: str) -> list[Map]:
    """The node as a list of mappings."""
    return [mapping(item, where) for item in listed(node, where)]


def listed(node: Node, where: str) -> list[Node]:
    """The node as a list."""
    if not isinstance(node, list):
        raise RuleError(f"{where}: 应为列表 / a list is needed, not {_kind(node)}")
    return node


def check_keys(node: Map, known: Iterable[str], where: str) -> None:
    """Unknown keys are errors: a misspelt key must not silently switch a rule off."""
    names = sorted(known)
    for key in node:
        if key not in names:
            raise RuleError(
                f"{where}: 未知键 / unknown key {key!r}{suggestion(key, names)}；可用 / known: {', '.join(names)}"
            )


def names_of(node: Node, where: str) -> tuple[str, ...]:
    """One name or a list of names."""
    names = node if isinstance(node, list) else [node]
    if not names or not all(isinstance(name, str | int) and not isinstance(name, bool) and name != "" for name in names):
        raise RuleError(f"{where}: 应为一个或多个名称 / a name or a list of names is needed")
    return tuple(str(name) for name in names)


def patterns_of(node: Node, where: str) -> tuple[str, ...]:
    """One regular expression or a list of them, all of which compile."""
    sources = names_of(node, where)
    for source in sources:
        try:
            pattern(source)
        except (re.error, OverflowError, RecursionError) as error:
            raise RuleError(f"{where}: 正则有误 / bad pattern {source!r}: {error}") from error
    return sources


def texts(node: Node, where: str) -> Mapping[str, str]:
    """{zh, en}; a plain string stands for both."""
    if isinstance(node, str | int):
        return {"zh": str(node), "en": str(node)}
    both = mapping(node, where)
    check_keys(both, ("zh", "en"), where)
    return {"zh": str(both.get("zh", both.get("en", ""))), "en": str(both.get("en", both.get("zh", "")))}


def one_of(node: Node, allowed: tuple[str, ...], where: str) -> str:
    """The node, if it is one of the allowed words."""
    if not isinstance(node, str) or node not in allowed:
        raise RuleError(f"{where}: 应为其中之一 / must be one of {', '.join(allowed)}, not {node!r}")
    return node


def flag(node: Map, key: str, where: str, *, default: bool = False) -> bool:
    """Whether the key says true; what is neither true nor false (`maybe`) is a mistake."""
    value = node.get(key, default)
    if not isinstance(value, bool):
        raise RuleError(f"{where}.{key}: 应为 true 或 false / must be true or false, not {value!r}")
    return value


def whole(node: Node, where: str, least: int = 0, most: int = MOST) -> int:
    """The node as a whole number within bounds."""
    if isinstance(node, bool) or not isinstance(node, int) or not least <= node <= most:
        raise RuleError(f"{where}: 应为 {least} 至 {most} 的整数 / must be a whole number from {least} to {most}, not {node!r}")
    return node


def decimal(node: Node, where: str) -> float:
    """The node as a number."""
    if isinstance(node, bool) or not isinstance(node, int | float) or not 0 <= node <= MOST:
        raise RuleError(f"{where}: 应为数字 / a number is needed, not {node!r}")
    return float(node)


def _kind(node: Node) -> str:
    return {type(None): "nothing", str: "a text", bool: "true or false"}.get(type(node), type(node).__name__)

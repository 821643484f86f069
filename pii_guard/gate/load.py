"""Reading policies: presets by name, files by path, `extends` chains; what is not understood is an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from dataclasses import replace
from pathlib import Path
from typing import Any
from typing import TypeVar

from pii_guard.errors import UsageError
from pii_guard.gate.policy import ExceptionRules
from pii_guard.gate.policy import FailOn
from pii_guard.gate.policy import PathRule
from pii_guard.gate.policy import Policy
from pii_guard.model import SEVERITIES

T = TypeVar("T", Policy, FailOn, ExceptionRules)
_DEEPEST = 8  # files in a chain of `extends`
_LEVELS = (*SEVERITIES, "none")
_CHOICES = {
    "severity": _LEVELS,
    "confidence": ("low", "medium", "high"),
    "unused": ("ignore", "warn", "fail"),
    "on_incomplete": ("fail", "pass"),
}


def presets() -> list[str]:
    """Names of the shipped policies."""
    return sorted(path.stem for path in _folder().glob("*.yaml"))


def load(name: str, beside: Path | None = None, depth: int = 0) -> Policy:
    """The policy of a name or a path (relative to the file that names it)."""
    if name == "default" and not depth and beside is None:
        return Policy()
    path = _path(name, beside)
    if depth > _DEEPEST:
        raise UsageError(f"{path}: extends 套得太深，可能成环")
    import yaml

    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"{path}: 不是可读的策略（{type(error).__name__}）") from None
    return parse(raw, str(path), path.stem, path, depth)


def parse(raw: object, where: str, name: str = "custom", path: Path | None = None, depth: int = 0) -> Policy:
    """A policy from a mapping, on top of what it extends (`default` unless it says otherwise)."""
    table = _table(raw, where)
    above = table.pop("extends", None)
    base = load(_word(above, where), path.parent if path else None, depth + 1) if above else Policy()
    return replace(_parsed(base, table, where), name=str(table.get("name", name)))


def _parsed(base: T, table: Mapping[str, object], where: str) -> T:
    known = {f.name: getattr(base, f.name) for f in fields(base)}
    changes: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            from difflib import get_close_matches

            near = get_close_matches(key, known, 1)
            raise UsageError(
                f"{where}: 未知的键 {key}"
                + (f"，是否想写 {near[0]}" if near else f"，可用: {', '.join(known)}")
            )
        changes[key] = _value(key, value, known[key], f"{where}: {key}")
    return replace(base, **changes)


def _value(key: str, value: object, old: object, where: str) -> object:
    if (
        key == "paths"
        and isinstance(old, tuple)
        and (not isinstance(value, list) or any(isinstance(v, dict) for v in value))
    ):
        return tuple(_path_rule(rule, where) for rule in _list(value, where))
    if isinstance(old, FailOn):
        return _parsed(old, {"severity": value} if isinstance(value, str) else _table(value, where), where)
    if isinstance(old, ExceptionRules):
        return _parsed(old, _table(value, where), where)
    if key in _CHOICES:
        return _choice(value, _CHOICES[key], where)
    return _counts(value, where) if key == "max" else _plain_value(key, value, old, where)


def _plain_value(key: str, value: object, old: object, where: str) -> object:
    """A flag, a number, a word or a list of words, as the value it replaces."""
    if isinstance(old, bool):
        return _flag(value, where)
    if key == "max_days":
        return None if value is None else _number(value, where)
    if not isinstance(old, frozenset | tuple):
        return _word(value, where)
    items = _list(value, where)
    if key == "channels":
        return frozenset(_number(item, where) for item in items)
    words = tuple(_word(item, where) for item in items)
    return words if isinstance(old, tuple) else frozenset(word.upper() for word in words)


def _flag(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"{where} 应为 true 或 false")
    return value


def _path_rule(raw: object, where: str) -> PathRule:
    table = _table(raw, where)
    if unknown := set(table) - {"match", "severity", "note"}:
        raise UsageError(f"{where}: 未知的键 {sorted(map(str, unknown))[0]}，可用: match, severity, note")
    severity = _choice(table.get("severity"), _LEVELS, f"{where}.severity")
    return PathRule(_word(table.get("match"), f"{where}.match"), severity, str(table.get("note", "")))


def _counts(value: object, where: str) -> dict[str, int]:
    table = _table(value, where)
    return {_choice(k, (*SEVERITIES, "total"), where): _number(v, where) for k, v in table.items()}


def _choice(value: object, choices: tuple[str, ...], where: str) -> str:
    if value not in choices:
        raise UsageError(f"{where} 应为 {', '.join(choices)} 之一")
    return str(value)


def _number(value: object, where: str) -> int:
    if type(value) is not int or value < 0:
        raise UsageError(f"{where} 应为不小于 0 的整数")
    return value


def _word(value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise UsageError(f"{where} 应为字符串")
    return value


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise UsageError(f"{where} 应为列表")
    return value


def _table(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, Mapping):
        raise UsageError(f"{where} 应为键值表")
    return dict(value)


def _path(name: str, beside: Path | None) -> Path:
    if not name.endswith((".yaml", ".yml")):
        preset = _folder() / f"{name}.yaml"
        if "/" in name or not preset.is_file():
            raise UsageError(f"没有策略 {name}，可用: {', '.join(presets())}，或给出 .yaml 文件")
        return preset
    path = (beside or Path()) / name
    if not path.is_file():
        raise UsageError(f"策略文件不存在: {path}")
    return path


def _folder() -> Path:
    from pii_guard.detect.rulebook import shipped

    return shipped() / "policies"

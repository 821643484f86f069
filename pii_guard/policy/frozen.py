"""The compiled form of a rule set: JSON arrays in field order, quick to read and harmless to load."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import fields
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

from pii_guard.policy.values import Channel
from pii_guard.policy.values import Condition
from pii_guard.policy.values import Lexicon
from pii_guard.policy.values import Obligation
from pii_guard.policy.values import Rule
from pii_guard.policy.values import RuleSet
from pii_guard.policy.values import Step
from pii_guard.policy.values import Suppressor

Row = Sequence[Any]  # JSON: its shape is checked by the key at its end


def dump(ruleset: RuleSet) -> str:
    """The compiled form."""
    import json

    return json.dumps(plain(ruleset), ensure_ascii=False, separators=(",", ":"))


def read(place: Path, key: str) -> RuleSet | None:
    """The rule set kept at `place`, if it is the one of this key; None where it is missing, stale or
    broken.
    """
    import json

    try:
        text = place.read_text(encoding="utf-8")
        return thawed(json.loads(text)) if text.endswith(f'"{key}"]') else None
    except (OSError, ValueError, TypeError, IndexError):
        return None


def plain(value: object) -> Any:
    """A value as what JSON has, dataclasses as lists in field order."""
    if is_dataclass(value) and not isinstance(value, type):
        return [plain(getattr(value, f.name)) for f in fields(value)]
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    return [plain(v) for v in value] if isinstance(value, tuple) else value


def _condition(row: Row) -> Condition:
    kind, names, parts, number, within, ordered = row
    return Condition(kind, tuple(names), tuple(_condition(part) for part in parts), number, within, ordered)


def _rule(row: Row) -> Rule:
    """Field order of Rule; conditions and tuples are restored."""
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
    values[4] = _condition(row[4])
    values[13] = tuple(Step(severity, _condition(when)) for severity, when in row[13])
    return Rule(*values)


def thawed(row: Row) -> RuleSet:
    """The rule set that `plain` was made of."""
    rules, lexicons, suppressors, obligations, channels, key = row
    return RuleSet(
        tuple(_rule(rule) for rule in rules),
        {k: Lexicon(v[0], tuple(v[1]), v[2]) for k, v in lexicons.items()},
        {k: Suppressor(v[0], tuple(v[1]), v[2], tuple(v[3])) for k, v in suppressors.items()},
        {k: Obligation(*v) for k, v in obligations.items()},
        {int(k): Channel(v[0], v[1], tuple(v[2]), tuple(v[3]), v[4]) for k, v in channels.items()},
        str(key),
    )

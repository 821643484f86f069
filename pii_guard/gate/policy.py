"""A gate policy: `rules/policies/NAME.yaml`, a file of the project's, or the `policy` block of its config.

    extends: default
    fail_on: {severity: low, confidence: high, types: [OTP], channels: [3], laws: [PIPL], paths: ["*.log"]}
    max: {medium: 20, total: 50}      # more than so many fail; without a number one is too many
    paths: [{match: "docs/**", severity: critical, note: "..."}]
    new_only: false                   # only what a change adds counts
    exceptions: {inline: true, baseline: true, allowlist: true, require_reason: true, require_owner: false,
                 max_days: 180, unused: warn, never: [CVV]}
    on_incomplete: fail

The defaults of the classes are the policy `default`; a test holds both together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from pii_guard.records import dataclass


@dataclass(frozen=True, slots=True)
class FailOn:
    """What fails at once: a severity and above; of any severity: types, channels, laws and paths."""

    severity: str = "medium"
    confidence: str = "medium"
    types: frozenset[str] = frozenset()
    channels: frozenset[int] = frozenset()
    laws: frozenset[str] = frozenset()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PathRule:
    """Another severity for some paths; the last rule that fits decides."""

    match: str
    severity: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExceptionRules:
    """Which exceptions are honoured.  `never`: types that nothing excuses."""

    inline: bool = True
    baseline: bool = True
    allowlist: bool = True
    require_reason: bool = True
    require_owner: bool = False
    max_days: int | None = None
    unused: str = "warn"
    never: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Policy:
    """What may pass."""

    name: str = "default"
    about: str = ""
    fail_on: FailOn = field(default_factory=FailOn)
    max: Mapping[str, int] = field(default_factory=dict)
    paths: tuple[PathRule, ...] = ()
    new_only: bool = False
    exceptions: ExceptionRules = field(default_factory=ExceptionRules)
    on_incomplete: str = "fail"

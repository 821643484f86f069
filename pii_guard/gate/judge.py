"""Counting against a policy.  A verdict lists every clause with limit, count and outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import field
from typing import cast

from pii_guard.errors import ExitCode
from pii_guard.gate.policy import Policy
from pii_guard.model import HIGH
from pii_guard.model import MEDIUM
from pii_guard.model import SEVERITIES
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.named import NamedTuple
from pii_guard.records import dataclass
from pii_guard.sources.paths import _excluder as fitting

_MOST_KNOWN = 1024
_LEAST = {"low": 0.0, "medium": MEDIUM, "high": HIGH}


class Item(NamedTuple):
    """What a policy sees of a finding or a violation."""

    severity: str
    path: str
    score: float = 1.0
    entity_type: str = ""
    channels: tuple[int, ...] = ()
    laws: tuple[str, ...] = ()


class Clause(NamedTuple):
    """One sentence of a policy and how it came out; `subject` is a severity, a type, a path ..."""

    kind: str
    subject: str
    limit: int
    found: int

    @property
    def failed(self) -> bool:
        """More than the policy allows."""
        return self.found > self.limit


class _Weight(NamedTuple):
    """The clauses that an item breaks by itself, and whether it is as severe as its path allows no more."""

    struck: tuple[tuple[str, str], ...]
    grave: bool


class Verdict(NamedTuple):
    """How a run came out."""

    clauses: tuple[Clause, ...]
    code: ExitCode
    excused: ExitCode = ExitCode.OK  # what is left of the code where violations are let pass

    @property
    def failed(self) -> tuple[Clause, ...]:
        """The clauses that were broken."""
        return tuple(clause for clause in self.clauses if clause.failed)


def of_finding(finding: Finding) -> Item:
    """A finding as a policy sees it."""
    return Item(
        finding.severity, finding.path, finding.score, finding.entity_type, finding.channels, finding.rules
    )


def of_violation(violation: Violation) -> Item:
    """A violation as a policy sees it."""
    laws = (violation.rule_id, *(law.id for law in violation.law))
    channels = () if violation.channel is None else (violation.channel,)
    return Item(violation.severity, violation.path, 1.0, "", channels, laws)


def of_record(record: Mapping[str, object]) -> Item:
    """A finding or a violation of a JSON result; what it lacks is taken at its gravest."""
    laws = [str(rule) for rule in cast("Sequence[object]", record.get("rules") or ())]
    laws += [str(law.get("id")) for law in cast("Sequence[dict[str, object]]", record.get("law") or ())]
    laws += [str(record["rule_id"])] if "rule_id" in record else []
    channels = cast("Sequence[int]", record.get("channels") or ())
    channel = cast("int | None", record.get("channel"))
    severity = str(record.get("severity"))
    return Item(
        severity if severity in SEVERITIES else "critical",
        str(record.get("path", "")),
        float(cast("float", record.get("score", 1.0))),
        str(record.get("entity_type", "")),
        tuple(channels) if channel is None else (*channels, channel),
        tuple(laws),
    )


@dataclass(slots=True)
class Judge:
    """Takes items one by one."""

    policy: Policy
    items: int = 0
    by_severity: Counter[str] = field(default_factory=Counter)
    struck: Counter[tuple[str, str]] = field(default_factory=Counter)
    _fits: dict[str, Callable[[str], bool]] = field(default_factory=dict)
    _known: dict[tuple[object, ...], _Weight] = field(default_factory=dict)

    def add(self, item: Item) -> bool:
        """Count an item; True when the policy does not let it pass by itself."""
        if item.score < _LEAST[self.policy.fail_on.confidence]:
            return False
        self.items += 1
        weight = self._weight(item)
        if weight.struck:
            self.struck.update(weight.struck)
        if weight.grave:
            self.by_severity[item.severity] += 1
        return bool(weight.struck) or (weight.grave and not self.policy.max.get(item.severity))

    def _weight(self, item: Item) -> _Weight:
        """What an item counts for; one file has many that count alike."""
        kind = (item.severity, item.path, item.entity_type, item.channels, item.laws)
        found = self._known.get(kind)
        if found is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            found = _Weight(tuple(self._struck(item)), _at_least(item.severity, self._threshold(item.path)))
            self._known[kind] = found
        return found

    def verdict(self, *, incomplete: bool = False, complaints: Mapping[str, int] | None = None) -> Verdict:
        """All clauses, and the exit code they mean."""
        policy = self.policy
        clauses = [
            Clause("severity", s, policy.max.get(s, 0), self.by_severity[s])
            for s in reversed(self._severities())
        ]
        if "total" in policy.max:
            clauses.append(Clause("total", "", policy.max["total"], self.items))
        for kind, subjects in self._lists().items():
            clauses += [Clause(kind, subject, 0, self.struck[kind, subject]) for subject in sorted(subjects)]
        clauses += [Clause("exception", kind, 0, count) for kind, count in (complaints or {}).items()]
        left = self._incomplete() if incomplete else ExitCode.OK
        failed = any(clause.failed for clause in clauses)
        return Verdict(tuple(clauses), ExitCode.VIOLATION if failed else left, left)

    def _incomplete(self) -> ExitCode:
        return ExitCode.INCOMPLETE if self.policy.on_incomplete == "fail" else ExitCode.OK

    def _severities(self) -> list[str]:
        levels = [s for s in SEVERITIES if _at_least(s, self.policy.fail_on.severity)]
        return [s for s in SEVERITIES if s in levels or s in self.policy.max or self.by_severity[s]]

    def _lists(self) -> dict[str, set[str]]:
        on = self.policy.fail_on
        lists = {"type": on.types, "channel": {str(c) for c in on.channels}, "law": on.laws, "path": on.paths}
        return {kind: set(subjects) for kind, subjects in lists.items()}

    def _struck(self, item: Item) -> list[tuple[str, str]]:
        on = self.policy.fail_on
        struck = [("type", item.entity_type)] if item.entity_type in on.types else []
        struck += [("channel", str(c)) for c in item.channels if c in on.channels]
        struck += [("law", law) for law in on.laws if any(one.upper().startswith(law) for one in item.laws)]
        return struck + [
            ("path", glob) for glob in on.paths if self._fit(glob, item.path) and item.severity != "info"
        ]

    def _threshold(self, path: str) -> str:
        chosen = [rule.severity for rule in self.policy.paths if self._fit(rule.match, path)]
        return chosen[-1] if chosen else self.policy.fail_on.severity

    def _fit(self, glob: str, path: str) -> bool:
        if glob not in self._fits:
            self._fits[glob] = fitting([glob])
        return self._fits[glob](path.replace("\\", "/").removeprefix("./"))


def _at_least(severity: str, least: str) -> bool:
    return least != "none" and SEVERITIES.index(severity) >= SEVERITIES.index(least)

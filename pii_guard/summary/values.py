"""What a result says, as values: everything in them is masked already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from pii_guard.model import SEVERITIES
from pii_guard.model import LawReference

GRAVEST_FIRST = tuple(reversed(SEVERITIES))


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding of a result."""

    path: str
    line: int
    start: int
    end: int
    entity_type: str
    severity: str
    masked: str
    fingerprint: str
    value_id: str
    person: str = ""
    score: float = 0.0
    rules: tuple[str, ...] = ()
    named: bool = False  # stands in the document's name


@dataclass(frozen=True, slots=True)
class Broken:
    """A violation of a result."""

    path: str
    line: int
    rule_id: str
    severity: str
    message: str
    remedy: str
    channel: int | None = None
    law: tuple[LawReference, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that was not scanned: `status` is unscanned or skipped."""

    path: str
    status: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where figures come from: a result file with its digest, or paths scanned for this report."""

    name: str
    sha256: str = ""
    tool: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One result, or several joined."""

    origins: tuple[Origin, ...]
    findings: tuple[Seen, ...] = ()
    violations: tuple[Broken, ...] = ()
    unread: tuple[Unread, ...] = ()
    scanned: frozenset[str] | None = None  # paths; None where the result does not list them
    files: int = 0
    missing: int = 0  # documents or findings the summary counts but the result does not hold
    ignored: int = 0
    suppressed: int = 0
    keyed: bool = False  # with a key that outlives the run
    key_id: str = ""
    verdict: Mapping[str, object] = field(default_factory=dict)
    on_duty: bool = False  # data held in performing duties or providing services
    annotations: int = 0  # what rules noted: good practice, never a violation
    linked_apart: bool = False  # joined from results whose ids cannot be compared

    @property
    def unscanned(self) -> tuple[Unread, ...]:
        """What was in scope and could not be scanned."""
        return tuple(one for one in self.unread if one.status == "unscanned")

    @property
    def incomplete(self) -> bool:
        """Not everything in scope is accounted for, or nothing was scanned at all."""
        return bool(self.unscanned or self.missing or not self.files)


def rank(severity: str) -> int:
    """Gravest first; a severity we do not know counts as the gravest."""
    return GRAVEST_FIRST.index(severity) if severity in GRAVEST_FIRST else 0

"""Reporters: one module an output, found by its name.  A module offers `open(out, view) -> Reporter`.

Findings of a document arrive before its status; nothing raw ever reaches a reporter but the Secret, which
shows nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from importlib import import_module
from pathlib import Path
from typing import Protocol
from typing import TextIO

from pii_guard import reach
from pii_guard.messages import Messages
from pii_guard.model import Annotation
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.records import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """How to show things; `names` maps an entity type to its name in the user's language."""

    messages: Messages
    names: Mapping[str, str]
    color: bool = False
    encoding: str = "utf-8"
    show_files: bool = False
    statistics: bool = False
    verbosity: int = 0


@dataclass(slots=True)
class Tally:
    """What a run adds up to."""

    files: int = 0
    findings: int = 0
    violations: int = 0
    annotations: int = 0
    bytes: int = 0
    ignored: int = 0
    unscanned: list[DocumentStatus] = field(default_factory=list)
    skipped_by: Counter[str] = field(default_factory=Counter)  # reason -> files
    by_type: Counter[str] = field(default_factory=Counter)
    by_severity: Counter[str] = field(default_factory=Counter)  # of findings
    violated: Counter[str] = field(default_factory=Counter)  # severities of violations
    suppressed: int = 0
    key: str = "ephemeral"
    verdict: Mapping[str, object] = field(default_factory=dict)  # of the gate
    told: Mapping[str, object] = field(default_factory=dict)  # figures of the law, and guidance on channels

    def add(self, event: Finding | Violation | Annotation | DocumentStatus) -> None:
        """Count one event."""
        if isinstance(event, Finding):
            if event.suppression is not None:
                self.suppressed += 1
                return
            self.findings += 1
            self.by_type[event.entity_type] += 1
            self.by_severity[event.severity] += 1
            return
        if isinstance(event, Annotation):
            self.annotations += 1
            return
        if isinstance(event, Violation):
            self.violations += 1
            self.violated[event.severity] += 1
            return
        self.bytes += event.bytes
        if event.status == "scanned":
            self.files += 1
        elif event.status == "skipped":
            self.skipped_by[event.reason or ""] += 1
        else:
            self.unscanned.append(event)

    @property
    def skipped(self) -> int:
        """Files without text by their kind, links that lead nowhere, and the like."""
        return self.skipped_by.total()

    def to_json(self) -> dict[str, object]:
        """The summary block of the JSON formats."""
        counted: dict[str, object] = {
            "files": self.files,
            "findings": self.findings,
            "violations": self.violations,
            "annotations": self.annotations,
            "unscanned": len(self.unscanned),
            "skipped": self.skipped,
            "ignored": self.ignored,
            "suppressed": self.suppressed,
            "bytes": self.bytes,
            "by_type": dict(sorted(self.by_type.items())),
            "by_severity": dict(sorted(self.by_severity.items())),
            "fingerprint_key": self.key,
        }
        return {**counted, **self.told} | ({"verdict": dict(self.verdict)} if self.verdict else {})


class Reporter(Protocol):
    """Takes events in order; `close` ends the output."""

    def finding(self, finding: Finding) -> None: ...

    def document(self, status: DocumentStatus) -> None: ...

    def close(self, tally: Tally) -> None: ...


def formats() -> list[str]:
    """Names of all output formats, from the folder."""
    return sorted(name.replace("_", "-") for name in reach.modules(Path(__file__).parent))


def open_reporter(name: str, out: TextIO, view: View) -> Reporter:
    """The reporter of a format."""
    reporter: Reporter = import_module(f"{__name__}.{name.replace('-', '_')}").open(out, view)
    return reporter

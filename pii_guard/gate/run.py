"""One run of the gate: sources through the engine, past the exceptions, to the judge.

The command line and `scan_paths` both run this, so that they cannot tell different things of the same files.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from pii_guard import pipeline
from pii_guard import reach
from pii_guard.config import Settings
from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError
from pii_guard.gate.exceptions import Event
from pii_guard.gate.exceptions import Exceptions
from pii_guard.gate.exceptions import Source
from pii_guard.gate.judge import Judge
from pii_guard.gate.judge import Verdict
from pii_guard.gate.judge import of_finding
from pii_guard.gate.judge import of_violation
from pii_guard.gate.policy import FailOn
from pii_guard.gate.policy import Policy
from pii_guard.model import Annotation
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Report
from pii_guard.model import Violation
from pii_guard.records import dataclass
from pii_guard.report import Tally
from pii_guard.scanner import Scanner

if TYPE_CHECKING:
    from pii_guard.baseline.match import Matcher
    from pii_guard.gate.figures import Figures
    from pii_guard.sources.git_diff import Added

Attribute = Callable[[Iterable[Event]], Iterator[Event]]


@dataclass(slots=True)
class Run:
    """What a run needs, and what it adds up to."""

    scanner: Scanner
    exceptions: Exceptions
    judge: Judge
    tally: Tally
    without_hints: bool = False  # leave out what is found but never personal
    figures: Figures | None = None  # of the law, where a summary tells them
    watch: Callable[[Iterable[Source]], Iterable[Source]] = iter  # who wants to know how far the reading is

    def events(self, sources: Iterable[Source], attribute: Attribute = iter) -> Iterator[Event]:
        """All events, settled, counted and judged; `attribute` places those of a history."""
        found = pipeline.scan(self.watch(self.exceptions.sources(sources)), self.scanner)
        for event in self.exceptions.settle(attribute(found)):
            if isinstance(event, Finding):
                if self._left_out(event):
                    continue
                if event.suppression is None:
                    self.judge.add(of_finding(event))
            elif isinstance(event, Violation):
                self.judge.add(of_violation(event))
            self.tally.add(event)
            yield self.figures.add(event) if self.figures else event

    def _left_out(self, finding: Finding) -> bool:
        if finding.suppression is not None and finding.suppression.kind == "unchanged":
            return True
        return self.without_hints and finding.severity == "info"

    def verdict(self) -> Verdict:
        """How it came out; also left in the tally for the reports."""
        self.tally.suppressed += self.exceptions.violations
        policy = self.judge.policy
        complaints = self.exceptions.complaints() if policy.exceptions.unused == "fail" else {}
        verdict = self.judge.verdict(incomplete=bool(self.tally.unscanned), complaints=complaints)
        if any(status.reason == "internal" for status in self.tally.unscanned):
            verdict = verdict._replace(code=ExitCode.INTERNAL)
        self.tally.verdict = record(policy, verdict)
        if self.figures:
            self.tally.told = self.figures.to_json()
        return verdict


def policy_of(settings: Settings) -> Policy:
    """The policy in force: the one that is named, else the default one with the severity asked for."""
    return settings.policy or Policy(fail_on=FailOn(severity=settings.min_severity))


def matcher_of(path: Path, named: bool, settings: Settings, added: Added | None = None) -> Matcher | None:
    """The baseline in a file; none where there is no file, unless it was asked for by name."""
    if not reach.exists(path):
        if named:
            raise UsageError(f"基线文件不存在: {path}（pii-guard baseline create 可建立）")
        return None
    from pii_guard.baseline.entries import load
    from pii_guard.baseline.match import Matcher

    return Matcher(load(path), settings.key, today(), added.renamed if added else {})


def record(policy: Policy, verdict: Verdict) -> dict[str, object]:
    """A verdict as JSON."""
    clauses = [{**clause._asdict(), "failed": clause.failed} for clause in verdict.clauses]
    return {
        "policy": policy.name,
        "passed": verdict.code == 0,
        "exit_code": int(verdict.code),
        "clauses": clauses,
    }


def today() -> date:
    """The user's day: exceptions end by it."""
    return date.today()


def report_of(
    paths: Sequence[str | PathLike[str]], scanner: Scanner, exclude: Iterable[str] = ()
) -> Report:
    """What `pii-guard scan -f json` says of files and folders, as values."""
    from pii_guard.sources.paths import find

    settings = scanner.settings
    named = settings.baseline
    matcher = matcher_of(named, True, settings) if named else None
    found = find(paths, exclude=(*settings.exclude, *exclude), gitignore=settings.gitignore)
    policy = policy_of(settings)
    if policy.fail_on.confidence == "low" != settings.min_confidence:
        scanner = Scanner(replace(settings, min_confidence="low", key=scanner.key))
    own = frozenset({str(named)} if named else ())
    exceptions = Exceptions(policy, scanner, today(), matcher, own_files=own)
    tally = Tally(ignored=found.ignored, key="configured" if settings.key else "ephemeral")
    run = Run(scanner, exceptions, Judge(policy), tally, figures=figures_of(scanner) if settings.judge else None)
    return _collected(run, [*found.documents, *found.statuses])


def figures_of(scanner: Scanner) -> Figures:
    """Those of the law, nothing counted yet."""
    from pii_guard.gate import figures

    return figures.begin(scanner)


def _collected(run: Run, sources: Sequence[Source]) -> Report:
    documents: list[DocumentStatus] = []
    findings: list[Finding] = []
    violations: list[Violation] = []
    annotations: list[Annotation] = []
    for event in run.events(sources):
        if isinstance(event, DocumentStatus):
            documents.append(event)
        elif isinstance(event, Violation):
            violations.append(event)
        elif isinstance(event, Annotation):
            annotations.append(event)
        elif event.suppression is None:
            findings.append(event)
    run.verdict()
    return Report(tuple(documents), tuple(findings), tuple(violations), run.tally.to_json(), tuple(annotations))

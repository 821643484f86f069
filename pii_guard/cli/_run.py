"""One run of the gate: sources through the engine, past the exceptions, to the judge."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pii_guard import baseline
from pii_guard import pipeline
from pii_guard.baseline import key as keys
from pii_guard.baseline.key import key_id
from pii_guard.config import Settings
from pii_guard.detect.findings import fingerprint
from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError
from pii_guard.gate import load as policies
from pii_guard.gate.exceptions import Event
from pii_guard.gate.exceptions import Exceptions
from pii_guard.gate.exceptions import Source
from pii_guard.gate.judge import Judge
from pii_guard.gate.judge import Verdict
from pii_guard.gate.judge import of_finding
from pii_guard.gate.judge import of_violation
from pii_guard.gate.policy import FailOn
from pii_guard.gate.policy import Policy
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.records import dataclass
from pii_guard.report import Tally
from pii_guard.scanner import Scanner

if TYPE_CHECKING:
    from pii_guard.cli._figures import Figures
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

    def events(self, sources: Iterable[Source], attribute: Attribute = iter) -> Iterator[Event]:
        """All events, settled, counted and judged; `attribute` places those of a history."""
        found = pipeline.scan(self.exceptions.sources(sources), self.scanner)
        for event in self.exceptions.settle(attribute(found)):
            if isinstance(event, Finding) and self._left_out(event):
                continue
            if isinstance(event, Violation):
                self.judge.add(of_violation(event))
            elif isinstance(event, Finding) and event.suppression is None:
                self.judge.add(of_finding(event))
            if not isinstance(event, Violation):
                self.tally.add(event)
            yield self.figures.add(event) if self.figures else event

    def _left_out(self, finding: Finding) -> bool:
        unchanged = finding.suppression is not None and finding.suppression.kind == "unchanged"
        return unchanged or (self.without_hints and finding.severity == "info")

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


def start(
    settings: Settings,
    *,
    key_file: Path | None = None,
    baseline_file: Path | None = None,
    use_baseline: bool = True,
    inline: bool = True,
    added: Added | None = None,
    only_added: bool = False,
    pseudonyms: Iterable[tuple[str, str]] = (),
    figures: bool = False,
) -> Run:
    """A run under settings: finds key and baseline; `pseudonyms` are types and values that a redaction put there.

    `figures`: those of the law are worked out for the summary.
    """
    if settings.app_category:
        from pii_guard.policy.apps import check_category

        check_category(settings.app_category)
    settings = with_key(settings, key_file)
    policy = settings.policy or Policy(fail_on=FailOn(severity=settings.min_severity))
    if policy.fail_on.confidence == "low":
        settings = replace(settings, min_confidence="low")
    scanner = Scanner(settings)
    path = baseline_file or settings.baseline or Path(baseline.FILE_NAME)
    matcher = _matcher(path, baseline_file is not None, settings, added) if use_baseline else None
    own = frozenset({str(path), str(Path(baseline.FILE_NAME))})
    known = frozenset(fingerprint(scanner.key, entity_type, value, "") for entity_type, value in pseudonyms)
    exceptions = Exceptions(policy, scanner, today(), matcher, added, only_added, inline, own, known)
    counted = None
    if figures:
        from pii_guard.cli import _figures

        counted = _figures.begin(scanner)
    tally = Tally(key="configured" if settings.key else "ephemeral")
    return Run(scanner, exceptions, Judge(policy), tally, figures=counted)


def with_key(settings: Settings, key_file: Path | None = None, *, create: bool = False) -> Settings:
    """Settings with the key of the fingerprints, where there is one."""
    if key_file is not None:
        return replace(settings, key=keys.read(key_file))
    key = settings.key or keys.find() or (keys.create() if create else None)
    return replace(settings, key=key)


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


def _matcher(path: Path, named: bool, settings: Settings, added: Added | None) -> baseline.Matcher | None:
    if not path.exists():
        if named:
            raise UsageError(f"基线文件不存在: {path}（pii-guard baseline create 可建立）")
        return None
    return baseline.Matcher(baseline.load(path), settings.key, today(), added.renamed if added else {})


def fresh_baseline(settings: Settings) -> baseline.Baseline:
    """An empty baseline of the key in force."""
    assert settings.key is not None
    return baseline.Baseline(key_id(settings.key))


def under_policy(settings: Settings, name: str | None, severity: str | None) -> Settings:
    """Settings with the policy and the severity that the command line names."""
    policy = policies.load(name) if name else settings.policy
    if policy is not None and severity is not None:
        policy = replace(policy, fail_on=replace(policy.fail_on, severity=severity))
    return replace(settings, policy=policy)

"""Verdicts on results or paths, and in words.  Shared by `gate` and `policy`."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from pii_guard.cli import _run
from pii_guard.cli import _sources
from pii_guard.config import Settings
from pii_guard.errors import ExitCode
from pii_guard.gate import result
from pii_guard.gate.judge import Judge
from pii_guard.gate.judge import Verdict
from pii_guard.gate.judge import of_record
from pii_guard.gate.policy import FailOn
from pii_guard.gate.policy import Policy
from pii_guard.messages import Messages
from pii_guard.report import _words
from pii_guard.scanner import default_scanner


@dataclass(frozen=True, slots=True)
class Options:
    """Of a scan of paths."""

    key_file: Path | None = None
    baseline: Path | None = None
    isolated: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict and what it was about."""

    policy: Policy
    verdict: Verdict
    unscanned: int
    files: int  # scanned


def note_documents(paths: Sequence[str], say: Messages) -> None:
    """Say of JSON files among paths to scan that they were not taken for results: one may be broken."""
    for path in result.taken_for_documents(paths):
        click.echo(say("summary.scanned", default_scanner().shown_path(path)), err=True)


def of(paths: Sequence[str], settings: Settings, options: Options) -> Outcome:
    """The verdict on results, or on paths; never on a mixture."""
    results = result.results_of(paths)
    return _of_results(results, settings) if results else _of_paths(paths, settings, options)


def told(outcome: Outcome, say: Messages, *, everything: bool) -> Iterator[str]:
    """The verdict in words: the conclusion, then the clauses."""
    name, verdict = outcome.policy.name, outcome.verdict
    if not outcome.files and not outcome.unscanned:
        yield say("text.nothing")
    if verdict.code is ExitCode.INCOMPLETE:
        yield say("gate.incomplete", policy=name, n=outcome.unscanned)
    else:
        yield say("gate.passed" if verdict.code is ExitCode.OK else "gate.failed", policy=name)
    for clause in verdict.clauses if everything else verdict.failed:
        mark = say("clause.bad" if clause.failed else "clause.ok")
        yield f"  [{mark}] {_words.clause(clause._asdict(), say)}"
    if outcome.unscanned:
        failed = outcome.policy.on_incomplete == "fail"
        mark = say("clause.bad" if failed else "clause.ok")
        yield f"  [{mark}] {say('clause.incomplete', count=outcome.unscanned)}"


def _of_results(paths: Sequence[Path], settings: Settings) -> Outcome:
    policy = settings.policy or Policy(fail_on=FailOn(severity=settings.min_severity))
    judge, unscanned, files, internal = Judge(policy), 0, 0, False
    for found in map(result.read, paths):
        for one in found.records:
            judge.add(of_record(one))
        unscanned += len(found.unscanned)
        files += found.files
        internal |= found.internal
    verdict = judge.verdict(incomplete=bool(unscanned))
    return Outcome(policy, verdict._replace(code=ExitCode.INTERNAL) if internal else verdict, unscanned, files)


def _of_paths(paths: Sequence[str], settings: Settings, options: Options) -> Outcome:
    what = _sources.choose(_sources.Given(tuple(paths)), settings)
    run = _run.start(
        settings,
        key_file=options.key_file,
        baseline_file=options.baseline,
        use_baseline=not options.isolated,
        inline=not options.isolated,
    )
    for _ in run.events(what.sources):
        pass
    return Outcome(run.judge.policy, run.verdict(), len(run.tally.unscanned), run.tally.files)

"""A run of the command line: with the key and the baseline that are found, under the policy that is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pii_guard import baseline
from pii_guard.baseline import key as keys
from pii_guard.baseline.key import key_id
from pii_guard.config import Settings
from pii_guard.detect.findings import fingerprint
from pii_guard.gate import load as policies
from pii_guard.gate.exceptions import Exceptions
from pii_guard.gate.judge import Judge
from pii_guard.gate.run import Run
from pii_guard.gate.run import figures_of
from pii_guard.gate.run import matcher_of
from pii_guard.gate.run import policy_of
from pii_guard.gate.run import today
from pii_guard.report import Tally
from pii_guard.scanner import Scanner

if TYPE_CHECKING:
    from pii_guard.baseline.entries import Baseline
    from pii_guard.sources.git_diff import Added

__all__ = ["Run", "fresh_baseline", "start", "today", "under_policy", "with_key"]


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
    policy = policy_of(settings)
    if policy.fail_on.confidence == "low":
        settings = replace(settings, min_confidence="low")
    scanner = Scanner(settings)
    scanner.check_rules()
    path = baseline_file or settings.baseline or Path(baseline.FILE_NAME)
    matcher = matcher_of(path, baseline_file is not None, settings, added) if use_baseline else None
    own = frozenset({str(path), str(Path(baseline.FILE_NAME))})
    known = frozenset(fingerprint(scanner.key, entity_type, value, "") for entity_type, value in pseudonyms)
    exceptions = Exceptions(policy, scanner, today(), matcher, added, only_added, inline, own, known)
    tally = Tally(key="configured" if settings.key else "ephemeral")
    return Run(scanner, exceptions, Judge(policy), tally, figures=figures_of(scanner) if figures else None)


def with_key(settings: Settings, key_file: Path | None = None, *, create: bool = False) -> Settings:
    """Settings with the key of the fingerprints, where there is one."""
    if key_file is not None:
        return replace(settings, key=keys.read(key_file))
    key = settings.key or keys.find() or (keys.create() if create else None)
    return replace(settings, key=key)


def fresh_baseline(settings: Settings) -> Baseline:
    """An empty baseline of the key in force."""
    assert settings.key is not None
    from pii_guard.baseline.entries import Baseline

    return Baseline(key_id(settings.key))


def under_policy(settings: Settings, name: str | None, severity: str | None) -> Settings:
    """Settings with the policy and the severity that the command line names."""
    policy = policies.load(name) if name else settings.policy
    if policy is not None and severity is not None:
        policy = replace(policy, fail_on=replace(policy.fail_on, severity=severity))
    return replace(settings, policy=policy)

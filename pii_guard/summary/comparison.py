"""What changed since an earlier result, by fingerprint (a value in a file, wherever it stands there).

Something no longer found counts as mended only where its file was scanned again; otherwise nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pii_guard.summary.keys import SAME
from pii_guard.summary.keys import UNPROVEN
from pii_guard.summary.keys import relation
from pii_guard.summary.values import Result
from pii_guard.summary.values import Seen
from pii_guard.summary.values import rank


@dataclass(frozen=True, slots=True)
class Comparison:
    """`keys` says whether the four lists mean anything; they are empty where they do not."""

    keys: str
    old: Result
    new: tuple[Seen, ...] = ()
    fixed: tuple[Seen, ...] = ()
    remaining: tuple[Seen, ...] = ()
    unknown: tuple[Seen, ...] = ()  # their file was not scanned this time

    @property
    def comparable(self) -> bool:
        """The lists are filled in."""
        return self.keys in (SAME, UNPROVEN)


def compare(old: Result, now: Result) -> Comparison:
    """The later result held against the earlier one."""
    keys = relation(old, now)
    if keys not in (SAME, UNPROVEN):
        return Comparison(keys, old)
    before, after = _distinct(old.findings), _distinct(now.findings)
    gone = [f for fingerprint, f in before.items() if fingerprint not in after]
    seen = _scanned_again(now)
    return Comparison(
        keys,
        old,
        _sorted(f for fingerprint, f in after.items() if fingerprint not in before),
        _sorted(f for f in gone if f.path in seen),
        _sorted(f for fingerprint, f in after.items() if fingerprint in before),
        _sorted(f for f in gone if f.path not in seen),
    )


def _distinct(findings: Iterable[Seen]) -> dict[str, Seen]:
    return {f.fingerprint: f for f in reversed(tuple(findings))}


def _scanned_again(now: Result) -> frozenset[str]:
    """Paths known to be scanned; JSON lines do not list the clean ones, so those are not known."""
    if now.missing:
        return frozenset()
    return now.scanned or frozenset(f.path for f in now.findings) - {u.path for u in now.unscanned}


def _sorted(findings: Iterable[Seen]) -> tuple[Seen, ...]:
    return tuple(sorted(findings, key=lambda f: (rank(f.severity), f.path, f.line, f.start)))

"""Figures of a result: channels by severity, articles by evidence, files by gravity, reasons of what was not scanned."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from pii_guard.model import LawReference
from pii_guard.summary.values import GRAVEST_FIRST
from pii_guard.summary.values import Broken
from pii_guard.summary.values import Result
from pii_guard.summary.values import Seen
from pii_guard.summary.values import Unread
from pii_guard.summary.values import rank

CHANNELS = tuple(range(1, 9))


@dataclass(frozen=True, slots=True)
class Article:
    """An article with what points to it."""

    law: LawReference
    rules: tuple[str, ...]
    clues: int  # violations that cite it
    evidence: int  # distinct values
    severity: str


@dataclass(frozen=True, slots=True)
class File:
    """A file with what stands in it; by severity, findings and violations together."""

    path: str
    by_severity: Mapping[str, int]
    findings: int
    people: int
    clues: int


def by_severity(items: Iterable[Seen | Broken]) -> Counter[str]:
    """How many of each severity."""
    return Counter(item.severity for item in items)


def heat(violations: Iterable[Broken]) -> dict[int | None, list[int]]:
    """Violations of each channel, in the order of GRAVEST_FIRST; None: rules without a channel."""
    counts = Counter((violation.channel, violation.severity) for violation in violations)
    others = sorted({c for c, _ in counts if c is not None} - set(CHANNELS))
    return {c: [counts[c, severity] for severity in GRAVEST_FIRST] for c in (*CHANNELS, *others, None)}


def articles(violations: Iterable[Broken]) -> list[Article]:
    """All articles cited, those with the gravest and most evidence first."""
    citing = defaultdict[LawReference, list[Broken]](list)
    for violation in violations:
        for law in dict.fromkeys(violation.law):
            citing[law].append(violation)
    found = [
        Article(
            law,
            tuple(sorted({v.rule_id for v in of_law})),
            len(of_law),
            len({e for v in of_law for e in v.evidence}),
            min((v.severity for v in of_law), key=rank),
        )
        for law, of_law in citing.items()
    ]
    return sorted(found, key=lambda a: (rank(a.severity), -a.evidence, -a.clues, a.law.id))


def files(result: Result) -> list[File]:
    """Files with findings or violations, the gravest first."""
    found, broken = defaultdict[str, list[Seen]](list), defaultdict[str, list[Broken]](list)
    for finding in result.findings:
        found[finding.path].append(finding)
    for violation in result.violations:
        broken[violation.path].append(violation)
    rows = [
        File(
            path,
            by_severity([*found[path], *broken[path]]),
            len(found[path]),
            len({f.person for f in found[path] if f.person}),
            len(broken[path]),
        )
        for path in found.keys() | broken.keys()
    ]
    return sorted(rows, key=lambda f: ([-f.by_severity.get(s, 0) for s in GRAVEST_FIRST], -f.clues, f.path))


def reasons(unread: Sequence[Unread]) -> list[tuple[str, str, int]]:
    """(status, reason, documents), what could not be scanned before what was left out on purpose."""
    counted = Counter((one.status, one.reason) for one in unread)
    ordered = sorted(counted.items(), key=lambda item: (item[0][0] != "unscanned", -item[1], item[0]))
    return [(status, reason, count) for (status, reason), count in ordered]

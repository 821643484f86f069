"""What changed since the earlier result, or why that cannot be told."""

from __future__ import annotations

from collections.abc import Iterator

from pii_guard.summary import counts
from pii_guard.summary.blocks import Block
from pii_guard.summary.blocks import Cell
from pii_guard.summary.blocks import Chapter
from pii_guard.summary.blocks import Facts
from pii_guard.summary.blocks import Table
from pii_guard.summary.blocks import Text
from pii_guard.summary.chapters._case import Case
from pii_guard.summary.comparison import Comparison
from pii_guard.summary.keys import SAME
from pii_guard.summary.values import GRAVEST_FIRST
from pii_guard.summary.values import Seen

_KINDS = ("new", "remaining", "fixed", "unknown")


def write(case: Case) -> Chapter | None:
    """The chapter; None without an earlier result."""
    comparison, say = case.comparison, case.words.say
    if comparison is None:
        return None
    blocks: list[Block] = [Text(say("summary.compared", old=comparison.old.origins[0].name))]
    if comparison.keys != SAME:
        blocks.append(Text(say(f"summary.keys.{comparison.keys}"), "alarm"))
    if comparison.old.incomplete or case.result.incomplete:
        blocks.append(Text(say("summary.compared.incomplete"), "alarm"))
    if comparison.comparable:
        blocks.append(_figures(case, comparison))
    blocks.append(_totals(case, comparison))
    if comparison.comparable:
        blocks += _lists(case, comparison)
    return Chapter("changes", say("summary.changes"), tuple(blocks))


def _figures(case: Case, comparison: Comparison) -> Facts:
    say = case.words.say
    tones = {"new": "alarm", "fixed": "good"} if comparison.keys == SAME else {}
    found = {kind: len(_of(comparison, kind)) for kind in _KINDS}
    return Facts(
        tuple(
            (f"{n:,}", say(f"summary.change.{kind}"), tones.get(kind, "") if n else "")
            for kind, n in found.items()
        )
    )


def _totals(case: Case, comparison: Comparison) -> Table:
    """Counts alone: they can be held side by side whatever the keys."""
    say = case.words.say
    old, now = counts.by_severity(comparison.old.findings), counts.by_severity(case.result.findings)
    rows: list[tuple[Cell, ...]] = [
        (case.words.badge(s), old[s], now[s], f"{now[s] - old[s]:+,}" if now[s] != old[s] else "0")
        for s in GRAVEST_FIRST
    ]
    total = now.total() - old.total()
    rows.append((say("summary.total"), old.total(), now.total(), f"{total:+,}" if total else "0"))
    return Table(
        say("summary.totals.caption"), tuple(say("summary.totals.columns").split("|")), (40, 20, 20, 20), rows
    )


def _lists(case: Case, comparison: Comparison) -> Iterator[Table]:
    say, words = case.words.say, case.words
    for kind in _KINDS:
        if found := _of(comparison, kind):
            rows = [
                (words.badge(f.severity), words.type(f.entity_type), words.masked(f), f"{f.path}:{f.line}")
                for f in found
            ]
            columns = tuple(say("summary.change.columns").split("|"))
            caption = say(f"summary.change.{kind}")
            yield Table(caption, columns, (10, 20, 25, 45), rows, 20, say.text("summary.more"))


def _of(comparison: Comparison, kind: str) -> tuple[Seen, ...]:
    return {
        "new": comparison.new,
        "fixed": comparison.fixed,
        "remaining": comparison.remaining,
        "unknown": comparison.unknown,
    }[kind]

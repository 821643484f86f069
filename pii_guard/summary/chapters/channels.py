"""Leakage channels by severity."""

from __future__ import annotations

from collections.abc import Iterator

from pii_guard.summary import counts
from pii_guard.summary.blocks import Block
from pii_guard.summary.blocks import Chapter
from pii_guard.summary.blocks import HeatMap
from pii_guard.summary.blocks import Table
from pii_guard.summary.blocks import Text
from pii_guard.summary.chapters._case import Case
from pii_guard.summary.values import GRAVEST_FIRST
from pii_guard.summary.values import rank


def write(case: Case) -> Chapter:
    """The chapter."""
    words, say = case.words, case.words.say
    rows = tuple(
        (words.channel(c), tuple(numbers)) for c, numbers in counts.heat(case.result.violations).items()
    )
    columns = tuple(map(words.badge, GRAVEST_FIRST))
    blocks: list[Block] = [
        Text(say("summary.channels.note"), "note"),
        HeatMap(say("summary.heat.caption"), say("summary.heat.corner"), columns, rows),
    ]
    if case.result.violations:
        blocks += [_clues(case), *_guidance(case)]
    return Chapter("channels", say("summary.channels"), tuple(blocks))


def _guidance(case: Case) -> Iterator[Table]:
    """What the channels with clues can lead to, and what to tell the people concerned."""
    words, say = case.words, case.words.say
    broken = {v.channel for v in case.result.violations}
    seen = [channel for channel in sorted(words.guidance) if channel in broken]
    rows = [(words.channel(channel), *map("\n".join, words.guidance[channel])) for channel in seen]
    if rows:
        columns = tuple(say("summary.guidance.columns").split("|"))
        yield Table(
            say("summary.guidance.caption"), columns, (30, 35, 35), rows, more=say.text("summary.more")
        )


def _clues(case: Case) -> Table:
    """The clues of channels and conduct; those of law rules alone stand under the articles."""
    words, say = case.words, case.words.say
    ordered = sorted(
        (v for v in case.result.violations if v.channel is not None or not v.law),
        key=lambda v: (rank(v.severity), v.channel or 99, v.path, v.line),
    )
    rows = [
        (words.message(v), words.badge(v.severity), v.rule_id, len(set(v.evidence)), f"{v.path}:{v.line}")
        for v in ordered
    ]
    columns = tuple(say("summary.clue.columns").split("|"))
    return Table(say("summary.clue.caption"), columns, (37, 9, 16, 8, 30), rows, 30, say.text("summary.more"))

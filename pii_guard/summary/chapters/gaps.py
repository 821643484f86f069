"""What was NOT scanned, and why: what could not be read, what was left out, and what an exception hides."""

from __future__ import annotations

from pii_guard.summary import counts
from pii_guard.summary.blocks import Block
from pii_guard.summary.blocks import Cell
from pii_guard.summary.blocks import Chapter
from pii_guard.summary.blocks import Table
from pii_guard.summary.blocks import Text
from pii_guard.summary.chapters._case import Case


def write(case: Case) -> Chapter:
    """The chapter."""
    say, result = case.words.say, case.result
    blocks: list[Block] = []
    if not result.files:
        blocks.append(Text(say("summary.nothing"), "alarm"))
    if result.unscanned:
        blocks.append(Text(say("summary.gaps.unscanned", n=len(result.unscanned)), "alarm"))
    if result.missing:
        blocks.append(Text(say("summary.gaps.missing", n=result.missing), "alarm"))
    if result.unread:
        blocks += [_reasons(case), _documents(case)]
    blocks += [Text(say(f"summary.gaps.{k}", n=n)) for k, n in _left_out(case) if n]
    if not blocks:
        blocks.append(Text(say("summary.gaps.none", files=result.files), "good"))
    blocks.append(Text(say("summary.gaps.limits"), "note"))
    return Chapter("gaps", say("summary.gaps"), tuple(blocks))


def _left_out(case: Case) -> tuple[tuple[str, int], ...]:
    return ("ignored", case.result.ignored), ("suppressed", case.result.suppressed)


def _reasons(case: Case) -> Table:
    words, say = case.words, case.words.say
    rows: list[tuple[Cell, ...]] = [
        (say(f"status.{status}"), *words.reason(reason), n)
        for status, reason, n in counts.reasons(case.result.unread)
    ]
    columns = tuple(say("summary.reason.columns").split("|"))
    return Table(say("summary.reason.caption"), columns, (10, 25, 45, 20), rows, 40, say.text("summary.more"))


def _documents(case: Case) -> Table:
    words, say = case.words, case.words.say
    ordered = sorted(case.result.unread, key=lambda u: (u.status != "unscanned", u.path))
    rows = [(say(f"status.{u.status}"), words.reason(u.reason)[0], u.path, words.detail(u.detail)) for u in ordered]
    columns = tuple(say("summary.unread.columns").split("|"))
    return Table(say("summary.unread.caption"), columns, (10, 25, 35, 30), rows, 40, say.text("summary.more"))

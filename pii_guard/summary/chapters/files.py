"""The files that hold most and gravest."""

from __future__ import annotations

from pii_guard.summary import counts
from pii_guard.summary.blocks import Cell
from pii_guard.summary.blocks import Chapter
from pii_guard.summary.blocks import Table
from pii_guard.summary.blocks import Text
from pii_guard.summary.chapters._case import Case
from pii_guard.summary.values import GRAVEST_FIRST


def write(case: Case) -> Chapter:
    """The chapter."""
    words, say = case.words, case.words.say
    rows: list[tuple[Cell, ...]] = [
        (f.path, *(f.by_severity.get(s, 0) for s in GRAVEST_FIRST), f.findings, f.people, f.clues)
        for f in counts.files(case.result)
    ]
    first, *last = say("summary.file.columns").split("|")
    columns = (first, *(words.badge(s).text for s in GRAVEST_FIRST), *last)
    if not rows:
        return Chapter("files", say("summary.files"), (Text(say("summary.files.none")),))
    shares = (36, *[8] * (len(columns) - 1))
    table = Table(say("summary.file.caption"), columns, shares, rows, 20, say.text("summary.more"))
    return Chapter("files", say("summary.files"), (table,))

"""Every finding with what to do about it, the gravest first."""

from __future__ import annotations

from pii_guard.summary.blocks import Chapter
from pii_guard.summary.blocks import Table
from pii_guard.summary.blocks import Text
from pii_guard.summary.chapters._case import Case
from pii_guard.summary.remedies import Remedies
from pii_guard.summary.values import rank


def write(case: Case) -> Chapter:
    """The chapter."""
    words, say = case.words, case.words.say
    if not case.result.findings:
        return Chapter("measures", say("summary.measures"), (Text(say("summary.measures.none")),))
    remedies = Remedies(case.result.violations)
    ordered = sorted(case.result.findings, key=lambda f: (rank(f.severity), f.path, f.line, f.start))
    rows = [
        (
            words.badge(f.severity),
            words.type(f.entity_type),
            words.masked(f),
            f"{f.path}:{f.line}",
            words.remedy(f, remedies.rule(f)),
        )
        for f in ordered
    ]
    columns = tuple(say("summary.measure.columns").split("|"))
    caption = say("summary.measure.caption")
    table = Table(caption, columns, (8, 12, 20, 25, 35), rows, 100, say.text("summary.more"))
    return Chapter("measures", say("summary.measures"), (Text(say("summary.measures.note"), "note"), table))

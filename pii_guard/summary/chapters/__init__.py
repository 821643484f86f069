"""The chapters of a report, in the order a manager asks: how bad, what changed, who, where from, what now, what is unknown.

Each module offers `write(case) -> Chapter | None`.
"""

from __future__ import annotations

from pii_guard.summary.blocks import Page
from pii_guard.summary.chapters import articles
from pii_guard.summary.chapters import changes
from pii_guard.summary.chapters import channels
from pii_guard.summary.chapters import figures
from pii_guard.summary.chapters import files
from pii_guard.summary.chapters import gaps
from pii_guard.summary.chapters import measures
from pii_guard.summary.chapters import overview
from pii_guard.summary.chapters import people
from pii_guard.summary.chapters import signatures
from pii_guard.summary.chapters._case import Case

__all__ = ["Case", "page"]

_ORDER = (overview, changes, people, channels, articles, figures, files, measures, gaps, signatures)


def page(case: Case) -> Page:
    """The whole report."""
    say = case.words.say
    chapters = tuple(chapter for module in _ORDER if (chapter := module.write(case)) is not None)
    subtitle = say("summary.subtitle", day=case.day.isoformat(), files=case.result.files)
    return Page(say("summary.title"), subtitle, say.language, say("summary.disclaimer"), chapters)

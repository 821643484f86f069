"""The first page: how it stands in one sentence, the figures, what is exposed, and where the figures come from."""

from __future__ import annotations

from collections import Counter

from pii_guard.summary import counts
from pii_guard.summary.blocks import Bars
from pii_guard.summary.blocks import Block
from pii_guard.summary.blocks import Chapter
from pii_guard.summary.blocks import Facts
from pii_guard.summary.blocks import Table
from pii_guard.summary.blocks import Text
from pii_guard.summary.chapters._case import Case
from pii_guard.summary.values import Result

_BARS = 10


def write(case: Case) -> Chapter:
    """The chapter."""
    say, result = case.words.say, case.result
    blocks: list[Block] = [*_standing(case), _figures(case)]
    if result.findings:
        blocks.append(_kinds(case))
    rows = [(origin.name, origin.tool or "—", origin.sha256 or "—") for origin in result.origins]
    columns = tuple(say("summary.origin.columns").split("|"))
    blocks.append(
        Table(say("summary.origin.caption"), columns, (40, 15, 45), rows, more=say.text("summary.more"))
    )
    blocks.append(Text(say("summary.disclaimer"), "note"))
    return Chapter("overview", say("summary.overview"), tuple(blocks))


def _standing(case: Case) -> list[Text]:
    """The sentences that matter; nothing incomplete ever reads as good news."""
    say, result = case.words.say, case.result
    told: list[Text] = []
    if not result.files:
        told.append(Text(say("summary.nothing"), "alarm"))
    elif result.incomplete:
        told.append(Text(say("summary.incomplete", n=len(result.unscanned) + result.missing), "alarm"))
    if result.findings or result.violations:
        values = {"n": len(result.findings), "people": len(case.people), "clues": len(result.violations)}
        told.append(Text(say("summary.found", **values), "alarm" if _grave(result) else "note"))
    elif not result.incomplete:
        left_out = bool(result.ignored or result.unread)
        told.append(Text(say("summary.clean", files=result.files), "note" if left_out else "good"))
    if result.verdict:
        passed = result.verdict.get("passed") is True
        text = say("gate.passed" if passed else "gate.failed", policy=result.verdict.get("policy", "?"))
        told.append(Text(text, "" if passed and not result.incomplete else "note"))
    if result.linked_apart:
        told.append(Text(say("summary.apart"), "note"))
    return told


def _grave(result: Result) -> bool:
    severities = counts.by_severity(result.findings) + counts.by_severity(result.violations)
    return bool(severities["critical"] + severities["high"])


def _figures(case: Case) -> Facts:
    say, result = case.words.say, case.result
    severe = counts.by_severity(result.findings)
    grave = severe["critical"] + severe["high"]
    unscanned = len(result.unscanned) + result.missing
    figures: tuple[tuple[str, int, str], ...] = (
        ("files", result.files, "" if result.files else "alarm"),
        ("unscanned", unscanned, "alarm" if unscanned else ""),
        ("findings", len(result.findings), ""),
        ("grave", grave, "alarm" if grave else ""),
        ("people", len(case.people), ""),
        ("clues", len(result.violations), ""),
        ("suppressed", result.suppressed, ""),
    )
    if result.annotations:
        figures += (("annotations", result.annotations, ""),)
    return Facts(tuple((f"{n:,}", say(f"summary.fact.{name}"), tone) for name, n, tone in figures))


def _kinds(case: Case) -> Bars:
    say = case.words.say
    counted = Counter(finding.entity_type for finding in case.result.findings).most_common()
    items = [(case.words.type(name), n) for name, n in counted[:_BARS]]
    if rest := sum(n for _, n in counted[_BARS:]):
        items.append((say("summary.kinds.rest", n=len(counted) - _BARS), rest))
    first, second = say("summary.kinds.columns").split("|")
    return Bars(say("summary.kinds.caption"), (first, second), tuple(items))

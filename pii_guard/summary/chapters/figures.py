"""The figures of the law: criminal-threshold indicator, classes and levels, deadlines, data sent abroad; never conclusions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pii_guard.model import LawReference
from pii_guard.policy import thresholds
from pii_guard.policy.indicators import EXPORT
from pii_guard.policy.indicators import LEVELS
from pii_guard.policy.indicators import Indicators
from pii_guard.summary.blocks import Block
from pii_guard.summary.blocks import Cell
from pii_guard.summary.blocks import Chapter
from pii_guard.summary.blocks import Facts
from pii_guard.summary.blocks import Table
from pii_guard.summary.blocks import Text
from pii_guard.summary.chapters._case import Case
from pii_guard.summary.values import Seen


def write(case: Case) -> Chapter:
    """The chapter."""
    say = case.words.say
    found = _counted(case.result.findings, case.result.on_duty)
    blocks: list[Block] = [Text(say("summary.figures.note"), "note")]
    if found.data_level:
        blocks += [
            _facts(case, found),
            *_criminal(case, found),
            *_incident(case, found),
            _export(case, found),
        ]
        blocks += [
            Text(say("summary.grading.note", mark=_article(case, LEVELS).grade), "note"),
            _grading(case),
        ]
    else:
        blocks.append(Text(say("summary.figures.none")))
    return Chapter("figures", say("summary.figures"), tuple(blocks))


def _counted(findings: Iterable[Seen], on_duty: bool) -> Indicators:
    found = Indicators(on_duty)
    for f in findings:
        found.add(f.entity_type, f.value_id, f.person, f.rules, named=f.named)
    return found


def _score(found: Indicators) -> str:
    return f"{found.score:.2f}" if found.score >= 0.01 else f"{found.score:.4f}"


def _facts(case: Case, found: Indicators) -> Facts:
    say = case.words.say
    grave = "alarm" if found.score >= 1 else ""
    figures = (
        ("people", f"{found.people:,}", ""),
        ("score", _score(found), grave),
        ("class", found.data_class or "—", "alarm" if found.data_class == "C3" else ""),
        ("level", str(found.data_level), ""),
    )
    return Facts(tuple((value, say(f"summary.figure.{name}"), tone) for name, value, tone in figures))


def _criminal(case: Case, found: Indicators) -> tuple[Block, ...]:
    say = case.words.say
    half = 2 if found.on_duty else 1
    rows: list[tuple[Cell, ...]] = [
        (say(f"summary.criminal.{weight}"), weight // half, n, f"{n * half / weight:.4f}")
        for weight, n in found.records.items()
    ]
    rows.append((say("summary.criminal.sum"), "—", sum(found.records.values()), f"{found.score:.4f}"))
    columns = tuple(say("summary.criminal.columns").split("|"))
    band = thresholds.band(found.score)
    told = Text(say(f"summary.criminal.{band}", score=_score(found)), "" if band == "below" else "alarm")
    duty = Text(say("summary.duty.on" if found.on_duty else "summary.duty.off"))
    return Table(say("summary.criminal.caption"), columns, (49, 17, 17, 17), rows), told, duty


def _incident(case: Case, found: Indicators) -> tuple[Block, ...]:
    say, words = case.words.say, case.words
    rows = [
        (
            clock.trigger["en" if words.english else "zh"],
            _within(case, clock.hours),
            words.article(
                words.articles.get(clock.source, LawReference(clock.source, clock.source, clock.grade))
            ),
            words.grade(LawReference(clock.source, "", clock.grade)),
        )
        for clock in thresholds.deadlines(found.people, found.types)
    ]
    columns = tuple(say("summary.incident.columns").split("|"))
    level = thresholds.incident_level(found.people)
    told = Text(say(f"summary.incident.{level or 'none'}", people=found.people), "alarm" if level else "")
    return Table(say("summary.incident.caption"), columns, (46, 15, 25, 14), rows), told


def _within(case: Case, hours: int | None) -> str:
    say = case.words.say
    if hours is None:
        return say("summary.at_once")
    return (
        say("summary.days", n=hours // 24)
        if hours % 24 == 0 and hours > 72
        else say("summary.hours", n=hours)
    )


def _export(case: Case, found: Indicators) -> Text:
    route = thresholds.export_route(found.people, found.sensitive_people)
    source = _article(case, EXPORT).article
    say = case.words.say
    return Text(
        say(f"summary.export.{route}", people=found.people, sensitive=found.sensitive_people, source=source)
    )


def _article(case: Case, name: str) -> LawReference:
    """An article as the reader sees it: its text, and its grade in words."""
    law = case.words.articles.get(name, LawReference(name, name, "M"))
    return LawReference(name, case.words.article(law), case.words.grade(law))


def _grading(case: Case) -> Table:
    say = case.words.say
    of_path = defaultdict[str, list[Seen]](list)
    for f in case.result.findings:
        of_path[f.path].append(f)
    counted = [(path, _counted(found, case.result.on_duty)) for path, found in of_path.items()]
    counted = [(path, found) for path, found in counted if found.data_level]
    counted.sort(key=lambda one: (-one[1].data_level, one[1].data_class != "C3", -one[1].score, one[0]))
    rows = [
        (path, found.data_class or "—", found.data_level, found.people, _score(found))
        for path, found in counted
    ]
    columns = tuple(say("summary.grading.columns").split("|"))
    return Table(
        say("summary.grading.caption"), columns, (52, 12, 12, 12, 12), rows, 20, say.text("summary.more")
    )

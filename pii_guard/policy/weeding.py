"""Weeds out repetitions: a channel is reported once per stretch of text, at its highest severity; of what stands
everywhere, a few places and how many more there are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from pii_guard.model import SEVERITIES
from pii_guard.model import Violation
from pii_guard.policy.values import Signal
from pii_guard.policy.window import Span
from pii_guard.records import dataclass

MOST = 20  # violations of one rule that one unit reports one by one
COUNTED = 200  # violations of one rule after which the rest of the unit is not asked for it: enough to act on
PAGES = ".html", ".htm", ".xhtml"
WHOLE_DOCUMENT = -1  # the segment number of violations that speak of the whole document


@dataclass(frozen=True, slots=True)
class Struck:
    """A violation with the stretch it stands on, for weeding out repetitions."""

    violation: Violation
    segment: int
    start: int
    end: int
    annotation: bool = False
    signals: tuple[Signal, ...] = ()  # that name what they are of


def weed(struck: Iterable[Struck], language: str = "zh") -> list[Struck]:
    """One violation per channel and stretch, the gravest; at most MOST of one rule, the last one says how
    many
    more.
    """
    kept: list[Struck] = []
    taken: dict[tuple[int | None, int], list[Span]] = {}
    for one in sorted(struck, key=lambda s: -SEVERITIES.index(s.violation.severity)):
        channel = one.violation.channel
        whole = taken.get((channel, WHOLE_DOCUMENT))
        if whole or (one.segment == WHOLE_DOCUMENT and any(c == channel for c, _ in taken)):
            continue
        spans = taken.setdefault((channel, one.segment), [])
        at = bisect_left(spans, (one.start, one.end))
        if any(start < one.end and one.start < end for start, end in spans[max(0, at - 1) : at + 1]):
            continue
        spans.insert(at, (one.start, one.end))
        kept.append(one)
    return capped(gathered(sorted(kept, key=lambda s: (s.violation.line, s.start)), language), language)


def gathered(struck: Iterable[Struck], language: str) -> list[Struck]:
    """One violation of what a document declares piece by piece, which names all of it; and one of an artefact that
    stands twice in a line, or in a page, whose text and attributes are read apart.
    """
    kept: dict[object, tuple[Struck, list[str]]] = {}
    seen: dict[object, set[str]] = {}
    for number, one in enumerate(struck):
        rule_id, line = one.violation.rule_id, one.violation.line
        names = [name for signal in one.signals for name in signal.names]
        artefacts = {signal.artefact for signal in one.signals if signal.artefact}
        told = seen.setdefault((rule_id, 0 if one.violation.path.endswith(PAGES) else line), set())
        if not artefacts or not artefacts <= told:
            kept.setdefault(rule_id if names else number, (one, []))[1].extend(names)
        told |= artefacts
    return [_naming(one, dict.fromkeys(names), language) for one, names in kept.values()]


def _naming(one: Struck, names: Iterable[str], language: str) -> Struck:
    """The violation with names in its message, and with what they were held against, which has a Chinese name only."""
    if not (told := (", " if language == "en" else "、").join(names)):
        return one
    notes = [signal.note for signal in one.signals if signal.note]
    said = f": {told}" if language == "en" else f"：{told}" + (f"（应用类别：{notes[0]}）" if notes else "")
    return replace(one, violation=one.violation._replace(message=one.violation.message + said))


def capped(struck: list[Struck], language: str) -> list[Struck]:
    """At most MOST of one rule; the last one says how many more, and has their evidence."""
    kept: list[Struck] = []
    counts: dict[str, int] = {}
    left: dict[str, list[str]] = {}
    for one in struck:
        rule_id = one.violation.rule_id
        counts[rule_id] = counts.get(rule_id, 0) + 1
        if counts[rule_id] <= MOST:
            kept.append(one)
        else:
            left.setdefault(rule_id, []).extend(one.violation.evidence)
    last = {one.violation.rule_id: index for index, one in enumerate(kept)}
    for rule_id, index in last.items():
        if (more := counts[rule_id] - MOST) > 0:
            violation = kept[index].violation
            least = ("at least ", "至少 ")[language != "en"] if counts[rule_id] >= COUNTED // 4 else ""  # overlapping ones were weeded
            also = f" ({least}{more} more of the same)" if language == "en" else f"（另有{least or ' '}{more} 处同类）"
            message = violation.message + also
            evidence = tuple(dict.fromkeys((*violation.evidence, *left[rule_id])))
            kept[index] = replace(kept[index], violation=violation._replace(message=message, evidence=evidence))
    return kept

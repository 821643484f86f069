"""Stretches of a document that rules look at: utterances around trigger words, records, whole documents."""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Iterator
from collections.abc import Sequence
from functools import partial

from pii_guard.model import Finding
from pii_guard.policy.joined import Joined
from pii_guard.policy.plan import Plan
from pii_guard.policy.trigger import openings
from pii_guard.policy.values import JudgedSegment
from pii_guard.policy.values import JudgedUnit
from pii_guard.policy.window import PICTURES
from pii_guard.policy.window import WHOLE
from pii_guard.policy.window import Span
from pii_guard.policy.window import Window
from pii_guard.records import dataclass

REACH = 110  # how far a window reaches to each side of its trigger word
NEAR = 30  # sentences that end closer to the trigger word do not end the window
DOCUMENT = 200_000  # characters of a document that document-scope rules read
ASIDE = 60  # characters of a record on each side of its findings
BREAKS = "\n。！？!?"
NUMBERS = frozenset(
    "RESIDENT_ID PASSPORT HKID MACAU_ID TAIWAN_ID DRIVING_LICENCE HK_MACAU_PERMIT TAIWAN_PERMIT FOREIGN_RESIDENT_ID "
    "MILITARY_ID BANK_CARD CARD_EXPIRY CVV GPS_LOCATION".split()
)  # beside them every trigger word is worth a look


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch of the joined text around a trigger word."""

    segment: int
    start: int
    end: int
    telling: bool


def utterances(plan: Plan, unit: JudgedUnit, joined: Joined) -> Iterator[Window]:
    """The windows of a document that hold a trigger word; one search runs over all its segments."""
    if unit.kind in PICTURES or 0 < sum(len(segment.text) for segment in unit.segments) <= WHOLE:
        yield from (
            Window(plan, unit, s, s.text[:DOCUMENT], 0, s.findings, index=i)
            for i, s in enumerate(unit.segments)
        )
        return
    cuts = list(_cuts(plan, unit, joined))
    absent: dict[tuple[str, bool], frozenset[str] | None] = {}
    for telling, scope in ((True, "window"), (False, "quiet")):
        told = {(joined.text[c.start : c.end], telling): (c.start, c.end) for c in cuts if c.telling == telling}  # repetitions once
        absent.update(zip(told, _absent(plan, joined, list(told.values()), scope), strict=True))
    sought = joined.sought(plan.ruleset)
    touching: dict[int, _Touching] = {}
    for cut in cuts:
        segment, base = unit.segments[cut.segment], joined.starts[cut.segment]
        start, end = cut.start - base, cut.end - base
        if cut.segment not in touching:
            touching[cut.segment] = _Touching(segment.findings)
        window = Window(plan, unit, segment, segment.text[start:end], start, touching[cut.segment].between(start, end))
        window.found_folded, window.absent = joined.folded(cut.start, cut.end), absent[window.text, cut.telling]
        window.begins = partial(sought.begins, cut.start, cut.end) if sought else None
        window.index, window.telling = cut.segment, cut.telling
        yield window


def _cuts(plan: Plan, unit: JudgedUnit, joined: Joined) -> Iterator[_Cut]:
    """The stretches around trigger words, rising; they overlap where a sentence goes on."""
    starts, done = joined.starts, 0
    numbers = sorted(
        base + f.start
        for base, segment in zip(starts, unit.segments, strict=False)
        for f in segment.findings
        if f.entity_type in NUMBERS
    )
    for found, telling in openings(plan, joined, numbers, screened=len(joined.text) > WHOLE):
        if found < done:
            continue
        number = bisect_right(starts, found) - 1
        text, base = unit.segments[number].text, starts[number]
        start, end = _around(text, found - base, found - base + 1)
        yield _Cut(number, base + start, base + end, telling)
        whole = end == len(text) or text[end - 1] in BREAKS
        done = base + end - (0 if whole else REACH // 3)


class _Touching:
    """The findings of a segment by place: a large segment has too many to look at all for every window."""

    __slots__ = ("_longest", "_ordered", "_starts")

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._ordered = sorted(findings, key=lambda f: f.start)
        self._starts = [f.start for f in self._ordered]
        self._longest = max((f.end - f.start for f in findings), default=0)

    def between(self, start: int, end: int) -> tuple[Finding, ...]:
        """Those that touch text[start:end]."""
        first = bisect_right(self._starts, start - self._longest - 1)
        last = bisect_left(self._starts, end)
        return tuple(f for f in self._ordered[first:last] if f.end > start)


def _around(text: str, start: int, end: int) -> Span:
    """Whole sentences within reach of the trigger word, or a plain cut where there are none."""
    left = max(0, start - REACH)
    if left:
        breaks = [b for mark in BREAKS if (b := text.rfind(mark, left, start - NEAR)) >= 0]
        left = max(breaks) + 1 if breaks else left
    right = min(len(text), end + REACH)
    if right < len(text):
        breaks = [b for mark in BREAKS if (b := text.find(mark, end + NEAR, right)) >= 0]
        right = min(breaks) + 1 if breaks else right
    return left, right


def document(plan: Plan, unit: JudgedUnit, joined: Joined) -> Window:
    """The whole document as one window (its first 200,000 characters)."""
    text = joined.text[:DOCUMENT]
    findings = joined.findings()
    first = unit.segments[0] if unit.segments else JudgedSegment("")
    whole = JudgedSegment(text, findings, first.role, first.header, first.anchor, first.line)
    absent = _absent(plan, joined, [(0, len(text))], "document")[0] if findings else None
    folded = joined.folded(0, len(text))
    return Window(plan, unit, whole, text, 0, findings, folded, absent=absent, joined=joined)


def _absent(plan: Plan, joined: Joined, stretches: Sequence[Span], scope: str) -> Sequence[frozenset[str] | None]:
    """Of each stretch of the text, the lexicons of the scope's rules that are known to have no word there."""
    found = joined.sought(plan.ruleset) if scope in plan.rules and stretches else None
    return found.absent(stretches, scope) if found else [None] * len(stretches)


def records(plan: Plan, unit: JudgedUnit, joined: Joined) -> Iterator[Window]:
    """Findings that belong together: a table row, or neighbouring lines whose findings complement one
    another.
    """
    groups = [
        (number, group, max(0, min([f.start for f in group]) - ASIDE), max([f.end for f in group]) + ASIDE)
        for number, segment in enumerate(unit.segments)
        for group in _clusters([f for f in segment.findings if f.anchor.row is None])
    ]
    stretches = [(joined.starts[number] + start, joined.starts[number] + end) for number, _, start, end in groups]
    absent = _absent(plan, joined, stretches, "row")
    shelf = plan.rules.get("row")
    for (number, group, start, end), (first, _), lacking in zip(groups, stretches, absent, strict=True):
        kinds = frozenset([f.entity_type for f in group])
        if shelf is None or not shelf.rules(kinds, frozenset(), lacking or frozenset()):
            continue
        segment = unit.segments[number]
        window = Window(plan, unit, segment, segment.text[start:end], start, tuple(group), index=number, sparse=True)
        window.found_folded = joined.folded(first, first + len(window.text))
        window.absent, window.found_kinds = lacking, kinds
        yield window
    yield from _rows(plan, unit)


def _rows(plan: Plan, unit: JudgedUnit) -> Iterator[Window]:
    rows: dict[tuple[str | None, int | None, int], list[Finding]] = {}
    headers: dict[int, str] = {}
    for segment in unit.segments:
        for finding in segment.findings:
            if finding.anchor.row is not None:
                rows.setdefault((finding.anchor.part, finding.anchor.page, finding.anchor.row), []).append(
                    finding
                )
                headers[id(finding)] = segment.header or ""
    found: dict[str, dict[str, list[Span]]] = {}  # words by text: most rows have the same headers
    for number, group in enumerate(rows.values()):
        text = " ".join(dict.fromkeys(headers[id(finding)] for finding in group))
        segment = JudgedSegment(text, tuple(group), anchor=group[0].anchor, line=group[0].line)
        words = found.setdefault(text, {})
        yield Window(plan, unit, segment, text, 0, tuple(group), few=words, index=-2 - number, sparse=True)


def _clusters(findings: list[Finding]) -> Iterator[list[Finding]]:
    group: list[Finding] = []
    for line in _lines(findings):
        kinds = {f.entity_type for f in group}
        if group and (line[0].line - group[-1].line > 2 or kinds & {f.entity_type for f in line}):
            yield group
            group = []
        group = group + line
    if group:
        yield group


def _lines(findings: list[Finding]) -> Iterator[list[Finding]]:
    line: list[Finding] = []
    for finding in sorted(findings, key=lambda f: f.start):
        if line and finding.line != line[-1].line:
            yield line
            line = []
        line.append(finding)
    if line:
        yield line

"""Judges one document: windows around trigger words, records of findings, the document as a whole, then
the laws.

Soft evidence is silenced by education, advice, refusal and the like; a hard artefact is not.  A channel is
reported
once per stretch of text, at its highest severity.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pii_guard.model import Anchor
from pii_guard.model import Finding
from pii_guard.model import LawReference
from pii_guard.model import Violation
from pii_guard.policy import classifier
from pii_guard.policy import probes
from pii_guard.policy import resting
from pii_guard.policy.evidence import holds
from pii_guard.policy.fold import fold
from pii_guard.policy.joined import Joined
from pii_guard.policy.plan import Plan
from pii_guard.policy.plan import plan_of
from pii_guard.policy.stretches import document
from pii_guard.policy.stretches import records
from pii_guard.policy.stretches import utterances
from pii_guard.policy.suppress import silenced
from pii_guard.policy.suppress import speaking
from pii_guard.policy.values import Condition
from pii_guard.policy.values import JudgedSegment
from pii_guard.policy.values import JudgedUnit
from pii_guard.policy.values import Obligation
from pii_guard.policy.values import Rule
from pii_guard.policy.values import RuleSet
from pii_guard.policy.values import Signal
from pii_guard.policy.weeding import COUNTED
from pii_guard.policy.weeding import Struck
from pii_guard.policy.weeding import weed
from pii_guard.policy.window import HEAD
from pii_guard.policy.window import Span
from pii_guard.policy.window import Window
from pii_guard.policy.window import fingerprints

DIFFERENT = 256  # windows that are kept, to be known again


def judge(ruleset: RuleSet, unit: JudgedUnit, joined: Joined | None = None) -> list[Violation]:
    """The channel and law rules that the unit breaks (dialogues: see dialog.judge_dialog).

    `joined`: the text of its segments, where others read it too.
    """
    plan = plan_of(ruleset)
    joined = joined or Joined(unit.segments)
    whole = document(plan, unit, joined)
    whole.background = fold(whole.text[:HEAD])
    further: dict[str, list[str]] = {}
    struck = list(_struck_of(plan, unit, whole, joined, further))
    of_channels = [one for one in struck if one.violation.channel]
    channels = weed(of_channels, unit.language)
    marks = resting.marks(one.violation for one in (*channels, *of_channels))
    laws = [one for one in struck if one.violation.channel is None] + list(_laws(plan, whole, marks))
    cited = [one.violation.rule_id for one in laws if one.annotation]
    found = [_citing(ruleset, one.violation, cited, unit.language) for one in channels]
    return resting.completed(found + resting.once(one.violation for one in laws if not one.annotation), further)


def _citing(ruleset: RuleSet, violation: Violation, cited: Sequence[str], language: str) -> Violation:
    """The channel violation with the articles whose law rules rest on it."""
    marks = {violation.rule_id, f"CH{violation.channel}"}
    resting = [r for r in ruleset.rules if r.id in cited and marks.intersection(r.when.names)]
    known = {law.id for law in violation.law}
    more = references(ruleset, tuple(i for rule in resting for i in rule.law if i not in known), language)
    return violation._replace(law=(*violation.law, *more)) if more else violation


def _struck_of(
    plan: Plan, unit: JudgedUnit, whole: Window, joined: Joined, further: dict[str, list[str]]
) -> Iterator[Struck]:
    """All violations but those of the whole document; of rows that break a rule once more, `further` has the evidence."""
    known: set[str] = set()  # rules that need not be asked again: law rules count once a document
    counts: Counter[str] = Counter()
    repeated = _Repeated(plan)
    scopes = (
        ("window", utterances(plan, unit, joined)),
        ("source", _of_source(plan, unit)),
        ("row", records(plan, unit, joined) if whole.findings else ()),
    )
    for scope, windows in scopes:
        for window in windows:
            window.background = whole.background
            asked = "quiet" if scope == "window" and not window.telling else scope
            for rule, spans in repeated.broken(asked, window, known):
                if rule.id in known:
                    continue
                if scope == "row" and counts[rule.id] >= (1 if rule.family == "law" else COUNTED):
                    further.setdefault(rule.id, []).extend([f.fingerprint for f in _covered(window, spans)])
                    continue
                one = _struck(plan, rule, spans, window)
                counts[one.violation.rule_id] += 1
                if counts[one.violation.rule_id] >= COUNTED and scope != "row":
                    known.add(one.violation.rule_id)
                yield one
    yield from strike(plan, "document", whole, families=("channel",))


def _of_source(plan: Plan, unit: JudgedUnit) -> Iterator[Window]:
    """Windows of the text that the segments leave out; only hard rules are asked, the wording is in the segments."""
    if unit.source:
        source = (JudgedSegment(unit.source),)
        for window in utterances(plan, replace(unit, segments=source), Joined(source)):
            window.index = len(unit.segments)
            yield window


def _laws(plan: Plan, whole: Window, marks: resting.Marks) -> Iterator[Struck]:
    """The law rules about the whole document; one that rests on channels has their evidence and their place."""
    if marks or whole.findings:
        whole.violated = frozenset(marks)
        for rule, spans in _broken(plan, "document", whole, ("law",)):
            one = _struck(plan, rule, spans, whole)
            touching = spans and one.violation.evidence
            yield one if touching else replace(one, violation=resting.on(one.violation, rule, marks))


def strike(
    plan: Plan, scope: str, window: Window, families: tuple[str, ...] = (), known: Collection[str] = ()
) -> Iterator[Struck]:
    """The rules of a scope that the window breaks, without those already known to be broken."""
    return (_struck(plan, *one, window) for one in _broken(plan, scope, window, families, known))


def _broken(
    plan: Plan, scope: str, window: Window, families: tuple[str, ...] = (), known: Collection[str] = ()
) -> Iterator[tuple[Rule, list[Span]]]:
    """The rules that the window breaks, with what bears them out."""
    for rule in window.candidates(plan.rules[scope]) if scope in plan.rules else ():
        if (families and rule.family not in families) or rule.id in known:
            continue
        window.rule_channel = rule.channel
        spans = holds(rule.when, window)
        if spans is not None and not _excused(plan, rule, window):
            yield rule, spans


class _Repeated:
    """Windows by what stands in them: of a sentence that a document repeats, rules are asked once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: dict[tuple[object, ...], tuple[Window, list[tuple[Rule, list[Span]]]]] = {}

    def broken(self, scope: str, window: Window, known: Collection[str]) -> Iterable[tuple[Rule, list[Span]]]:
        """The rules that the window breaks, some of the known ones among them."""
        if scope == "row":  # each has values of its own
            return _broken(self._plan, scope, window, known=known)
        content = tuple((f.fingerprint, f.score, f.start - window.start, f.end - window.start) for f in window.findings)
        if not all(mark for mark, *_ in content):
            return _broken(self._plan, scope, window, known=known)
        key = scope, window.index, window.text, content
        if key in self._known:
            first, broken = self._known[key]
            window.share(first)
            return broken
        if len(self._known) >= DIFFERENT:
            self._known.clear()
        broken = list(_broken(self._plan, scope, window, known=known))
        self._known[key] = window, broken
        return broken


def _excused(plan: Plan, rule: Rule, window: Window) -> bool:
    suppressors = plan.ruleset.suppressors
    names: Iterable[str] = rule.unless
    if "*" in rule.unless:
        names = suppressors
        speaking(window)  # the next such rule need not hear them again
    return any(silenced(suppressors[name], window) for name in names if name in suppressors)


def _struck(plan: Plan, rule: Rule, spans: Sequence[Span], window: Window) -> Struck:
    violation = _violation(plan, rule, window, spans)
    naming = tuple(s for s in _signals(rule.when, window) if s.names or s.artefact) if rule.hard else ()
    return Struck(violation, window.index, window.start, window.start + len(window.text), rule.annotation, naming)


def _signals(condition: Condition, window: Window) -> Iterator[Signal]:
    """What the probes saw that the condition asks for."""
    for name in condition.names if condition.kind == "probe" else ():
        yield from probes.signals(name, window)
    for part in condition.parts if condition.kind in ("all", "any") else ():
        yield from _signals(part, window)


def _violation(plan: Plan, rule: Rule, window: Window, spans: Sequence[Span]) -> Violation:
    covered, language = _covered(window, spans), window.unit.language
    line, anchor = _place(window, covered, spans)
    return Violation(
        rule_id=rule.id,
        severity=_severity(rule, window),
        message=_message(plan, rule, window),
        remedy=rule.remedy[language],
        path=window.unit.path,
        line=line,
        channel=rule.channel if rule.family == "channel" else None,
        law=references(plan.ruleset, rule.law, language),
        evidence=window.marks if covered is window.in_order else fingerprints(covered),
        anchor=anchor,
    )


def _place(window: Window, covered: Sequence[Finding], spans: Sequence[Span]) -> tuple[int, Anchor]:
    """Line and anchor of where what bears the rule out begins; of a talk's message only its findings know."""
    if covered and (not spans or (window.joined is None and window.segment.locate is None)):
        return covered[0].line, covered[0].anchor
    return window.place(min((start for start, _ in spans), default=0))


def _severity(rule: Rule, window: Window) -> str:
    for step in rule.ladder:
        if holds(step.when, window) is not None:
            return step.severity
    return rule.severity


def _message(plan: Plan, rule: Rule, window: Window) -> str:
    """The rule's title, and what made the classifier think of the channel.

    A law rule says what it may bear on, never that an article was broken; English duties are terse: they come with
    the article they are from.
    """
    language = window.unit.language
    title = rule.title[language]
    if rule.family == "law":
        article = references(plan.ruleset, (rule.id, *rule.law), language)[0].article
        return f"May bear on: {title} ({article})" if language == "en" else f"可能涉及：{title}"
    if rule.when.kind != "classifier" and not any(part.kind == "classifier" for part in rule.when.parts):
        return title
    words = classifier.explain(window, rule.channel or 0)
    shown = f" (told by: {', '.join(words)})" if language == "en" else f"（措辞依据：{'、'.join(words)}）"
    return title + shown if words else title


def _covered(window: Window, spans: Sequence[Span]) -> Sequence[Finding]:
    """The findings that the spans touch, or else all of the window (not of a whole document), in their order."""
    if not spans:
        return window.in_order
    ordered = _merged(spans)
    starts = [start for start, _ in ordered]
    base = window.start
    touched = [f for f in window.findings if (after := bisect_left(starts, f.end - base)) and ordered[after - 1][1] > f.start - base]
    if touched:
        return sorted(touched, key=lambda f: (f.line, f.start))
    return () if window.joined else window.in_order


def _merged(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, overlapping ones as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


@lru_cache(maxsize=1024)
def references(ruleset: RuleSet, ids: tuple[str, ...], language: str = "zh") -> tuple[LawReference, ...]:
    """Articles as the reports cite them; unverified ones say so."""
    found = [ruleset.obligations[i] for i in ids if i in ruleset.obligations]
    return tuple(
        LawReference(o.id, f"{o.law_title[language]} {o.article[language]}{_mark(o, language)}", o.grade)
        for o in found
    )


def _mark(obligation: Obligation, language: str) -> str:
    if obligation.grade != "M":
        return ""
    return " (unverified)" if language == "en" else "（待核）"

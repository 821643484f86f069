"""Holds conditions against windows.  A test answers with the spans that bear it out, or None where it
fails.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date

from pii_guard.model import Finding
from pii_guard.policy import classifier
from pii_guard.policy import probes
from pii_guard.policy import thresholds
from pii_guard.policy.ages import age
from pii_guard.policy.ages import birth_date
from pii_guard.policy.fold import fold
from pii_guard.policy.people import identity
from pii_guard.policy.suppress import pattern
from pii_guard.policy.values import Condition
from pii_guard.policy.window import Span
from pii_guard.policy.window import Window

Evidence = list[Span] | None


def holds(condition: Condition, window: Window) -> Evidence:
    """The spans that bear the condition out (perhaps none), or None where it does not hold."""
    return TESTS[condition.kind](condition, window)


def _all(condition: Condition, window: Window) -> Evidence:
    spans: list[Span] = []
    for part in condition.parts:
        found = holds(part, window)
        if found is None:
            return None
        spans += found
    return spans


def _any(condition: Condition, window: Window) -> Evidence:
    for part in condition.parts:
        if (found := holds(part, window)) is not None:
            return found
    return None


def _none(condition: Condition, window: Window) -> Evidence:
    return None if any(holds(part, window) is not None for part in condition.parts) else []


def _words(condition: Condition, window: Window) -> Evidence:
    found = [span for name in condition.names for span in window.places(name)]
    return found[:3] or None


def _lacks(condition: Condition, window: Window) -> Evidence:
    return None if any(window.places(name) for name in condition.names) else []


def _phrase(condition: Condition, window: Window) -> Evidence:
    for source in condition.names:
        if match := pattern(source).search(window.folded):
            return [match.span()]
    return None


def _near(condition: Condition, window: Window) -> Evidence:
    """A chain: a word of the first lexicon, with one of each further lexicon close to what was found
    before.
    """
    places = [window.places(name) for name in condition.names]
    for start in places[0]:
        chain = [start]
        for others in places[1:]:
            nearest = [o for o in others if _gap(chain[-1], o, condition.ordered) <= condition.within]
            if not nearest:
                break
            chain.append(min(nearest, key=lambda o: abs(o[0] - chain[-1][0])))
        else:
            return chain
    return None


def _gap(first: Span, second: Span, ordered: bool) -> int:
    if second[0] >= first[1]:
        return second[0] - first[1]
    if ordered:
        return 10**9
    return max(0, first[0] - second[1]) if second != first else 10**9


def _entity(condition: Condition, window: Window) -> Evidence:
    names, least = condition.names, condition.number
    if window.kinds.isdisjoint(names):
        return None
    found = [f for f in window.findings if f.entity_type in names and f.score >= least]
    if len(found) < condition.within or (
        condition.within > 1 and len({identity(f) for f in found}) < condition.within
    ):
        return None
    return _spans(found, window.start) or None


def _spans(found: Iterable[Finding], base: int) -> list[Span]:
    return [(f.start - base if f.start > base else 0, f.end - base if f.end > base else 0) for f in found]


def _together(condition: Condition, window: Window) -> Evidence:
    return _all(condition, window)


def _people(condition: Condition, window: Window) -> Evidence:
    return [] if window.people >= condition.number else None


def _probe(condition: Condition, window: Window) -> Evidence:
    found = [signal for name in condition.names for signal in probes.signals(name, window)]
    return [(signal.start, signal.end) for signal in found] or None


def _classifier(condition: Condition, window: Window) -> Evidence:
    """Likely enough a leak, and of this channel rather than another."""
    if not window.leaks(condition.number):
        return None
    scores = classifier.scores(window)
    return [] if window.rule_channel == max(range(1, len(scores)), key=scores.__getitem__) else None


def _plausible(condition: Condition, window: Window) -> Evidence:
    """A phrase may stand in a refusal, an advice or a lesson as well: the wording around it must not speak against it."""
    scores, channel = classifier.scores(window), window.rule_channel
    return [] if (scores[channel] if channel else 1 - scores[0]) >= condition.number else None


def _role(condition: Condition, window: Window) -> Evidence:
    return [] if window.segment.role in condition.names else None


def _kind(condition: Condition, window: Window) -> Evidence:
    return [] if window.unit.kind in condition.names else None


def _header(condition: Condition, window: Window) -> Evidence:
    header = fold(window.segment.header or "")
    return [] if header and any(pattern(source).search(header) for source in condition.names) else None


def _violated(condition: Condition, window: Window) -> Evidence:
    return [] if window.violated.intersection(condition.names) else None


def _before(condition: Condition, window: Window) -> Evidence:
    seen = window.dialogue
    return _other(condition, seen.turns[max(0, seen.position - condition.within) : seen.position])


def _after(condition: Condition, window: Window) -> Evidence:
    seen = window.dialogue
    return _other(condition, seen.turns[seen.position + 1 : seen.position + 1 + condition.within])


def _other(condition: Condition, turns: Sequence[Window]) -> Evidence:
    for turn in turns:
        if condition.names and turn.segment.role not in condition.names:
            continue
        if holds(condition.parts[0], turn) is not None:
            return []
    return None


def _first(condition: Condition, window: Window) -> Evidence:
    return [] if window.dialogue.position < condition.number else None


def _cited(condition: Condition, window: Window) -> Evidence:
    """A value of these types that an earlier turn holds too."""
    if window.kinds.isdisjoint(condition.names):
        return None
    if window.repeated is not None and not any(identity(f) in window.repeated for f in window.findings):
        return None
    seen = window.dialogue
    found = [f for f in window.findings if f.entity_type in condition.names and seen.first.get(identity(f), seen.position) < seen.position]
    return _spans(found, window.start) or None


def _minor(condition: Condition, window: Window) -> Evidence:
    limit = window.unit.today or date.today()
    young = [f for f in window.findings if (born := birth_date(f)) and age(born, limit) < condition.number]
    return _spans(young, window.start) or None


def _score(condition: Condition, window: Window) -> Evidence:
    if window.score is None:
        window.score = thresholds.criminal_score(window.findings, window.unit.on_duty)
    return [] if window.score >= condition.number else None


TESTS: dict[str, Callable[[Condition, Window], Evidence]] = {
    "all": _all,
    "any": _any,
    "none": _none,
    "words": _words,
    "lacks": _lacks,
    "phrase": _phrase,
    "near": _near,
    "entity": _entity,
    "together": _together,
    "people": _people,
    "probe": _probe,
    "classifier": _classifier,
    "plausible": _plausible,
    "role": _role,
    "kind": _kind,
    "header": _header,
    "violated": _violated,
    "before": _before,
    "after": _after,
    "first": _first,
    "cited": _cited,
    "minor": _minor,
    "score": _score,
}

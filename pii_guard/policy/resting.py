"""Law rules that rest on what channel rules found, and law rules broken more than once: whose evidence they have, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

from pii_guard.model import SEVERITIES
from pii_guard.model import Violation
from pii_guard.policy.values import Condition
from pii_guard.policy.values import Rule

Marks = Mapping[str, Sequence[Violation]]


def marks(violations: Iterable[Violation]) -> Marks:
    """The violations by rule and by channel (CH7), as `violated` names them; in the order given."""
    found = defaultdict[str, list[Violation]](list)
    for violation in violations:
        found[violation.rule_id].append(violation)
        found[f"CH{violation.channel}"].append(violation)
    return dict(found)


def on(violation: Violation, rule: Rule, found: Marks) -> Violation:
    """The violation with the evidence of the channel violations that its rule names, in the place of their first."""
    below = [one for name in _names(rule.when) for one in found.get(name, ())]
    if not below:
        return violation
    first = below[0]
    evidence = tuple(dict.fromkeys(mark for one in below for mark in one.evidence))
    return violation._replace(line=first.line, anchor=first.anchor, evidence=evidence)


def once(violations: Iterable[Violation]) -> list[Violation]:
    """Each rule once, where it was broken first, with the evidence of all its places; in the order of lines."""
    places = defaultdict[str, list[Violation]](list)
    for violation in violations:
        places[violation.rule_id].append(violation)
    return sorted(map(_joined, places.values()), key=lambda v: (v.line, v.rule_id))


def completed(violations: Iterable[Violation], further: Mapping[str, Sequence[str]]) -> list[Violation]:
    """The violations, the last one of each rule with the further evidence of the rule."""
    all_of = list(violations)
    last = {one.rule_id: number for number, one in enumerate(all_of)}
    for rule_id in further.keys() & last.keys():
        one = all_of[last[rule_id]]
        marks = dict.fromkeys((*one.evidence, *filter(None, further[rule_id])))
        all_of[last[rule_id]] = one._replace(evidence=tuple(marks))
    return all_of


def _joined(places: Sequence[Violation]) -> Violation:
    first = places[0]
    if len(places) == 1:
        return first
    severity = max((one.severity for one in places), key=SEVERITIES.index)
    return first._replace(severity=severity, evidence=tuple(dict.fromkeys(mark for one in places for mark in one.evidence)))


def _names(condition: Condition) -> Iterator[str]:
    if condition.kind == "violated":
        yield from condition.names
    elif condition.kind != "none":
        for part in condition.parts:
            yield from _names(part)

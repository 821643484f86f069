"""What a rule set needs at judging time, worked out once: word index, trigger pattern, and what each rule
cannot do without.
"""

from __future__ import annotations

import marshal
import sys
from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import field
from functools import lru_cache

from pii_guard import cache
from pii_guard.policy.fold import fold
from pii_guard.policy.trigger import Triggers
from pii_guard.policy.values import Condition
from pii_guard.policy.values import Rule
from pii_guard.policy.values import RuleSet
from pii_guard.records import dataclass
from pii_guard.version import VERSION

Words = Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]  # first two characters -> words and their lexicons
Lexicons = Mapping[str, tuple[str, ...]]  # folded words by lexicon
MOST = 1024  # sets of types, and of words, whose rules are kept
SAID = ("w:", "l:", "p:", "c:")  # what tokens of the wording begin with
LEAK = "c:leak"  # that the classifier takes the wording for a leak
Needs = tuple[frozenset[str], ...]  # of each set, one token must be there: "w:lexicon", "l:phrase", "p:probe", LEAK, "e:TYPE", "v:VIOLATED"


@dataclass(frozen=True, slots=True)
class Open:
    """Those of a shelf that types and violations leave, and what of the wording they wait for."""

    entries: tuple[tuple[Rule, Needs], ...]
    wording: frozenset[str]
    known: dict[frozenset[str], list[Rule]] = field(default_factory=dict)  # windows are much alike

    def rules(self, absent: frozenset[str], idle: frozenset[str]) -> Sequence[Rule]:
        """The rules that need nothing of that."""
        missing = self.wording & absent
        if not idle.isdisjoint(self.wording):
            missing |= self.wording & idle
        if (known := self.known.get(missing)) is None:
            if len(self.known) >= MOST:
                self.known.clear()
            known = self.known[missing] = [rule for rule, groups in self.entries if not any(map(missing.issuperset, groups))]
        return known


@dataclass(frozen=True, slots=True)
class Shelf:
    """The rules of a scope, so that those which can hold are found by what is there, without asking each."""

    entries: tuple[tuple[Rule, Needs], ...]
    wording: frozenset[str] = frozenset()  # tokens of all lexicons, phrases and probes that rules need
    probes: tuple[str, ...] = ()  # those of the probes
    leak: float | None = None  # the least that the classifier must say for one of the rules, if any asks it
    known: dict[tuple[frozenset[str], frozenset[str]], Open] = field(default_factory=dict)  # few types are found together

    def rules(
        self, kinds: frozenset[str], marks: frozenset[str], absent: frozenset[str] = frozenset(), idle: frozenset[str] = frozenset()
    ) -> Sequence[Rule]:
        """The rules of which everything they cannot do without is there, in order.

        Types of findings, violations so far, what of the wording is known to be absent, and probes that see nothing.
        """
        if (left := self.known.get((kinds, marks))) is None:
            if len(self.known) >= MOST:
                self.known.clear()
            left = self.known[kinds, marks] = self._open({f"e:{kind}" for kind in kinds} | {f"v:{mark}" for mark in marks})
        return left.rules(absent, idle)

    def _open(self, there: set[str]) -> Open:
        waiting = [(rule, tuple(group & self.wording for group in groups if there.isdisjoint(group))) for rule, groups in self.entries]
        left = tuple((rule, groups) for rule, groups in waiting if all(groups))
        return Open(left, frozenset().union(*(group for _, groups in left for group in groups)))


@dataclass(frozen=True, slots=True)
class Plan:
    """The index of one rule set."""

    ruleset: RuleSet
    words: Words
    singles: tuple[str, ...]  # words of one character
    lexicons: Lexicons
    triggers: Triggers
    rules: Mapping[str, Shelf]  # by scope


@lru_cache(maxsize=8)
def plan_of(ruleset: RuleSet) -> Plan:
    """The plan of a rule set."""
    words, lexicons = _kept_words(ruleset) if ruleset.key else _words(ruleset)
    rules: dict[str, list[tuple[Rule, Needs]]] = defaultdict(list)
    for rule in ruleset.rules:
        if rule.enabled:
            scope = f"conduct.{rule.scope}" if rule.family == "conduct" else rule.scope
            rules[scope].append((rule, needs(rule.when)))
    rules["source"] = [entry for entry in rules["window"] if entry[0].hard]
    rules["quiet"] = [entry for entry in rules["window"] if not _only_where_told(entry[0])]
    return Plan(
        ruleset,
        words,
        tuple(sorted(head for head in words if len(head) == 1)),
        lexicons,
        Triggers(*(_opening(ruleset, lexicons, kind) for kind in ("screened", "beside", "plain"))),
        {scope: _shelf(entries) for scope, entries in rules.items()},
    )


def _kept_words(ruleset: RuleSet) -> tuple[Words, Lexicons]:
    """The same as `_words`, kept in the cache: folding thousands of words takes milliseconds of every start."""
    name = cache.name("words shared", VERSION, sys.version, ruleset.key)
    words, lexicons = marshal.loads(cache.kept(name, lambda: marshal.dumps(tuple(map(dict, _words(ruleset))))))  # noqa: S302 - ours, as a `.pyc` is
    return words, lexicons


def _words(ruleset: RuleSet) -> tuple[Words, Lexicons]:
    """The folded words of all lexicons, by how they begin and by lexicon."""
    lexicons = {name: tuple(map(fold, lexicon.words)) for name, lexicon in ruleset.lexicons.items()}
    lexicons_of: dict[str, list[str]] = defaultdict(list)
    for name, folded in lexicons.items():
        for word in folded:
            lexicons_of[word].append(name)
    words: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    same: dict[tuple[str, ...], tuple[str, ...]] = {}  # lexicons of most words: kept once, they are read back faster
    for word, of in lexicons_of.items():
        words[word[:2]].append((word, same.setdefault(tuple(of), tuple(of))))
    return {first: tuple(entries) for first, entries in words.items()}, lexicons


def _only_where_told(rule: Rule) -> bool:
    """Soft rules of our channels are only asked where the screen, which was trained for them, says so."""
    return rule.own and rule.family == "channel" and not rule.hard


def _shelf(entries: Sequence[tuple[Rule, Needs]]) -> Shelf:
    wording = frozenset(token for _, groups in entries for group in groups for token in group if token.startswith(SAID))
    return Shelf(
        tuple(entries),
        wording,
        tuple(sorted(token for token in wording if token.startswith("p:"))),
        min((cut for rule, _ in entries for cut in _cuts(rule.when)), default=None),
    )


def _cuts(condition: Condition) -> list[float]:
    """What the classifier must say at least, wherever the condition asks it."""
    inner = [cut for part in condition.parts for cut in _cuts(part)]
    return [condition.number, *inner] if condition.kind == "classifier" else inner


def _opening(ruleset: RuleSet, lexicons: Lexicons, trigger: str) -> tuple[str, ...]:
    """Folded words of the lexicons with that kind of trigger."""
    found = {word for name, words in lexicons.items() if ruleset.lexicons[name].trigger == trigger for word in words}
    return tuple(sorted(found))


def needs(condition: Condition) -> Needs:
    """What must be there for the condition to hold, as far as it can be told without looking."""
    match condition.kind:
        case "all":
            return tuple(group for part in condition.parts for group in needs(part))
        case "words":
            return (frozenset(f"w:{name}" for name in condition.names),)
        case "phrase":
            return (frozenset(f"l:{source}" for source in condition.names),)
        case "classifier":
            return (frozenset((LEAK,)),)
        case "probe":
            return (frozenset("p:" + name.partition(".")[0] for name in condition.names),)
        case "near":
            return tuple(frozenset((f"w:{name}",)) for name in condition.names)
        case "entity":
            return (frozenset(f"e:{name}" for name in condition.names),)
        case "together":
            return tuple(frozenset(f"e:{name}" for name in part.names) for part in condition.parts)
        case "violated":
            return (frozenset(f"v:{name}" for name in condition.names),)
        case "minor":
            return (frozenset(("e:RESIDENT_ID", "e:BIRTH_DATE")),)
        case "any":
            groups = [needs(part) for part in condition.parts]
            return (frozenset().union(*(group[0] for group in groups)),) if all(groups) else ()
    return ()

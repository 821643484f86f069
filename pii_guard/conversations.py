"""Conversations in a document: the messages of chat exports and of role-tagged JSON, held against the conduct rules.

Only around messages where a rule may hold are turns made; each is judged with a few turns before and after it.  Another
session, a long pause or an agent's new greeting begins a new conversation.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pii_guard.detect.single_thread import loads
from pii_guard.model import Annotation
from pii_guard.model import Violation
from pii_guard.patterns import lazy
from pii_guard.policy.annotate import noted
from pii_guard.policy.dialog import BEFORE
from pii_guard.policy.dialog import alone
from pii_guard.policy.dialog import judge_turn
from pii_guard.policy.dialog import reach
from pii_guard.policy.dialog import speakers
from pii_guard.policy.dialog import turn_window
from pii_guard.policy.dialog import windows
from pii_guard.policy.joined import Joined
from pii_guard.policy.people import identity
from pii_guard.policy.split_numbers import part_of
from pii_guard.policy.values import JudgedUnit
from pii_guard.policy.values import Rule
from pii_guard.policy.values import RuleSet
from pii_guard.policy.weeding import COUNTED
from pii_guard.policy.weeding import Struck
from pii_guard.policy.weeding import capped
from pii_guard.policy.window import Window
from pii_guard.records import dataclass
from pii_guard.records import field
from pii_guard.talks import Message
from pii_guard.talks import Talk

if TYPE_CHECKING:
    from pii_guard.policy.codes import Codes

PAUSE = 60  # minutes after which a conversation is another one
SMALL = 1 << 16  # characters of which every message is judged where numpy is not there already
_GREETING = lazy(r"(?:很高兴|竭诚)为您(?:服务|效劳)|欢迎(?:光临|致电|咨询|来到)|请问有什么(?:可以|能)?帮|工号.{0,12}为您服务|会话(?:已|开始)接?入?")


def conduct(
    ruleset: RuleSet, path: str, talks: Sequence[Talk], earlier: Sequence[Message], language: str, joined: Joined
) -> tuple[list[Violation], list[Annotation]]:
    """What breaks a conduct rule, and the annotations of good practice.

    `joined`: the text of the document, which most often is that of its only talk.
    """
    struck: list[Struck] = []
    messages: list[Message] = []  # of what is struck: its `segment` is the number here
    for talk in talks:
        for one, message in _of_talk(ruleset, JudgedUnit(path, language=language), talk, earlier, joined):
            struck.append(Struck(one.violation, len(messages), one.start, one.end, one.annotation))
            messages.append(message)
        earlier = talk.last()
    broken = capped([one for one in struck if not one.annotation], language)  # most are left out: placing takes time
    praised = capped([one for one in struck if one.annotation], language)
    placed = [[_placed(one.violation, messages[one.segment]) for one in some] for some in (broken, praised)]
    return placed[0], [noted(one) for one in placed[1]]


def _of_talk(ruleset: RuleSet, unit: JudgedUnit, talk: Talk, earlier: Sequence[Message], joined: Joined) -> Iterator[tuple[Struck, Message]]:
    counts: Counter[str] = Counter()
    held = _held(ruleset, unit, talk, earlier, joined)
    reaches = {rule: reach(ruleset, rule) for rule in frozenset().union(*(one.ids for one in held.values()))}
    asked = {number: one.ids for number, one in held.items()}
    for first, last, numbers in _stretches(asked, reaches, len(talk.starts)):
        stretch = _Stretch(ruleset, unit, talk, held, range(first, last), earlier if first == 0 else ())
        done = {rule for rule, count in counts.items() if count >= COUNTED}
        for number in numbers:
            for one in judge_turn(ruleset, stretch.window(number), held[number].ids - done):
                counts[one.violation.rule_id] += 1
                yield one, held[number].message


@dataclass(frozen=True, slots=True)
class _Held:
    """A message at which rules may hold, as the judge sees it, and these rules."""

    message: Message
    window: Window
    ids: frozenset[str]


@dataclass(slots=True)
class _Stretch:
    """Messages of which some are judged; the others are made when a rule looks at the neighbours of one."""

    ruleset: RuleSet
    unit: JudgedUnit
    talk: Talk
    held: Mapping[int, _Held]
    numbers: range
    earlier: Sequence[Message]  # those before the first
    turns: dict[int, Window] = field(default_factory=dict)

    def window(self, number: int) -> Window:
        """The message as a turn of its conversation."""
        window = self.held[number].window
        if self.turns or part_of(window.segment):  # perhaps of a number that other messages of its speaker complete
            return self.turn(number)
        window.around = lambda: self.turn(number).dialogue
        return window

    def turn(self, number: int) -> Window:
        """The same with all of its conversation made."""
        if not self.turns:
            messages = [*self.earlier, *(self.held[n].message if n in self.held else self.talk.message(n) for n in self.numbers)]
            for start, end in _conversations(messages):
                first = self.numbers.start - len(self.earlier) + start
                made = [self.held[n].window if n in self.held else None for n in range(first, first + end - start)]
                unit = replace(self.unit, segments=tuple(message.turn for message in messages[start:end]))
                self.turns |= enumerate(windows(self.ruleset, unit, made), first)
        return self.turns[number]


def _placed(violation: Violation, message: Message) -> Violation:
    """The violation at its message; findings it rests on know their lines."""
    if message.segment is None:
        return violation
    place = message.segment.locator.locate(message.start, message.start + 1)
    line = violation.line if violation.evidence else place.line
    return violation._replace(line=line, anchor=place.anchor)


def _stretches(
    asked: Mapping[int, frozenset[str]], reaches: Mapping[str, tuple[int, int]], count: int
) -> Iterator[tuple[int, int, list[int]]]:
    """Ranges of messages that hold some of these and the neighbours that their rules look at."""
    first = last = 0
    held: list[int] = []
    for number in sorted(asked):
        before, after = map(max, zip(*(reaches[rule] for rule in asked[number]), strict=True))
        if held and number - before > last:
            yield first, last, held
            held = []
        first = min(first, number - before) if held else number - before
        first, last = max(0, first), min(count, max(last, number + after + 1))
        held.append(number)
    if held:
        yield first, last, held


def _conversations(messages: Sequence[Message]) -> Iterator[tuple[int, int]]:
    """Ranges of messages that belong together."""
    start, answered = 0, False
    for number, message in enumerate(messages):
        greets = message.role == "agent" and bool(_GREETING.search(message.text))
        if number > start and (_apart(messages[number - 1], message) or (greets and answered)):
            yield start, number
            start, answered = number, False
        answered = answered or message.role == "agent"
    yield start, len(messages)


def _apart(one: Message, other: Message) -> bool:
    if one.session != other.session:
        return True
    if one.minute is None or other.minute is None:
        return False
    gap = (other.minute - one.minute) % 1440
    return PAUSE < gap < 1440 - 1


def _held(ruleset: RuleSet, unit: JudgedUnit, talk: Talk, earlier: Sequence[Message], joined: Joined) -> dict[int, _Held]:
    """The messages to judge and the rules to ask there."""
    rules = {rule.id: rule for rule in ruleset.rules if rule.enabled and rule.family == "conduct"}
    repeated = _repeated(talk, earlier)
    same = joined.single and joined.text == talk.text

    def held(number: int, ids: Iterable[str]) -> _Held:
        message = talk.message(number)
        window = turn_window(ruleset, unit, message.turn, repeated)
        if same:
            window.found_folded = joined.folded(message.start, message.start + len(message.text))
        return _Held(message, window, frozenset(ids))

    if "numpy" not in sys.modules and (len(talk.text) < SMALL or not loads("numpy")):
        return {number: held(number, rules) for number in range(len(talk.starts))}
    found = {}
    for number, ids in _likely(ruleset, talk, rules, joined.codes if same else None):
        one = held(number, ids)
        if ids := alone(one.window, [rules[each] for each in ids]):
            found[number] = _Held(one.message, one.window, ids)
    if earlier:
        found |= {number: held(number, rules) for number in range(min(BEFORE, len(talk.starts)))}
    return found


def _likely(ruleset: RuleSet, talk: Talk, rules: Mapping[str, Rule], codes: Codes | None) -> Iterator[tuple[int, frozenset[str]]]:
    """The messages that the screen lets through, with the rules that speak of who speaks there."""
    from pii_guard.policy.asked import Messages
    from pii_guard.policy.asked import asked

    of = {name: speakers(rule) for name, rule in rules.items()}
    types = {n: frozenset(f.entity_type for f in found) for n, found in talk.found.items()}
    for number, ids in asked(ruleset, Messages(talk.text, talk.starts, types, talk.roles, codes)).items():
        role = talk.role(number)
        if may := frozenset(name for name in ids if (who := of[name]) is None or role in who):
            yield number, may


def _repeated(talk: Talk, earlier: Sequence[Message]) -> frozenset[str]:
    """What tells apart the values that stand in the talk more than once, or in it and before."""
    values = Counter(identity(f) for found in talk.found.values() for f in found)
    values.update(identity(f) for message in earlier for f in message.findings)
    return frozenset(value for value, count in values.items() if count > 1)

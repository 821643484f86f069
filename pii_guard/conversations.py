"""Conversations in a document: the messages of chat exports and of role-tagged JSON, held against the conduct rules.

Only around messages where a rule may hold are turns made; each is judged with a few turns before and after it.  Another
session, a long pause or an agent's new greeting begins a new conversation.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Protocol

from pii_guard.model import CELL_BREAK
from pii_guard.model import Finding
from pii_guard.model import Segment
from pii_guard.model import Violation
from pii_guard.patterns import lazy
from pii_guard.policy.dialog import BEFORE
from pii_guard.policy.dialog import alone
from pii_guard.policy.dialog import judge_turn
from pii_guard.policy.dialog import reach
from pii_guard.policy.dialog import speakers
from pii_guard.policy.dialog import turn_window
from pii_guard.policy.dialog import windows
from pii_guard.policy.judge import COUNTED
from pii_guard.policy.judge import Struck
from pii_guard.policy.judge import capped
from pii_guard.policy.people import identity
from pii_guard.policy.split_numbers import part_of
from pii_guard.policy.values import JudgedSegment
from pii_guard.policy.values import JudgedUnit
from pii_guard.policy.values import Rule
from pii_guard.policy.values import RuleSet
from pii_guard.policy.window import Window
from pii_guard.records import dataclass
from pii_guard.records import field

PAUSE = 60  # minutes after which a conversation is another one
SMALL = 1 << 16  # characters of which every message is judged where numpy is not there already
_SESSION = frozenset(
    "session session_id sessionid conversation conversation_id dialog_id dialogue_id chat_id thread_id ticket_id "
    "会话 会话id 会话编号 会话号 对话id 工单号".split()
)
_CLOCK = lazy(r"([0-9]{1,2}):([0-9]{2})")
_GREETING = lazy(r"(?:很高兴|竭诚)为您(?:服务|效劳)|欢迎(?:光临|致电|咨询|来到)|请问有什么(?:可以|能)?帮|工号.{0,12}为您服务|会话(?:已|开始)接?入?")


@dataclass(frozen=True, slots=True)
class Message:
    """What one speaker said; findings count in its text, `start` in that of its segment."""

    text: str
    role: str | None
    findings: tuple[Finding, ...] = ()
    segment: Segment | None = None
    start: int = 0
    session: str | None = None
    minute: int | None = None

    @property
    def turn(self) -> JudgedSegment:
        """As the judge sees it."""
        return JudgedSegment(self.text, self.findings, self.role)


class Talk(Protocol):
    """Messages one after another: a text, where they begin in it, and each of them made when it is wanted."""

    text: str
    starts: list[int]
    roles: list[str | None]  # of each message, where they need not be looked for
    found: dict[int, list[Finding]]

    def role(self, number: int) -> str | None:
        """Who speaks, at less cost than the message."""
        ...

    def message(self, number: int) -> Message: ...

    def last(self) -> list[Message]:
        """Those that a next stretch may refer to."""
        ...


class ExportTalk:
    """The messages of a chat export."""

    def __init__(self, segment: Segment, findings: Sequence[Finding]) -> None:
        self.segment, self.text = segment, segment.text
        self.roles: list[str | None] = []
        self.starts: list[int] = segment.locator.starts()  # type: ignore[attr-defined]
        self.found = _by_message(self.starts, findings)

    def role(self, number: int) -> str | None:
        """Who speaks."""
        role: str | None = self.segment.locator.header(self.starts[number])[1]  # type: ignore[attr-defined]
        return role

    def message(self, number: int) -> Message:
        """The message; findings in its header are not part of what was said."""
        start = self.starts[number]
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        header, role = self.segment.locator.header(start)  # type: ignore[attr-defined]
        clock = _CLOCK.search(header)
        begin = start + len(header)
        begin += len(self.text[begin:end]) - len(self.text[begin:end].lstrip())
        minute = int(clock[1]) * 60 + int(clock[2]) if clock else None
        found = _within(self.found.get(number, ()), begin)
        return Message(self.text[begin:end].rstrip(), role, found, self.segment, begin, None, minute)

    def last(self) -> list[Message]:
        """The last few."""
        return [self.message(n) for n in range(max(0, len(self.starts) - BEFORE), len(self.starts))]


class TaggedTalk:
    """The messages of role-tagged JSON, back in their order."""

    def __init__(
        self, segments: Sequence[tuple[Segment, Sequence[Finding]]], sessions: Mapping[int, str], many: bool
    ) -> None:
        cells = sorted(
            (place, number, at, text)
            for number, (segment, _) in enumerate(segments)
            for place, at, text in zip(segment.locator.order, *_cells(segment.text), strict=False)  # type: ignore[attr-defined]
        )
        self._cells, self._segments, self._sessions, self._many = cells, segments, sessions, many
        self.text = "\n".join(text for *_, text in cells)
        self.starts = list(accumulate((len(text) + 1 for *_, text in cells[:-1]), initial=0))
        self.roles = [segments[of][0].role for _, of, _, _ in cells]
        self.found: dict[int, list[Finding]] = {}
        for number, (_, findings) in enumerate(segments):
            own = [(at, n) for n, (_, of, at, _) in enumerate(cells) if of == number] if findings else []
            own.sort()
            for cell, found in _by_message([at for at, _ in own], findings).items():
                self.found[own[cell][1]] = found

    def role(self, number: int) -> str | None:
        """Who speaks."""
        return self.roles[number]

    def message(self, number: int) -> Message:
        """The message, with its record as session where records hold several."""
        (record, _), of, at, text = self._cells[number]
        segment = self._segments[of][0]
        session = str(record) if self._many else self._sessions.get(record)
        return Message(text, segment.role, _within(self.found.get(number, ()), at), segment, at, session)

    def last(self) -> list[Message]:
        """The last few."""
        return [self.message(n) for n in range(max(0, len(self.starts) - BEFORE), len(self.starts))]


def talks(segments: Sequence[Segment], findings: Sequence[Sequence[Finding]]) -> list[Talk]:
    """The conversations among the segments of a stretch; findings count in their segments."""
    exports: list[Talk] = [
        ExportTalk(segment, found)
        for segment, found in zip(segments, findings, strict=True)
        if hasattr(segment.locator, "starts")
    ]
    tagged = [
        (segment, found)
        for segment, found in zip(segments, findings, strict=True)
        if segment.role and getattr(segment.locator, "order", None)
    ]
    if tagged:
        records = Counter(record for segment, _ in tagged for record, _ in segment.locator.order)  # type: ignore[attr-defined]
        many = 2 * len(records) <= records.total() and len(records) > 1
        exports.append(TaggedTalk(tagged, _sessions(segments), many))
    return [talk for talk in exports if talk.starts]


def _sessions(segments: Sequence[Segment]) -> dict[int, str]:
    """The session of each record that tells one."""
    return {
        record: text
        for segment in segments
        if segment.header and hasattr(segment.locator, "order") and segment.header.rpartition(".")[2].lower() in _SESSION
        for (record, _), text in zip(segment.locator.order, segment.text.split(CELL_BREAK), strict=False)
    }


def _cells(text: str) -> tuple[list[int], list[str]]:
    texts = text.split(CELL_BREAK)
    return list(accumulate((len(one) + 1 for one in texts[:-1]), initial=0)), texts


def _by_message(starts: Sequence[int], findings: Sequence[Finding]) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        found.setdefault(bisect_right(starts, finding.start) - 1, []).append(finding)
    found.pop(-1, None)
    return found


def _within(findings: Sequence[Finding], begin: int) -> tuple[Finding, ...]:
    return tuple(f._replace(start=f.start - begin, end=f.end - begin) for f in findings if f.start >= begin)


def conduct(
    ruleset: RuleSet, path: str, talks: Sequence[Talk], earlier: Sequence[Message], language: str
) -> tuple[list[Violation], list[Violation]]:
    """What breaks a conduct rule, and the annotations of good practice."""
    struck: list[Struck] = []
    for talk in talks:
        struck += _of_talk(ruleset, JudgedUnit(path, language=language), talk, earlier)
        earlier = talk.last()
    broken = capped([one for one in struck if not one.annotation], language)
    return [one.violation for one in broken], [one.violation for one in struck if one.annotation]


def _of_talk(ruleset: RuleSet, unit: JudgedUnit, talk: Talk, earlier: Sequence[Message]) -> Iterator[Struck]:
    counts: Counter[str] = Counter()
    held = _held(ruleset, unit, talk, earlier)
    reaches = {rule: reach(ruleset, rule) for rule in frozenset().union(*(one.ids for one in held.values()))}
    asked = {number: one.ids for number, one in held.items()}
    for first, last, numbers in _stretches(asked, reaches, len(talk.starts)):
        stretch = _Stretch(ruleset, unit, talk, held, range(first, last), earlier if first == 0 else ())
        done = {rule for rule, count in counts.items() if count >= COUNTED}
        for number in numbers:
            for one in judge_turn(ruleset, stretch.window(number), held[number].ids - done):
                counts[one.violation.rule_id] += 1
                yield replace(one, violation=_placed(one.violation, held[number].message))


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


def _held(ruleset: RuleSet, unit: JudgedUnit, talk: Talk, earlier: Sequence[Message]) -> dict[int, _Held]:
    """The messages to judge and the rules to ask there."""
    rules = {rule.id: rule for rule in ruleset.rules if rule.enabled and rule.family == "conduct"}
    repeated = _repeated(talk, earlier)

    def held(number: int, ids: Iterable[str]) -> _Held:
        message = talk.message(number)
        return _Held(message, turn_window(ruleset, unit, message.turn, repeated), frozenset(ids))

    if "numpy" not in sys.modules and len(talk.text) < SMALL:
        return {number: held(number, rules) for number in range(len(talk.starts))}
    found = {}
    for number, ids in _likely(ruleset, talk, rules):
        one = held(number, ids)
        if ids := alone(one.window, [rules[each] for each in ids]):
            found[number] = replace(one, ids=ids)
    if earlier:
        found |= {number: held(number, rules) for number in range(min(BEFORE, len(talk.starts)))}
    return found


def _likely(ruleset: RuleSet, talk: Talk, rules: Mapping[str, Rule]) -> Iterator[tuple[int, frozenset[str]]]:
    """The messages that the screen lets through, with the rules that speak of who speaks there."""
    from pii_guard.policy.asked import Messages
    from pii_guard.policy.asked import asked

    of = {name: speakers(rule) for name, rule in rules.items()}
    types = {n: frozenset(f.entity_type for f in found) for n, found in talk.found.items()}
    for number, ids in asked(ruleset, Messages(talk.text, talk.starts, types, talk.roles)).items():
        role = talk.role(number)
        if may := frozenset(name for name in ids if (who := of[name]) is None or role in who):
            yield number, may


def _repeated(talk: Talk, earlier: Sequence[Message]) -> frozenset[str]:
    """What tells apart the values that stand in the talk more than once, or in it and before."""
    values = Counter(identity(f) for found in talk.found.values() for f in found)
    values.update(identity(f) for message in earlier for f in message.findings)
    return frozenset(value for value, count in values.items() if count > 1)

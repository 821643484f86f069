"""The talks of a document: messages one after another, of chat exports and of role-tagged JSON; each is made when wanted."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import accumulate
from typing import Protocol

from pii_guard.model import CELL_BREAK
from pii_guard.model import Finding
from pii_guard.model import Segment
from pii_guard.patterns import lazy
from pii_guard.policy.dialog import BEFORE
from pii_guard.policy.values import JudgedSegment
from pii_guard.records import dataclass

_SESSION = frozenset(
    "session session_id sessionid conversation conversation_id dialog_id dialogue_id chat_id thread_id ticket_id "
    "会话 会话id 会话编号 会话号 对话id 工单号".split()
)
_CLOCK = lazy(r"([0-9]{1,2}):([0-9]{2})")


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
        self._last: tuple[int, str, str | None] = -1, "", None  # a message, its header and role

    def _header(self, number: int) -> tuple[str, str | None]:
        """The header of a message and who speaks; the message is most often asked for next."""
        if self._last[0] != number:
            self._last = number, *self.segment.locator.header(self.starts[number])  # type: ignore[attr-defined]
        return self._last[1:]

    def role(self, number: int) -> str | None:
        """Who speaks."""
        return self._header(number)[1]

    def message(self, number: int) -> Message:
        """The message; findings in its header are not part of what was said."""
        start = self.starts[number]
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        header, role = self._header(number)
        clock = _CLOCK.search(header)
        said = self.text[start + len(header) : end].lstrip()
        begin = end - len(said)
        minute = int(clock[1]) * 60 + int(clock[2]) if clock else None
        found = _within(self.found.get(number, ()), begin)
        return Message(said.rstrip(), role, found, self.segment, begin, None, minute)

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

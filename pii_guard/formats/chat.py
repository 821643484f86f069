"""Chat exports: message headers as QQ, WeChat and service desks write them.

    2026-01-02 10:11:12 张三(10001)    张三 2026/1/2 10:11   [10:11] 客服：…   客户：…
    2026-01-02 10:11:12 张三<a@example.com>    2026/1/2 10:11 - 张三: …   [2026/1/2, 10:11:12] 张三: …

The text is the file's, in large blocks; which message a hit stands in, and who speaks there, is looked up
only where something is found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import cache
from functools import lru_cache

from pii_guard.model import Anchor
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Hit
from pii_guard.model import Place
from pii_guard.model import Segment
from pii_guard.named import NamedTuple
from pii_guard.patterns import compiled
from pii_guard.patterns import lazy
from pii_guard.text import splice
from pii_guard.text.decode import Block
from pii_guard.text.decode import blocks
from pii_guard.text.offsets import LineCursor
from pii_guard.text.offsets import spans
from pii_guard.text.roles import WORDS
from pii_guard.text.roles import role_of

NAME = "chat"
EXTRA: str | None = None
SUFFIXES: frozenset[str] = frozenset()

_DATE = r"[0-9]{2,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?"
_CLOCK = r"(?:[上下]午 ?)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,3})?"
_WHEN = rf"(?:{_DATE},?[ T]{{0,2}})?{_CLOCK}"
_ACCOUNT = r"(?:<[^<>\s]{1,60}>)?"  # QQ writes the mail address behind a name, or the number in brackets
_NAME = r"[^\s:：\[\]<>{}=,，。;；\"'|/\\][^\n:：\[\]<>{}=,，。;；\"'|/\\]{0,30}"
_WORD = r"[^\s:：\[\]<>{}=,，。;；\"'|/\\]{1,31}+"
STAMPED = r"\n(?=[\[(【]?(?:[0-9]{1,2}:[0-9]{2}|[0-9]{2,4}[-/.年][0-9]{1,2}[-/.月]))"
# where a message begins, cheap to count: a time in front, a name before a full time, a speaker's role
_FORMS = (
    STAMPED,
    rf"\n(?={_WORD}[ \t]{{1,3}}{_DATE}[ T]{{1,2}}{_CLOCK}(?:\r?\n|[:：]))",
    rf"\n(?=[\[【]?(?i:{WORDS})[^\n:：,，。\]】]{{0,12}}[\]】]?[:：])",
)
# and who speaks, looked at where it matters
_SPEAKER = lazy(
    rf"\n(?:[\[(【]?{_WHEN}[\])】]?[ \t]{{0,3}}(?:-[ \t])?(?:({_NAME})[:：]|({_WORD}){_ACCOUNT}(?=\r?\n|$))"
    rf"|({_WORD})[ \t]{{1,3}}{_DATE}[ T]{{1,2}}{_CLOCK}(?=\r?\n|[:：])"
    rf"|[\[【]?((?i:{WORDS})[^\n:：,，。\]】]{{0,12}})[\]】]?[:：])"
)
_ENOUGH, _PAIR, _SAMPLE = 3, 2, 1 << 16
_new = tuple.__new__  # there are as many anchors as findings
_AT = Anchor._fields.index("message")
_BEFORE, _BEHIND = Anchor(kind="message")[:_AT], Anchor()[_AT + 2 :]


class Turn(NamedTuple):
    """A message: its number from 1 on, who speaks in which role, where its text stands."""

    message: int
    speaker: str
    role: str | None
    start: int
    end: int


def sniff(head: bytes) -> bool:
    """At least three message headers, and one for every twenty lines; two where an agent answers and nothing else is
    there.
    """
    text = "\n" + head.decode("utf-8", "ignore")
    names = [_name(found) for found in _SPEAKER.finditer(text)]
    if len(names) >= _ENOUGH:
        return len(names) * 20 >= text.count("\n")
    roles = set(map(role_of, names))
    return len(names) == len(roles) == _PAIR and "agent" in roles and None not in roles and text.count("\n") <= 3 * _PAIR + 1


def read(document: Document) -> Iterator[Segment]:
    """One segment a block; its locator knows message and role."""
    with document.open() as stream:
        yield from _segments(blocks(stream))


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """The export with the edits made."""
    return splice.rewrite(document, _segments, replace)


def turns(text: str) -> list[Turn]:
    """The messages of a chat, in order."""
    text = "\n" + text
    found = [(begin.start(), _SPEAKER.match(text, begin.start())) for begin in _begins(text).finditer(text)]
    ends = [*(start for start, _ in found[1:]), len(text) - 1]
    return [
        Turn(number, name, role_of(name), min(header.end() - 1 if header else start, end), end)
        for number, ((start, header), end) in enumerate(zip(found, ends, strict=True), 1)
        for name in (_name(header),)
    ]


def _begins(text: str) -> re.Pattern[str]:
    """The forms of header that occur in a text: the fewer, the faster the search."""
    counts = [sum(1 for _ in form.finditer(text, 0, _SAMPLE)) for form in _compiled()]
    least = _ENOUGH if len(text) > _SAMPLE else 1
    return _together(tuple(n for n, count in enumerate(counts) if count >= least) or (0, 1, 2))


@cache
def _compiled() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _FORMS))


@cache
def _together(forms: tuple[int, ...]) -> re.Pattern[str]:
    return compiled("|".join(_FORMS[n] for n in forms))


@lru_cache(maxsize=1024)
def _role(speaker: str) -> str | None:
    """The role of a name: few speak, and often."""
    return role_of(speaker)


def _name(header: re.Match[str] | None) -> str:
    return header[header.lastindex or 0].strip() if header else ""


def _segments(parts: Iterable[Block]) -> Iterator[Segment]:
    before = Anchor(kind="message", message=0)
    begins: re.Pattern[str] | None = None
    for block in parts:
        begins = begins or _begins("\n" + block.text[: _SAMPLE + 1])
        messages = _Messages(block, begins, before)
        yield Segment(block.text, messages, utf8=messages.utf8)
        before = messages.last()


class _Messages:
    """Places in a block of messages: headers are looked at as far as hits reach."""

    __slots__ = ("_at", "_begins", "_block", "_first", "_found", "_lines", "_open", "_passed", "_start", "owns", "utf8")

    def __init__(self, block: Block, begins: re.Pattern[str], before: Anchor) -> None:
        self._block, self._begins, self._start, self.owns = block, begins, before, block.owns
        self.utf8 = block.utf8
        self._found: Sequence[int] | None = None  # the line ends before messages, once they have been looked for
        self._passed = -1  # of them
        self._lines = LineCursor(block.text, block.line, block.column)
        self._first = (
            block.column == 1 and not block.overlap and begins.match("\n" + block.text[:200]) is not None
        )
        self._at, self._open = 0, self._from_first()

    def _from_first(self) -> Anchor:
        return self._anchor(1, "\n" + self._block.text[:200], 0) if self._first else self._start

    def _anchor(self, number: int, text: str, at: int) -> Anchor:
        role = _role(_name(_SPEAKER.match(text, at)))
        return _new(Anchor, (*_BEFORE, (self._start.message or 0) + number, role, *_BEHIND))

    def _message(self, at: int) -> Anchor:
        """The message that the line ending at text[at] belongs to."""
        if (begins := self._stamped()) is not None:
            passed = bisect_left(begins, at)
            if passed != self._passed:
                self._passed, self._open = passed, self._counted(passed, begins)
            return self._open
        if at < self._at:
            self._at, self._open = 0, self._from_first()
        text = self._block.text
        passed = len(self._begins.findall(text, self._at, at + 1))  # counting is several times cheaper than matching
        if passed:
            number = (self._open.message or 0) - (self._start.message or 0) + passed
            self._open = self._anchor(number, text, self._last_begin(at))
        self._at = at
        return self._open

    def _counted(self, passed: int, begins: Sequence[int]) -> Anchor:
        """The message behind so many line ends that begin one."""
        if not passed:
            return self._from_first()
        return self._anchor(passed + self._first, self._block.text, begins[passed - 1])

    def _stamped(self) -> Sequence[int] | None:
        """Where the messages of a large block begin that begin with a time, the line end before them counted; None where
        they have to be looked for."""
        if self._found is None and self.utf8 is not None and self.utf8.layout is not None and self._begins.pattern == STAMPED:
            from pii_guard.text.stamped import stamped

            layout = self.utf8.layout
            self._found = layout.breaks[stamped(layout)].tolist()
        return self._found

    def _last_begin(self, at: int) -> int:
        """Where the last message that begins before `at` does; it is known that there is one."""
        text, match = self._block.text, self._begins.match
        begin = text.rfind("\n", 0, at + 1)
        while not match(text, begin, at + 1):
            begin = text.rfind("\n", 0, begin)
        return begin

    def locate(self, start: int, end: int) -> Place:
        """The place of text[start:end], with message number and role."""
        line, column, end_line, end_column = self._lines.span(start, end)
        base = self._block.offset
        message = self._message(self._line_end(start))
        return Place(start + base, end + base, line, column, end_line, end_column, message)

    def places(self, hits: Sequence[Hit]) -> Iterator[tuple[int, int, int, int, int, int, Anchor]] | None:
        """The places of all hits of a large block."""
        lines = spans(self.utf8, (self._block.line, self._block.column), hits)
        if lines is None:
            return None
        base, message, line_end = self._block.offset, self._message, self._line_end
        return (
            (h[0] + base, h[1] + base, *at, message(line_end(h[0]))) for h, at in zip(hits, lines, strict=True)
        )

    def _line_end(self, at: int) -> int:
        """A hit in a header line belongs to the message that begins there."""
        end = self._block.text.find("\n", at, at + 200)
        return end if end >= 0 else min(at + 200, len(self._block.text))

    def source_edits(self, edit: Edit) -> tuple[Edit]:
        """The same edit in characters of the document."""
        base = self._block.offset
        return (Edit(edit.start + base, edit.end + base, edit.replacement),)

    def starts(self) -> list[int]:
        """Where messages begin, headers included."""
        if self._stamped() is None:
            self._found = [found.start() for found in self._begins.finditer(self._block.text)]
        begun = [before + 1 for before in self._found or ()]
        return [0, *begun] if self._first else begun

    def header(self, start: int) -> tuple[str, str | None]:
        """The header of the message that begins there, and its speaker's role."""
        found = _SPEAKER.match("\n" + self._block.text[start : start + 200])
        return (found[0][1:], _role(_name(found))) if found else ("", None)

    def last(self) -> Anchor:
        """The message that is open at the end of the block."""
        return self._message(len(self._block.text))

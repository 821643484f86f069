"""The history: every blob once, under path and commit of its first appearance; commit messages on request.

A merge contributes only what differs from all its parents; the rest was seen with a parent.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from functools import partial
from io import BytesIO

from pii_guard.errors import UsageError
from pii_guard.model import Document
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.sources.git import Entry
from pii_guard.sources.git import Tree
from pii_guard.sources.git import blobs
from pii_guard.sources.git import entries
from pii_guard.sources.git import run

_FORMAT = "%x00%x01%H%x00%an%x00%cs"
_MESSAGE = "%H%x00%an%x00%cs%x00%B%x00"
_WITH_EMAIL = "%H%x00%an%x00%cs%x00%B%n%ae%n%ce%x00"


Event = Finding | Violation | DocumentStatus


@dataclass(frozen=True, slots=True)
class Origin:
    """The commit in which something first appeared."""

    commit: str
    author: str
    date: str

    def __str__(self) -> str:
        return f"{self.commit[:10]} {self.date} {self.author}"


@dataclass(slots=True)
class History:
    """Sources of a history, and the way from their events back to commits: both run in the same order."""

    tree: Tree
    range: str = "HEAD"
    messages: bool = False
    emails: bool = False
    excluded: Callable[[str], bool] = field(default=lambda path: False)
    _origins: deque[Origin] = field(default_factory=deque)

    def documents(self) -> Iterator[Document | DocumentStatus]:
        """Blobs in the order of their first appearance, then messages."""
        firsts = [(o, e) for o, e in first_appearances(self.tree, self.range) if not self.excluded(e.path)]
        for (origin, _), source in zip(
            firsts, blobs(self.tree, [(e.path, e) for _, e in firsts]), strict=True
        ):
            self._origins.append(origin)
            yield source
        if self.messages or self.emails:
            for origin, text in _messages(self.tree, self.range, self.emails):
                self._origins.append(origin)
                yield Document(f"commit {origin.commit[:10]}", partial(BytesIO, text), len(text))

    def attribute(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events with commit and author; the status of a document is its last event."""
        for event in events:
            origin = self._origins[0]
            if isinstance(event, DocumentStatus):
                self._origins.popleft()
                yield replace(event, detail=f"{event.detail} {origin}".strip())
            else:
                yield event._replace(anchor=event.anchor._replace(commit=origin.commit, author=origin.author))


def first_appearances(tree: Tree, range_: str = "HEAD") -> Iterator[tuple[Origin, Entry]]:
    """Every blob of a range once, oldest commit first."""
    raw = run(
        *_log(range_),
        "--raw",
        "-z",
        "--no-abbrev",
        "--no-renames",
        "-c",
        "--diff-filter=d",
        f"--format={_FORMAT}",
        folder=tree.top,
    )
    seen: set[str] = set()
    for chunk in raw.split(b"\0\x01")[1:]:
        commit, author, date, rest = chunk.split(b"\0", 3)
        origin = Origin(commit.decode(), _text(author), date.decode())
        for entry in entries(rest.replace(b"\n:", b":", 1) if rest.startswith(b"\n") else rest):
            if entry.oid not in seen and entry.mode != "160000" and set(entry.oid) != {"0"}:
                seen.add(entry.oid)
                yield origin, entry


def _messages(tree: Tree, range_: str, emails: bool) -> Iterator[tuple[Origin, bytes]]:
    raw = run(*_log(range_), f"--format=tformat:{_WITH_EMAIL if emails else _MESSAGE}", folder=tree.top)
    fields = iter(raw.split(b"\0"))
    for commit in fields:
        if commit.strip():
            author, date, body = next(fields), next(fields), next(fields)
            yield Origin(commit.strip().decode(), _text(author), date.decode()), body


def _log(range_: str) -> tuple[str, ...]:
    if range_.startswith("-") and range_ != "--all":
        raise UsageError(f"不是提交或范围: {range_}")
    return (
        "log",
        "--reverse",
        "--no-color",
        "--no-ext-diff",
        "--encoding=UTF-8",
        "--no-show-signature",
        range_,
    )


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")

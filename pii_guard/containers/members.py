"""Documents inside documents: attachments, archive members, embedded files.

A member that cannot be read does not stop the others: the error comes after them, and counts for the whole.
Its name is never in a message (a file name may be a person's), its number is.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace as changed
from pathlib import PurePath
from typing import Protocol
from typing import runtime_checkable

from pii_guard.containers.limits import NESTING
from pii_guard.containers.places import NestedLocator
from pii_guard.errors import UnreadableError
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment
from pii_guard.named import NamedTuple

Replace = Callable[[Segment], Sequence[Edit]]
_HEAD = 1 << 16


class Rewritable(Protocol):
    """The part of a format that members need."""

    def read(self, document: Document) -> Iterator[Segment]: ...
    def rewrite(self, document: Document, replace: Replace) -> bytes: ...


Find = Callable[[Document, bytes], Rewritable]


@runtime_checkable
class Noting(Protocol):
    """A replacer that counts, and wants to hear what could not be kept or read."""

    def note(self, message: str) -> None: ...

    def again(self, segment: Segment) -> Sequence[Edit]: ...


def ask_again(replace: Replace, segment: Segment) -> Sequence[Edit]:
    """Edits for a text that was asked for in another reading already: they count once."""
    return replace.again(segment) if isinstance(replace, Noting) else replace(segment)


class Member(NamedTuple):
    """A document inside a document."""

    name: str
    data: bytes


def note(replace: object, message: str) -> None:
    """Tell whoever asked for the rewriting; the message holds no personal data."""
    if isinstance(replace, Noting):
        replace.note(message)


def document_of(parent: Document, member: Member) -> Document:
    """A member as a document of its own."""
    path = f"{parent.path}{NESTING}{member.name}"
    return Document(path, lambda: io.BytesIO(member.data), len(member.data))


def read_members(
    parent: Document, members: Iterable[Member], find: Find, skipped: frozenset[str]
) -> Iterator[Segment]:
    """The segments of all members; raises at the end if some could not be read."""
    failed: list[tuple[int, UnreadableError]] = []
    for number, member in enumerate(members, 1):
        try:
            yield from read_member(parent, member, find)
        except UnreadableError as problem:
            if problem.reason not in skipped:
                failed.append((number, problem))
    if failed:
        numbers = "、".join(str(number) for number, _ in failed[:10])
        first = failed[0][1]
        raise UnreadableError(first.reason, f"第 {numbers} 个成员未能读取 (members not read): {first}")


def read_member(parent: Document, member: Member, find: Find) -> Iterator[Segment]:
    """The segments of one member, placed inside its parent."""
    if not member.data:
        return
    document = document_of(parent, member)
    for segment in find(document, member.data[:_HEAD]).read(document):
        yield changed(segment, locator=NestedLocator(segment.locator, member.name))


def rewrite_member(
    parent: Document, member: Member, find: Find, skipped: frozenset[str], replace: Replace
) -> bytes:
    """A member with its edits; one without text by its kind stays, and that is noted."""
    if not member.data:
        return member.data
    document = document_of(parent, member)
    try:
        return find(document, member.data[:_HEAD]).rewrite(document, replace)
    except UnreadableError as problem:
        if problem.reason not in skipped:
            raise
        kind = PurePath(member.name).suffix[:8] or problem.reason
        note(replace, f"未检查的内嵌文件原样保留 (kept unread): {kind}")
        return member.data

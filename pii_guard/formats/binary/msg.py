"""Outlook messages (.msg, MS-OXMSG): subject, people, headers, plain, HTML and RTF bodies, attachments, mails
inside.

An OLE file keeps the sizes of its streams, so replacements are made as long as what they replace, and a
compressed RTF body, which repeats the plain one, is emptied.  An attachment whose size would change is
refused by that reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence

from pii_guard.containers.members import Member
from pii_guard.containers.members import read_members
from pii_guard.containers.members import rewrite_member
from pii_guard.containers.places import PartLocator
from pii_guard.errors import UnreadableError
from pii_guard.formats import SKIPPED
from pii_guard.formats import find_format
from pii_guard.formats import missing_extra
from pii_guard.model import Anchor
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment
from pii_guard.named import NamedTuple
from pii_guard.patterns import lazy

NAME = "msg"
SUFFIXES = frozenset({".msg", ".oft"})
REPLACES = "stars"  # where a replacement is not as long as the value
EXTRA: str | None = "docs"

_STREAM = lazy(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})\Z", re.IGNORECASE)
_WIDE, _NARROW, _BINARY = "001F", "001E", "0102"
_HTML, _RTF, _ATTACHED = "1013", "1009", "3701"
_NAMES = ("3707", "3704", "3001")  # long name, short name, display name of an attachment
_PEOPLE = frozenset({"0C1A", "0042", "0E04", "0E03", "0E02", "3001", "5D0A", "0040", "0044"})

Replace = Callable[[Segment], Sequence[Edit]]


class Stream(NamedTuple):
    """A property kept as a stream of its own."""

    path: tuple[str, ...]
    key: str  # the property's number
    kind: str  # and its type
    data: bytes

    @property
    def codec(self) -> str:
        """How its text is stored; eight-bit text of Chinese senders is GBK."""
        if self.kind == _WIDE:
            return "utf-16-le"
        try:
            self.data.decode("utf-8")
        except UnicodeDecodeError:
            return "gb18030"
        return "utf-8"


def sniff(head: bytes) -> bool:
    """An OLE file does not say what it is near its start."""
    return False


def read(document: Document) -> Iterator[Segment]:
    """Texts, then attachments."""
    streams = _streams(document)
    for stream in streams:
        if _is_text(stream):
            yield _segment(stream)
        elif stream.key == _RTF:
            yield _rtf_segment(stream)
    yield from read_members(document, _members(streams), find_format, SKIPPED)


def rewrite(document: Document, replace: Replace) -> bytes:
    """The same file with its streams overwritten."""
    streams = _streams(document)
    with document.open() as source:
        data = source.read()
    new = {stream.path: _rewritten(document, streams, stream, replace) for stream in streams}
    changed = {s.path: new[s.path] for s in streams if new[s.path] != s.data}
    return _written(data, changed) if changed else data


def _streams(document: Document) -> list[Stream]:
    try:
        from pii_guard.containers import ole
    except ImportError as problem:
        raise missing_extra("docs") from problem
    found = []
    with document.open() as source, ole.opened(source.read()) as file:
        for path in file.listdir():
            match = _STREAM.match(path[-1])
            if match:
                data = file.openstream(path).read()
                found.append(Stream(tuple(path), match[1].upper(), match[2].upper(), data))
    return found


def _is_text(stream: Stream) -> bool:
    return stream.kind in (_WIDE, _NARROW) or (stream.key == _HTML and stream.kind == _BINARY)


def _segment(stream: Stream) -> Segment:
    text = stream.data.decode(stream.codec, "replace")
    header = "姓名" if stream.key in _PEOPLE else None
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return Segment(text, PartLocator(Anchor("property", key=stream.key), starts), header)


def _rtf_segment(stream: Stream) -> Segment:
    from pii_guard.containers import rtf

    return Segment(rtf.text(rtf.decompressed(stream.data)), PartLocator(Anchor("property", key=_RTF)))


def _members(streams: Sequence[Stream]) -> Iterator[Member]:
    for stream in streams:
        if stream.key == _ATTACHED and stream.kind == _BINARY:
            yield Member(_name(streams, stream), stream.data)


def _name(streams: Sequence[Stream], attachment: Stream) -> str:
    """The attachment's name: a stream beside it."""
    beside = {s.key: s for s in streams if s.path[:-1] == attachment.path[:-1] and s.kind in (_WIDE, _NARROW)}
    named = next((beside[key] for key in _NAMES if key in beside), None)
    return named.data.decode(named.codec, "replace").rstrip("\0") if named else "attachment"


def _rewritten(document: Document, streams: Sequence[Stream], stream: Stream, replace: Replace) -> bytes:
    if _is_text(stream):
        return _same_size(stream, replace(_segment(stream)))
    if stream.key == _RTF and replace(_rtf_segment(stream)):
        from pii_guard.containers import rtf

        return rtf.emptied(len(stream.data))
    if stream.key == _ATTACHED and stream.kind == _BINARY:
        member = Member(_name(streams, stream), stream.data)
        new = rewrite_member(document, member, find_format, SKIPPED, replace)
        if len(new) != len(stream.data):
            raise UnreadableError(
                "cannot_redact", "附件含个人信息，请把邮件另存为 .eml 再脱敏 (save as .eml, then redact)"
            )
        return new
    return stream.data


def _same_size(stream: Stream, edits: Sequence[Edit]) -> bytes:
    """The text with each replacement cut or filled with stars to the bytes it replaces."""
    text, codec = stream.data.decode(stream.codec, "replace"), stream.codec
    for edit in sorted(edits, key=lambda e: -e.start):
        old = text[edit.start : edit.end].encode(codec)
        new = edit.replacement.encode(codec, "replace")
        star = "*".encode(codec)
        if len(new) != len(old):
            new = star * (len(old) // len(star))
        text = text[: edit.start] + new.decode(codec) + text[edit.end :]
    return text.encode(codec) if edits else stream.data


def _written(data: bytes, changed: dict[tuple[str, ...], bytes]) -> bytes:
    from pii_guard.containers import ole

    return ole.overwritten(data, {"/".join(path): new for path, new in changed.items()})

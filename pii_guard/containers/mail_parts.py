"""The texts of a mail and its edits: headers, bodies, names of attachments, and attachments as documents."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from collections.abc import Sequence

from pii_guard.containers import mail
from pii_guard.containers.mail import Part
from pii_guard.containers.members import Find
from pii_guard.containers.members import Member
from pii_guard.containers.members import Replace
from pii_guard.containers.members import read_members
from pii_guard.containers.members import rewrite_member
from pii_guard.containers.places import PartLocator
from pii_guard.errors import UnreadableError
from pii_guard.model import Anchor
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment

_TECHNICAL = frozenset(  # ids that look like mail addresses, signatures, and what is read elsewhere
    ["content-type", "content-disposition", "content-transfer-encoding", "content-id", "mime-version",
     "date", "message-id", "references", "in-reply-to", "dkim-signature", "arc-seal",
     "arc-message-signature", "arc-authentication-results", "authentication-results",
     "x-google-dkim-signature", "thread-index"]
)  # fmt: skip
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
_PEOPLE = frozenset({"from", "to", "cc", "bcc", "sender", "reply-to"})


def read_mail(document: Document, data: bytes, find: Find, skipped: frozenset[str]) -> Iterator[Segment]:
    """The segments of one mail."""
    message = mail.parsed(data)
    for part in message.walk():
        yield from (segment for _, segment in _headers(part))
        yield from (_name_segment(name) for _, _, name in mail.names(part))
        yield from (_remark(part, *place)[0] for place in mail.remarks(part))
        body = _body(part)
        if body is not None:
            yield body[0]
    yield from read_members(document, _members(message), find, skipped)


def rewrite_mail(
    document: Document, data: bytes, find: Find, skipped: frozenset[str], replace: Replace
) -> bytes:
    """One mail with its edits; the same bytes if there are none."""
    message = mail.parsed(data)
    for part in message.walk():
        _rewrite_text(part, replace)
        if _is_member(part):
            member = _member(part)
            new = rewrite_member(document, member, find, skipped, replace)
            if new != member.data:
                mail.set_body(part, _as_declared(part, new))
    return mail.written(message)


def _rewrite_text(part: Part, replace: Replace) -> None:
    """Headers, the name of an attachment, a plain body."""
    for number, segment in _headers(part):
        edits = replace(segment)
        if edits:
            name, raw = part.fields[number]
            part.fields[number] = name, mail.field_of(name, _edited(segment.text, edits), raw)
    _rewrite_names(part, replace)
    _rewrite_remarks(part, replace)
    body = _body(part)
    if body is not None:
        segment, codec = body
        edits = replace(segment)
        if edits:
            mail.set_body(part, mail.encode_text(part, _edited(segment.text, edits), codec))


def _headers(part: Part) -> Iterator[tuple[int, Segment]]:
    """Fields that hold text, with their number."""
    for number, (name, raw) in enumerate(part.fields):
        if name.lower() not in _TECHNICAL:
            header = "姓名" if name.lower() in _PEOPLE else None
            yield number, Segment(mail.value_of(raw), PartLocator(Anchor("property", key=name)), header)


def _name_segment(name: str) -> Segment:
    return Segment(name, PartLocator(Anchor("name", key="filename")))


def _rewrite_names(part: Part, replace: Replace) -> None:
    for header, key, name in list(mail.names(part)):
        edits = replace(_name_segment(name))
        if edits:
            mail.set_parameter(part, header, key, _edited(name, edits).replace("*", "＊"))


def _remark(part: Part, number: int, start: int, end: int) -> tuple[Segment, str]:
    text, codec = mail.decode(part.around[number][start:end], None)
    return Segment(text, PartLocator(Anchor("text", part="remark"))), codec


def _rewrite_remarks(part: Part, replace: Replace) -> None:
    for number, start, end in reversed(list(mail.remarks(part))):
        segment, codec = _remark(part, number, start, end)
        edits = replace(segment)
        if edits:
            raw = part.around[number]
            text = _edited(segment.text, edits).encode(codec, "replace")
            part.around[number] = raw[:start] + text + raw[end:]


def _body(part: Part) -> tuple[Segment, str] | None:
    """A plain text body and its codec; other parts are documents of their own."""
    if part.children or part.headers.get_content_type() != "text/plain" or mail.filename(part):
        return None
    text, codec = mail.decode(mail.body_of(part), part.headers.get_content_charset())
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return Segment(text, PartLocator(Anchor("text", part="body"), starts)), codec


def _is_member(part: Part) -> bool:
    """A leaf that is not a plain body."""
    return not part.children and (
        part.headers.get_content_type() != "text/plain" or bool(mail.filename(part))
    )


def _members(message: Part) -> Iterator[Member]:
    for part in message.walk():
        if part.headers.get_content_type() in _SEALED:
            raise UnreadableError("encrypted", "邮件已加密 (encrypted mail)")
        if _is_member(part):
            yield _member(part)


def _member(part: Part) -> Member:
    """An attachment; an HTML body in the charset it declares is handed on as UTF-8."""
    data = mail.body_of(part)
    if _is_html(part):
        text, _ = mail.decode(data, part.headers.get_content_charset())
        return Member("body.html", text.encode())
    return Member(mail.filename(part) or f"attachment{_suffix(part)}", data)


def _suffix(part: Part) -> str:

    return mimetypes.guess_extension(part.headers.get_content_type()) or ""


def _is_html(part: Part) -> bool:
    return part.headers.get_content_type() == "text/html" and not mail.filename(part)


def _as_declared(part: Part, data: bytes) -> bytes:
    """An HTML body in the charset it came in."""
    if not _is_html(part):
        return data
    _, codec = mail.decode(mail.body_of(part), part.headers.get_content_charset())
    return mail.encode_text(part, data.decode(), codec)


def _edited(text: str, edits: Sequence[Edit]) -> str:
    for edit in sorted(edits, key=lambda e: -e.start):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text

"""The tree of a mail (RFC 5322, MIME) over its own bytes: what is not edited is written back as it came.

The standard library's generator refolds headers and fails on real mails (a multipart without its boundary),
so the tree is cut here; the library reads parameters and encoded words.  A body declared gb2312 is read as
gb18030, which it nearly always is.
"""

from __future__ import annotations

import base64
import email.errors
import email.header
import email.policy
import email.utils
import html
import quopri
import re
from binascii import Error as Base64Error
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from email.message import Message
from email.parser import BytesHeaderParser

from pii_guard.containers.limits import over

_CHARSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
}
_STRUCTURED = frozenset({"from", "to", "cc", "bcc", "sender", "reply-to", "return-path", "resent-to"})
_FOREIGN = re.compile(r"[^\s<>@,;\"()]{0,99}[^\x00-\x7f](?:[^<>@,;\"()\r\n]{0,999}[^\s<>@,;\"()])?")
_WORD = 15  # characters of an encoded word: 75 bytes are allowed
_FIELD = re.compile(rb"[^\r\n]*(?:\r?\n|\Z)(?:[ \t][^\r\n]*(?:\r?\n|\Z))*")
_HEAD_END = re.compile(rb"\r?\n(?=\r?\n)|\A(?=\r?\n)|\Z")
_BOUNDARY = re.compile(rb"(?m)^--[^\r\n]{1,200}$")
_DEPTH = 20


@dataclass(slots=True)
class Part:
    """A mail or one part of it: header fields, then either a body or what stands around and in its parts."""

    fields: list[tuple[str, bytes]]
    headers: Message
    body: bytes = b""
    children: list[Part] = field(default_factory=list)
    around: list[bytes] = field(default_factory=list)  # before, between and after the children

    def walk(self) -> Iterator[Part]:
        """This part and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def parsed(data: bytes, depth: int = 0) -> Part:
    """The tree of a mail."""
    if depth > _DEPTH:
        raise over("邮件嵌套太深 (mail nested too deep)")
    cut = _HEAD_END.search(data)
    assert cut is not None  # matches the end at least
    head, body = data[: cut.end()], data[cut.end() :]
    headers = BytesHeaderParser(policy=email.policy.compat32).parsebytes(head)
    part = Part([(_name(raw), raw) for raw in _FIELD.findall(head) if raw], headers, body)
    boundary = headers.get_boundary()
    if headers.get_content_maintype() == "multipart" and boundary:
        _split(part, boundary.encode("utf-8", "surrogateescape"), depth)
    elif headers.get_content_type() == "message/rfc822" and _encoding(part) not in _TRANSFER:
        blank = re.match(rb"\r?\n", body)
        start = blank.end() if blank else 0
        part.children, part.around = [parsed(body[start:], depth + 1)], [body[:start], b""]
    return part


def written(part: Part) -> bytes:
    """The bytes of a tree."""
    head = b"".join(raw for _, raw in part.fields)
    if not part.children:
        return head + part.body
    inner = [part.around[0]]
    for child, after in zip(part.children, part.around[1:], strict=True):
        inner += written(child), after
    return head + b"".join(inner)


def _split(part: Part, boundary: bytes, depth: int) -> None:
    line = re.compile(rb"(?:\r?\n|\A)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)(?:\r?\n)?")
    at = 0
    open_part = False
    for match in line.finditer(part.body):
        if open_part:
            part.children.append(parsed(part.body[at : match.start()], depth + 1))
            part.around.append(match.group())
        else:
            part.around.append(part.body[: match.end()])
        at, open_part = match.end(), not match[1]
        if match[1]:
            break
    if open_part and part.around:
        part.children.append(parsed(part.body[at:], depth + 1))
        part.around.append(b"")
    elif part.around:
        part.around[-1] += part.body[at:]
    if not part.children:
        part.around.clear()


def _name(raw: bytes) -> str:
    return raw.partition(b":")[0].strip().decode("ascii", "replace")


def decode(data: bytes, declared: str | None) -> tuple[str, str]:
    """Text and the codec that gave it; a wrong declaration falls back to UTF-8, GB18030, Latin-1."""
    name = (declared or "utf-8").strip("\"' ").lower()
    for codec in (_CHARSETS.get(name, name), "utf-8", "gb18030"):
        try:
            return data.decode(codec), codec
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1"), "latin-1"


def value_of(raw: bytes) -> str:
    """A field's value: unfolded, encoded words and raw bytes read."""
    flat = re.sub(rb"\r?\n", b"", raw.partition(b":")[2]).strip()
    text = words_read(decode(flat, None)[0])
    return html.unescape(text) if "&#" in text else text  # list managers write Chinese so


def words_read(text: str) -> str:
    """A text with its encoded words (RFC 2047) read."""
    if "=?" not in text:
        return text
    try:
        words = email.header.decode_header(text)
    except (email.errors.HeaderParseError, ValueError):
        return text
    return "".join(decode(word, charset)[0] if isinstance(word, bytes) else word for word, charset in words)


def field_of(name: str, text: str, like: bytes) -> bytes:
    """A field with a new value; addresses stay readable for machines."""
    end = b"\r\n" if like.endswith(b"\r\n") else b"\n"
    if not text.isascii():
        text = (
            _FOREIGN.sub(lambda m: _words(m.group()), text) if name.lower() in _STRUCTURED else _words(text)
        )
    return name.encode() + b": " + text.encode().replace(b"\n", end) + end


def _words(text: str) -> str:
    pieces = (text[at : at + _WORD] for at in range(0, len(text), _WORD))
    return "\n ".join(f"=?utf-8?b?{base64.b64encode(piece.encode()).decode()}?=" for piece in pieces)


def filename(part: Part) -> str:
    """The name of an attachment, whatever way it is written."""
    return next((name for _, _, name in names(part)), "")


def names(part: Part) -> Iterator[tuple[str, str, str]]:
    """Header field, parameter and name: an attachment may have two, and they need not agree."""
    for header, key in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        value = part.headers.get_param(key, header=header)
        if value:
            name = email.utils.collapse_rfc2231_value(value).strip()
            if not name.isascii():
                name = decode(name.encode("utf-8", "surrogateescape"), None)[0]
            yield header, key, words_read(name)


def remarks(part: Part) -> Iterator[tuple[int, int, int]]:
    """What stands around the children of a part (preamble, epilogue) beside their boundaries: piece, start, end."""
    for number, raw in enumerate(part.around):
        at = 0
        for line in [*_BOUNDARY.finditer(raw), None]:
            end = line.start() if line else len(raw)
            if raw[at:end].strip():
                yield number, at, end
            at = line.end() if line else end


def set_parameter(part: Part, header: str, key: str, value: str) -> None:
    """A new parameter of a header field, if the field has it."""
    if part.headers.get_param(key, header=header) is None:
        return
    part.headers.set_param(key, value, header=header, charset="utf-8" if not value.isascii() else None)
    new = str(part.headers[header])
    part.fields = [
        (name, field_of(name, new, raw) if name.lower() == header.lower() else raw)
        for name, raw in part.fields
    ]


def _encoding(part: Part) -> str:
    return str(part.headers.get("Content-Transfer-Encoding", "7bit")).strip().lower()


def body_of(part: Part) -> bytes:
    """A leaf's content, its transfer encoding undone; the blank line after the head is not part of it."""
    data = part.body[len(_blank(part)) :]
    encoding = _encoding(part)
    if encoding == "base64":
        try:
            return base64.b64decode(re.sub(rb"[^A-Za-z0-9+/=]", b"", data) + b"==")
        except Base64Error:
            return data
    return quopri.decodestring(data) if encoding == "quoted-printable" else data


def set_body(part: Part, data: bytes) -> None:
    """New content in the transfer encoding the part has."""
    encoding = _encoding(part)
    encoded = _TRANSFER.get(encoding, bytes)(data)
    if encoding == "base64":
        encoded = encoded.replace(b"\n", _blank(part) or b"\n")
    part.body = _blank(part) + encoded


def encode_text(part: Part, text: str, codec: str) -> bytes:
    """A body in its charset, or in UTF-8, declared, where a replacement does not fit into it."""
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        if part.headers.get_param("charset") is not None:
            set_parameter(part, "Content-Type", "charset", "utf-8")
        return text.encode()


def _blank(part: Part) -> bytes:
    blank = re.match(rb"\r?\n", part.body)
    return blank.group() if blank else b""


_TRANSFER: dict[str, Callable[[bytes], bytes]] = {
    "base64": base64.encodebytes,
    "quoted-printable": quopri.encodestring,
}

"""The second extractor: what an output holds, read without the formats that wrote it.

A document is taken apart by its magic bytes alone: ZIP members, GZIP and TAR, OLE streams, PDF objects,
mail parts, SQLite pages.  Each piece is shown raw and, where it is text, without its markup.
"""

from __future__ import annotations

import bz2
import email
import email.header
import email.policy
import gzip
import html
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from collections.abc import Iterator

from pii_guard.errors import UnreadableError
from pii_guard.named import NamedTuple
from pii_guard.patterns import lazy

_DEPTH = 6
_IDENTIFIERS = frozenset(  # mail headers whose values look like addresses and are none: searched, not scanned
    {"message-id", "references", "in-reply-to", "content-id", "x-message-id", "thread-index", "date"}
)
_MARKUP = lazy(rb"<(?:/?[A-Za-z!?][^<>]{0,20000})>")
_RUN_STYLE = lazy(rb"<([a-z0-9]{1,8}:)?rPr(?: [^<>]{0,2000})?>.{0,4000}?</(?:[a-z0-9]{1,8}:)?rPr>", re.DOTALL)
_INLINE = rb"r|t|delText|ins|del|fld|hyperlink|smartTag|span|font|a|b|i|u|s|em|strong|small|sub|sup|mark|code"
_ENDS = lazy(  # what ends a text; the others split it
    rb"</(?:[a-z0-9]{1,8}:)?(?!(?:" + _INLINE + rb")>)[a-z][\w.-]{0,80}>|<[a-z0-9:]{0,8}(?:tab|br)/?>", re.I
)
_MAIL = lazy(
    rb"(?im)^(?:MIME-Version|Content-Type|Content-Transfer-Encoding|Received|Return-Path|From ):?[ \t]"
)


class View(NamedTuple):
    """A piece of an output: raw bytes, or text where it reads as such."""

    where: str
    data: bytes
    text: str | None = None


def views(data: bytes, name: str = "", depth: int = 0) -> Iterator[View]:
    """All pieces of a document, itself first."""
    if depth > _DEPTH:
        raise UnreadableError("over_limit", "嵌套太深，无法核验 (nested too deep to verify)")
    yield View(name, data)
    inner = _opened(data)
    if inner is not None:
        for number, (member, piece) in enumerate(inner, 1):
            yield View(f"{name}#{number}:name", member.encode("utf-8", "surrogateescape"), member)
            if member.lower() in _IDENTIFIERS:
                yield View(f"{name}#{number}", piece)
            else:
                yield from views(piece, f"{name}#{number}", depth + 1)
    elif data.startswith(b"%PDF-"):
        from pii_guard.redact.pdf_views import pdf_views

        yield from pdf_views(data, name)
    else:
        yield from _texts(data, name)


def _opened(data: bytes) -> Iterator[tuple[str, bytes]] | None:
    """The members of a container, or None for anything else."""
    for magic, opener in _CONTAINERS.items():
        if data.startswith(magic):
            return opener(data)
    if data[257:262] == b"ustar":
        return _tar(data)
    return _mail(data) if _looks_like_mail(data) else None


def _zip(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            yield info.filename, archive.read(info)
            yield "comment", info.comment
        yield "comment", archive.comment


def _one(decompress: Callable[[bytes], bytes]) -> Callable[[bytes], Iterator[tuple[str, bytes]]]:
    def opened(data: bytes) -> Iterator[tuple[str, bytes]]:
        try:
            yield "", decompress(data)
        except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as problem:
            raise UnreadableError("damaged", "无法核验：压缩数据损坏 (damaged)") from problem

    return opened


def _tar(data: bytes) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isreg() else None
            yield member.name, stream.read() if stream else b""
            yield "remarks", "\n".join((member.linkname, member.uname, member.gname)).encode("utf-8", "surrogateescape")


def _seven(data: bytes) -> Iterator[tuple[str, bytes]]:
    import py7zr
    from py7zr.io import BytesIOFactory

    factory = BytesIOFactory(1 << 30)
    with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
        archive.extractall(factory=factory)  # noqa: S202 - into memory
    for name, stream in factory.products.items():
        stream.seek(0)
        yield name, stream.read()


def _ole(data: bytes) -> Iterator[tuple[str, bytes]]:
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as file:
        for path in file.listdir():
            yield "/".join(path), file.openstream(path).read()


def _looks_like_mail(data: bytes) -> bool:
    head = data[:8192]
    return (
        b"\0" not in head and len(_MAIL.findall(head)) >= 2 and bool(re.match(rb"[!-9;-~]{2,64}[ :]", head))
    )


def _mail(data: bytes) -> Iterator[tuple[str, bytes]]:
    for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
        for key, value in part.items():
            decoded = (
                email.header.make_header(email.header.decode_header(value)) if "=?" in str(value) else value
            )
            yield key, str(decoded).encode("utf-8", "surrogateescape")
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield part.get_content_type(), payload


def _texts(data: bytes, name: str) -> Iterator[View]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (b"\0" in data[:64] and _wide(data)):
        codec = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le"
        yield View(f"{name}:text", b"", data.decode(codec, "replace"))
        return
    if b"\0" in data[:4096]:
        return
    bare = _MARKUP.sub(b"", _ENDS.sub(b"\n", _RUN_STYLE.sub(b"", data))) if b"<" in data else data
    for codec in ("utf-8", "gb18030"):
        try:
            text = bare.decode(codec)
        except UnicodeDecodeError:
            continue
        if b"\\u" in bare:
            text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
        yield View(f"{name}:text", b"", html.unescape(text) if "&" in text else text)
        return


def _wide(data: bytes) -> bool:
    sample = data[:512]
    return len(sample) >= 4 and sample[1::2].count(0) > len(sample) // 4


_CONTAINERS: dict[bytes, Callable[[bytes], Iterator[tuple[str, bytes]]]] = {
    b"PK\x03\x04": _zip,
    b"PK\x05\x06": _zip,
    b"\x1f\x8b": _one(gzip.decompress),
    b"BZh": _one(bz2.decompress),
    b"\xfd7zXZ\x00": _one(lzma.decompress),
    b"7z\xbc\xaf\x27\x1c": _seven,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": _ole,
}

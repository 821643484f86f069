"""Decode a stream of bytes into blocks of text, with flat memory and without ever replacing a byte.

The encoding is decided on the first block (see encoding.py). A file that is ASCII for megabytes and then
turns out to be no UTF-8 is decided anew where that happens; anything else that does not decode raises
UnreadableError with a reason (binary, undecodable, truncated) after all text before the place has been
given.

Blocks end at a line end. A line longer than a block is cut between characters; the next block then
repeats its last OVERLAP characters, and `owns` says which of the two blocks a hit near the cut belongs
to.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from pii_guard.errors import UnreadableError
from pii_guard.model import GUARD
from pii_guard.model import PAD
from pii_guard.model import Utf8
from pii_guard.named import NamedTuple
from pii_guard.text.encoding import guess
from pii_guard.text.encoding import guess_legacy

BLOCK = 1 << 21
OVERLAP = 1024


class Block(NamedTuple):
    """A stretch of a document's text; offset, line and column are those of text[0]."""

    text: str
    utf8: Utf8 | None  # the same, where it was at hand
    offset: int
    line: int
    column: int
    overlap: int  # leading characters that the block before has given already
    owns: tuple[int, int]  # hits that start in this range of text belong to this block


class Piece(NamedTuple):
    """Decoded text, and its UTF-8 where that was read."""

    text: str
    utf8: Utf8 | None


class Decoded(NamedTuple):
    """A whole document as text, and what is needed to write it back."""

    text: str
    codec: str
    bom: bytes


def blocks(stream: BinaryIO, size: int = BLOCK) -> Iterator[Block]:
    """The text of a stream, block by block."""
    head = stream.read(size)
    if not head:
        return
    encoding = guess(head, complete=len(head) < size)
    body = head[len(encoding.bom) :]
    if encoding.codec == "utf-8":
        yield from _placed(_utf8(body, stream, size, started=bool(encoding.bom)))
    else:
        yield from _placed(_coded(encoding.codec, body, stream, size))


def decode_whole(data: bytes) -> Decoded:
    """A document at once, for rewriting it."""
    encoding = guess(data, complete=True) if data else guess(b" ", complete=True)
    try:
        text = data[len(encoding.bom) :].decode(encoding.codec)
    except UnicodeDecodeError as error:
        raise _undecodable(error.start, error.end >= len(error.object)) from None
    return Decoded(text, encoding.codec, encoding.bom)


def _undecodable(at: int, at_end: bool) -> UnreadableError:
    if at_end:
        return UnreadableError("truncated", "文件在一个字符中间结束 (the file ends inside a character)")
    return UnreadableError(
        "undecodable", f"第 {at + 1} 字节起无法解码 (bytes from {at + 1} on do not decode)"
    )


def _utf8(body: bytes, stream: BinaryIO, size: int, *, started: bool) -> Iterator[Piece]:
    """Pieces of UTF-8; `started`: it is certain that the text is UTF-8.

    Each stretch is read behind what is left of the one before it, between guards: a large file is not copied.
    """
    done, low, high = 0, 0, len(body)
    buffer: bytes | bytearray = body
    while low < high:
        more = stream.read(1)
        cut = _cut(buffer, low, high) if more else high
        here, rest = memoryview(buffer)[low:cut], bytes(buffer[cut:high]) + more
        try:
            text = str(here, "utf-8")
        except UnicodeDecodeError as error:
            sound = bytes(here[: error.start])
            if not started and sound.isascii() and not _cut_short(error):
                left = b"".join((here, rest, stream.read(size - 1) if more else b""))
                yield from _coded(guess_legacy(left, complete=not more), left, stream, size)
                return
            yield Piece(sound.decode(), Utf8(sound))
            raise _undecodable(done + error.start, _cut_short(error)) from None
        started = started or not text.isascii()
        done += cut - low
        if isinstance(buffer, bytearray):
            buffer[cut : cut + PAD] = GUARD
            yield Piece(text, Utf8(here, memoryview(buffer)[: cut + PAD]))
        else:
            yield Piece(text, Utf8(here))
        if not more:
            return
        buffer, low = bytearray(PAD + len(rest) + size + PAD), PAD
        high = _fill(buffer, rest, stream, size - 1)


def _fill(buffer: bytearray, head: bytes, stream: BinaryIO, size: int) -> int:
    """Put a guard, `head` and what is read next into the buffer; where that ends."""
    at = PAD + len(head)
    buffer[:at] = GUARD + head
    into, end = memoryview(buffer), at + size
    while at < end and (count := _read(stream, into[at:end])):
        at += count
    return at


def _read(stream: BinaryIO, into: memoryview) -> int:
    if hasattr(stream, "readinto"):
        return int(stream.readinto(into) or 0)
    read = stream.read(len(into))
    into[: len(read)] = read
    return len(read)


def _cut_short(error: UnicodeDecodeError) -> bool:
    return error.reason == "unexpected end of data" and error.end >= len(error.object)


def _cut(body: bytes | bytearray, low: int, high: int) -> int:
    """After the last line end; on a giant line between two characters."""
    if cut := body.rfind(b"\n", low, high) + 1:
        return cut
    for back in range(1, min(4, high - low) + 1):
        lead = body[high - back]
        if lead >= 0xC0:
            return high - back if back < (2 if lead < 0xE0 else 3 if lead < 0xF0 else 4) else high
        if lead < 0x80:
            break
    return high


def _coded(codec: str, body: bytes, stream: BinaryIO, size: int) -> Iterator[Piece]:
    """Pieces of any other encoding, through its incremental decoder."""
    decoder = codecs.getincrementaldecoder(codec)()
    pending, done = "", 0
    while True:
        try:
            pending += decoder.decode(body, not body)
        except UnicodeDecodeError as error:
            yield Piece(pending + error.object[: error.start].decode(codec, "ignore"), None)
            raise _undecodable(done + error.start, not body) from None
        if not body:
            break
        done += len(body)
        cut = pending.rfind("\n") + 1 or (len(pending) if len(pending) * 3 > size else 0)
        if cut:
            yield Piece(pending[:cut], None)
            pending = pending[cut:]
        body = stream.read(size)
    yield Piece(pending, None)


def _placed(pieces: Iterator[Piece]) -> Iterator[Block]:
    """Blocks with their place; one piece is held back to know whether more follows."""
    held = next(pieces, None)
    error: UnreadableError | None = None
    offset, line, column, tail = 0, 1, 1, ""
    while held is not None:
        try:
            after = next(pieces, None)
        except UnreadableError as stopped:
            after, error = None, stopped
        if held.text:
            block, tail = _block(held, tail, offset, line, column, cut=after is not None)
            yield block
            offset += len(held.text)
            line, column = _advance(held, line, column)
        held = after
    if error:
        raise error


def _block(piece: Piece, tail: str, offset: int, line: int, column: int, *, cut: bool) -> tuple[Block, str]:
    """The block of a piece after `tail`, and the tail to repeat before the next one."""
    text = tail + piece.text
    utf8 = piece.utf8 if not tail or piece.utf8 is None else Utf8(tail.encode() + piece.utf8.data)
    after = ""
    if cut and not piece.text.endswith("\n"):
        after = text[max(text.rfind("\n") + 1, len(text) - OVERLAP) :]
    owns = len(tail) - min(OVERLAP // 2, len(tail)), len(text) - min(OVERLAP // 2, len(after))
    return Block(text, utf8, offset - len(tail), line, column - len(tail), len(tail), owns), after


def _advance(piece: Piece, line: int, column: int) -> tuple[int, int]:
    """Line and column after a piece."""
    layout = piece.utf8.layout if piece.utf8 else None
    if layout is not None and layout.counted is not None:  # the line ends were looked up for its hits
        breaks, last = layout.counted
    else:
        breaks, last = piece.text.count("\n"), piece.text.rfind("\n")
    return (line + breaks, len(piece.text) - last) if breaks else (line, column + len(piece.text))

"""Text of Word and PowerPoint files of 1997 to 2003 (MS-DOC, MS-PPT).

A Word file keeps all its text (body, notes, headers, comments, text boxes) in one stream in pieces, listed by
the piece table; what a fast save left behind is not among them and not read.  A PowerPoint file is a tree of
records, three kinds of which hold text.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from pii_guard.containers.ole import CompoundFile
from pii_guard.errors import UnreadableError

_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_FLAGS, _PIECES = 0x0A, 0x01A2
_COMPRESSED = 0x40000000
_MARKS = str.maketrans({"\r": "\n", "\x07": "\t", "\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\x1f": None})
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1d]")
_CONTAINER = 0x0F
_WIDE_ATOM, _BYTE_ATOM, _STRING_ATOM = 0x0FA0, 0x0FA8, 0x0FBA
_LOCKED = 0xF3D1C4DF


def word_text(file: CompoundFile) -> str:
    """All text of a Word file."""
    body = file.openstream("WordDocument").read()
    try:
        (flags,) = struct.unpack_from("<H", body, _FLAGS)
        if flags & _ENCRYPTED:
            raise UnreadableError("encrypted", "文档已加密，请先去除密码 (encrypted)")
        table = file.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
        start, size = struct.unpack_from("<II", body, _PIECES)
        text = "".join(_pieces(body, _piece_table(table[start : start + size])))
    except (struct.error, OSError, IndexError) as problem:
        raise UnreadableError("damaged", "Word 文档损坏 (damaged)") from problem
    return _CONTROL.sub("", text.translate(_MARKS))


def _piece_table(clx: bytes) -> bytes:
    """The piece table, behind the formatting that may come before it."""
    at = 0
    while clx[at] == 1:
        (size,) = struct.unpack_from("<H", clx, at + 1)
        at += 3 + size
    (size,) = struct.unpack_from("<I", clx, at + 1)
    return clx[at + 5 : at + 5 + size]


def _pieces(body: bytes, table: bytes) -> Iterator[str]:
    count = (len(table) - 4) // 12
    for index in range(count):
        first, after = struct.unpack_from("<II", table, index * 4)
        (place,) = struct.unpack_from("<I", table, (count + 1) * 4 + index * 8 + 2)
        if place & _COMPRESSED:
            start = (place & ~_COMPRESSED) // 2
            yield body[start : start + after - first].decode("cp1252", "replace")
        else:
            yield body[place : place + 2 * (after - first)].decode("utf-16-le", "replace")


def slides_text(file: CompoundFile) -> str:
    """All text of a PowerPoint file, a paragraph a line."""
    if file.exists("Current User"):
        user = file.openstream("Current User").read()
        if len(user) >= 16 and struct.unpack_from("<I", user, 12)[0] == _LOCKED:
            raise UnreadableError("encrypted", "演示文稿已加密，请先去除密码 (encrypted)")
    texts = "\n".join(_atoms(file.openstream("PowerPoint Document").read()))
    return _CONTROL.sub("", texts.translate(_MARKS))


def _atoms(data: bytes) -> Iterator[str]:
    at = 0
    while at + 8 <= len(data):
        version, kind, size = struct.unpack_from("<HHI", data, at)
        at += 8
        if version & _CONTAINER == _CONTAINER:
            continue  # its children follow
        if kind in (_WIDE_ATOM, _STRING_ATOM):
            yield data[at : at + size].decode("utf-16-le", "replace")
        elif kind == _BYTE_ATOM:
            yield data[at : at + size].decode("cp1252", "replace")
        at += size

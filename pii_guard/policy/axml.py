"""Reads the strings of binary Android XML (AXML), as AndroidManifest.xml stands in an APK.

Format: Android's ResourceTypes.h: chunk header (type u16, header size u16, size u32), string pool of UTF-8
or UTF-16.
Only the string pool is needed: permission names are strings of it.
"""

from __future__ import annotations

import struct

XML, POOL = 0x0003, 0x0001
UTF8 = 1 << 8
MOST = 20_000  # strings; a manifest has a few hundred


def is_binary_xml(data: bytes) -> bool:
    """Whether the bytes start as binary XML with a string pool."""
    return (
        len(data) >= 36
        and struct.unpack_from("<HH", data) == (XML, 8)
        and struct.unpack_from("<H", data, 8)[0] == POOL
    )


def strings(data: bytes) -> list[str]:
    """The strings of the pool; broken offsets are left out."""
    _, header, size, count, _, flags, start, _ = struct.unpack_from("<HHIIIIII", data, 8)
    pool = data[8 : 8 + size]
    found = []
    for number in range(min(count, MOST, (len(pool) - header) // 4)):
        (offset,) = struct.unpack_from("<I", pool, header + 4 * number)
        found.append(_string(pool, start + offset, bool(flags & UTF8)))
    return [text for text in found if text]


def _string(pool: bytes, at: int, utf8: bool) -> str:
    if at + 4 > len(pool):
        return ""
    if utf8:
        at += 2 if pool[at] & 0x80 else 1  # length in characters
        length, at = (
            (((pool[at] & 0x7F) << 8) | pool[at + 1], at + 2) if pool[at] & 0x80 else (pool[at], at + 1)
        )
        return pool[at : at + length].decode("utf-8", "replace")
    (length,) = struct.unpack_from("<H", pool, at)
    return pool[at + 2 : at + 2 + 2 * (length & 0x7FFF)].decode("utf-16-le", "replace")

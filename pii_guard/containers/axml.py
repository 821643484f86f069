"""Binary Android XML (AXML), as AndroidManifest.xml stands in an APK, to XML text.

Format: Android's ResourceTypes.h: chunks of (type u16, header size u16, size u32); a string pool of UTF-8 or UTF-16,
then elements that name their strings by number.  Broken numbers give empty strings, a broken chunk ends the text.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAGIC = b"\x03\x00\x08\x00"
POOL, START, END = 0x0001, 0x0102, 0x0103
UTF8 = 1 << 8
STRING, BOOLEAN = 0x03, 0x12
MOST = 20_000  # strings; a manifest has a few hundred


def to_xml(data: bytes) -> str:
    """The elements with their attributes, one a line; namespaces are left out."""
    names: list[str] = []
    lines: list[str] = []
    for kind, chunk in _chunks(data):
        if kind == POOL and not names:
            names = _strings(chunk)
        elif kind == START and len(chunk) >= 36:
            lines.append(_element(chunk, names))
        elif kind == END and len(chunk) >= 24:
            lines.append(f"</{_name(names, struct.unpack_from('<I', chunk, 20)[0])}>")
    return "\n".join(lines)


def _chunks(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 8
    while at + 8 <= len(data):
        kind, _, size = struct.unpack_from("<HHI", data, at)
        if size < 8:
            return
        yield kind, data[at : at + size]
        at += size


def _element(chunk: bytes, names: list[str]) -> str:
    """Element chunk: 8 header, line u32, comment u32, namespace u32, name u32, start u16, size u16, count u16."""
    name, start, size, count = struct.unpack_from("<IHHH", chunk, 20)
    shown = [_name(names, name)]
    for number in range(count if size >= 20 else 0):
        at = 16 + start + number * size
        if at + 20 > len(chunk):
            break
        _, key, raw, _, _, kind, value = struct.unpack_from("<IIIHBBI", chunk, at)
        shown.append(f"{_name(names, key)}={_quoted(_value(names, raw, kind, value))}")
    return f"<{' '.join(shown)}>"


def _quoted(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return f'"{escaped}"'


def _value(names: list[str], raw: int, kind: int, value: int) -> str:
    if raw < len(names) or kind == STRING:
        return _name(names, raw if raw < len(names) else value)
    return str(bool(value)).lower() if kind == BOOLEAN else str(value)


def _name(names: list[str], number: int) -> str:
    return names[number] if number < len(names) else ""


def _strings(pool: bytes) -> list[str]:
    """The strings of the pool, in order; what is broken is empty."""
    if len(pool) < 28:
        return []
    _, header, _, count, _, flags, start, _ = struct.unpack_from("<HHIIIIII", pool)
    found = []
    for number in range(max(0, min(count, MOST, (len(pool) - header) // 4))):
        (offset,) = struct.unpack_from("<I", pool, header + 4 * number)
        found.append(_string(pool, start + offset, bool(flags & UTF8)))
    return found


def _string(pool: bytes, at: int, utf8: bool) -> str:
    if at + 4 > len(pool):
        return ""
    if utf8:
        at += 2 if pool[at] & 0x80 else 1  # length in characters
        long = pool[at] & 0x80
        length = ((pool[at] & 0x7F) << 8) | pool[at + 1] if long else pool[at]
        at += 2 if long else 1
        return pool[at : at + length].decode("utf-8", "replace")
    (length,) = struct.unpack_from("<H", pool, at)
    return pool[at + 2 : at + 2 + 2 * (length & 0x7FFF)].decode("utf-16-le", "replace")

"""Compressed RTF of Outlook bodies (MS-OXRTFCP): opened to see its text, emptied to remove it."""

from __future__ import annotations

import re
import struct

_PRELOAD = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4096
_PLAIN = 0x414C454D  # "MELA": stored as it is
_LARGEST = 64 << 20
_OTHER_PAGES = (b"950", b"932", b"949")
_PICTURE = re.compile(rb"\\(?:pict|objdata|fonttbl|colortbl|datastore)[^{}]*")
_CODE = re.compile(
    rb"\\'([0-9a-f]{2})|\\u(-?[0-9]{1,6}) ?(?:\\'[0-9a-f]{2}){0,2}\??|\\(par|line|tab)\b ?"
    rb"|\\[a-z]{1,32}-?[0-9]{0,10} ?|\\.|[{}\r\n]",
    re.I,
)


def decompressed(data: bytes) -> bytes:
    """The RTF; what is broken ends early."""
    if len(data) < 16:
        return b""
    size, kind = struct.unpack_from("<II", data, 4)
    return data[16:] if kind == _PLAIN else bytes(_unpacked(data, min(size, _LARGEST)))


def _unpacked(data: bytes, size: int) -> bytearray:
    """LZ77 over a window of 4 KiB that begins with words every RTF has."""
    window = bytearray(_PRELOAD.ljust(_WINDOW, b"\0"))
    place, at, out = len(_PRELOAD), 16, bytearray()
    while at + 1 < len(data) and len(out) < size:
        flags, at = data[at], at + 1
        for bit in range(8):
            if at + 1 >= len(data):
                break
            if flags >> bit & 1:
                offset, length = data[at] << 4 | data[at + 1] >> 4, (data[at + 1] & 15) + 2
                at += 2
                if offset == place % _WINDOW:
                    return out
            else:
                window[place % _WINDOW] = data[at]
                offset, length, at = place % _WINDOW, 1, at + 1
            for step in range(length):
                char = window[(offset + step) % _WINDOW]
                window[place % _WINDOW] = char
                out.append(char)
                place += 1
    return out


def text(rtf: bytes) -> str:
    """The text of an RTF document: runs joined, codes read, eight-bit text in its code page, else GBK."""
    page = re.search(rb"\\ansicpg([0-9]{3,5})", rtf[:1024])
    codec = f"cp{int(page[1])}" if page and page[1] in _OTHER_PAGES else "gb18030"

    def plain(match: re.Match[bytes]) -> bytes:
        if match[1]:
            return bytes([int(match[1], 16)])
        if match[2]:
            return chr(int(match[2]) % 65536).encode(codec, "ignore")
        return {b"par": b"\n", b"line": b"\n", b"tab": b"\t"}.get(match[3] or b"", b"")

    return _CODE.sub(plain, _PICTURE.sub(b"", rtf)).decode(codec, "replace")


def emptied(size: int) -> bytes:
    """An uncompressed, empty RTF in a stream of this size."""
    body = rb"{\rtf1 }".ljust(max(0, size - 16))
    return struct.pack("<IIII", len(body) + 12, len(body), _PLAIN, 0)[:size] + body

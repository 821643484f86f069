"""Traditional and full-width characters folded to simplified and ASCII, one for one, so that offsets stay.

Table: address_simplified.txt.gz, made by tools/make_admin.py from OpenCC (Apache-2.0).
"""

from __future__ import annotations

import zlib
from functools import cache

from pii_guard import data
from pii_guard.data import GZIP

FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0xA0: 0x20}
DASHES = dict.fromkeys(map(ord, "－—–―‐‑−"), ord("-"))


@cache
def folding() -> dict[int, int]:
    """Code point -> code point."""
    text = zlib.decompress(data.file("address_simplified.txt.gz").read_bytes(), GZIP).decode("utf-8")
    return {ord(pair[0]): ord(pair[1]) for pair in text.split("\n")} | FULL_WIDTH | DASHES


def fold(text: str) -> str:
    """The same text, as long as before, in simplified characters and ASCII digits and punctuation."""
    return text.translate(folding())

"""Texts wrapped in base64 (RFC 4648) in values of JSON, tables, markup and configurations, and in data: URLs."""

from __future__ import annotations

from binascii import Error
from collections.abc import Iterator

from pii_guard.patterns import lazy
from pii_guard.text.encoding import everyday_share

_TOKEN = lazy(r"""(?:["'=:,]\s?|(?<![^\x1f]))([A-Za-z0-9+/_-]{16,65536}={0,2})(?![A-Za-z0-9+/=_-])""")
HINT = r"""["'=:,\x1f] ?[A-Za-z0-9+/_\-]{16}"""  # fires once where a token may begin; cells are joined by \x1f
FIRST = lazy(r"[A-Za-z0-9+/_-]{16}")  # a token at the very beginning, as in a first cell
_UNREADABLE = lazy("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
_URL_SAFE = str.maketrans("-_", "+/")
MOST, DEPTH = 1000, 2


def decode_base64_values(text: str, depth: int = DEPTH) -> Iterator[tuple[int, int, str]]:
    """(start, end, decoded) for base64 values that hold readable text; at most MOST of them.

    Base64 inside base64 is followed `depth` levels deep and given with the outermost range.
    """
    for count, found in enumerate(_TOKEN.finditer(text)):
        if count >= MOST:
            return
        inner = _readable(found.group(1))
        if inner is None:
            continue
        yield found.start(1), found.end(1), inner
        if depth > 1:
            for _, _, deeper in decode_base64_values(f"={inner}\n", depth - 1):
                yield found.start(1), found.end(1), deeper


def _readable(token: str) -> str | None:
    """The text in a base64 token, None when it holds something else."""
    body = token.rstrip("=").translate(_URL_SAFE)
    if len(body) % 4 == 1:
        return None
    from base64 import b64decode

    try:
        data = b64decode(body + "=" * (-len(body) % 4), validate=True)
    except Error:
        return None
    for codec in ("utf-8", "gb18030"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if not _UNREADABLE.search(text) and (codec == "utf-8" or everyday_share(text, codec) > 0.8):
            return text
    return None

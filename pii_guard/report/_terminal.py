"""Text for terminals: colours, East-Asian widths, and nothing that a GBK console or a log could choke on."""

from __future__ import annotations

import unicodedata

from pii_guard.patterns import lazy

_COLOR = {"critical": "1;35", "high": "1;31", "medium": "33", "low": "36", "info": "2", "path": "1", "ok": "32"}
_CONTROL = lazy("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]|[\t\r\n]")

_PLAIN = str.maketrans({"…": "...", "→": "->", "“": '"', "”": '"', "—": "-", "·": "-"})
_COMMAND = lazy(r"^::|##(?=\[|vso\[|teamcity\[)")


def paint(text: str, style: str, color: bool) -> str:
    """The text in a colour, when colours are on."""
    return f"\x1b[{_COLOR[style]}m{text}\x1b[0m" if color else text


def plain(text: str) -> str:
    """Control characters, which could forge a line of a terminal or log, made visible; CI commands broken.

    >>> plain("::error::x"), plain("a ##vso[task.complete]")
    ('\\\\:\\\\:error::x', 'a #\\\\#vso[task.complete]')
    """
    text = _CONTROL.sub(lambda m: f"\\x{ord(m[0]):02x}", text)
    return _COMMAND.sub(lambda m: "\\:\\:" if m[0] == "::" else "#\\#", text)


def encodable(text: str, encoding: str) -> str:
    """The text with plain signs, else `?`, for what the output's encoding lacks.

    >>> encodable("… 3 → 手", "ascii")
    '... 3 -> ?'
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(_PLAIN)
    return text.encode(encoding, "replace").decode(encoding, "replace")


def width(text: str) -> int:
    """Columns a text takes: Han characters take two.

    >>> width("手机号 a")
    8
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text if not unicodedata.combining(c))


def pad(text: str, columns: int) -> str:
    """The text filled up to `columns`."""
    return text + " " * max(0, columns - width(text))

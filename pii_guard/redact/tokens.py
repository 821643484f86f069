"""The texts that stand in place of a value: how they are written and found again.

    [手机号_1]                            tag
    [enc:MOBILE_PHONE:keyid:LETTERS]      encrypted, reversible with the key
    [hash:MOBILE_PHONE:LETTERS]           keyed hash
    [pseudo:PASSWORD:LETTERS]             pseudonym of a type that has no impossible values
    [已删除:PASSWORD]                      removed

All but tag and notice are ASCII, so they survive every encoding, and hold no digit, so no number detector
sees a number in them.
"""

from __future__ import annotations

import base64

from pii_guard.patterns import lazy

_TYPE = r"[A-Za-z][A-Za-z0-9_]{0,63}"
TOKEN = lazy(
    rf"\[(?:enc|hash|pseudo):{_TYPE}:[A-Za-z:]{{4,20000}}\]"
    rf"|\[[A-Z\u4e00-\u9fff][A-Z_\u4e00-\u9fff]{{0,63}}_[0-9]{{1,9}}\]"
    rf"|\[已删除:{_TYPE}\]"
)
ENCRYPTED = lazy(rf"\[enc:({_TYPE}):([A-Za-z]{{4,16}}):([A-Za-z]{{4,20000}})\]")
TAG = lazy(r"\[([A-Z\u4e00-\u9fff][A-Z0-9_\u4e00-\u9fff]{0,63})_([0-9]{1,9})\]")

_TO_LETTERS = bytes.maketrans(b"234567", b"abcdef")
_FROM_LETTERS = bytes.maketrans(b"abcdef", b"234567")


def letters(data: bytes) -> str:
    """Bytes as ASCII letters.

    >>> letters(b"pii")
    'OBUWS'
    """
    return base64.b32encode(data).rstrip(b"=").translate(_TO_LETTERS).decode()


def unletters(text: str) -> bytes:
    """The inverse; ValueError where the text is none of ours."""
    raw = text.encode().translate(_FROM_LETTERS)
    return base64.b32decode(raw + b"=" * (-len(raw) % 8))


def token(kind: str, *parts: str) -> str:
    """A token of a kind.

    >>> token("hash", "QQ", "abcd")
    '[hash:QQ:abcd]'
    """
    return f"[{':'.join((kind, *parts))}]"


def token_spans(text: str) -> list[tuple[int, int]]:
    """Where tokens stand, in order."""
    return [match.span() for match in TOKEN.finditer(text)] if "[" in text else []

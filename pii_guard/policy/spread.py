"""Patterns with the groups at their heads multiplied out, so that each alternative begins with a character of its own.

`re` passes over a text several times as fast where it knows all characters that a match may begin with, and it does not
look into a group for them.  What matches, where, and in which order it is tried stay the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from pii_guard.patterns import lazy

LONGEST = 4096  # characters of a pattern that is worth it
_PIECE = lazy(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\\[]", 16
)  # 16: re.DOTALL, an escape, a class or one character
_COUNTS = ("*", "+", "?", "{")


def spread(source: str) -> str:
    r"""The same pattern, longer.

    >>> spread("(讲座|海报)[^。]{0,9}别|(请|切)?勿|\\(a|b\\)")
    '讲座[^。]{0,9}别|海报[^。]{0,9}别|(请|切)?勿|\\(a|b\\)'
    """
    longer = "|".join(one for alternative in _alternatives(source) for one in _spread(alternative))
    return longer if len(longer) <= LONGEST else source


def _spread(alternative: str) -> Iterator[str]:
    head, rest = _head(alternative)
    if not head or rest.startswith(_COUNTS):
        yield alternative
        return
    for one in _alternatives(head):
        yield from (each + rest for each in _spread(one))


def _alternatives(source: str) -> Iterator[str]:
    """The alternatives that are in no group."""
    start = depth = 0
    for piece in _PIECE.finditer(source):
        depth += (piece[0] == "(") - (piece[0] == ")")
        if piece[0] == "|" and not depth:
            yield source[start : piece.start()]
            start = piece.end()
    yield source[start:]


def _head(source: str) -> tuple[str, str]:
    """What is in the plain group at its head, and what follows that."""
    if not source.startswith("(") or (source.startswith("(?") and not source.startswith("(?:")):
        return "", source
    depth = 0
    for piece in _PIECE.finditer(source):
        depth += (piece[0] == "(") - (piece[0] == ")")
        if not depth:
            begin = 3 if source.startswith("(?:") else 1
            return source[begin : piece.start()], source[piece.end() :]
    return "", source

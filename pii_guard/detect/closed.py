"""Whether a pattern can match from a digit run on that no letter follows: most cannot match most runs.

The pattern's tree, as `re` parses it, is walked over a run of digits of which nothing is known, one character that is
neither a letter nor a digit, and anything behind it.  What the walk does not know (what stands before, what must not
follow, back-references) it lets pass, so that "no" is certain.  Another Python may keep its parser elsewhere: all passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pii_guard.patterns import parsed

DIGITS = frozenset(range(48, 58))
_ALNUM = DIGITS | frozenset(range(65, 91)) | frozenset(range(97, 123))
Tree = Iterable[tuple[Any, Any]]


class _Anything(Exception):  # noqa: N818
    """The walk came to where nothing is known."""


def may_match(pattern: str, length: int) -> bool:
    """Whether a pattern may match from the first of so many digits on, when no letter follows them.

    >>> may_match("1[0-9]{10}(?![0-9])", 11), may_match("[0-9]{4,17}[A-Z]", 11), may_match("[0-9]{3}[ -][0-9]", 3)
    (True, False, True)
    >>> may_match("(?=[0-9A-Z]{0,9}[A-Z])[0-9A-Z]{10}", 10)
    False
    """
    try:
        return bool(_walk(parsed(pattern), 1, length))
    except (_Anything, re.error, RecursionError, ImportError, AttributeError):  # `regex` may know what `re` does not
        return True


def _walk(tree: Tree, at: int, length: int) -> int:
    """Where the walk may be behind a part of a pattern; `at` and the answer have a bit for each place."""
    for kind, content in tree:
        if not at:  # repeats within repeats would go on without end
            return 0
        at = _step(str(kind), content, at, length)
    return at


def _step(kind: str, content: Any, at: int, length: int) -> int:
    if kind in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
        return _taken(kind, content, at, length)
    if kind == "BRANCH":
        found = 0
        for branch in content[1]:
            found |= _walk(branch, at, length)
        return found
    if kind in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _walk(content[-1] if kind == "SUBPATTERN" else content, at, length)
    if kind.endswith("_REPEAT"):
        least, most, repeated = content
        return _repeated(least, most, repeated, at, length)
    if kind == "ASSERT" and content[0] > 0:
        return sum(1 << place for place in range(length + 1) if at >> place & 1 and _ahead(content[1], place, length))
    if kind in ("ASSERT", "ASSERT_NOT", "AT"):
        return at
    raise _Anything


def _repeated(least: int, most: int, tree: Tree, at: int, length: int) -> int:
    for _ in range(min(least, length + 2)):
        at = _walk(tree, at, length)
    found = at
    for _ in range(min(most - least, length + 2)):
        at = _walk(tree, at, length) & ~found
        if not at:
            break
        found |= at
    return found


def _ahead(tree: Tree, place: int, length: int) -> bool:
    try:
        return bool(_walk(tree, 1 << place, length))
    except _Anything:
        return True


def _taken(kind: str, content: Any, at: int, length: int) -> int:
    """The places behind one character."""
    if at >> length & 1 and _takes(kind, content, digit=False):
        raise _Anything
    return (at & (1 << length) - 1) << 1 if _takes(kind, content, digit=True) else 0


def _takes(kind: str, content: Any, *, digit: bool) -> bool:
    """Whether an element takes some digit, or some character that is neither digit nor letter."""
    if kind == "ANY":
        return True
    items = [("LITERAL", content)] if kind != "IN" else [(str(item), value) for item, value in content]
    if any(item == "CATEGORY" for item, _ in items):
        return True
    without = kind == "NOT_LITERAL" or items[0][0] == "NEGATE"
    spans = [(value, value) if item == "LITERAL" else value for item, value in items if item != "NEGATE"]
    if digit:
        taken = {code for low, high in spans for code in DIGITS if low <= code <= high}
        return taken != DIGITS if without else bool(taken)
    return without or any(set(range(low, min(high, 128) + 1)) - _ALNUM or high > 127 for low, high in spans)

"""Characters without which a pattern cannot match: of most shapes a small text holds none, and is not searched for them.

Read off the pattern's tree, as `re` parses it; where nothing is certain, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pii_guard.patterns import parsed
from pii_guard.patterns import remembered

_MOST = 8  # characters of a class; larger ones stand in most texts


def needed(pattern: str) -> str:
    """Characters of which every match of a pattern holds one; none where that is not known.

    >>> needed("[0-9]{4} ?(?:验证码|口令)"), needed("[0-9]+@?"), needed("[0-9]{2}[*xX]")
    ('令码', '', '*Xx')
    """
    return remembered(f"needed 1\n{pattern}", lambda: "".join(sorted(_read(pattern))))


def _read(pattern: str) -> frozenset[str]:
    try:
        tree = parsed(pattern)
    except (re.error, RecursionError, ImportError, AttributeError):  # as in closed.py
        return frozenset()
    return frozenset() if tree.state.flags & re.IGNORECASE else _of(tree)


def _of(tree: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """The characters of the part that the fewest texts hold; none where no part tells."""
    return min(filter(None, (_of_part(str(kind), content) for kind, content in tree)), key=_commonness, default=frozenset())


def _of_part(kind: str, content: Any) -> frozenset[str]:
    match kind:
        case "LITERAL":
            return frozenset((chr(content),))
        case "IN" if len(content) <= _MOST and all(str(item) == "LITERAL" for item, _ in content):
            return frozenset(chr(code) for _, code in content)
        case "SUBPATTERN" if not content[1] & re.IGNORECASE:
            return _of(content[3])
        case "BRANCH":
            each = [_of(branch) for branch in content[1]]
            return frozenset().union(*each) if all(each) else frozenset()
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if content[0]:
            return _of(content[2])
        case "ATOMIC_GROUP":
            return _of(content)
    return frozenset()


def _commonness(chars: frozenset[str]) -> tuple[int, int, list[str]]:
    """Letters and digits of ASCII stand in most texts; for equal sets of the same size the order decides."""
    return sum(char.isascii() and char.isalnum() for char in chars), len(chars), sorted(chars)

"""Which lines of a large text begin with a time or a date, as messages of chat exports do; worked out with numpy.

The expression it stands for is `chat.STAMPED`; a test holds both together.
"""

from __future__ import annotations

import numpy as np

from pii_guard.model import PAD
from pii_guard.text.layout import Bytes
from pii_guard.text.layout import Ints
from pii_guard.text.layout import Layout
from pii_guard.text.layout import Mask

_DIGIT = np.zeros(256, np.bool_)
_DIGIT[48:58] = True
_BRACKET = np.zeros(256, np.int64)
_BRACKET[[*b"[("]] = 1
_MARK = np.zeros(256, np.int64)
_MARK[[*b"-/."]] = 1


def stamped(layout: Layout) -> Mask:
    """Of each line end of the text, whether the next line begins so."""
    a = layout.padded
    begin = layout.newlines + (PAD + 1)
    begin = begin + _BRACKET[a[begin]] + 3 * _written(a, begin, "【")
    digit = [_DIGIT[a[begin + at]] for at in range(2)]
    found = digit[0] & _is_clock(a, begin + 1 + digit[1])
    rows = np.flatnonzero(digit[0] & digit[1] & ~found)
    if rows.size:
        found[rows] = _is_date(a, begin[rows])
    return found


def _is_clock(a: Bytes, colon: Ints) -> Mask:
    clock: Mask = (a[colon] == ord(":")) & _DIGIT[a[colon + 1]] & _DIGIT[a[colon + 2]]
    return clock


def _is_date(a: Bytes, begin: Ints) -> Mask:
    """`2026-1-`, `26/01/`, `2026年1月`: two to four digits are known to be two at least."""
    third = _DIGIT[a[begin + 2]]
    mark = begin + 2 + third + (third & _DIGIT[a[begin + 3]])
    month = mark + _marked(a, mark, "年")
    after = month + 1 + _DIGIT[a[month + 1]]
    dated: Mask = (month > mark) & _DIGIT[a[month]] & (_marked(a, after, "月") > 0)
    return dated


def _marked(a: Bytes, at: Ints, han: str) -> Ints:
    """How many bytes the mark between the parts of a date takes there; 0 where there is none."""
    return _MARK[a[at]] + 3 * _written(a, at, han)


def _written(a: Bytes, at: Ints, han: str) -> Mask:
    first, second, third = han.encode()
    same: Mask = (a[at] == first) & (a[at + 1] == second) & (a[at + 2] == third)
    return same

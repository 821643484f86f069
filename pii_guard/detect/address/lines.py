"""Text that is an address as a whole: a line, a cell, or what stands behind the label 地址.

Inside a sentence a name needs a suffix to be told from the words around it.  Where the bounds are given,
it does not: 柯城区世纪天成7-9-707, 半环北路联通大楼首层.
"""

from __future__ import annotations

from pii_guard.detect.address.bounds import LEAD
from pii_guard.detect.address.chatter import chatter
from pii_guard.detect.address.chatter import chatty
from pii_guard.detect.address.chatter import placeless
from pii_guard.detect.address.chatter import without_name
from pii_guard.detect.address.chatter import without_trailer
from pii_guard.detect.address.grammar import read
from pii_guard.detect.address.judge import announced
from pii_guard.detect.address.judge import judged
from pii_guard.detect.address.kinds import LOOSE
from pii_guard.detect.address.kinds import Token
from pii_guard.detect.address.names import STRANGE

SHORTEST, LONGEST = 4, 110
NOTHING = (0, 0.0)


def whole(stretch: str, start: int, stop: int) -> tuple[int, float]:
    """Where the address ends that stretch[start:stop] consists of, and how sure that is, 0 if it is none."""
    if not SHORTEST <= stop - start <= LONGEST:
        return NOTHING
    if LEAD.match(stretch, start, stop) or STRANGE.search(stretch, start, stop):
        return NOTHING
    stop = without_trailer(stretch, start, stop)
    found = read(stretch, start, stop, lenient=True)
    if not found or found[-1].end < stop or chatty(stretch, found):
        return NOTHING
    found = without_name(stretch, found)
    return found[-1].end, judged(found)


def labelled(stretch: str, start: int, stop: int) -> tuple[int, float]:
    """The same behind a label, which says that an address begins here but not where it ends."""
    found = behind_label(stretch, start, stop)
    return (found[-1].end, announced(found)) if found else NOTHING


def weakly_labelled(stretch: str, start: int, stop: int) -> tuple[int, float]:
    """The same behind 位于 or 住在: it must lead to a premises, and ends like a place."""
    found = behind_label(stretch, start, stop)
    while found and placeless(stretch, found[-1]):
        found.pop()
    return (found[-1].end, judged(found)) if found else NOTHING


def behind_label(stretch: str, start: int, stop: int) -> list[Token]:
    """The tokens behind a label, up to a name or to words that are not the address's."""
    found = read(stretch, start, stop, lenient=True)
    for i in range(len(found) - 1):
        if found[i].kind in ("space", "break") and found[i + 1].kind in ("free", "firm"):
            found = found[:i]
            break
    found = without_name(stretch, found)
    while found and (found[-1].kind in LOOSE - {"direction"} or chatter(stretch, found[-1])):
        found.pop()
    return found

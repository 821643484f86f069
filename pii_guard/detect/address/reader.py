"""Reads the addresses around the places that the cheap look gave, from left to right."""

from __future__ import annotations

from pii_guard.detect.address import stretch as stretches
from pii_guard.detect.address.bounds import edges
from pii_guard.detect.address.bounds import label_before
from pii_guard.detect.address.bounds import line_around
from pii_guard.detect.address.bounds import weak_label_before
from pii_guard.detect.address.characters import fold
from pii_guard.detect.address.gazetteer import division
from pii_guard.detect.address.grammar import read
from pii_guard.detect.address.kinds import ROOMS
from pii_guard.detect.address.lines import labelled
from pii_guard.detect.address.lines import weakly_labelled
from pii_guard.detect.address.lines import whole
from pii_guard.detect.address.stretch import SURE
from pii_guard.detect.address.stretch import Stretch
from pii_guard.detect.address.wrapped import BREAK
from pii_guard.detect.address.wrapped import rejoined
from pii_guard.model import Hit
from pii_guard.patterns import lazy
from pii_guard.records import dataclass

ENTITY = "ADDRESS"
COMMA = lazy(r"[ ]?[，,、][ ]?")
AGAIN = frozenset({"province", "city", "district", "town", "road"})
FURTHER = 60
COMPLETE = frozenset("室房户组")  # nothing finer comes on the next line


@dataclass(slots=True)
class Reader:
    """A text, and how far its addresses are known."""

    text: str
    done: int = 0
    stretch: Stretch | None = None
    judged: tuple[int, int] = (-1, -1)  # the line that was last judged as a whole, and refused

    def address_at(self, at: int) -> Hit | None:
        """The address that the trigger at text[at] belongs to, if it lies behind all given before."""
        if at < self.done:
            return None
        stretch = self.stretch
        if stretch is None or at >= stretch.limit:
            stretch = self.stretch = stretches.around(self.text, at, self.done)
        found = (
            self.behind_label(stretch, at)
            or self.as_line(stretch, at)
            or self.behind_weak_label(stretch, at)
            or self.inside(stretch, at)
        )
        hit = found if found and self.text[found.start - 1 : found.start] != "《" else None
        if hit is not None:
            hit = below(stretch, hit) or prolonged(self.text, hit)
            self.done = hit.end
        return hit

    def behind_label(self, stretch: Stretch, at: int) -> Hit | None:
        """What follows 收货地址： or 地址在."""
        here = at - stretch.left
        start = label_before(self.text, stretch.folded, stretch.left, here)
        if start is None or start + stretch.left < self.done:
            return None
        stop = stretch.folded.find("\n", start)
        end, score = labelled(stretch.folded, start, len(stretch.folded) if stop < 0 else stop)
        if score < SURE or end <= here:
            return None
        return Hit(stretch.left + start, stretch.left + end, ENTITY, score, ("cue:地址",))

    def behind_weak_label(self, stretch: Stretch, at: int) -> Hit | None:
        """What follows 位于 or 住在."""
        start = weak_label_before(self.text, stretch.folded, stretch.left, at - stretch.left)
        if start is None or start + stretch.left < self.done:
            return None
        stop = stretch.folded.find("\n", start)
        end, score = weakly_labelled(stretch.folded, start, len(stretch.folded) if stop < 0 else stop)
        if score < SURE or end <= at - stretch.left:
            return None
        return Hit(stretch.left + start, stretch.left + end, ENTITY, score, ("cue:位于",))

    def as_line(self, stretch: Stretch, at: int) -> Hit | None:
        """A line or cell that is nothing else."""
        line = line_around(self.text, stretch.folded, stretch.left, at - stretch.left)
        if (
            line is None
            or line[0] + stretch.left < self.done
            or (line[0] + stretch.left, line[1]) == self.judged
        ):
            return None
        self.judged = (line[0] + stretch.left, line[1])
        end, score = whole(stretch.folded, *line)
        if score < SURE:
            return None
        return Hit(stretch.left + line[0], stretch.left + end, ENTITY, score, ("line",))

    def inside(self, stretch: Stretch, at: int) -> Hit | None:
        """An address among other words."""
        here = at - stretch.left
        for start in stretch.readable(max(0, self.done - stretch.left), here):
            end, score = stretch.address_from(start)
            if end > here and score >= SURE:
                return Hit(stretch.left + start, stretch.left + end, ENTITY, score, ("grammar",))
        return None


def below(stretch: Stretch, hit: Hit) -> Hit | None:
    """The hit with what the next line adds to it: 新华西街60号院⏎万达广场A座805."""
    end = hit.end - stretch.left
    gap = BREAK.match(stretch.folded, end)
    if gap is None or stretch.folded[end - 1] in COMPLETE or division(stretch.folded, gap.end(), ()):
        return None
    wrapped, score = rejoined(stretch.folded, hit.start - stretch.left, end)
    return hit._replace(end=stretch.left + wrapped) if score >= SURE else None


def prolonged(text: str, hit: Hit) -> Hit:
    """The hit with an estate and room told behind a comma: 迎宾路165号，中铁置业广场20层."""
    comma = COMMA.match(text, hit.end)
    if comma is None:
        return hit
    start = comma.end()
    _, stop = edges(text, start, start, min(len(text), start + FURTHER))
    folded = fold(text[start:stop])
    found = read(folded, 0, len(folded))
    kinds = [t.kind for t in found]
    if not kinds or kinds[0] not in ("poi", "zone", "building"):
        return hit
    if not ROOMS.intersection(kinds) or AGAIN.intersection(kinds):
        return hit
    return hit._replace(end=start + found[-1].end)

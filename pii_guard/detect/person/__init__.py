"""PERSON: names of people in Chinese text.

`find` gathers what labels, cues, titles, column headers and the name model say and settles it; scores
below 0.5 are guesses (客服小李, figures of history) that a report leaves out.
"""

from __future__ import annotations

from pii_guard.detect.person.cells import cells
from pii_guard.detect.person.cells import kind
from pii_guard.detect.person.cues import introduced
from pii_guard.detect.person.cues import labelled
from pii_guard.detect.person.cues import reachable
from pii_guard.detect.person.decide import lowered
from pii_guard.detect.person.decide import settle
from pii_guard.detect.person.model import modelled
from pii_guard.detect.person.repeats import repeated
from pii_guard.detect.person.titles import nicknamed
from pii_guard.detect.person.titles import titled
from pii_guard.model import Hit

__all__ = ["find"]

SURE = 0.9  # from here on a rule needs no second opinion


def find(text: str, *, header: str | None = None, role: str | None = None) -> list[Hit]:
    """The names in `text`, in order; `header` is the column or key it stands under.

    >>> [h[:2] for h in find("收件人：张伟，电话 13800000000")]
    [(4, 6)]
    >>> [h[:2] for h in find("欧阳娜娜\\x1f李强", header="客户姓名")]
    [(0, 4), (5, 7)]
    """
    promise = kind(header)
    if promise in ("name", "maybe"):
        return list(cells(text, header or "", promise == "name"))
    voices = [*labelled(text), *titled(text), *nicknamed(text)]
    if promise == "free":
        voices += [*introduced(text), *reachable(text)]
        sure = {at for h in voices if h.score >= SURE for at in range(h.start, h.end)}
        voices += modelled(text, sure)
    settled = settle(lowered(text, hit) for hit in voices)
    return settle([*settled, *repeated(text, settled)])

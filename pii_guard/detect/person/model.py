"""Names by the network: the clauses that may hold one are read, the rest of the text is not."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from pii_guard.detect.person.evidence import evidence
from pii_guard.detect.person.shape import HAN
from pii_guard.detect.person.spans import spans
from pii_guard.model import Hit

LONGEST = 40
_CLAUSE = re.compile(rf"[^\n\x1f。！？!?；;，,]{{0,{LONGEST}}}[{HAN}·]{{2}}[^\n\x1f。！？!?；;，,]{{0,{LONGEST}}}[。！？!?；;，,]?")
_TITLE = re.compile(r"(?<=.)(?:先生|女士|小姐|太太|老师|师傅|教授|经理|总监|主任|医生|同学|同志)\Z")


def modelled(text: str) -> Iterator[Hit]:
    """What the network takes for names."""
    places = list(_CLAUSE.finditer(text))
    for place, pairs in zip(places, evidence([p.group() for p in places]), strict=True):
        for span in spans(text, place.start(), pairs):
            title = _TITLE.search(text[span.start : span.end])
            end = span.start + title.start() if title else span.end
            yield Hit(span.start, end, "PERSON", 1 / (1 + math.exp(-span.weight)), ("model",))

"""Addresses in a text: a cheap look for places, then a lexer around each of them.

Around a place three readings are tried, the surest first: behind a label (收货地址：), the line or cell as a
whole, and inside a sentence.
"""

from __future__ import annotations

import re

from pii_guard.detect.address.triggers import latin
from pii_guard.detect.address.triggers import places
from pii_guard.model import CELL_BREAK
from pii_guard.model import Hit
from pii_guard.patterns import lazy

ENTITY, SURE = "ADDRESS", 0.5
HEADER = lazy(
    r"地址|住址|住所|地點|位址|住處|所在地|户籍地|户口地|居住地|收货地|家庭地|门牌|address|(?:^|[^a-z])addr|street",
    re.IGNORECASE,
)
NOT_HEADER = lazy(
    r"邮箱|邮件|网址|网络|链接|ip|mac|mail|ur[il]|web|wallet|钱包|合约|contract", re.IGNORECASE
)
CELL = lazy(f"[^{CELL_BREAK}\n]+")
COLUMN_SCORE = 0.8
_HIDDEN = "***"


def find(text: str, *, header: str | None = None, role: str | None = None) -> list[Hit]:
    """Every address of the text, in order, none overlapping another."""
    told = header and HEADER.search(header) and not NOT_HEADER.search(header)
    hits = in_column(text, header) if header and told else in_text(text)
    if latin(text):
        from pii_guard.detect.address.latin import find as find_latin

        hits = joined(hits, find_latin(text))
    return [hit for hit in hits if not (text.startswith(_HIDDEN, hit.end) and _is_region(text[hit.start : hit.end]))]


def _is_region(value: str) -> bool:
    """Whether an address is no more than a mask leaves of it."""
    from pii_guard.detect.mask_shapes import region

    return region(value) == value


def joined(first: list[Hit], second: list[Hit]) -> list[Hit]:
    """Both lists in order, the first one's hits where they overlap."""
    hits: list[Hit] = []
    for hit, preferred in sorted([(h, True) for h in first] + [(h, False) for h in second]):
        if not hits or hit.start >= hits[-1].end:
            hits.append(hit)
        elif preferred:
            hits[-1] = hit
    return hits


def in_text(text: str) -> list[Hit]:
    """Addresses among other words, behind labels, on lines of their own."""
    hits: list[Hit] = []
    reader = None
    for at in places(text):
        if reader is None:
            from pii_guard.detect.address.reader import Reader

            reader = Reader(text)
        if hit := reader.address_at(at):
            hits.append(hit)
    return hits


def in_column(text: str, header: str) -> list[Hit]:
    """The addresses in the cells of a column of addresses, with words around them or without."""
    from pii_guard.detect.address.characters import fold
    from pii_guard.detect.address.lines import labelled

    hits = []
    for cell in CELL.finditer(text):
        value = fold(cell[0])
        start, stop = len(value) - len(value.lstrip()), len(value.rstrip())
        end, score = labelled(value, start, stop)
        if score >= SURE:
            reasons = (f"header:{header}",)
            hits.append(
                Hit(cell.start() + start, cell.start() + end, ENTITY, max(score, COLUMN_SCORE), reasons)
            )
        else:
            hits += [
                h._replace(start=cell.start() + h.start, end=cell.start() + h.end) for h in in_text(cell[0])
            ]
    return hits

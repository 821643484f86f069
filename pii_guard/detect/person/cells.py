"""Columns: a header such as 客户姓名 makes a whole short cell a name; 产品 or 备注 do not.

Cells of one column stand in one text, parted by CELL_BREAK.
"""

from __future__ import annotations

from collections.abc import Iterator

from pii_guard.detect.person import latin
from pii_guard.detect.person.cues import LABELS
from pii_guard.detect.person.cues import value_end
from pii_guard.detect.person.lexicon import load
from pii_guard.detect.person.lexicon import section
from pii_guard.detect.person.shape import LATIN
from pii_guard.model import CELL_BREAK
from pii_guard.model import Hit
from pii_guard.patterns import lazy

_NAMES = frozenset(w.lower().replace("_", "") for w in (*LABELS, *section("rolecolumns")))
_MAYBE = frozenset(section("maybecolumns"))
_TAIL = lazy(
    r"(?:姓名|名字|联系人|收件人|收货人|寄件人|持卡人|经办人|负责人|签收人|责任人|审批人|fullname|realname|truename"
    r"|(?<!file|user|host|shop|item|city|type)(?<!goods|class|store|brand|table)(?<!domain)"
    r"(?<!product|company|project)name)$"
)
_OTHER = lazy("|".join(section("notnames")))
_CELL = lazy(rf"[^{CELL_BREAK}]+")
_CLEAN = lazy(r"[\s_\-（）()*：:\"'.]+")
_LATIN_CELL = lazy(r"[A-Z][A-Za-z.'’\-]{0,20}(?: [A-Z][A-Za-z.'’\-]{0,20}){1,3}")
_DIRT = lazy(r"\s")


def kind(header: str | None) -> str:
    """name, maybe, other or free: what a column's header promises."""
    if not header:
        return "free"
    word = _word(header)
    if word in _NAMES or (_TAIL.search(word) and not _OTHER.search(word)):
        return "name"
    if word in _MAYBE:
        return "maybe"
    return "other" if _OTHER.search(word) else "free"


def _word(header: str) -> str:
    """The last part of a key path, without what joins words."""
    return _CLEAN.sub("", header.rsplit(".", 1)[-1]).lower()


def cells(text: str, header: str, sure: bool) -> Iterator[Hit]:
    """Each short cell that can be a name; in a column that may hold other things it must look like one."""
    vague = _word(header) in latin.VAGUE
    for found in _CELL.finditer(text):
        cell = found.group()
        start = found.start() + len(cell) - len(cell.lstrip())
        value = cell.strip()
        if len(value) > 40 or value in load().blank:
            continue
        end, score = value_end(value, 0)
        if sure and (LATIN.fullmatch(value) or _LATIN_CELL.fullmatch(value)):
            doubtful = vague and not latin.personal(value)
            score = latin.DOUBTFUL if doubtful else 0.85
            yield Hit(start, start + len(value), "PERSON", score, (f"header:{header}",))
        elif end > 0 and (end == len(value) or _DIRT.match(value, end)) and (sure or score > 0.9):
            yield Hit(start, start + end, "PERSON", score if sure else score - 0.15, (f"header:{header}",))

"""One list out of many voices: overlaps settled, not-names lowered."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pii_guard.detect.person.lexicon import load
from pii_guard.model import Hit

_ORG = re.compile(
    r"(?:有限|股份|集团|公司|工作室|事务所|诊所|医院|药店|药房|饭店|饭馆|面馆|火锅|烧烤|酒家|酒楼|餐厅|小吃|超市|便利店|旗舰店|专卖店|专营店|官方|店铺|理发店|书店|学校|大学|中学|小学|幼儿园|纪念馆|故居|祠|庙|路|街|大道|巷|镇|乡|村|县|市|区|桥|站|广场|公园|山庄|牌|奖|杯|手机|电脑|洗衣机|冰箱|空调|电视|耳机|运动鞋|粉丝|版)"
)
_FIRM = 0.85  # a cue this strong names a bearer even of a famous name


def settle(text: str, hits: Iterable[Hit]) -> list[Hit]:
    """The best of overlapping hits (score, then length), in order of their places."""
    ranked = sorted((lowered(text, h) for h in hits), key=lambda h: (-h.score, h.start - h.end, h.start))
    kept: dict[int, Hit] = {}
    taken: set[int] = set()
    for hit in ranked:
        if taken.isdisjoint(range(hit.start, hit.end)):
            taken.update(range(hit.start, hit.end))
            kept[hit.start] = hit
    return [kept[at] for at in sorted(kept)]


def lowered(text: str, hit: Hit) -> Hit:
    """The hit, with its score cut when the words name history, a brand, a firm or a place."""
    value = text[hit.start : hit.end]
    if hit.score >= _FIRM:
        return hit
    words = load()
    reason = "history" if value in words.history else "brand" if value in words.brands else None
    if reason is None and _ORG.match(text, hit.end) and not any(r.startswith("title:") for r in hit.reasons):
        reason = "organisation"
    if reason is None:
        return hit
    return hit._replace(score=min(hit.score, 0.4), reasons=(*hit.reasons, reason))

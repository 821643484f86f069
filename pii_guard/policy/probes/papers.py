"""Waybills, bills and sales slips, by what stands together rather than by labels.

GB/T 41833-2022: a waybill hides at least one character of the name, six digits of the phone and the room.
PCI DSS 3.4.1: a slip shows at most the BIN and the last four digits of a card.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pii_guard.patterns import lazy
from pii_guard.policy.values import Signal

if TYPE_CHECKING:
    from pii_guard.policy.window import Window

NEEDS: tuple[str, ...] = ()

_WAYBILL = lazy(
    r"面单|运单|快递|单号|包裹|收件|寄件|收货|发件|签收|派件|派送|配送|驿站|物流|tracking|consignee|waybill|(?:^|[^a-z])(?:收|寄)\s{0,2}[:：]|顺丰|中通|圆通|申通|韵达|极兔|\bems\b"
)
_ROOM = lazy(
    r"[0-9a-z]{1,4}\s?(?:单元|栋|幢|座|号楼|室|户|房)|(?:室|房)\s?[0-9]{2,4}|[0-9]{1,3}-[0-9]{1,3}-[0-9]{2,4}|[0-9]{3,4}(?:室|房|号)"
)
_SLIP = lazy(
    r"签购单|签账单|签单|刷卡|存根|(?<![a-z])pos(?![a-z])|商户(?:名称|编号|号|联)|持卡人|终端号|批次号|凭条|凭证号|参考号|授权码|merchant|approval|账单|对账单|交易明细"
)
_HALF_MASKED = lazy(r"(?<![0-9])1[3-9][0-9][*x]{4}[0-9]{4}(?![0-9])")
_PHONES = frozenset(("MOBILE_PHONE", "LANDLINE", "FOREIGN_PHONE"))
_DATED = lazy(r"(?:有效期|expir|valid|exp)[^0-9]{0,8}(?:0[1-9]|1[0-2])\s?[/-]\s?[0-9]{2}")


def probe(window: Window) -> Iterator[Signal]:
    """waybill, half_masked, identity (an ID number on a waybill), slip, expiry, template."""
    text, kinds = window.folded, {f.entity_type for f in window.findings}
    if not kinds and "*" not in text:
        return
    end = len(text)
    placed = (
        kinds & _PHONES
        and (kinds & {"ADDRESS", "WAYBILL_NUMBER"})
        and (kinds & {"PERSON"} or _ROOM.search(text))
    )
    waybill = _WAYBILL.search(text) or "WAYBILL_NUMBER" in kinds
    if placed and waybill:
        yield Signal("waybill", 0, end)
    if waybill and (match := _HALF_MASKED.search(text)) and ("ADDRESS" in kinds or _ROOM.search(text)):
        yield Signal("half_masked", match.start(), match.end())
    if waybill and "RESIDENT_ID" in kinds and kinds & (_PHONES | {"ADDRESS"}):
        yield Signal("identity", 0, end)
    if _SLIP.search(text) and "BANK_CARD" in kinds:
        yield Signal("slip", 0, end)
        if "CARD_EXPIRY" in kinds or _DATED.search(text):
            yield Signal("expiry", 0, end)

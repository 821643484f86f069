"""Waybills, bills and sales slips, by what stands together rather than by labels.

GB/T 41833-2022: a waybill hides at least one character of the name, six digits of the phone and the room.
PCI DSS 3.4.1: a slip shows at most the BIN and the last four digits of a card.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pii_guard.patterns import lazy
from pii_guard.policy.probes import holds_any
from pii_guard.policy.values import Signal

if TYPE_CHECKING:
    from pii_guard.policy.window import Window

CODES = frozenset("slip card_shown expiry waybill half_masked part_masked identity bulk template".split())
_PRINTED = "waybill label cloud_print cloudprint 面单 快递单 打单 print 运单 tracking".split()
# each alternative begins with a character of its own: `re` passes over the rest of a text ten times as fast then
_WAYBILL = lazy(
    r"面单|运单|快递|单号|包裹|收件|寄件|收货|发件|签收|派件|派送|配送|驿站|物流|tracking|consignee|waybill|收(?<![a-z]收)\s{0,2}[:：]|寄(?<![a-z]寄)\s{0,2}[:：]|顺丰|中通|圆通|申通|韵达|极兔|ems(?<!\wems)\b"
)
_ROOM = lazy(
    r"[0-9a-z]{1,4}\s?(?:单元|栋|幢|座|号楼|室|户|房)|(?:室|房)\s?[0-9]{2,4}|[0-9]{1,3}-[0-9]{1,3}-[0-9]{2,4}|[0-9]{3,4}(?:室|房|号)"
)
_SLIP = lazy(
    r"签购单|签账单|签单|刷卡|存根|pos(?<![a-z]pos)(?![a-z])|商户(?:名称|编号|号|联)|持卡人|终端号|批次号|凭条|凭证号|参考号|授权码|merchant|approval|账单|对账单|交易明细"
)
_HALF_MASKED = lazy(r"1(?<![0-9]1)[3-9](?=[0-9*x]{9}(?![0-9*x]))[0-9]{0,7}[*x]{1,5}[0-9]{1,8}(?![0-9*x])")
_MASKED = lazy(r"1(?<![0-9]1)[3-9][0-9]{0,3}[*x]{6,9}[0-9]{0,3}(?![0-9*x])")
_HOME = lazy(  # a room or unit, as against a building or a house number
    r"[0-9]{1,4}\s?(?:单元|室)|单元\s?[0-9]{2,4}|(?:室|房)\s?[0-9]{2,4}|[0-9]{1,3}-[0-9]{1,3}-[0-9]{2,4}(?![0-9-])|[0-9]{3,4}房"
)
_OF_PERSON = lazy(r"(?:收件人|收货人|收件|寄件人|发件人|寄件|姓名|收|寄)\s?[:：]?\s?$")
_PAN = lazy(r"(?<![0-9*x])[3-6][0-9]{3}(?:[ -]?[0-9*x]){8,15}(?![0-9*x])")
_BIN, _TAIL = 8, 4  # digits of a card that a slip may show at its beginning and its end
_LABEL = lazy(r"\^fd|\^xa")  # ZPL, what label printers read
_SHEET = lazy(
    r"发货|补发|配送|派送|派件|寄递|寄送|补卡|团购|下单|订单|接龙|漏打|打单|出单|面单|快递|收货|收件|(?:name|xm|姓名|收货人|收件人|客户)\s?[,，\t|]\s?(?:tel|phone|mobile|sj|手机|电话|联系)"
)
_ROW = lazy(
    r"1(?<![0-9*]1)[3-9][0-9]{9}(?![0-9*])[\s,，;；|｜\t]{1,4}[^\n|｜]{0,40}?(?:[0-9]{1,4}(?:号|弄|栋|幢|座|室|单元|号楼|-[0-9])|路|街|巷|村|苑|小区|大厦|广场|铺)"
)
_PRIVACY_OFF = lazy(
    r"(?:privacy_?(?:waybill|label|mode|print|phone)?|waybill_?privacy|(?:mask|hide|desensiti[sz]e)_?(?:phone|mobile|name|addr(?:ess)?|receiver|data)?|mask_?enabled?|virtual_?(?:number|phone)|隐私面单|隐私号|脱敏)"
    r"[\"']?\s?[:=]\s?[\"']?(?:false|off|no|none|disabled?|0|关闭?|否|禁用)(?![a-z0-9\u4e00-\u9fff])"
)
_RAW_PHONE = lazy(
    r"(?:phone|mobile|tel)[\"']?\s?[:=]\s?[a-z_]{1,20}(?:\.[a-z_]{1,20}){0,2}\.(?:receiver_?)?(?:phone|mobile|tel)\b(?!\s?[.(])"
)
_RAW_ADDRESS = lazy(r"addr[a-z]{0,4}[\"']?\s?[:=]\s?[a-z_]{1,20}(?:\.[a-z_]{1,20}){0,2}\.[a-z_]{0,10}addr")
_PHONES = frozenset(("MOBILE_PHONE", "LANDLINE", "FOREIGN_PHONE"))
_OF_PAPERS = _PHONES | {"BANK_CARD", "RESIDENT_ID"}
_HIDDEN = lazy("[0-9]x")
_PLACES = frozenset(("ADDRESS", "WAYBILL_NUMBER"))
_DATED = lazy(r"(?:有效期|expir|valid|exp)[^0-9]{0,8}(?:0[1-9]|1[0-2])\s?[/-]\s?[0-9]{2}")


def worth(window: Window) -> bool:
    """Whether something of a paper was found, or is hidden by asterisks, or labels are printed."""
    text, kinds = window.folded, window.kinds
    if not kinds.isdisjoint(_OF_PAPERS) or "*" in text or holds_any(text, _PRINTED):
        return True
    return bool(kinds) and _HIDDEN.search(text) is not None


def probe(window: Window) -> Iterator[Signal]:
    """waybill, half_masked, part_masked (the phone is, not the name or the room), card_shown (more than BIN and tail), identity (an ID number on a waybill), slip, expiry, bulk (rows of several people), template
    (labels are printed unmasked).
    """
    text, kinds = window.folded, window.kinds
    yield from _of_template(text)
    if not kinds and "*" not in text:
        return
    end = len(text)
    wanted = [*_of_waybill(text, kinds), *_part_masked(window)]  # a look at all of a text costs more than a look at what was found in it
    if wanted and ("WAYBILL_NUMBER" in kinds or _WAYBILL.search(text) or _LABEL.search(text)):
        yield from wanted
    if kinds & _PHONES and _SHEET.search(text) and (row := _ROW.search(text)) and _ROW.search(text, row.end()):
        yield Signal("bulk", row.start(), end)
    if "*" in text and (pan := _shown(text)) and _SLIP.search(text):
        yield Signal("card_shown", *pan)
    if "BANK_CARD" in kinds and _SLIP.search(text):
        yield Signal("slip", 0, end)
        if "CARD_EXPIRY" in kinds or _DATED.search(text):
            yield Signal("expiry", 0, end)


def _part_masked(window: Window) -> Iterator[Signal]:
    """A waybill that hides the phone as it should, but shows the whole name or the room."""
    text = window.folded
    if "*" not in text or not _MASKED.search(text):
        return
    if match := _HOME.search(text):
        yield Signal("part_masked", match.start(), match.end())
    for finding in window.findings:
        start = max(0, finding.start - window.start)
        if finding.entity_type == "PERSON" and "*" not in finding.value.reveal() and _OF_PERSON.search(text, max(0, start - 8), start):
            yield Signal("part_masked", start, finding.end - window.start)


def _shown(text: str) -> tuple[int, int] | None:
    """Where a card number stands that hides too few of its digits (PCI DSS 3.4.1)."""
    for match in _PAN.finditer(text):
        digits = match[0].replace(" ", "").replace("-", "").replace("x", "*")
        head, _, _ = digits.partition("*")
        if "*" in digits and (len(head) > _BIN or len(digits) - 1 - digits.rindex("*") > _TAIL):
            return match.span()
    return None


def _of_template(text: str) -> Iterator[Signal]:
    """What a setting or a piece of code does to the labels it prints."""
    if not holds_any(text, _PRINTED):
        return
    if match := _PRIVACY_OFF.search(text) or (_RAW_ADDRESS.search(text) and _RAW_PHONE.search(text)):
        yield Signal("template", match.start(), match.end())


def _of_waybill(text: str, kinds: frozenset[str]) -> Iterator[Signal]:
    """What the text tells if it is of a waybill."""
    end = len(text)
    if kinds & _PHONES and kinds & _PLACES and ("PERSON" in kinds or _ROOM.search(text)):
        yield Signal("waybill", 0, end)
    if ("*" in text or "x" in text) and (match := _HALF_MASKED.search(text)) and ("ADDRESS" in kinds or _ROOM.search(text)):
        yield Signal("half_masked", match.start(), match.end())
    if "RESIDENT_ID" in kinds and kinds & (_PHONES | {"ADDRESS"}):
        yield Signal("identity", 0, end)

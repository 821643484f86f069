"""How a value of each type is shown: enough to recognise, too little to use.

    mask("MOBILE_PHONE", "13800138000")           138****8000
    mask("RESIDENT_ID", "110101190001010014")     1****************4   (6+4 leaves a guessable birth date)
    mask("PASSWORD", "900101")                    [已删除:PASSWORD]     (not even the length is told)

A rule is a short text, so an entity rule may carry its own in `mask:`
    keep H T   the first H and last T letters or digits stay, a third at least is hidden; separators stay
    remove     a fixed text
    none       shown as it is
    hide       every letter and digit starred
    a shape    name, address, email, phone, landline, card, birth_date ...: the names in mask_shapes.SHAPES
Masking a mask changes nothing, and no mask is a value of its type.

Practice: Ant Design 数据格式, PCI DSS 4.0.1 3.4.1, JR/T 0171-2020 (C3 removed), GB/T 41833-2022
(`scene="waybill"`: six digits of a phone hidden at least); where no standard counts digits, ours.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from functools import partial

from pii_guard.detect import mask_shapes as shapes
from pii_guard.detect.resolve import touches
from pii_guard.model import Hit
from pii_guard.patterns import lazy

RULES = {
    "PERSON": "name",
    "ADDRESS": "address",
    "MOBILE_PHONE": "phone",
    "LANDLINE": "landline",
    "FOREIGN_PHONE": "foreign_phone",
    "SERVICE_NUMBER": "none",
    "RESIDENT_ID": "keep 1 1",
    "FOREIGN_RESIDENT_ID": "keep 1 2",
    "PASSPORT": "keep 1 2",
    "HK_MACAU_PERMIT": "keep 1 2",
    "TAIWAN_PERMIT": "keep 1 2",
    "MILITARY_ID": "digits",
    "DRIVING_LICENCE": "driving_licence",
    "HKID": "keep 2 0",
    "MACAU_ID": "keep 1 0",
    "TAIWAN_ID": "keep 2 2",
    "BANK_CARD": "card",
    "BANK_ACCOUNT": "keep 0 4",
    "CVV": "remove CVV",
    "CARD_EXPIRY": "remove CARD_EXPIRY",
    "TRACK_DATA": "remove TRACK",
    "PASSWORD": "remove PASSWORD",
    "OTP": "remove OTP",
    "EMAIL_ADDRESS": "email",
    "QQ": "keep 2 2",
    "WECHAT": "account",
    "ALIPAY_ACCOUNT": "online_account",
    "URL": "url",
    "LICENSE_PLATE": "keep 2 1",
    "VIN": "keep 3 2",
    "USCC": "none",
    "BIRTH_DATE": "birth_date",
    "GPS_LOCATION": "gps",
    "IP_ADDRESS": "ip",
    "MAC_ADDRESS": "keep 6 0",
    "IMEI": "keep 4 2",
    "WAYBILL_NUMBER": "waybill",
}
SCENES = {  # where a document of this kind must hide more
    "waybill": {"MOBILE_PHONE": "keep 3 2", "WAYBILL_NUMBER": "hide", "LANDLINE": "keep 0 2"},
    "card_slip": {"BANK_CARD": "keep 0 4"},
}
_SHOWN_WITHOUT_STARS = frozenset(("url", "gps"))  # a domain; rounded coordinates
_NOTICED = "[已删除:"
_NOTICE = r"\[已删除:[A-Z_]{2,32}\]"
_NOTICES = lazy(_NOTICE)
_MASKED = lazy(rf"[*＊●█]|{_NOTICE}")


def mask(entity_type: str, value: str, *, rule: str | None = None, scene: str | None = None) -> str:
    """What may be shown of `value`; `rule` overrides the type's own, `scene` may ask for more.

    >>> mask("PERSON", "欧阳小明"), mask("BANK_CARD", "6200 0000 0000 0005"), mask("OTP", "482913")
    ('欧阳**', '6200 00** **** 0005', '[已删除:OTP]')
    >>> mask("MOBILE_PHONE", "13800138000", scene="waybill")
    '138******00'
    """
    chosen = SCENES.get(scene or "", {}).get(entity_type) or rule or RULES.get(entity_type, "hide")
    return _masker(chosen, entity_type)(value)


def masker(entity_type: str) -> Callable[[str], str]:
    """What `mask` does to values of a type."""
    return _masker(RULES.get(entity_type, "hide"), entity_type)


@lru_cache(maxsize=256)
def _masker(rule: str, entity_type: str) -> Callable[[str], str]:
    """What a rule does to a value; read once."""
    if rule.startswith("remove"):
        notice = removed(rule.partition(" ")[2] or entity_type)
        return lambda _: notice
    if rule == "none":
        return str
    if rule.startswith("keep "):
        _, head, tail = rule.split()
        return partial(shapes.keep, head=int(head), tail=int(tail))
    shape = shapes.SHAPES[rule]
    return shape if rule in _SHOWN_WITHOUT_STARS else partial(_never_bare, shape)


def _never_bare(shape: Callable[[str], str], value: str) -> str:
    """What a shape makes of a value; a value that it does not know is hidden as a whole."""
    shown = shape(value)
    return shown if shown != value or is_masked(value) else shape(shapes.hide(value))


def removed(entity_type: str) -> str:
    """The fixed text that stands where a value was removed; says the type, never the length."""
    return f"[已删除:{entity_type}]"


def outside_notices(text: str, hits: list[Hit]) -> list[Hit]:
    """The hits that do not stand in the notice of a removed value: its letters are nobody's name or code.

    >>> outside_notices("口令[已删除:PASSWORD]", [Hit(7, 15, "PERSON", 0.5)])
    []
    """
    if _NOTICED not in text:
        return hits
    spans = [found.span() for found in _NOTICES.finditer(text)]
    return [hit for hit in hits if not touches(spans, hit.start, hit.end)]


def is_masked(value: str) -> bool:
    """Whether a text is what a mask leaves: starred, or a removal notice."""
    return _MASKED.search(value) is not None

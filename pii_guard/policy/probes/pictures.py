"""Pictures with personal data: their recognised text, and captions that describe what they show.

A picture is a file of a picture type, or a text that names one: [图], OCR:, EXIF, photo.jpg.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pii_guard.patterns import lazy
from pii_guard.policy.values import Signal
from pii_guard.policy.window import PICTURES

if TYPE_CHECKING:
    from pii_guard.policy.window import Window

CODES = frozenset("document gps ticket person".split())
_PICTURE = lazy(
    r"\[(?:图|图片|照片|截图|相片)|ocr\s?[:：]|exif|\.(?:jpe?g|png|heic|webp)\b|图片文字|识别文字|照片[:：]|截图[:：]|配图[:：]|晒"
)
_GPS = lazy(
    r"gps\s?(?:latitude|longitude|坐标|info|位置)?[^0-9]{0,12}[0-9]{1,3}(?:[.°][0-9]{0,8})|(?:latitude|纬度)[^0-9]{0,6}[0-9]{1,2}\.[0-9]{1,8}"
)
_MASKED_ID = lazy(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}[*x]{4}[0-9x]{4}|[1-9][0-9]{9,11}[*x]{4}[0-9x]{2,4}")
_TICKET = lazy(r"车票|登机牌|机票|票号|pnr|电子客票|boarding|g[0-9]{1,4}\s|二维码|条码")
_DOCUMENTS = frozenset(
    [
        "RESIDENT_ID",
        "PASSPORT",
        "HKID",
        "MACAU_ID",
        "TAIWAN_ID",
        "DRIVING_LICENCE",
        "BANK_CARD",
        "HK_MACAU_PERMIT",
        "TAIWAN_PERMIT",
        "FOREIGN_RESIDENT_ID",
        "MILITARY_ID",
    ]
)


def worth(window: Window) -> bool:
    """Whether it is a picture, or names one beside a finding or coordinates."""
    text = window.folded
    return window.unit.kind in PICTURES or (
        (bool(window.kinds) or "gps" in text) and _PICTURE.search(text) is not None
    )


def probe(window: Window) -> Iterator[Signal]:
    """document: an ID or card number in a picture; gps: coordinates in its metadata; ticket; person: name
    with contact.
    """
    text, kinds = window.folded, window.kinds
    end = len(text)
    if kinds & _DOCUMENTS:
        yield Signal("document", 0, end)
    if (match := _GPS.search(text)) or "GPS_LOCATION" in kinds:
        yield Signal("gps", match.start() if match else 0, match.end() if match else end)
    if _TICKET.search(text) and (_MASKED_ID.search(text) or "PERSON" in kinds):
        yield Signal("ticket", 0, end)
    if "PERSON" in kinds and kinds & {"MOBILE_PHONE", "ADDRESS"}:
        yield Signal("person", 0, end)

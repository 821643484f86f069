"""Pictures with personal data: their recognised text, and captions that describe what they show.

A picture is a file of a picture type, or a text that names one: [图], OCR:, EXIF, photo.jpg.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pii_guard.patterns import lazy
from pii_guard.policy.probes import holds_any
from pii_guard.policy.values import Signal
from pii_guard.policy.window import PICTURES

if TYPE_CHECKING:
    from pii_guard.policy.window import Window

CODES = frozenset("document gps ticket person read_out".split())
_SHOWN = "gps 📍 boarding etkt e-ticket 登机牌 登机证 新卡 卡面 正面 背面 联名卡 信用卡 白金卡 金卡 card".split()
_LATITUDE = "latitude", "纬度"
_HIDDEN = lazy("[*x]{4}")
_PICTURE = lazy(
    r"[\[【](?:图|图片|照片|截图|相片|动态配图|朋友圈配图|配图|附图)|ocr\s?[:：]|exif|\.(?:jpe?g|png|heic|webp)\b|图片文字|识别文字|图识别|图片识别|识别结果|照片[:：]|截图[:：]|配图[:：]|晒"
    r"|影返?张|放story|po出|直接po|(?:正反|两面|正面|反面|背面)[^。\n]{0,6}(?:都)?(?:拍|奉上|来一张|如图)|(?:图|p)[1-9][^a-z0-9][^。]{0,20}(?:正面|反面|证件|卡)|原图[^。]{0,8}[放发附]|附[^。]{0,4}原图|九宫格"
)
_CARD = lazy(r"(?<![0-9.])[3-6][0-9]{3}(?:[ -]?[0-9]{4}){2}[ -]?[0-9]{3,7}(?![0-9])")
_CARD_SHOWN = lazy(r"新卡|卡面|卡正面|正面|背面|联名卡|信用卡|new card|白金卡|金卡")
_CARD_DATED = lazy(r"good\s?thru|valid\s?thru|有效期|到期|(?<![0-9/])(?:0[1-9]|1[0-2])/[2-4][0-9](?![0-9/])")
_PASSENGER = lazy(r"(?<![a-z/])[a-z]{2,15}/[a-z]{2,20}(?![a-z/])")
_BOARDING = lazy(r"boarding|etkt|e-ticket|登机牌|登机证")
_READ_OUT = lazy(
    r"(?:念|读)(?:念|一下|今天|给大家|个)|这一单|下一单|榜一|锦鲤|中奖|收件|寄东西|装箱|打包"
)
_STREAM = lazy(r"家人们|公屏|评论区|直播|镜头|弹幕|老铁|宝子|榜一|扣个?[1一6六]|大家念")
_AT_HOME = lazy(r"📍\s?[^\n,。]{2,24}?[0-9]{1,3}(?:幢|栋|号楼|座)[^\n,。]{0,6}[0-9]{3,4}(?![0-9])")
_SHOP = lazy(r"预约|营业|门店|工作室|欢迎|到店|本店|详询|咨询|咖啡|餐厅|民宿")
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
_TELLING = _DOCUMENTS | {"GPS_LOCATION", "PERSON"}


def worth(window: Window) -> bool:
    """Whether it is a picture, or something stands there that a picture or a stream may show."""
    text, kinds = window.folded, window.kinds
    if window.unit.kind in PICTURES or holds_any(text, _SHOWN):
        return True
    telling = not kinds.isdisjoint(_TELLING) or {"MOBILE_PHONE", "ADDRESS"} <= kinds
    return telling or (bool(kinds) and (holds_any(text, _LATITUDE) or _HIDDEN.search(text) is not None))


def probe(window: Window) -> Iterator[Signal]:
    """document: an ID or card number in a picture; gps: coordinates in its metadata, or where somebody lives; ticket;
    person: name with contact; read_out: a person's contact read to an audience.
    """
    text, kinds = window.folded, window.kinds
    yield from _told(text, kinds)
    if window.unit.kind not in PICTURES and ((not kinds and "gps" not in text) or not _PICTURE.search(text)):
        return
    end = len(text)
    if kinds & _DOCUMENTS:
        yield Signal("document", 0, end)
    if (match := _GPS.search(text)) or "GPS_LOCATION" in kinds:
        yield Signal("gps", match.start() if match else 0, match.end() if match else end)
    if _TICKET.search(text) and (_MASKED_ID.search(text) or "PERSON" in kinds):
        yield Signal("ticket", 0, end)
    if "PERSON" in kinds and kinds & {"MOBILE_PHONE", "ADDRESS"}:
        yield Signal("person", 0, end)


def _told(text: str, kinds: frozenset[str]) -> Iterator[Signal]:
    """What a caption or a stream gives away without the mark of a picture."""
    end = len(text)
    if (match := _CARD.search(text)) and _CARD_DATED.search(text, match.end()) and _CARD_SHOWN.search(text):
        yield Signal("document", match.start(), match.end())
    if "📍" in text and (match := _AT_HOME.search(text)) and not _SHOP.search(text):
        yield Signal("gps", match.start(), match.end())
    if _BOARDING.search(text) and _PASSENGER.search(text) and _PICTURE.search(text):
        yield Signal("ticket", 0, end)
    if "MOBILE_PHONE" in kinds and kinds & {"PERSON", "ADDRESS"} and _STREAM.search(text) and _READ_OUT.search(text):
        yield Signal("read_out", 0, end)

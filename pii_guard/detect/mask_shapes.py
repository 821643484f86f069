"""The shapes a mask can take: from a value to what may be shown of it, one function a shape.

A slot is a letter, a digit of any script or a star; everything else (spaces, hyphens, brackets) is layout
and stays.  Stars count as slots, so that a masked value masks to itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pii_guard.patterns import lazy

STAR = "*"
_NUMERALS = "零〇一二两三四五六七八九十壹贰叁肆伍陆柒捌玖幺"
_DIGIT = rf"[0-9０-９{_NUMERALS}*＊]"
_HIDDEN_STREET = STAR * 8

_COMPOUND = (  # compound surnames between spaces: two characters of a name are looked up as they are
    "欧阳 司马 上官 诸葛 东方 独孤 南宫 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 "
    "轩辕 端木 申屠 澹台 公冶 太史 闻人 濮阳 淳于 单于 钟离 呼延 百里 东郭 西门 南门 左丘 "
    "公羊 谷梁 赫连 万俟 拓跋 耶律 完颜 纳兰 叶赫 第五 梁丘 仲孙 "
    "歐陽 司馬 諸葛 東方 獨孤 南宮 尉遲 公孫 長孫 軒轅 鍾離"
)
_PROVINCE = (
    r"(?:北京|天津|上海|重庆|重慶)市?|(?:内蒙古|內蒙古|广西|廣西|西藏|宁夏|寧夏|新疆)(?:壮族|壯族|回族|维吾尔|維吾爾)?(?:自治[区區])?|"
    r"(?:河北|山西|辽宁|遼寧|吉林|黑龙江|黑龍江|江苏|江蘇|浙江|安徽|福建|江西|山东|山東|河南|湖北|湖南|广东|廣東|海南|四川|贵州|貴州|"
    r"云南|雲南|陕西|陝西|甘肃|甘肅|青海|台湾|臺灣|台灣)省?|(?:香港|澳门|澳門)(?:特别行政区|特別行政區)?"
)
_CITY = r"[\u4e00-\u9fff]{2,9}?(?<![超门門夜菜城])(?:市(?![场場])|自治州|地[区區]|盟)"
_DISTRICT = r"[\u4e00-\u9fff][^\W镇鎮乡鄉村街路]{0,8}?(?<![小社园園校景厂廠院库庫宅苑里片])(?:[区區县縣旗](?!域)|市(?![场場]))"
_REGION = lazy(rf"(?:(?:{_PROVINCE})[\s,，]*)?(?:(?:{_CITY})[\s,，]*)?(?:{_DISTRICT})?")
_CITY_ONLY = lazy(rf"(?:(?:{_PROVINCE})[\s,，]*)?(?:{_CITY})?")
_AREA_CODE = lazy(
    r"(?:(?:\+|00)86[-\s]*[(（]?0?(?:10|2\d|[3-9]\d\d)[)）]?(?=[-\s*])|[(（]?0(?:10|2\d|[3-9]\d\d)[)）]?)"
)
_COUNTRY_CODE = lazy(r"[(（]?(?:\+|00)[\s-]*(?:852|853|886|86|1|7|[2-9]\d)[)）]?")
_MOBILE = lazy(rf"(?:{_DIGIT}[^0-9０-９{_NUMERALS}*＊]{{0,3}}){{10}}{_DIGIT}\Z")


_ANY_DIGIT = frozenset("0123456789０１２３４５６７８９*＊" + _NUMERALS)
_DIGITS = lazy(f"{_DIGIT}+")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ONE_AND_TEN = lazy(r"1[0-9*]{10}")
_HOST_AND_REST = lazy(r"((?:[a-z][a-z0-9+.-]*://)?[^/?#\s]+)(.*)", re.IGNORECASE | re.DOTALL)
_COMPACT_DATE = lazy(r"([0-9]{4})[0-9*]{4}")
_YEAR = lazy(rf"(?<![0-9])(?:1[89]|20)[0-9]{{2}}(?![0-9])|[{_NUMERALS}]{{4}}(?=年)")
_IPV4 = lazy(r"\A((?:[0-9]+\.){2}).*")
_DECIMAL = lazy(r"[0-9]{1,3}\.[0-9]{3,20}")
_BEHIND_DEGREES = lazy(r"(?:(?<=[°度])|(?<=deg))[^NSEWnsew东西南北,，;；]*")


_ROUNDED = lazy(r"[^0-9]*[0-9]{1,3}\.[0-9]{1,2}(?:[^0-9]+[0-9]{1,3}\.[0-9]{1,2})?[^0-9]*")


_LONG = lazy(r"[0-9](?:-?[0-9]){5,}")
_LONG_IN_LABEL = lazy(
    r"(?<![0-9])(?!(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9]))[0-9]{7,}|[0-9](?:[-_.]?[0-9]){8,}"
)
_FOUR_NUMBERS = lazy(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?=\Z|:[0-9]+\Z)")


def is_slot(char: str) -> bool:
    """A letter, a digit or a star: what a mask may hide."""
    return char.isalnum() or char in "*＊"


def keep(value: str, head: int, tail: int, slot: Callable[[str], bool] = is_slot) -> str:
    """Star all slots but the first `head` and last `tail`; at least a third is hidden.

    >>> keep("E00000000", 1, 2), keep("12345", 2, 2)
    ('E******00', '12**5')
    """
    if value.isalnum() and slot is is_slot:  # nearly all values: no layout to step around
        return _between(value, head, tail)
    places = [i for i, char in enumerate(value) if slot(char)]
    head, tail = _allowed(len(places), head, tail)
    hidden = set(places[head : len(places) - tail])
    return "".join(STAR if i in hidden else char for i, char in enumerate(value))


def _between(value: str, head: int, tail: int) -> str:
    """A value of slots only, starred between its ends."""
    head, tail = _allowed(len(value), head, tail)
    return value[:head] + STAR * (len(value) - head - tail) + value[len(value) - tail :]


@lru_cache(maxsize=1024)
def _allowed(count: int, head: int, tail: int) -> tuple[int, int]:
    shown = count - -(-count // 3)
    head = min(head, shown)
    return head, min(tail, shown - head)


def hide(value: str) -> str:
    """Every letter and digit starred."""
    return keep(value, 0, 0)


def digits(value: str) -> str:
    """Every digit starred, words kept: 军字第*******号."""
    return "".join(STAR if _is_digit(char) else char for char in value)


def name(value: str) -> str:
    """The surname (two characters of a compound one), the first letter of a Latin name; the rest starred."""
    shown = 2 if value[:2] in _COMPOUND and len(value) > 2 else 1
    if sum(map(is_slot, value)) <= 1:
        return hide(value)
    return keep(value[:shown], shown, 0, lambda _: False) + hide(value[shown:])


def address(value: str) -> str:
    """Province, city and district stay; the street is eight stars whatever its length."""
    return region(value) + _HIDDEN_STREET


def region(address: str, *, districts: bool = True) -> str:
    """The province, city and district an address begins with.

    >>> region("广东省深圳市南山区科技园南路8号"), region("广东省深圳市南山区科技园南路8号", districts=False)
    ('广东省深圳市南山区', '广东省深圳市')
    """
    begin = (_REGION if districts else _CITY_ONLY).match(address)
    return begin.group().rstrip(" ,，\t") if begin else ""


def phone(value: str) -> str:
    """A mobile number: 3 and 4 of its eleven digits; a country code in front stays."""
    if len(value) == 11 and value.isdecimal():
        return value[:3] + STAR * 4 + value[7:]
    number = _MOBILE.search(value)
    start = number.start() if number else 0
    return value[:start] + keep(value[start:], 3, 4)


def landline(value: str) -> str:
    """The area code and the last two digits; an extension counts as part of the number."""
    area = _AREA_CODE.match(value)
    shown = area.end() if area else 0
    if value[shown : shown + 1] == "-" and value[shown + 1 :].isdecimal() and len(value) - shown > 3:
        return value[: shown + 1] + STAR * (len(value) - shown - 3) + value[-2:]
    return value[:shown] + keep(value[shown:], 0, 2, _is_dialled)


def foreign_phone(value: str) -> str:
    """The country code and the last two digits."""
    code = _COUNTRY_CODE.match(value)
    shown = code.end() if code else 0
    return value[:shown] + keep(value[shown:], 0, 2, _is_digit)


def card(value: str) -> str:
    """Issuer (6) and last 4 of a PAN of sixteen digits or more, else the last 4 only."""
    slots = len(value) if value.isalnum() else sum(map(is_slot, value))
    return keep(value, 6 if slots >= 16 else 0, 4)


def driving_licence(value: str) -> str:
    """The licence number as the identity number it is; a file number (12 digits) its last two."""
    return keep(value, 0, 2) if sum(map(is_slot, value)) == 12 else keep(value, 1, 1)


def host(value: str) -> str:
    """A domain or an address as it may be shown: a long number in it may be anybody's (12306.cn may stay).

    >>> host("13800138000.example.com"), host("www.12306.cn"), host("192.0.2.7:8080")
    ('*********00.example.com', 'www.12306.cn', '192.0.*.*:8080')
    """
    return _FOUR_NUMBERS.sub(lambda m: ip(m[0]), _LONG.sub(lambda m: keep(m[0], 0, 2), value), count=1)


def label(value: str) -> str:
    """A name of a column, a key or an element: what is left in it of long numbers, glued to letters, is hidden;
    a date may stay.

    >>> label("p13800138000"), label("sales20240131"), label("tel_138-0013-8000")
    ('p*********00', 'sales20240131', 'tel_***-****-**00')
    """
    return _LONG_IN_LABEL.sub(lambda m: keep(m[0], 0, 2), value)


def email(value: str) -> str:
    """First character of a local part of three or more, and the domain."""
    at = value.find("@") if "@" in value else value.find("＠")
    if at < 0:
        return hide(value)
    first = value[0] if at > 2 and value[0] not in "*＊" else ""
    return first + STAR * 3 + host(value[at:])


def account(value: str) -> str:
    """A chosen account name: 2 and 1, its underscores and hyphens hidden too."""
    if value.replace("_", "").replace("-", "").isalnum():
        return _between(value, 2, 1)
    return keep(value, 2, 1, lambda char: is_slot(char) or char in "_-")


def online_account(value: str) -> str:
    """An account that is a mail address or a mobile number is masked as such."""
    if "@" in value or "＠" in value:
        return email(value)
    return phone(value) if _ONE_AND_TEN.fullmatch(value) else account(value)


def url(value: str) -> str:
    """Scheme and host; a path or query may carry anything."""
    parts = _HOST_AND_REST.match(value)
    if not parts:
        return hide(value)
    user, at, name = parts[1].rpartition("@")
    shown = user.partition("//")[0] + "//***@" + host(name) if at and "//" in user else host(parts[1])
    return shown + ("/***" if parts[2] not in ("", "/") else parts[2])


def birth_date(value: str) -> str:
    """The year; month and day are two stars each, however they were written."""
    compact = _COMPACT_DATE.fullmatch(value)
    if compact:
        return compact[1] + STAR * 4
    year = _YEAR.search(value)
    start, end = year.span() if year else (0, 0)
    return _star_runs(value[:start]) + value[start:end] + _star_runs(value[end:])


def _star_runs(text: str) -> str:
    return _DIGITS.sub(STAR * 2, text)


def ip(value: str) -> str:
    """IPv4 without its last two numbers, IPv6 cut to its first three groups (/48)."""
    if ":" not in value:
        return _IPV4.sub(r"\1*.*", value) if value.count(".") >= 3 else hide(value)
    shown: list[str] = []
    for group in value.split(":")[:3]:
        if not group or group == STAR:
            break
        shown.append(group)
    return ":".join([*shown, STAR])


def gps(value: str) -> str:
    """Two decimals (about a kilometre); degrees without minutes and seconds."""
    rounded = _DECIMAL.sub(lambda m: f"{float(m[0]):.2f}", value)
    shown = _BEHIND_DEGREES.sub(lambda m: digits(m[0].replace(".", "")), rounded)
    return shown if shown != value or STAR in value or _ROUNDED.fullmatch(value) else hide(value)


def waybill(value: str) -> str:
    """The courier's letters and the last four."""
    number = value.lstrip(_LETTERS)
    courier = value[: min(len(value) - len(number), 5)]
    return courier + keep(value[len(courier) :], 0, 4)


def _is_digit(char: str) -> bool:
    return char in _ANY_DIGIT or char.isdigit()  # ①, ¹


def _is_dialled(char: str) -> bool:
    return _is_digit(char) or char in "OolI"  # typed for 0 and 1


SHAPES: dict[str, Callable[[str], str]] = {
    shape.__name__: shape
    for shape in (
        hide, digits, name, address, phone, landline, foreign_phone, card, driving_licence,
        email, account, online_account, url, birth_date, ip, gps, waybill,
    )
}  # fmt: skip

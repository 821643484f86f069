"""generalise: the group a value belongs to: age band, province and city, issuer, network.

BIRTH_DATE 1990-03-07 -> [30-39岁]     ADDRESS -> [广东省深圳市]     BANK_CARD -> [银行卡号 620000]
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from pii_guard.detect.mask_shapes import region
from pii_guard.redact.canonical import canonical
from pii_guard.redact.labels import label
from pii_guard.redact.operators import Replace
from pii_guard.redact.settings import Settings

NAME = "generalise"
NEEDS_KEY = False
REVERSIBLE = False

_PROVINCES = (  # GB/T 2260, first two digits
    "11北京市 12天津市 13河北省 14山西省 15内蒙古自治区 21辽宁省 22吉林省 23黑龙江省 31上海市 "
    "32江苏省 33浙江省 34安徽省 35福建省 36江西省 37山东省 41河南省 42湖北省 43湖南省 44广东省 "
    "45广西壮族自治区 46海南省 50重庆市 51四川省 52贵州省 53云南省 54西藏自治区 61陕西省 62甘肃省 "
    "63青海省 64宁夏回族自治区 65新疆维吾尔自治区 71台湾省 81香港特别行政区 82澳门特别行政区 83台湾省"
)
PROVINCE_OF_CODE = {entry[:2]: entry[2:] for entry in _PROVINCES.split()}


def build(settings: Settings) -> Replace:
    """The group in brackets, or the bare type where a value has none worth keeping."""
    today = settings.as_of or datetime.datetime.now(tz=datetime.UTC).date()

    def replace(entity_type: str, value: str) -> str:
        group = _GROUPS.get(entity_type, _none)(value, today)
        return f"[{group or label(entity_type)}]"

    return replace


def age_band(year: int, today: datetime.date) -> str:
    """Ten years of age.

    >>> age_band(1990, datetime.date(2026, 11, 21))
    '30-39岁'
    """
    decade = (today.year - year) // 10 * 10
    return f"{decade}-{decade + 9}岁" if 0 <= decade < 120 else ""


def _none(value: str, today: datetime.date) -> str:
    return ""


def _resident(value: str, today: datetime.date) -> str:
    number = re.match(r"([0-9]{2})[0-9]{4}(?:([0-9]{4})[0-9]{7}|([0-9]{2})[0-9]{7}\Z)", canonical(value))
    if not number:
        return ""
    year = int(number[2]) if number[2] else 1900 + int(number[3])
    return f"{PROVINCE_OF_CODE.get(number[1], '')}{age_band(year, today)}"


def _birth(value: str, today: datetime.date) -> str:
    year = re.search(r"(?<![0-9])(?:1[89]|20)[0-9]{2}", canonical(value, separators=True))
    return age_band(int(year[0]), today) if year else ""


def _address(value: str, today: datetime.date) -> str:
    return region(value, districts=False)


def _card(value: str, today: datetime.date) -> str:
    number = canonical(value)
    return f"{label('BANK_CARD')} {number[:6]}" if len(number) >= 14 else ""


def _mobile(value: str, today: datetime.date) -> str:
    return f"{label('MOBILE_PHONE')} {canonical(value)[-11:-8]}"


def _mail(value: str, today: datetime.date) -> str:
    return f"{label('EMAIL_ADDRESS')} {value.replace('＠', '@').rpartition('@')[2]}"


def _plate(value: str, today: datetime.date) -> str:
    return f"{label('LICENSE_PLATE')} {value[:1]}"


def _network(value: str, today: datetime.date) -> str:
    return f"{label('IP_ADDRESS')} {'.'.join(value.split('.')[:2])}" if value.count(".") == 3 else ""


_GROUPS: dict[str, Callable[[str, datetime.date], str]] = {
    "RESIDENT_ID": _resident,
    "BIRTH_DATE": _birth,
    "ADDRESS": _address,
    "BANK_CARD": _card,
    "MOBILE_PHONE": _mobile,
    "EMAIL_ADDRESS": _mail,
    "LICENSE_PLATE": _plate,
    "IP_ADDRESS": _network,
}

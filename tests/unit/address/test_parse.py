"""One address taken apart.  All addresses are invented."""

from __future__ import annotations

import pytest

from pii_guard.detect.address import Components
from pii_guard.detect.address import parse

FIELDS = [name for name in Components.__slots__ if name not in ("parts", "admin_end", "code", "town_code")]

WHOLE = "浙江省杭州市西湖区文新街道文三路90号东部软件园3幢2单元4楼401室"

CASES = [
    (
        WHOLE,
        {
            "province": "浙江省",
            "city": "杭州市",
            "district": "西湖区",
            "town": "文新街道",
            "community": "东部软件园",
            "road": "文三路",
            "number": "90号",
            "building": "3幢",
            "unit": "2单元",
            "floor": "4楼",
            "room": "401室",
        },
    ),
    (
        "湖南省邵阳市隆回县滩头镇狮子村7组",
        {
            "province": "湖南省",
            "city": "邵阳市",
            "district": "隆回县",
            "town": "滩头镇",
            "community": "狮子村7组",
        },
    ),
    (
        "上海浦东张杨路1458弄7号602",
        {
            "province": "上海",
            "district": "浦东",
            "road": "张杨路",
            "number": "1458弄",
            "building": "7号",
            "room": "602",
        },
    ),
    ("白云路8-2-301室", {"road": "白云路", "building": "8", "unit": "2", "room": "301室"}),
    ("新北市板橋區文化路一段188巷5弄7號3樓", {"city": "新北市", "district": "板橋區", "road": "文化路一段"}),
]


@pytest.mark.parametrize(("address", "expected"), CASES)
def test_components(address: str, expected: dict[str, str]) -> None:
    components = parse(address)
    assert {name: getattr(components, name) for name in expected} == expected


def test_codes() -> None:
    components = parse(WHOLE)
    assert components.code == "330106"
    assert components.town_code is not None
    assert components.town_code.startswith("330106")


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (WHOLE, "浙江省杭州市西湖区"),
        ("广东深圳南山科技园南区7-2-301", "广东深圳南山"),
        ("文三路90号", ""),
        ("北京市 朝阳区 建国路88号", "北京市 朝阳区"),
    ],
)
def test_what_a_mask_may_keep(address: str, kept: str) -> None:
    assert address[: parse(address).admin_end] == kept


def test_parts_stand_where_they_say() -> None:
    components = parse(WHOLE)
    for part in components.parts:
        assert WHOLE[part.start : part.end] in str(getattr(components, part.field))


@pytest.mark.parametrize("text", ["", " ", "\n", "abc", "12345", "，。", "的的的"])
def test_anything_may_come(text: str) -> None:
    parse(text)

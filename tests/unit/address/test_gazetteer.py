"""Divisions by name, and towns of a county."""

from __future__ import annotations

import pytest

from pii_guard.detect.address.characters import fold
from pii_guard.detect.address.gazetteer import division
from pii_guard.detect.address.towns import code_of


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("浙江省", "province", "330000"),
        ("杭州", "city", "330100"),
        ("双江拉祜族佤族布朗族傣族自治县", "district", "530925"),
        ("崇文区", "district", "110103"),
        ("台北市", "city", "710000"),
        ("花地玛堂区", "district", "820000"),
    ],
)
def test_division(text: str, level: str, code: str) -> None:
    found = division(text, 0, ())
    assert found is not None
    assert found[:2] == (level, len(text))
    assert found[2][0].code == code


@pytest.mark.parametrize("text", ["北京路12号", "南京东路", "西湖很美", "人民路", "上海市公安局"])
def test_no_division(text: str) -> None:
    assert division(text, 0, ()) is None


def test_a_short_county_counts_below_its_city() -> None:
    above = division("杭州", 0, ())
    assert above is not None
    assert division("西湖文三路", 0, above[2]) is not None


def test_towns() -> None:
    assert code_of("330106", "文新街道") == code_of("330106", "文新")
    assert code_of("330106", "没有这个镇") is None


def test_folding_keeps_length() -> None:
    text = "臺北市信義區１２號－３樓　"
    assert fold(text) == "台北市信义区12号-3楼 "

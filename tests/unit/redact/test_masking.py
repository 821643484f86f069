"""What each type looks like masked: the table of conventions, and that a mask is stable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pii_guard.detect.masking import RULES
from pii_guard.detect.masking import is_masked
from pii_guard.detect.masking import mask

MASKS = [
    ("PERSON", "王小明", "王**"),
    ("PERSON", "欧阳女士", "欧阳**"),
    ("PERSON", "买买提·吐尔逊", "买**·***"),
    ("ADDRESS", "北京市东城区某某路1号院3单元502", "北京市东城区********"),
    ("ADDRESS", "广东省深圳市南山区科技园南路8号", "广东省深圳市南山区********"),
    ("ADDRESS", "浙江省义乌市稠城街道1号", "浙江省义乌市********"),
    ("ADDRESS", "阳光小区3号楼2单元", "********"),
    ("ADDRESS", "福建省泉州市晋江陈埭镇江头村南区56号", "福建省泉州市********"),
    ("ADDRESS", "浙江省宁波市镇海区骆驼街道1号", "浙江省宁波市镇海区********"),
    ("MOBILE_PHONE", "13800138000", "138****8000"),
    ("MOBILE_PHONE", "+86 138-0013-8000", "+86 138-****-8000"),
    ("MOBILE_PHONE", "１３８００１３８０００", "１３８****８０００"),
    ("LANDLINE", "010-66668888", "010-******88"),
    ("LANDLINE", "66668888", "******88"),
    ("LANDLINE", "O1O-6666O8l8", "***-******l8"),
    ("LANDLINE", "⑧③⑤⑨-④②⑥⓪", "****-**⑥⓪"),
    ("FOREIGN_PHONE", "+852 9123 4567", "+852 **** **67"),
    ("RESIDENT_ID", "110101190001010014", "1****************4"),
    ("RESIDENT_ID", "440524800101001", "4*************1"),
    ("PASSPORT", "E00000000", "E******00"),
    ("MILITARY_ID", "军字第0000001号", "军字第*******号"),
    ("DRIVING_LICENCE", "110000000000", "**********00"),
    ("HKID", "A123456(7)", "A1*****(*)"),
    ("TAIWAN_ID", "A123456789", "A1******89"),
    ("BANK_CARD", "6200000000000005", "620000******0005"),
    ("BANK_ACCOUNT", "0200000009000000001", "***************0001"),
    ("CVV", "123", "[已删除:CVV]"),
    ("TRACK_DATA", "%B6200000000000005^", "[已删除:TRACK]"),
    ("PASSWORD", "900101", "[已删除:PASSWORD]"),
    ("OTP", "482913", "[已删除:OTP]"),
    ("EMAIL_ADDRESS", "wangxm@example.com", "w***@example.com"),
    ("EMAIL_ADDRESS", "ab@example.com", "***@example.com"),
    ("EMAIL_ADDRESS", "a@13800138000.com", "***@*********00.com"),
    ("URL", "http://13800138000.example.com/a", "http://*********00.example.com/***"),
    ("URL", "www.13800138000.com", "www.*********00.com"),
    ("URL", "http://u:p@192.0.2.7:8080/", "http://***@192.0.*.*:8080/"),
    ("URL", "https://kyfw.12306.cn", "https://kyfw.12306.cn"),
    ("QQ", "123456789", "12*****89"),
    ("QQ", "12345", "12**5"),
    ("WECHAT", "wxid_abcdef123", "wx***********3"),
    ("LICENSE_PLATE", "京A12345", "京A****5"),
    ("LICENSE_PLATE", "京AD12348", "京A*****8"),
    ("VIN", "LSVAA00000A000000", "LSV************00"),
    ("IMEI", "860000000000000", "8600*********00"),
    ("MAC_ADDRESS", "00:1A:2B:3C:4D:5E", "00:1A:2B:**:**:**"),
    ("IP_ADDRESS", "203.0.113.7", "203.0.*.*"),
    ("IP_ADDRESS", "2001:db8::1", "2001:db8:*"),
    ("GPS_LOCATION", "39.904211,116.407395", "39.90,116.41"),
    ("GPS_LOCATION", "31 deg 13' 49.20\" N, 121 deg 28' 25.32\" E", "31 deg **' ****\" N, 121 deg **' ****\" E"),
    ("GPS_LOCATION", "北纬某处", "****"),
    ("WAYBILL_NUMBER", "SF1234567890123", "SF*********0123"),
    ("BIRTH_DATE", "1900-01-01", "1900-**-**"),
    ("BIRTH_DATE", "19000101", "1900****"),
    ("USCC", "91110000000000000X", "91110000000000000X"),
    ("MEMBER_NUMBER", "VIP-0042", "***-****"),
]


@pytest.mark.parametrize(("entity_type", "value", "expected"), MASKS)
def test_convention(entity_type: str, value: str, expected: str) -> None:
    assert mask(entity_type, value) == expected


@pytest.mark.parametrize(("entity_type", "value", "expected"), MASKS)
def test_a_mask_masks_to_itself(entity_type: str, value: str, expected: str) -> None:
    assert mask(entity_type, expected) == expected


LETTERS = "0123456789abcXYZ 王欧阳市区路号@.:-+()（）年月日°*"


@given(st.sampled_from(sorted(RULES)), st.text(alphabet=LETTERS, max_size=40))
def test_masking_twice_is_masking_once(entity_type: str, value: str) -> None:
    once = mask(entity_type, value)
    assert mask(entity_type, once) == once


def test_scenes_hide_more() -> None:
    assert mask("MOBILE_PHONE", "13800138000", scene="waybill") == "138******00"
    assert mask("BANK_CARD", "6200000000000005", scene="card_slip") == "************0005"


def test_a_rule_of_its_own() -> None:
    assert mask("MEMBER_NUMBER", "VIP-0042", rule="keep 3 1") == "VIP-***2"
    assert mask("MEMBER_NUMBER", "VIP-0042", rule="remove") == "[已删除:MEMBER_NUMBER]"


def test_masks_are_recognised() -> None:
    assert is_masked("138****8000")
    assert is_masked("[已删除:OTP]")
    assert not is_masked("13800138000")

"""Each validator on right and wrong numbers; every number is synthetic: impossible, reserved or all zeros."""

from __future__ import annotations

import pytest

from pii_guard.validators import InvalidChecksum
from pii_guard.validators import InvalidComponent
from pii_guard.validators import InvalidDate
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import InvalidRegion
from pii_guard.validators import ValidationError
from pii_guard.validators import load
from pii_guard.validators import names

VALID = {
    "alipay": ["2088000000000000", "13800000000", "nobody@example.com"],
    "bank_account": ["000000000", "0000 0000 0000 0000 0000"],
    "bank_card": ["4111 1111 1111 1111", "4111-1111-1111-1111", "378282246310005", "3566002020360505"],
    "birth_date": [
        "1900-01-02",
        "1900/1/2",
        "1900.01.02",
        "1904年2月29日",
        "19000102",
        "１９００－０１－０２",
    ],
    "card_expiry": ["01/30", "1/2030", "12-30", "0130", "2030年1月"],
    "cvv": ["000", "0000"],
    "driving_licence": ["110100000000", "11010119000307007X"],
    "email": ["a@example.com", "A.b+c@Example.COM.cn", "a @ example.com", "a@example.xn--fiqs8s"],
    "foreign_phone": [
        "+852 5000 0000",
        "00853-6000-0000",
        "+886 2 2000 0000",
        "0900 000 000",
        "+1 202 555 0100",
    ],
    "foreign_resident_id": ["911840190003070013", "uto110000030712"],
    "gps": ["31.2304,121.4737", "121.4737 31.2304", "POINT (121.4737 31.2304)", "39.9042° N, 116.4074° E"],
    "hk_macau_permit": ["C00000000", "CA0000000", "W00000000", "H0000000000", "m00000000"],
    "hkid": ["A000000(3)", "Ａ００００００（３）", "A000000[3]", "ZZ000000(A)"],
    "imei": ["35-000000-000000-6", "3500000000000001"],
    "ip_address": ["192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"],
    "landline": [
        "010-20000000",
        "(010)20000000",
        "（0755）2000 0000转123",
        "20000000",
        "+86-10-20000000",
        "86 10 20000000",
    ],
    "license_plate": [
        "京A00000",
        "京A·D0000",
        "京AD00000",
        "京A00000D",
        "京A0000警",
        "粤Z0000澳",
        "使000000",
        "WJ0100000",
    ],
    "luhn": ["00", "4111111111111111"],
    "mac_address": ["02:00:5e:00:53:01", "02-00-5E-00-53-01", "0200.5e00.5301"],
    "macau_id": ["1000000(0)", "5000000/0", "70000000"],
    "military_id": ["军字第0000000号", "士字第P000000X号", "军字第 000000 号"],
    "mobile_phone": [
        "138-0000-0000",
        "+86 138 0000 0000",
        "008613800000000",
        "013800000000",
        "１３８００００００００",
    ],
    "mod_11_2": ["07940", "11010119000307007X"],
    "otp": ["0000", "000000", "a1b2"],
    "passport": ["E00000000", "EA0000000", "G00000000", "DE0000000", "K00000000", "MA0000000", "e0000 0000"],
    "password": ["Abc12345!", "0000"],
    "qq": ["10000", "10000000000"],
    "resident_id": [
        "11010119000307007X",
        "110101 19000307 007x",
        "１１０１０１１９０００３０７００７Ｘ",
        "110101000307007",
    ],
    "service_number": ["400-000-0000", "8000000000", "95588", "10086", "12345", "110", "106900000000"],
    "taiwan_id": ["A100000001", "a800000014", "AA00000009"],
    "taiwan_permit": ["00000000", "0000000001", "T00000000", "L00000000"],
    "track_data": [";4111111111111111=30010000000000000?", "%B4111111111111111^ZHANG/SAN^3001000000000?"],
    "url": [
        "http://example.com",
        "https://192.0.2.1:8080/a",
        "www.example.com",
        "example.com/a",
        "http://[::1]/",
    ],
    "uscc": ["91110000000000000E", "91 110000 000000000 e"],
    "vin": ["LFV00000800000000", "WVW00000000000000"],
    "waybill": ["SF0000000000000", "YT0000000000000", "JDX000000000000", "RR000000005CN", "7300000000000"],
    "wechat": ["zhang_san-1", "wxid_abcdefghijklmn"],
}

INVALID: list[tuple[str, str, type[ValidationError]]] = [
    ("alipay", "208800000000000", InvalidLength),
    ("bank_account", "00000000", InvalidLength),
    ("bank_card", "411111111111", InvalidLength),
    ("bank_card", "411111111111111a", InvalidFormat),
    ("bank_card", "1999990000000000", InvalidComponent),
    ("bank_card", "4111111111111112", InvalidChecksum),
    ("birth_date", "1900-02-29", InvalidDate),
    ("birth_date", "2099-01-01", InvalidDate),
    ("birth_date", "1900-01/02", InvalidFormat),
    ("card_expiry", "13/30", InvalidFormat),
    ("cvv", "00000", InvalidLength),
    ("cvv", "00a", InvalidFormat),
    ("driving_licence", "990100000000", InvalidRegion),
    ("driving_licence", "1101000000", InvalidLength),
    ("driving_licence", "11010000000a", InvalidFormat),
    ("email", "a@example.invalidtld", InvalidComponent),
    ("email", "a..b@example.com", InvalidFormat),
    ("email", ".a@example.com", InvalidFormat),
    ("email", "a@-example.com", InvalidFormat),
    ("email", "@example.com", InvalidFormat),
    ("email", "a@com", InvalidFormat),
    ("email", "a" * 65 + "@example.com", InvalidLength),
    ("foreign_phone", "+86 13800000000", InvalidComponent),
    ("foreign_phone", "+852 1000 0000", InvalidComponent),
    ("foreign_phone", "+1 202 555", InvalidLength),
    ("foreign_phone", "+852 five", InvalidFormat),
    ("foreign_phone", "1000", InvalidFormat),
    ("foreign_resident_id", "91184019000307001", InvalidLength),
    ("foreign_resident_id", "811840190003070013", InvalidFormat),
    ("foreign_resident_id", "999840190003070013", InvalidRegion),
    ("foreign_resident_id", "911840190002290013", InvalidDate),
    ("foreign_resident_id", "911840190003070014", InvalidChecksum),
    ("foreign_resident_id", "UTO110000030713", InvalidChecksum),
    ("foreign_resident_id", "UTO110000133712", InvalidDate),
    ("foreign_resident_id", "UTO990000030712", InvalidRegion),
    ("foreign_resident_id", "UT0110000030712", InvalidFormat),
    ("gps", "31.23,121.47", InvalidFormat),
    ("gps", "51.5072,-0.1276", InvalidComponent),
    ("hk_macau_permit", "X00000000", InvalidFormat),
    ("hk_macau_permit", "C0000000", InvalidLength),
    ("hkid", "A000000(4)", InvalidChecksum),
    ("hkid", "A00000B(3)", InvalidFormat),
    ("hkid", "A00000", InvalidLength),
    ("imei", "350000000000007", InvalidChecksum),
    ("imei", "770000000000003", InvalidComponent),
    ("imei", "000000000000000", InvalidComponent),
    ("imei", "35000000000000a", InvalidFormat),
    ("imei", "35000000000000", InvalidLength),
    ("ip_address", "256.0.0.1", InvalidFormat),
    ("ip_address", "01.2.3.4", InvalidFormat),
    ("ip_address", "1", InvalidLength),
    ("landline", "010-2000000", InvalidLength),
    ("landline", "0300-20000000", InvalidComponent),
    ("landline", "010-12345678", InvalidFormat),
    ("landline", "010-200000001", InvalidFormat),
    ("license_plate", "京I00000", InvalidFormat),
    ("license_plate", "京AABCDE", InvalidFormat),
    ("license_plate", "京A0000O", InvalidFormat),
    ("license_plate", "京A0000", InvalidLength),
    ("luhn", "4111111111111112", InvalidChecksum),
    ("luhn", "1", InvalidLength),
    ("luhn", "1a", InvalidFormat),
    ("mac_address", "00:00:00:00:00:00", InvalidComponent),
    ("mac_address", "02:00-5e:00:53:01", InvalidFormat),
    ("macau_id", "2000000(0)", InvalidFormat),
    ("macau_id", "1000000", InvalidLength),
    ("military_id", "军字第号", InvalidLength),
    ("military_id", "军官证号0000000", InvalidFormat),
    ("mobile_phone", "12000000000", InvalidComponent),
    ("mobile_phone", "23800000000", InvalidFormat),
    ("mobile_phone", "1380000000", InvalidLength),
    ("mobile_phone", "+008613800000000", InvalidLength),
    ("mobile_phone", "١٣٨٠٠٠٠٠٠٠٠", InvalidFormat),
    ("mod_11_2", "07941", InvalidChecksum),
    ("mod_11_2", "X", InvalidLength),
    ("mod_11_2", "X0", InvalidFormat),
    ("otp", "abcdef", InvalidFormat),
    ("otp", "000", InvalidLength),
    ("passport", "A00000000", InvalidFormat),
    ("passport", "EI0000000", InvalidFormat),
    ("passport", "E0000000", InvalidLength),
    ("password", "********", InvalidFormat),
    ("password", "密码密码", InvalidFormat),
    ("password", "abc", InvalidLength),
    ("qq", "01234", InvalidFormat),
    ("qq", "1234", InvalidLength),
    ("resident_id", "11010119000307007", InvalidLength),
    ("resident_id", "11010119000307007Y", InvalidFormat),
    ("resident_id", "1101011900030700X7", InvalidFormat),
    ("resident_id", "110101190002290079", InvalidDate),
    ("resident_id", "110101187903070079", InvalidDate),
    ("resident_id", "110101209903070079", InvalidDate),
    ("resident_id", "110199190003070079", InvalidRegion),
    ("resident_id", "000000190003070079", InvalidRegion),
    ("resident_id", "110101190003070079", InvalidChecksum),
    ("resident_id", "110101001307007", InvalidDate),
    ("resident_id", "110199000307007", InvalidRegion),
    ("service_number", "13800000000", InvalidFormat),
    ("service_number", "11", InvalidLength),
    ("taiwan_id", "A100000002", InvalidChecksum),
    ("taiwan_id", "A300000001", InvalidFormat),
    ("taiwan_id", "A10000000", InvalidLength),
    ("taiwan_permit", "K00000000", InvalidFormat),
    ("taiwan_permit", "0000000", InvalidLength),
    ("track_data", ";4111111111111112=3001000000?", InvalidChecksum),
    ("track_data", ";4111111111111111=3013000000?", InvalidDate),
    ("track_data", "4111111111111111", InvalidFormat),
    ("track_data", ";4111111111111111=3001" + "0" * 100, InvalidLength),
    ("url", "http://example.invalidtld", InvalidComponent),
    ("url", "readme.md", InvalidComponent),
    ("url", "http://256.1.1.1/", InvalidComponent),
    ("url", "http://-/", InvalidComponent),
    ("url", "a b", InvalidFormat),
    ("uscc", "91110000000000000F", InvalidChecksum),
    ("uscc", "91990000000000000E", InvalidRegion),
    ("uscc", "91110000000O00000E", InvalidFormat),
    ("uscc", "9111000000000000", InvalidLength),
    ("vin", "LFV00000900000000", InvalidChecksum),
    ("vin", "LFVO0000800000000", InvalidFormat),
    ("vin", "00000000000000000", InvalidFormat),
    ("vin", "WVW0000000000000A", InvalidFormat),
    ("vin", "LFV", InvalidLength),
    ("waybill", "RR000000004CN", InvalidChecksum),
    ("waybill", "QQ-000000000000", InvalidFormat),
    ("waybill", "0000000", InvalidLength),
    ("wechat", "1zhangsan", InvalidFormat),
    ("wechat", "zhang", InvalidLength),
]


def test_every_validator_has_right_and_wrong_numbers() -> None:
    assert set(VALID) == {name for name, _, _ in INVALID} == set(names())


@pytest.mark.parametrize("name", VALID)
def test_valid(name: str) -> None:
    validator = load(name)
    for number in VALID[name]:
        assert validator.is_valid(number)
        compact = validator.validate(number)
        assert validator.validate(validator.format(number)) == compact
        assert validator.format(compact) == validator.format(number)


@pytest.mark.parametrize("row", range(len(INVALID)))
def test_invalid(row: int) -> None:
    name, number, error = INVALID[row]
    validator = load(name)
    assert not validator.is_valid(number)
    with pytest.raises(ValidationError) as caught:
        validator.validate(number)
    assert type(caught.value) is error
    assert str(caught.value) == error.message

"""What single validators tell beyond right and wrong, and how far the components are checked."""

from __future__ import annotations

import pytest

from pii_guard.validators import InvalidDate
from pii_guard.validators import _regions
from pii_guard.validators import bank_card
from pii_guard.validators import email
from pii_guard.validators import foreign_phone
from pii_guard.validators import ip_address
from pii_guard.validators import landline
from pii_guard.validators import license_plate
from pii_guard.validators import load
from pii_guard.validators import luhn
from pii_guard.validators import mobile_phone
from pii_guard.validators import mod_11_2
from pii_guard.validators import names
from pii_guard.validators import password
from pii_guard.validators import resident_id
from pii_guard.validators import url
from pii_guard.validators import waybill
from pii_guard.validators._dates import is_date


def test_names_leave_out_what_is_no_validator() -> None:
    assert "resident_id" in names()
    assert not [name for name in names() if name.startswith("_")]


@pytest.mark.parametrize("name", ["nothing", "_clean", "../secret", "__init__", "", "luhn.py"])
def test_load_knows_no_other_names(name: str) -> None:
    with pytest.raises(LookupError):
        load(name)


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("110101", 1900, True),  # always in force
        ("110199", 1950, False),  # never
        ("500154", 1998, True),  # new in 2016: registered late
        ("500154", 1993, False),  # too late
        ("110103", 2015, True),  # abolished in 2009: an office may have kept it
        ("110103", 2030, False),
        ("110201", 1950, True),  # abolished in 1981, numbers were first given out in 1984
        ("350404", 2022, True),  # only in the newer list
        ("130171", 2022, False),  # a development zone, no division
    ],
)
def test_division_codes_have_their_years(code: str, year: int, *, expected: bool) -> None:
    assert _regions.in_force(code, year) is expected


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_residence_permits(region: str) -> None:
    body = region + "19000307001"
    assert resident_id.is_valid(body + mod_11_2.check_digit(body))


def test_latest_birth_is_handed_in() -> None:
    number = "11010119000307007X"
    assert resident_id.validate(number, latest="19000307") == number
    with pytest.raises(InvalidDate):
        resident_id.validate(number, latest="19000306")


def test_resident_id_tells_birth_and_sex() -> None:
    assert (
        resident_id.birth_date("11010119000307007X")
        == resident_id.birth_date("110101000307007")
        == "19000307"
    )
    assert resident_id.is_male("11010119000307007X")
    assert not resident_id.is_male("110101000307008")


def test_leap_years() -> None:
    assert [is_date(year, "0229") for year in ("1900", "1904", "2000", "2001")] == [False, True, True, False]


@pytest.mark.parametrize("digit", range(10))
def test_only_one_digit_completes_a_luhn_number(digit: int) -> None:
    assert luhn.is_valid(f"411111111111111{digit}") is (str(digit) == luhn.check_digit("411111111111111"))


def test_issuers() -> None:
    found = [
        bank_card.issuer(number) for number in ("6225880000000001", "4111111111111111", "2720990000000000")
    ]
    assert [issuer.code for issuer in found if issuer] == ["CMB", "VISA", "MC"]
    assert [issuer.kind for issuer in found if issuer] == ["debit", "", "credit"]
    assert bank_card.issuer("1999999999999999") is None


@pytest.mark.parametrize(
    ("number", "operator"),
    [
        ("13800000000", "移动"),
        ("16600000000", "联通"),
        ("19900000000", "电信"),
        ("19200000000", "广电"),
        ("16200000000", "电信虚拟"),
        ("16500000000", "移动虚拟"),
        ("16700000000", "联通虚拟"),
        ("17000000000", "电信虚拟"),
        ("17100000000", "联通虚拟"),
        ("12000000000", None),
    ],
)
def test_operators(number: str, operator: str | None) -> None:
    assert mobile_phone.operator(number) == operator


@pytest.mark.parametrize(
    ("written", "compact"),
    [
        ("(0755)20000000-8001", "0755-20000000-8001"),
        ("0755 2000 0000 ext. 8001", "0755-20000000-8001"),
        ("0755-20000000转分机：8001", "0755-20000000-8001"),
        ("0086-755-2000-0000", "0755-20000000"),
        ("0574-20000000", "0574-20000000"),
        ("2000-0000", "20000000"),
        ("nothing", "nothing"),
    ],
)
def test_landlines_are_written_in_many_ways(written: str, compact: str) -> None:
    assert landline.compact(written) == compact


def test_places_of_numbers() -> None:
    assert landline.city("010") == "北京/北京"
    assert landline.city("0300") is None
    numbers = ("+85250000000", "0900000000", "+12025550100", "50000000", "+999")
    assert [foreign_phone.country(number) for number in numbers] == ["HK", "TW", "US", "HK", None]


@pytest.mark.parametrize(
    ("plate", "kind"),
    [
        ("京A00000", "ordinary"),
        ("京AF00000", "new_energy"),
        ("京A00000F", "new_energy"),
        ("京A0000警", "police"),
        ("京A0000学", "school"),
        ("京A0000挂", "trailer"),
        ("粤Z0000港", "cross_border"),
        ("京A0000领", "consulate"),
        ("闽00000领", "consulate"),
        ("使000000", "embassy"),
        ("WJ京00000", "armed_police"),
        ("京A0000试", "temporary"),
        ("VA00000", "military"),
        ("京", None),
    ],
)
def test_kinds_of_plates(plate: str, kind: str | None) -> None:
    assert license_plate.kind(plate) == kind


def test_carriers() -> None:
    assert waybill.carriers("SF0000000000000") == ["顺丰"]
    assert waybill.is_distinctive("YT0000000000000")
    assert not waybill.is_distinctive("000000000000")
    assert [waybill.postal_check_digit(serial) for serial in ("00000000", "47312482", "00000006")] == [
        "5",
        "9",
        "2",
    ]


def test_weak_passwords() -> None:
    assert password.is_weak("123456")
    assert password.is_weak("Password")
    assert not password.is_weak("xq7-Abc12345!")


def test_what_leads_elsewhere() -> None:
    assert url.is_short("https://t.cn/a")
    assert not url.is_short("https://example.com")
    assert ip_address.is_global("8.8.8.8")
    assert not ip_address.is_global("192.0.2.1")
    assert {"com", "cn", "xn--fiqs8s", "中国"} <= email.top_level_domains()

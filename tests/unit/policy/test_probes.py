"""Hard artefacts: links, Wi-Fi, passwords, manifests, ages, thresholds."""

from __future__ import annotations

import struct
from datetime import date

import pytest

from pii_guard.policy import JudgedSegment
from pii_guard.policy import JudgedUnit
from pii_guard.policy import judge
from pii_guard.policy import load
from pii_guard.policy.ages import age
from pii_guard.policy.apps import excess
from pii_guard.policy.axml import is_binary_xml
from pii_guard.policy.axml import strings
from pii_guard.policy.cases import segment
from pii_guard.policy.fold import fold
from pii_guard.policy.probes.links import registrable
from pii_guard.policy.probes.links import traits
from pii_guard.policy.strength import own_data
from pii_guard.policy.strength import weak
from pii_guard.policy.thresholds import criminal_score
from pii_guard.policy.thresholds import data_level
from pii_guard.policy.thresholds import financial_class
from pii_guard.policy.thresholds import incident_level


@pytest.mark.parametrize(
    ("host", "trait"),
    [
        ("www.bank-0fchina.com.login-verify.shop", "brand"),
        ("icbc.com.cn.verify.top", "brand"),
        ("taoba0.com", "brand"),
        ("alipey.com", "brand"),
        ("etc-renzheng.top", "cheap"),
        ("xn--80ak6aa92e.com", "punycode"),
        ("t.cn", "shortener"),
        ("47.98.12.33", "raw_ip"),
    ],
)
def test_suspicious_hosts(host: str, trait: str) -> None:
    assert trait in traits(host)


@pytest.mark.parametrize(
    "host",
    [
        "www.icbc.com.cn",
        "mybank.icbc.com.cn",
        "developer.apple.com",
        "docs.example.cn",
        "10.0.0.1",
        "www.gov.cn",
        "jd.com",
    ],
)
def test_honest_hosts(host: str) -> None:
    assert traits(host) == ()


def test_public_suffixes() -> None:
    assert registrable("a.b.com.cn") == ("b.com.cn", "com.cn")
    assert registrable("a.b.c.hk") == ("c.hk", "hk")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("888888", "common"),
        ("19900512", "date"),
        ("qweasdzxc", "keyboard"),
        ("zhangwei1990", "name"),
        ("abab", "repeat"),
        ("x7k", "short"),
        ("tr7#qlm2xv9w", None),
        ("correcthorsebatterystaple", None),
    ],
)
def test_strength(value: str, reason: str | None) -> None:
    assert weak(value) == reason


def test_passwords_made_of_own_data() -> None:
    own = own_data(segment("[[MOBILE_PHONE:13812345678]] [[BIRTH_DATE:1990-05-12]]").findings)
    assert weak("wx345678", own) == "own"
    assert weak("zz900512", own) == "own"
    assert weak("tr7#qlm2xv9w", own) is None


def _axml(names: list[str]) -> bytes:
    """A manifest of binary XML: header and string pool in UTF-16."""
    body, offsets = b"", []
    for name in names:
        offsets.append(len(body))
        body += struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
    start = 28 + 4 * len(names)
    pool = struct.pack("<HHIIIIII", 1, 28, start + len(body), len(names), 0, 0, start, 0)
    pool += b"".join(struct.pack("<I", offset) for offset in offsets) + body
    return struct.pack("<HHI", 3, 8, 8 + len(pool)) + pool


def test_binary_manifests() -> None:
    data = _axml(["manifest", "android.permission.READ_SMS"])
    assert is_binary_xml(data)
    assert strings(data) == ["manifest", "android.permission.READ_SMS"]
    unit = JudgedUnit(
        "AndroidManifest.xml", "xml", (JudgedSegment("uses-permission"),), data=data, app_category="实用工具"
    )
    assert 4 in {v.channel for v in judge(load(), unit)}
    assert not is_binary_xml(b"<manifest/>")


@pytest.mark.parametrize(
    ("kinds", "category", "over"),
    [
        ({"location"}, "地图导航", set()),
        ({"location", "sms"}, "地图导航", {"sms"}),
        ({"audio", "image"}, "远程会议", set()),
        ({"location"}, "实用工具", {"location"}),
        ({"location", "contacts"}, None, {"contacts"}),
    ],
)
def test_permissions_beyond_need(kinds: set[str], category: str | None, over: set[str]) -> None:
    assert excess(frozenset(kinds), category) == over


def test_criminal_threshold_indicator() -> None:
    cards = segment(" ".join(f"[[BANK_CARD:62220212345678{n:04}]]" for n in range(25))).findings
    assert criminal_score(cards) == pytest.approx(0.5)
    assert criminal_score(cards, on_duty=True) == pytest.approx(1.0)
    assert criminal_score([*cards, *cards]) == pytest.approx(0.5)


def test_classes_and_levels() -> None:
    assert financial_class({"CVV"}) == "C3"
    assert financial_class({"OTP", "BANK_CARD"}) == "C3"
    assert financial_class({"MOBILE_PHONE"}) == "C2"
    assert data_level({"PASSWORD"}, 1) == 4
    assert data_level({"URL"}, 1) == 1
    assert incident_level(1_200_000) == "较大"
    assert incident_level(10) is None


def test_ages() -> None:
    assert age(date(2020, 3, 7), date(2026, 3, 6)) == 5
    assert age(date(2020, 3, 7), date(2026, 3, 7)) == 6
    assert age(date(2050, 1, 1), date(2026, 1, 1)) == 999


@pytest.mark.parametrize("text", ["網銀密碼", "ＡＢＣ，１２３", "İstanbul", "混合Mixed帳戶"])
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)

"""Hard artefacts: links, Wi-Fi, passwords, manifests, ages, thresholds."""

from __future__ import annotations

from datetime import date

import pytest

from pii_guard import assess_text
from pii_guard.policy.ages import age
from pii_guard.policy.apps import excess
from pii_guard.policy.cases import segment
from pii_guard.policy.fold import fold
from pii_guard.policy.indicators import Indicators
from pii_guard.policy.probes.links import registrable
from pii_guard.policy.probes.links import traits
from pii_guard.policy.strength import own_data
from pii_guard.policy.strength import weak
from pii_guard.policy.thresholds import criminal_score
from pii_guard.policy.thresholds import data_level
from pii_guard.policy.thresholds import deadlines
from pii_guard.policy.thresholds import export_route
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
        ("t\u0430obao.com", "punycode"),
        ("icbc-login.github.io", "brand"),
        ("alipay-check.com.hk", "brand"),
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
        "login.microsoftonline.com",
        "s3.amazonaws.com",
        "gw.alipayobjects.com",
        "www.tmall.hk",
        "www.iesdouyin.com",
        "www.unionpay.com.hk",
        "microsoft.github.io",
    ],
)
def test_honest_hosts(host: str) -> None:
    assert traits(host) == ()


@pytest.mark.parametrize(
    "text",
    [
        "import com.alipay.sdk.app.PayTask;",
        "<string>com.apple.wifi.managed</string>",
        "using Microsoft.AspNetCore.Mvc;",
        "method=alipay.trade.page.pay",
        "见 paypal.py 与 wechat.png",
        "taobao.com.login(user)",
    ],
)
def test_names_in_code_are_no_links(text: str) -> None:
    assert not [v for v in assess_text(text).violations if v.channel == 2]


def test_a_foreign_letter_within_a_link() -> None:
    assert [v.channel for v in assess_text("请登录 https://t\u0430obao.com 核对订单").violations] == [2]


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
        ("bank123", "habit"),
        ("wmshe888888", "habit"),
        ("1qaz@wsx", "keyboard"),
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
    assert incident_level(1_200_000) == "larger"
    assert incident_level(10) is None


def test_clocks_that_would_run() -> None:
    assert [clock.source for clock in deadlines(5, {"MOBILE_PHONE"})] == ["PIPL-57"]
    assert [clock.source for clock in deadlines(5, {"WAYBILL_NUMBER"})] == ["PIPL-57", "EXPR-34"]
    large = deadlines(1_000_000, {"MOBILE_PHONE"})
    assert [(clock.source, clock.hours) for clock in large] == [("PIPL-57", None), ("INCID-4", 4), ("INCID-4", 1), ("INCID-8", 720)]
    assert {clock.grade for clock in deadlines(1, {"BANK_CARD"}) if clock.hours} == {"M"}
    assert deadlines(0, {"URL"}) == ()


@pytest.mark.parametrize(
    ("people", "sensitive", "route"),
    [(99_999, 0, "exempt"), (100_000, 0, "contract"), (5, 1, "contract"), (5, 10_000, "assessment"), (1_000_000, 0, "assessment")],
)
def test_data_sent_abroad(people: int, sensitive: int, route: str) -> None:
    assert export_route(people, sensitive) == route


def test_indicators_count_a_value_once() -> None:
    found = Indicators(on_duty=True)
    for _ in range(2):
        found.add("BANK_CARD", "card", "p-1", ("JRT0171-C2",))
        found.add("PERSON", "name", "p-1", ("GBT45574-A-CREDIT",))
    assert found.records == {50: 2, 500: 0, 5000: 1}  # the card, and one record of credit
    assert found.score == pytest.approx(2 * (2 / 50 + 1 / 5000))
    assert (found.people, found.sensitive_people, found.data_class, found.data_level) == (1, 1, "C2", 2)


@pytest.mark.parametrize(("rules", "data_class"), [((), ""), (("JRT0171-C3",), "C3")])
def test_a_password_is_financial_where_a_rule_says_so(rules: tuple[str, ...], data_class: str) -> None:
    found = Indicators()
    found.add("PASSWORD", "x", "", rules)
    assert (found.data_class, found.data_level) == (data_class, 4)


def test_ages() -> None:
    assert age(date(2020, 3, 7), date(2026, 3, 6)) == 5
    assert age(date(2020, 3, 7), date(2026, 3, 7)) == 6
    assert age(date(2050, 1, 1), date(2026, 1, 1)) == 999


@pytest.mark.parametrize("text", ["網銀密碼", "ＡＢＣ，１２３", "İstanbul", "混合Mixed帳戶"])
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)

"""Suppressors, severity, places, secrets: what holds for every channel."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pii_guard.model import Anchor
from pii_guard.model import Violation
from pii_guard.policy import JudgedUnit
from pii_guard.policy import annotate
from pii_guard.policy import judge
from pii_guard.policy import load
from pii_guard.policy import load_with_cases
from pii_guard.policy.cases import segment
from pii_guard.policy.cases import unit
from pii_guard.policy.dialog import judge_turns
from pii_guard.policy.values import Rule
from pii_guard.policy.weeding import COUNTED

RULESET = load()
WAYBILL = (
    "收件人 [[PERSON:王小明]] 电话 [[MOBILE_PHONE:13800138000]] 地址 [[ADDRESS:某市某路1号3单元502]] 面单"
)


def _judge(*texts: str, kind: str = "txt") -> list[Violation]:
    return judge(RULESET, JudgedUnit("a.txt", kind, tuple(segment(text) for text in texts)))


def _channels(*texts: str) -> set[int]:
    return {v.channel for v in _judge(*texts) if v.channel}


@pytest.mark.parametrize(
    "text",
    [
        "讲义：第一种途径，出借身份证与银行账户给他人；第二种途径，误点钓鱼网站；密码过于简单。",
        "反诈中心提醒您：切勿出租出借银行卡，公共WiFi不要登录网银，快递单请撕碎再丢。",
        "法院审理认为，被告人出售四件套，判处有期徒刑一年。",
        "仿冒链接 hxxp://icbc-x[.]top 已封堵。",
    ],
)
def test_talk_about_leaks_stays_clean(text: str) -> None:
    assert _channels(text) == set()


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        (f"讲义第三页：{WAYBILL}", 7),
        ("培训示例，大家看这个 WIFI:T:nopass;S:Lobby;;", 5),
        ("本周讲义，链接 http://icbc-jifen.club/t 可点开体验", 2),
        ("示例配置 spring.datasource.password=root123 请勿照抄", 8),
    ],
)
def test_a_lesson_does_not_silence_a_hard_artefact(text: str, channel: int) -> None:
    assert channel in _channels(text)


def test_one_violation_per_channel_and_stretch() -> None:
    found = _judge("长期收面单，一张三毛；旧面单也扔在垃圾桶里没撕，谁都能看到电话")
    assert [v.channel for v in found if v.channel == 7] == [7]


def test_the_gravest_severity_counts() -> None:
    (found,) = (v for v in _judge("长期收面单，一张三毛；面单没撕扔垃圾桶了") if v.channel == 7)
    assert found.severity == "critical"


def test_lines_and_evidence() -> None:
    found = next(v for v in _judge(f"第一行\n第二行\n{WAYBILL}") if v.channel == 7)
    assert found.line == 3
    assert found.evidence
    assert found.remedy
    assert any(law.id == "GBT41833-5" for law in found.law)


def test_unverified_articles_say_so() -> None:
    found = next(
        v for v in _judge("<key>NSMicrophoneUsageDescription</key><string></string>") if v.channel == 4
    )
    assert any("待核" in law.article and law.grade == "M" for law in found.law)


def test_far_apart_in_one_text_counts_twice() -> None:
    text = "WIFI:T:nopass;S:A;;" + "。正常内容" * 200 + "。WIFI:T:nopass;S:B;;"
    assert len([v for v in _judge(text) if v.channel == 5]) == 2


def test_no_password_and_no_length_in_any_message() -> None:
    for violation in _judge("我网银密码就是woaini1314，口令 [[PASSWORD:woaini1314]]"):
        shown = f"{violation}"
        assert "woaini" not in shown
        assert "10位" not in shown


def test_findings_learn_their_rules_and_channels() -> None:
    unit = JudgedUnit("a.txt", "txt", (segment(WAYBILL),))
    marked = annotate(unit.segments[0].findings, judge(RULESET, unit))
    assert all(7 in f.channels and "CH7-WAYBILL" in f.rules for f in marked)


def test_rows_of_a_table_are_judged_as_records() -> None:
    from dataclasses import replace

    header = segment("收件人 电话 地址 快递单号")
    cells = segment(
        "[[PERSON:王小明]] [[MOBILE_PHONE:13800138000]] [[ADDRESS:某市某路1号]] [[WAYBILL_NUMBER:SF1]]"
    )
    placed = tuple(f._replace(anchor=Anchor("cell", row=2)) for f in cells.findings)
    unit = JudgedUnit("a.csv", "csv", (header, replace(cells, findings=placed)))
    assert 7 in {v.channel for v in judge(RULESET, unit)}


def test_empty_documents() -> None:
    assert _judge() == []
    assert _judge("") == []


HAN = re.compile("[\u3400-\u9fff]")
WITH_CASES = load_with_cases()


@pytest.mark.parametrize("rule", WITH_CASES.rules, ids=lambda rule: rule.id)
def test_english_on_request(rule: Rule) -> None:
    """All that a violation says, the words of the text that it quotes aside."""
    case = rule.hits[0]
    unit_ = replace(unit(case), language="en")
    found = judge_turns(RULESET, unit_) if rule.family == "conduct" else []
    said = [one.violation for one in found] or judge(RULESET, unit_)
    assert said or rule.annotation
    for one in said:
        message = one.message.partition(" (told by:")[0]
        assert not HAN.search(message + one.remedy + "".join(law.article for law in one.law)), one.rule_id


def test_evidence_is_counted_whole() -> None:
    text = "\n".join(f"[[PERSON:王小明]] [[RESIDENT_ID:1101011990030{n:05d}]] [[BANK_CARD:622202123456{n:07d}]]" for n in range(60))
    found = {v.rule_id: v for v in _judge("a.txt", text)}
    assert len(found["JRT0171-C2"].evidence) == 60
    assert len(found["GBT45574-A"].evidence) == 121  # the name, and 60 of each number


def test_a_law_rule_counts_only_what_it_names() -> None:
    """Findings of one segment stand at the same offsets as those of another."""
    found = {v.rule_id: v for v in _judge("[[MOBILE_PHONE:13800138000]]", "[[BANK_CARD:6222021234567890128]]")}
    assert [mark.split(":")[0] for mark in found["JRT0171-C2"].evidence] == ["BANK_CARD"]


def test_a_law_that_rests_on_a_channel_has_its_evidence_and_place() -> None:
    elsewhere = "[[MOBILE_PHONE:13800138000]] 联系\n" + "正常内容。\n" * 80
    found = {v.rule_id: v for v in _judge("a.txt", elsewhere + "高价收银行卡四件套，跑分日结，私聊")}
    assert found["CRIM-287-2"].line == found["CH1-TRADE"].line == 82
    assert found["CRIM-287-2"].evidence == found["CH1-TRADE"].evidence


def test_more_of_the_same_keeps_its_evidence() -> None:
    row = "收件人 [[PERSON:王小明]] 电话 [[MOBILE_PHONE:1380013{n:04d}]] 地址 [[ADDRESS:某市某路{n}号3单元502]] 面单。"
    found = _judge("\n\n\n\n".join(row.replace("{n:04d}", f"{n:04d}").replace("{n}", str(n)) for n in range(40)))
    phones = {mark for v in found if v.channel == 7 for mark in v.evidence if mark.startswith("MOBILE")}
    assert len(phones) == 40


def test_lines_of_a_whole_document_are_those_of_its_text() -> None:
    """The file's name is a segment of its own, but no line."""
    (found,) = (v for v in _judge("a.txt", "专业代过人脸，跑分车队招人，日结") if v.rule_id == "CRIM-287-2")
    assert found.line == 1


@pytest.mark.parametrize(("language", "opening"), [("zh", "可能涉及："), ("en", "May bear on: ")])
def test_law_rules_speak_of_indicators(language: str, opening: str) -> None:
    text = segment("专业代过人脸，跑分车队招人，日结，卡 [[BANK_CARD:6222021234567890128]]")
    laws = [v for v in judge(RULESET, JudgedUnit("a.txt", "txt", (text,), language=language)) if v.channel is None]
    assert laws
    assert all(v.message.startswith(opening) for v in laws)


def test_no_duty_is_worded_as_a_verdict() -> None:
    said = [text for o in RULESET.obligations.values() for text in o.duty.values()]
    assert not [text for text in said if re.search("构成(犯罪|[^，。；]{0,8}罪)|入罪|(?<!涉嫌)亦罪", text)]


def test_rows_beyond_those_reported_one_by_one_are_evidence_too() -> None:
    rows = [
        tuple(
            f._replace(anchor=Anchor("cell", row=n), line=n)
            for f in segment(f"[[PERSON:王{n}]] [[MOBILE_PHONE:138{n:08d}]] [[ADDRESS:某市某路{n}号3单元502]] [[WAYBILL_NUMBER:SF{n}]]").findings
        )
        for n in range(COUNTED + 40)
    ]
    cells = replace(segment("收件人 电话 地址 快递单号"), findings=tuple(f for row in rows for f in row))
    found = judge(RULESET, JudgedUnit("a.csv", "csv", (cells,)))
    phones = {mark for v in found if v.channel == 7 for mark in v.evidence if mark.startswith("MOBILE")}
    assert len(phones) == COUNTED + 40

"""What a form asks for: HTML inputs, JSON of registration requests, and lists of fields in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pii_guard.patterns import lazy
from pii_guard.policy.values import Signal

if TYPE_CHECKING:
    from pii_guard.policy.window import Window

CODES = frozenset("prechecked http request listed credentials sensitive".split())
NEEDS = ("<form", "<input", "checkbox", "post /", "post http", "身份证", "银行卡", "姓名", "idcard", "真名", "put /", "put http")

_TAG = lazy(r"<(?:form|input|label|button|select|textarea|th|td)\b[^<>]{0,400}>[^<]{0,40}")
_REQUEST = lazy(r"\b(?:post|put)\s+(?:https?:/)?/[!-~]{0,120}")
FIELDS = {
    "name": r"real_?name|\bname\b|姓名|真名|真实姓名|username",
    "id": r"id_?card|id_?no|identity|cert_?no|身份证|证件号|hkid|\bsfz",
    "bank": r"bank_?(?:card|no|account)?|card_?(?:no|num)|\bcard\b|银行卡|卡号|开户行",
    "secret": r"pwd|passw|\bpin\b|密码|cvv|cvn|安全码|有效期|expir",
    "otp": r"sms|otp|verif|验证码|vcode",
    "phone": r"phone|mobile|\btel\b|手机|电话",
    "address": r"addr|住址|地址",
    "income": r"income|salary|收入|月薪|资产|存款",
    "family": r"mother|father|parent|spouse|emergency|contact|配偶|父亲|母亲|父母|子女|紧急联系人|家庭成员|家里几口",
    "photo": r"photo|selfie|face|自拍|手持|证件照|人脸",
    "birth": r"birth|生日|出生|生辰",
    "school": r"school|class_?name|学校|班级",
}
_FIELDS = {name: lazy(source) for name, source in FIELDS.items()}
SENSITIVE = frozenset(("id", "bank", "income", "family", "photo"))
_CHECKED = lazy(r"<input[^<>]{0,200}checkbox[^<>]{0,100}\bchecked\b|\bchecked\b[^<>]{0,100}checkbox")
_PLAIN_HTTP = lazy(r"action\s*=\s*[\"']?http://")
_LISTED = lazy(r"(?:表|问卷|报名|登记|注册|填写|必填|需填|提供|输入|填上|留下|要填|格式)")
_QUERY = lazy(r"[:=](?:\"|')?[^\s,}]{2,}")


def probe(window: Window) -> Iterator[Signal]:
    """Signals of the form in the window, if it holds one."""
    text = window.folded
    tags = list(_TAG.finditer(text))
    if any("<input" in tag[0] or "<form" in tag[0] for tag in tags):
        asked = _asked(" ".join(tag[0] for tag in tags))
        yield from _signals(asked, tags[0].start(), tags[-1].end())
        if match := _CHECKED.search(text):
            yield Signal("prechecked", match.start(), match.end())
        if match := _PLAIN_HTTP.search(text):
            yield Signal("http", match.start(), match.end())
    elif match := _REQUEST.search(text):
        fields = match[0].partition("?")[2] + text[match.end() : match.end() + 400]
        if _asked(fields) & SENSITIVE and re.search(
            r"reg|sign|join|lottery|user|apply|enroll", match[0]
        ):
            yield Signal("request", match.start(), len(text))
    elif match := _LISTED.search(text):
        asked = _asked(text)
        if len(asked) >= 3 and asked & SENSITIVE:
            yield Signal("listed", match.start(), match.end())


def _asked(text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _FIELDS.items() if pattern.search(text))


def _signals(asked: frozenset[str], start: int, end: int) -> Iterator[Signal]:
    if asked & {"bank", "id"} and asked & {"secret", "otp"}:
        yield Signal("credentials", start, end, "、".join(sorted(asked)))
    if asked & SENSITIVE:
        yield Signal("sensitive", start, end, "、".join(sorted(asked)))
    if {"phone", "name"} <= asked and asked & {"school", "birth"}:
        yield Signal("sensitive", start, end, "、".join(sorted(asked)))

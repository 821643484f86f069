"""What a form asks for: HTML inputs, JSON of registration requests, and lists of fields in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pii_guard.patterns import lazy
from pii_guard.policy.values import Signal

if TYPE_CHECKING:
    from pii_guard.policy.window import Window

CODES = frozenset("prechecked consent http request listed credentials sensitive".split())
NEEDS = (
    "<form", "<input", "<field", "checkbox", "post /", "post http", "身份证", "银行卡", "姓名", "idcard", "真名", "put /", "put http",
    "id_no", "idno", "zjhm", "sfz", "body=", "payload", "身分证",
)  # fmt: skip

_TAG = lazy(
    r"<(?:form|input|label|button|select|textarea|th|td|field|check|el-input|el-checkbox|van-field|formitem)\b[^<>]{0,400}>[^<]{0,40}"
)
_REQUEST = lazy(r"\b(?:post|put)\s+(?:https?:/)?/[!-~]{0,120}")
_LOGGED = lazy(  # a log line that names what registers and prints what it was given
    r"(?:regist|sign-?_?up|enroll?|apply|join|lottery)[a-z]{0,20}[^\n{]{0,60}(?:body|payload|params?|form|data|request|req)\s?[=:]\s?\{[^\n]{1,400}"
)
_COVERED = lazy(r"[\w-]{2,30}[\"']?\s?[:=]\s?[\"']?[^\"',&}\s]{0,40}(?:\*{3}|redacted|masked|脱敏)[^\"',&}\s]{0,40}")  # a value masked in a log
FIELDS = {
    "name": r"real_?name|\bname\b|姓名|真名|真实姓名|大名|username|\bxm\b|xingming",
    "id": r"id_?card|id_?no|identity|cert_?no|身[份分]证|证件号|证号|hkid|\bsfz|\bzjhm?\b|zhengjian|shenfenz",
    "bank": r"bank_?(?:card|no|account)?|card_?(?:no|num)|\bcard\b|银行卡|工资卡|卡号|开户行|kahao|\bkh\b|yinhangka|\byhk",
    "secret": r"pwd|passw|\bpin\b|密码|cvv|cvn|安全码|有效期|expir|\bmima|(?:\b|qk|zf|dl|jy)mm\b",
    "otp": r"sms|otp|verif|验证码|校验码|短信码|vcode|yzm",
    "phone": r"phone|mobile|\btel\b|手机|电话|\bsjh?\b|shouji|dianhua",
    "address": r"addr|住址|地址|住哪|dizhi|zhuzhi",
    "income": r"income|salary|pension|收入|月薪|年薪|工资条|月入|退休金|资产|存款|\bnsr\b|shouru|gongzi",
    "family": r"mother|father|parent|spouse|emergency|contact|配偶|爱人|父亲|母亲|父母|子女|紧急联系人|亲友|家庭成员|家里几口|几口人",
    "photo": r"photo|selfie|face|自拍|手持|证件照|人脸",
    "birth": r"birth|生日|出生|生辰|shengri",
    "school": r"school|class_?name|学校|班级",
}
_FIELDS = {name: lazy(source) for name, source in FIELDS.items()}
SENSITIVE = frozenset(("id", "bank", "income", "family", "photo"))
_CHECKED = lazy(
    r"<input[^<>]{0,200}checkbox[^<>]{0,100}\bchecked(?<!aria-checked)\b|\bchecked(?<!aria-checked)\b[^<>]{0,100}checkbox"
    r"|<[a-z-]{2,20}\b[^<>]{0,200}\bdefault-?checked\b(?!\s?=\s?[\"'{]{0,2}false)"
)
_CONSENT = lazy(r"同意|已阅读|已知悉|协议|条款|隐私|授权|接收|营销|推广|订阅|agree|consent|accept|privacy|subscri|newsletter|marketing")
_BESIDE = 40  # characters before the tag of a box and behind it that may say what it is for
_BESIDE_INPUT = lazy(  # <p>卡号</p><input>: a label that is no <label>
    r">\s{0,9}(?P<said>[^<>]{1,16})</(?:p|div|span|b|strong|em|dt|li|h[1-6]|font|legend)>(?:\s{0,9}</?[a-z]{1,8}\b[^<>]{0,80}>){0,3}\s{0,9}(?=<(?:input|el-input|van-field|select)\b)"
)
_PLAIN_HTTP = lazy(r"action\s*=\s*[\"']?http://|(?:fetch|axios(?:\.post)?|\$\.post|\.post|url\s?:)\s?\(?\s?[\"'`]http://")
_LISTED = lazy(r"(?:表|问卷|报名|登记|注册|填写|必填|需填|提供|输入|填上|留下|要填|格式)")
_QUERY = lazy(r"[:=](?:\"|')?[^\s,}]{2,}")


def probe(window: Window) -> Iterator[Signal]:
    """Signals of the form in the window, if it holds one."""
    text = window.folded
    tags = list(_TAG.finditer(text))
    if any(tag[0].startswith(("<input", "<form", "<field", "<el-input", "<van-field")) for tag in tags):
        said = [tag[0] for tag in tags] + [label["said"] for label in _BESIDE_INPUT.finditer(text)]
        yield from _signals(_asked(" ".join(said)), tags[0].start(), tags[-1].end())
        for box in _CHECKED.finditer(text):
            yield Signal("prechecked", box.start(), box.end())
            if _CONSENT.search(_beside(text, box)):
                yield Signal("consent", box.start(), box.end())
        if match := _PLAIN_HTTP.search(text):
            yield Signal("http", match.start(), match.end())
    elif match := _REQUEST.search(text):
        fields = _COVERED.sub("", match[0].partition("?")[2] + text[match.end() : match.end() + 400])
        if _asked(fields) & SENSITIVE and re.search(
            r"reg|sign|join|lottery|user|apply|enroll", match[0]
        ):
            yield Signal("request", match.start(), len(text))
    elif (match := _LOGGED.search(text)) and _asked(_COVERED.sub("", match[0])) & SENSITIVE:
        yield Signal("request", match.start(), match.end())
    elif match := _LISTED.search(text):
        asked = _asked(text)
        if len(asked) >= 3 and asked & SENSITIVE:
            yield Signal("listed", match.start(), match.end())


def _beside(text: str, box: re.Match[str]) -> str:
    """The tag of a ticked box, and what stands beside it up to the next field."""
    before = text[max(0, box.start() - _BESIDE) : box.start()].rpartition("<input")[2]
    behind = text[box.end() : box.end() + 2 * _BESIDE].partition("<input")[0]
    return before + box[0] + behind


def _asked(text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _FIELDS.items() if pattern.search(text))


def _signals(asked: frozenset[str], start: int, end: int) -> Iterator[Signal]:
    if asked & {"bank", "id"} and asked & {"secret", "otp"}:
        yield Signal("credentials", start, end, "、".join(sorted(asked)))
    if asked & SENSITIVE:
        yield Signal("sensitive", start, end, "、".join(sorted(asked)))
    if {"phone", "name"} <= asked and asked & {"school", "birth"}:
        yield Signal("sensitive", start, end, "、".join(sorted(asked)))

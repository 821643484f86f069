"""Who speaks: the role behind a speaker's name or a role tag."""

from __future__ import annotations

import re

from pii_guard.patterns import lazy

AGENT = (
    "客服|坐席|座席|话务员|接线员|专员|顾问|柜员|店小二|小二|店员|商家|卖家|店铺|官方|机器人|"
    "智能助手|客户经理|工作人员|经办|系统|agent|seller|merchant|staff|service|support|assistant|operator|bot|system"
)
CUSTOMER = (
    "客户|用户|顾客|买家|会员|访客|来电人|消费者|业主|乘客|"
    "customer|client|user|buyer|visitor|caller|guest|human"
)
THIRD_PARTY = (
    "快递员|骑手|司机|师傅|配送员|外卖员|家属|担保人|联系人|亲友|第三方|"
    "courier|rider|driver|third_party|third party"
)
WORDS = f"{AGENT}|{CUSTOMER}|{THIRD_PARTY}"
_ROLE = lazy(
    f"(?P<agent>客户经理|{AGENT})|(?P<customer>{CUSTOMER})|(?P<third_party>{THIRD_PARTY})", re.IGNORECASE
)


_QUESTION = lazy(r"[?？吗呢]|多少|什么|几|报|念|说|发|写|留|填|提供|告诉|给")
_ANSWER = lazy(r"[^0-9A-Za-z\n\x1f]{0,8}(?=[^0-9]{0,8}[0-9])[0-9A-Za-z+(（]")
_LONGEST_ANSWER, _END_OF_QUESTION = 64, 24


def is_answer(question: str, text: str) -> bool:
    """Whether a message may hold no more than what the one before asked for: short, and soon a number.

    >>> is_answer("您的座机？", "83550481"), is_answer("您的座机？", "稍等我找找"), is_answer("好的", "83550481")
    (True, False, False)
    """
    return (
        len(text) <= _LONGEST_ANSWER
        and _ANSWER.match(text) is not None
        and _QUESTION.search(question[-_END_OF_QUESTION:]) is not None
    )


def role_of(speaker: str) -> str | None:
    """agent, customer or third_party; None when the name does not tell.

    >>> role_of("客服小王"), role_of("客户"), role_of("user"), role_of("张三")
    ('agent', 'customer', 'customer', None)
    """
    found = _ROLE.search(speaker[:64])
    return found.lastgroup if found else None

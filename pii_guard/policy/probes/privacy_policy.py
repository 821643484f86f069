"""Privacy policies: which of the parts that 个人信息保护法 17 asks for are missing, and what is collected
beyond need.

Looks only at texts that are a policy: named so at the head, and speaking of collection in several places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pii_guard.patterns import lazy
from pii_guard.policy.apps import excess
from pii_guard.policy.values import Signal

if TYPE_CHECKING:
    from pii_guard.policy.window import Window

CODES = frozenset("contact purpose retention rights excess".split())
NAMES = ("隐私政策", "隐私权政策", "隐私协议", "隐私声明", "个人信息保护政策")

_HEAD = 120
_COLLECTS = lazy(r"收集|采集|获取您的|使用您的|处理您的")
_PARTS = {
    "contact": lazy(
        r"联系我们|联系方式|客服电话|联系(电话|邮箱)|[a-z0-9._-]+@[a-z0-9-]+\.|电子邮箱|邮寄地址|个人信息保护负责人"
    ),
    "purpose": lazy(r"用于|目的|以便|为了"),
    "retention": lazy(
        r"保存期|存储期|保留期|(保存|存储|保留)[^。]{0,12}(期限|时间|至|天|日|月|年)|删除或匿名"
    ),
    "rights": lazy(r"查阅|更正|删除您的|注销|撤回同意|投诉|您的权利"),
}
_NAMED = {
    "contacts": lazy(r"通讯录|联系人列表"),
    "sms": lazy(r"短信(内容|记录)|读取短信"),
    "call_log": lazy(r"通话记录"),
    "location": lazy(r"精确位置|位置信息|定位"),
    "audio": lazy(r"录音|麦克风"),
    "screen": lazy(r"屏幕内容|无障碍"),
    "clipboard": lazy(r"剪贴板|剪切板"),
}


def worth(window: Window) -> bool:
    """Whether the text begins as a privacy policy does."""
    head = window.folded[:_HEAD]
    return any(word in head for word in NAMES)


def probe(window: Window) -> Iterator[Signal]:
    """contact, purpose, retention, rights: missing; excess: collects what the app's category does not
    need.
    """
    text = window.folded
    head = re.search("|".join(NAMES), text[:_HEAD])
    if not head or len(_COLLECTS.findall(text)) < 1 or len(text) < 60:
        return
    for name, pattern in _PARTS.items():
        if not pattern.search(text):
            yield Signal(name, head.start(), head.end())
    named = frozenset(kind for kind, pattern in _NAMED.items() if pattern.search(text))
    if window.unit.app_category and (over := excess(named, window.unit.app_category)):
        yield Signal("excess", head.start(), head.end(), "、".join(sorted(over)))

"""Tables of messages: a column that says who speaks, and one of what is said."""

from __future__ import annotations

from collections.abc import Sequence

from pii_guard.text.roles import role_of

_WHO = frozenset("role sender speaker sender_role sender_type from 角色 说话人 发送方 发送者 发言人 发言方".split())
_WHAT = frozenset("content text message msg utterance 内容 消息 消息内容 聊天内容 对话内容 发言 发言内容 文本".split())

Told = tuple[int, list[str | None]]


def speakers(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Told | None:
    """The column of what is said, and the role of each row's speaker; None of a table that is no talk.

    >>> speakers(["会话", "角色", "内容"], [["1", "客服", "您好"], ["1", "客户", "在吗"]])
    (2, ['agent', 'customer'])
    >>> speakers(["角色", "权限"], [["客服", "只读"]]) is None
    True
    """
    who, what = (_first(header, names) for names in (_WHO, _WHAT))
    if who is None or what is None:
        return None
    roles = [role_of(row[who]) if who < len(row) else None for row in rows]
    known = sum(role is not None for role in roles)
    return (what, roles) if known > 1 and 2 * known >= len(roles) else None


def _first(header: Sequence[str], names: frozenset[str]) -> int | None:
    return next((number for number, name in enumerate(header) if name.strip().lower() in names), None)

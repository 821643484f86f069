"""Chat exports: which message a value stands in, and who speaks there."""

from __future__ import annotations

import pytest

from pii_guard.formats import chat
from tests.unit.formats.cases import MASKED
from tests.unit.formats.cases import VALUE
from tests.unit.formats.cases import check_places
from tests.unit.formats.cases import document
from tests.unit.formats.cases import edits
from tests.unit.formats.cases import found

CHAT = f"""2026-01-02 10:11:12 王小明(10001)
你好 {VALUE}

2026-01-02 10:11:14 客服小王(10002)
嗯 {VALUE}
李四 2026/1/2 10:11
x {VALUE}
[10:12] 客服：请报 {VALUE}
[2026-01-02 10:12:13] 客户: {VALUE}
客户：在吗 {VALUE}
普通一行: 什么 {VALUE}
10:15 快递员：已到 {VALUE}
"""
EXPECTED = [
    (1, None),
    (2, "agent"),
    (3, None),
    (4, "agent"),
    (5, "customer"),
    (6, "customer"),
    (6, "customer"),
    (7, "third_party"),
]


def test_hits_know_message_and_role() -> None:
    assert [(p.anchor.message, p.anchor.role) for _, p in found(chat, CHAT)] == EXPECTED
    check_places(chat, CHAT)


@pytest.mark.parametrize("size", [32, 64, 128])
def test_messages_are_counted_across_blocks(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    from pii_guard.text import decode

    monkeypatch.setattr(chat, "blocks", lambda stream: decode.blocks(stream, size))
    lines = "".join(f"[10:12] 客服{n}：请报 {VALUE}\n第二行 {VALUE}\n" for n in range(20))
    numbers = [place.anchor.message for _, place in found(chat, lines)]
    assert sorted(set(numbers)) == list(range(1, 21))
    check_places(chat, lines)


@pytest.mark.parametrize(
    "header",
    ["2026-01-02 10:11:1{0} 客服小李<kefu@example.com>\n", "2026/1/2 10:1{0} - 客服小李: ", "[2026/1/2, 10:11:1{0}] 客服小李: "],
)
def test_more_kinds_of_header(header: str) -> None:
    text = "".join(f"{header.format(n)}请报 {VALUE}\n" for n in range(4))
    assert chat.sniff(text.encode())
    assert [(p.anchor.message, p.anchor.role) for _, p in found(chat, text)] == [(n, "agent") for n in range(1, 5)]


def test_turns() -> None:
    turns = chat.turns(CHAT)
    assert [turn.role for turn in turns] == [
        None,
        "agent",
        None,
        "agent",
        "customer",
        "customer",
        "third_party",
    ]
    assert [CHAT[turn.start : turn.end].strip() for turn in turns[:4]] == [
        f"你好 {VALUE}",
        f"嗯 {VALUE}",
        f"x {VALUE}",
        f"请报 {VALUE}",
    ]


def test_rewriting_keeps_everything_else() -> None:
    assert chat.rewrite(document(CHAT), edits).decode() == CHAT.replace(VALUE, MASKED)


@pytest.mark.parametrize(
    ("head", "fits"),
    [
        (CHAT, True),
        ("客服：您好\n客户：你好\n客服：请讲\n", True),
        ("2026-01-02 10:11:12 INFO com.foo.Bar - started\n" * 9, False),
        ("2026-01-02 10:11:12,123 ERROR [main] x: y\n" * 9, False),
        ("第一条：说明\n第二条：说明\n第三条：说明\n", False),
        ("", False),
    ],
)
def test_sniff(head: str, fits: bool) -> None:
    assert chat.sniff(head.encode()) is fits


@pytest.mark.parametrize("head", ["", "导出的聊天记录\n"])
def test_messages_are_told_alike_once_they_are_counted(head: str) -> None:
    text = head + "\n".join(f"[09:0{n}] {who}：第{n}条\n还有一行" for n, who in enumerate(("客服", "客户", "张三") * 3))
    (fresh,), (counted,) = (list(chat.read(document(text.encode()))) for _ in range(2))
    counted.locator.starts()  # type: ignore[attr-defined]
    places = range(0, len(text) - 1, 3)
    anchors = [fresh.locator.locate(at, at + 1).anchor for at in places]
    assert [counted.locator.locate(at, at + 1).anchor for at in reversed(places)] == anchors[::-1]
    assert {anchor.role for anchor in anchors} >= {"agent", "customer"}

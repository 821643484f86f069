"""Disguises are undone, ordinary text is left alone, and every character leads back to the original."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pii_guard.text.embedded import decode_base64_values
from pii_guard.text.normalise import normalise
from pii_guard.text.normalise import regions

VALUE = "13800138000"
DISGUISES = {
    "full-width": "１３８００１３８０００",
    "circled": "①③⑧⓪⓪①③⑧⓪⓪⓪",
    "superscript": "¹³⁸⁰⁰¹³⁸⁰⁰⁰",
    "subscript": "₁₃₈₀₀₁₃₈₀₀₀",
    "mathematical": "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎",
    "arabic": "١٣٨٠٠١٣٨٠٠٠",
    "keycaps": "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣",
    "han": "一三八零零一三八零零零",
    "banker": "壹叁捌零零壹叁捌〇〇〇",
    "spoken": "幺三八零零幺三八零零零",
    "mixed": "138零零1三8000",
    "han at the end": "13800138零零零",
    "zero-width": "138\u200b0013\u200d8000",
    "soft hyphen": "138\u00ad0013\u00ad8000",
    "\\u": "".join(f"\\u{ord(c):04x}" for c in VALUE),
    "decimal reference": "".join(f"&#{ord(c)};" for c in VALUE),
    "hex reference": "".join(f"&#x{ord(c):x};" for c in VALUE),
    "percent": "".join(f"%{ord(c):02X}" for c in VALUE),
    "full-width escaped": "".join(f"\\u{ord(c) + 0xFEE0:04x}" for c in VALUE),
}


@pytest.mark.parametrize("name", DISGUISES)
def test_number_is_recovered(name: str) -> None:
    text = f"电话：{DISGUISES[name]}。谢谢"
    read = normalise(text)
    assert read is not None
    assert read.text == f"电话：{VALUE}。谢谢"
    at = read.text.index(VALUE)
    start, end = read.span(at, at + len(VALUE))
    assert start == 3
    assert text[end:].lstrip("\ufe0f\u20e3") == "。谢谢"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("138\u00a00013\u30008000", "138 0013 8000"),
        ("138—0013–8000", "138-0013-8000"),
        ("zhаngsan＠ехample.com", "zhangsan@example.com"),
        ("lisi&commat;example&period;com", "lisi@example.com"),
        ("%E5%BC%A0%E4%B8%89 %31%33", "张三 13"),
        ("⑩号", "10号"),
        ("zhangsan＠example.com%E5%BC%A0", "zhangsan@example.com张"),
        ("%E5%BC%A0zhangsan＠example.com", "张zhangsan@example.com"),
    ],
)
def test_other_disguises(text: str, expected: str) -> None:
    read = normalise(text)
    assert read is not None
    assert read.text == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain ascii 100% & more",
        "你好，世界。（第一）：三十二件、百分之五；100%的好评！",
        "二〇二六年一月三日，一二三木头人",
        "\u3000\u3000段落——开头",
        "Привет, мир; Ελλάδα",
        "价格５０％".replace("５０", "50"),
        "%ZZ \\u12 &foo; &#;",
        "13800138000",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert normalise(text) is None
    assert list(regions(text)) == []


ODD = st.sampled_from("一三八零〇１２③⁸𝟏\u200b\ufe0f\u00a0—-аеαAz@.%\\u&#;0123456789 ，。\n張")
TEXTS = st.lists(
    ODD | st.sampled_from(["\\u0031", "&#49;", "&nbsp;", "%31", "%E5%BC%A0", "一三八一二三四五六七八"]),
    max_size=40,
).map("".join)


@given(TEXTS)
def test_every_character_leads_back(text: str) -> None:
    for read in filter(None, [normalise(text), *regions(text)]):
        assert len(read.starts) == len(read.ends) == len(read.text)
        before = 0
        for char, start, end in zip(read.text, read.starts, read.ends, strict=True):
            assert before <= start <= end <= len(text)
            assert end - start > 0
            if char not in "0123456789-@._ " and not char.isascii():
                assert text[start:end] in (char, f"\\u{ord(char):04x}") or "%" in text[start:end]
            before = start


@given(TEXTS)
def test_characters_without_disguise_are_identical(text: str) -> None:
    read = normalise(text)
    if read is not None:
        kept = [
            text[s:e] for c, s, e in zip(read.text, read.starts, read.ends, strict=True) if text[s:e] == c
        ]
        assert sum(map(len, kept)) <= len(text)
        assert [c for c in read.text if c in "张，。\n張"] == [
            c for c in text.replace("%E5%BC%A0", "张") if c in "张，。\n張"
        ]


@given(TEXTS, st.integers(0, 300))
def test_regions_agree_with_the_whole(text: str, gap: int) -> None:
    text = text + "。" * gap + DISGUISES["circled"]
    assert any(VALUE in read.text for read in regions(text))


@pytest.mark.parametrize("unit", ["１3", "一 ", "\\u0031", "%31", "а@", "\u3000", "1\u200b", "&#", "a.а"])
def test_long_hostile_input_is_linear(unit: str) -> None:
    read = normalise(unit * 4000)
    assert read is None or read.text


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'{{"a": "{b64("手机号 13800138000")}"}}', ["手机号 13800138000"]),
        (f"token={b64('phone 13800138000')}", ["phone 13800138000"]),
        (f"data:text/plain;base64,{b64('phone 13800138000')}", ["phone 13800138000"]),
        (f'"{base64.b64encode("电话号码一三八".encode("gbk")).decode()}"', ["电话号码一三八"]),
        ('"0123456789abcdef0123456789abcdef"', []),
        ('"short=="', []),
        (f"不在配置里 {b64('phone 13800138000')}", []),
    ],
)
def test_base64_values(text: str, expected: list[str]) -> None:
    found = list(decode_base64_values(text))
    assert [inner for _, _, inner in found] == expected
    assert all(text[start:end].isascii() for start, end, _ in found)


def test_base64_in_base64_is_followed_two_levels() -> None:
    once = b64("phone 13800138000")
    text = f'"{b64(once)}"'
    assert [inner for *_, inner in decode_base64_values(text)] == [once, "phone 13800138000"]
    assert len(list(decode_base64_values(f'"{b64(b64(once))}"'))) == 2

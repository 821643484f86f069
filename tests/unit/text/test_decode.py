"""Every encoding a text may come in is recognised, in blocks of any size; what is none says why."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pii_guard.errors import UnreadableError
from pii_guard.model import GUARD
from pii_guard.text.decode import OVERLAP
from pii_guard.text.decode import Block
from pii_guard.text.decode import blocks
from pii_guard.text.decode import decode_whole
from pii_guard.text.normalise import normalise

VALUE = "13800138000"
SENTENCE = f"您好，客户张三的手机号是{VALUE}，请尽快联系。\n第二行文字\n"
TRADITIONAL = f"您好，客戶張三的手機號碼是{VALUE}，請儘快聯絡。\n第二行文字\n"
FULL_WIDTH = SENTENCE.replace(VALUE, "".join(chr(ord(c) + 0xFEE0) for c in VALUE))
ESCAPED = SENTENCE.replace(VALUE, "".join(f"\\u{ord(c):04x}" for c in VALUE))

TEN = {
    "utf-8": SENTENCE.encode(),
    "utf-8 with BOM": b"\xef\xbb\xbf" + SENTENCE.encode(),
    "utf-16-le with BOM": b"\xff\xfe" + SENTENCE.encode("utf-16-le"),
    "utf-16-be with BOM": b"\xfe\xff" + SENTENCE.encode("utf-16-be"),
    "utf-16-le": SENTENCE.encode("utf-16-le"),
    "utf-16-be": SENTENCE.encode("utf-16-be"),
    "gbk": SENTENCE.encode("gbk"),
    "gb18030": (SENTENCE + "𠮷㐀\n").encode("gb18030"),
    "big5": TRADITIONAL.encode("big5"),
    "full-width": FULL_WIDTH.encode(),
    "escaped": ESCAPED.encode(),
}


def text_of(data: bytes, size: int = 1 << 21) -> str:
    return "".join(block.text[block.overlap :] for block in blocks(io.BytesIO(data), size))


@pytest.mark.parametrize("name", TEN)
def test_planted_value_is_recovered_at_its_place(name: str) -> None:
    text = text_of(TEN[name])
    read = normalise(text)
    shown = read.text if read else text
    at = shown.index(VALUE)
    start, end = read.span(at, at + len(VALUE)) if read else (at, at + len(VALUE))
    assert text[:start].endswith(("手机号是", "手機號碼是"))
    assert text[end] == "，"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("张三", "gbk"),
        ("李", "gbk"),
        ("王小明，电话", "gb18030"),
        ("镕", "gbk"),
        ("手机：１３８", "gbk"),
        ("abc 订单 def", "gbk"),
        ("張三豐先生", "big5"),
        ("電話號碼", "big5"),
        ("caf\xe9 table and na\xefve text", "latin-1"),
        ("全部都是中文没有数字的文本内容", "utf-16-le"),
        ("全部都是中文没有数字的文本内容", "utf-16-be"),
        ("plain ascii", "utf-16-le"),
    ],
)
def test_short_texts(text: str, codec: str) -> None:
    assert text_of(text.encode(codec)) == text
    assert decode_whole(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bytes(range(256)) * 4, "binary"),
        (b"\x7fELF\x02\x01\x01" + bytes(64), "binary"),
        ("张三".encode()[:-1], "truncated"),
        ("plain text 张三".encode("utf-16")[:-1], "truncated"),
        ("中文".encode() + b"\n\xff\xfe\xfd\n", "undecodable"),
        (b"abc\n" * 3 + b"\xff\xff\xff\xff\n", "undecodable"),
    ],
)
def test_what_does_not_decode_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        text_of(data)
    assert caught.value.reason == reason


def test_text_before_the_bad_place_is_given() -> None:
    stream = blocks(io.BytesIO("前面的文字\n".encode() + b"\xff\xff\n"), 8)
    given_blocks: list[Block] = []
    with pytest.raises(UnreadableError):
        given_blocks.extend(stream)
    assert "".join(block.text[block.overlap :] for block in given_blocks) == "前面的文字\n"


@pytest.mark.parametrize("codec", ["gbk", "big5"])
def test_ascii_for_long_then_another_encoding(codec: str) -> None:
    text = "ascii line\n" * 40 + "電話號碼是多少\n"
    assert text_of(text.encode(codec), 64) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n张三电话a1"), max_size=60))
@pytest.mark.parametrize("size", [4, 7, 64])
def test_blocks_join_to_the_text_with_right_places(size: int, text: str) -> None:
    whole = ""
    for block in blocks(io.BytesIO(text.encode()), size):
        start = len(whole) - block.overlap
        whole += block.text[block.overlap :]
        assert block.offset == start
        assert whole[start:] == block.text
        assert block.utf8 is None or bytes(block.utf8.data).decode() == block.text
        assert block.utf8 is None or bytes(block.utf8.padded) == GUARD + block.text.encode() + GUARD
        assert block.line == whole[:start].count("\n") + 1
        assert block.column == start - whole.rfind("\n", 0, start)
    assert whole == text.removeprefix("\ufeff")


class _ReadsOnly:
    """A stream that knows `read` alone, as some libraries' do."""

    def __init__(self, data: bytes) -> None:
        self.read = io.BytesIO(data).read


def test_a_stream_that_only_reads() -> None:
    text = "电话\n号码是多少\n" * 30
    given_blocks = list(blocks(_ReadsOnly(text.encode()), 64))  # type: ignore[arg-type]
    assert "".join(block.text[block.overlap :] for block in given_blocks) == text
    assert all(bytes(block.utf8.padded) == GUARD + block.text.encode() + GUARD for block in given_blocks)


def test_every_offset_of_a_giant_line_has_one_owner_with_context() -> None:
    text = "0123456789" * 2000
    owned: list[int] = []
    for block in blocks(io.BytesIO(text.encode()), 4096):
        owned += range(block.offset + block.owns[0], block.offset + block.owns[1])
        context = OVERLAP // 2
        assert block.owns[0] >= context or block.offset == 0
        assert len(block.text) - block.owns[1] >= context or block.offset + len(block.text) == len(text)
    assert owned == list(range(len(text)))


@pytest.mark.parametrize("at", [0, 1, 6, 7, 20])
@pytest.mark.parametrize("text", ["手机号13800138000，请回电", "tel 13800138000, please call\n"])
def test_a_nul_in_utf8_is_no_utf16(text: str, at: int) -> None:
    dirty = text[:at] + "\0" + text[at:]
    assert "".join(b.text for b in blocks(io.BytesIO(dirty.encode()))) == dirty
    assert decode_whole(dirty.encode()).text == dirty
    for codec in ("utf-16-le", "utf-16-be"):
        assert decode_whole(text.encode(codec)).codec == codec

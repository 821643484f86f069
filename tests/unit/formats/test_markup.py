"""HTML and XML: text as it is read on the page, labels and headers as context, tags left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pii_guard.formats import markup
from tests.unit.formats.cases import MASKED
from tests.unit.formats.cases import VALUE
from tests.unit.formats.cases import check_places
from tests.unit.formats.cases import document
from tests.unit.formats.cases import edits
from tests.unit.formats.cases import found

TABLE = f"<table><tr><th>姓名</th><th>电话</th></tr>\n<tr><td>王五</td><td>{VALUE}</td></tr></table>"


@pytest.mark.parametrize(
    ("text", "header"),
    [
        (f"<p>电话 {VALUE}</p>", None),
        ("<p>138<b>0013</b><!-- --><span>8000</span></p>", None),
        ("<p>&#49;3800138&#x30;00</p>", None),
        (f"<!-- {VALUE} -->", None),
        (f"<script>var p = '{VALUE}'; if (a < b) {{}}</script>", None),
        (f"<a href='tel:{VALUE}'>x</a>", "href"),
        (f'<input name="phone" value="{VALUE}">', "phone"),
        (f"<label>手机号：</label><input value='{VALUE}'>", "手机号"),
        (f"<tr><td>手机号</td><td>{VALUE}</td></tr>", "手机号"),
        (f"<dl><dt>联系电话</dt><dd>{VALUE}</dd></dl>", "联系电话"),
        (TABLE, "电话"),
        (f"<?xml version='1.0'?><r><手机号>{VALUE}</手机号></r>", "手机号"),
        (f"<r><phone><![CDATA[{VALUE}]]></phone></r>", "phone"),
        (f"< {VALUE} <unclosed", None),
        (f"<!-- never closed {VALUE}", None),
        (f"<script>never closed {VALUE}", None),
        (f'<a b="never closed {VALUE}', None),
        (f'<html><?php $phone="{VALUE}"; ?></html>', None),
        (f'<!DOCTYPE r [<!ENTITY phone "{VALUE}">]><r>&phone;</r>', None),
        (f"<p>发件人：<{VALUE}@139.com></p>", None),
        (f"<p>客户<张三丰 {VALUE}></p>", None),
        (f'<p>x</p phone="{VALUE}">', "phone"),
        (f"<p {VALUE}>x</p>", None),
    ],
)
def test_values_come_with_their_context(text: str, header: str | None) -> None:
    assert [segment.header for segment, _ in found(markup, text)] == [header]
    check_places(markup, text)
    assert markup.rewrite(document(text), lambda segment: []) == text.encode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TABLE, TABLE.replace(VALUE, MASKED)),
        ("<p>138<b>00</b>138000</p>", f"<p>{MASKED}<b></b></p>"),
        (f"<a title='{VALUE}' b=c>&amp;</a>", f"<a title='{MASKED}' b=c>&amp;</a>"),
        (f"<script>'{VALUE}'</script>", f"<script>'{MASKED}'</script>"),
        ("<p>电话&nbsp;&#49;3800138000&copy;</p>", f"<p>电话&nbsp;{MASKED}&copy;</p>"),
    ],
)
def test_rewriting_keeps_everything_else(text: str, expected: str) -> None:
    assert markup.rewrite(document(text), edits).decode() == expected


def test_blocks_of_text_stand_apart() -> None:
    assert [s.text for s in markup.read(document("<p>138</p><p>0013<br>8000</p>"))] == ["138\n0013\n8000"]


@given(
    st.lists(st.sampled_from([*"<>&!-/;\"'=] a\n", "<b>", "</td>", "<td>", "<!--", "-->", "&#49;", VALUE]))
)
def test_any_text_is_read_without_loss(parts: list[str]) -> None:
    text = "".join(parts)
    assert markup.rewrite(document(text), lambda segment: []) == text.encode()
    check_places(markup, text)
    closed = f"\n'\"><p>{VALUE}</p>"
    assert found(markup, text + "-->" + closed)


@given(
    st.lists(
        st.sampled_from(["<p>x</p>", f"<td>{VALUE}</td>", "<b>y</b>\n", f"<i t='{VALUE}'>"]), max_size=30
    )
)
def test_blocks_of_any_size_hold_the_same(parts: list[str]) -> None:
    from pii_guard.text import decode

    text = "".join(parts)
    usual = markup.blocks
    markup.blocks = lambda stream, size: decode.blocks(stream, 16)
    try:
        check_places(markup, text)
        assert sorted(place.start for _, place in found(markup, text)) == [
            at for at in range(len(text)) if text.startswith(VALUE, at)
        ]
    finally:
        markup.blocks = usual


@pytest.mark.parametrize("unit", ["<", "<a ", '<a "', "<!--", "<script>", "&#", "<![CDATA[", "<td>", "</"])
def test_long_hostile_input_is_linear(unit: str) -> None:
    assert list(markup.read(document(unit * 5000))) is not None


@pytest.mark.parametrize(
    ("head", "fits"),
    [
        ("<!DOCTYPE html>", True),
        ("\ufeff<?xml version", True),
        ("  <html>", True),
        ("<3 love", False),
        ("", False),
    ],
)
def test_sniff(head: str, fits: bool) -> None:
    assert markup.sniff(head.encode()) is fits

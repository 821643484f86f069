"""Places worked out for a block at once are those worked out one by one."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pii_guard.formats import chat
from pii_guard.formats import plain
from pii_guard.model import Document
from pii_guard.model import Hit
from pii_guard.model import Utf8

layout = pytest.importorskip("pii_guard.text.layout")

TIMES = ["[10:21] ", "(9:05", "【10:21】", "2026-1-2 ", "26/01/", "2026年1月2日 ", "20261-1-1", "2026年1年", "1:2", "[[10:21]", "12-3", "1234.56.7"]
LINES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(TIMES), st.sampled_from(["客服：", "客户: ", "张三:", ""]), st.text(max_size=8)).map("".join),
        st.text(alphabet="0123456789-/.:年月[(【 \n客服：é😀", max_size=14),
        st.sampled_from(["客服：您好", "张三 2026/1/2 10:11", "x" * 250]),
    ),
    max_size=30,
).map("\n".join)


def _document(text: str) -> Document:
    return Document("a.txt", lambda: io.BytesIO(text.encode("utf-8", "surrogatepass")))


@pytest.mark.parametrize("reader", [chat, plain])
@given(LINES.filter(lambda text: text.strip("\x00") == text and text), st.data())
@settings(max_examples=150, deadline=None)
def test_places_of_a_block(reader, text, data):
    text = "[00:01] 客服：在\n" * 3 + text
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9)), min_size=1, max_size=12))
    hits = [Hit(start, min(len(text), start + size), "QQ", 1.0) for start, size in sorted(spans)]
    one_by_one, together = (next(reader.read(_document(text))) for _ in range(2))
    assert together.locator.places(hits) is None
    layout.of(together.utf8, len(together.text))
    expected = [tuple(one_by_one.locator.locate(hit.start, hit.end)) for hit in hits]
    assert [tuple(place) for place in together.locator.places(hits)] == expected


@given(LINES)
@settings(max_examples=150, deadline=None)
def test_lines_that_begin_with_a_time(text):
    from pii_guard.text.stamped import stamped

    found = layout.of(Utf8(text.encode()), len(text))
    assert found.breaks[stamped(found)].tolist() == [m.start() for m in re.finditer(chat.STAMPED, text)]


@given(st.text(max_size=300), st.lists(st.integers(0, 300)))
@settings(max_examples=100, deadline=None)
def test_characters_of_bytes(text, cuts):
    found = layout.of(Utf8(text.encode()), len(text))
    starts = [min(cut, len(text)) for cut in cuts]
    offsets = [len(text[:start].encode()) for start in starts]
    assert found.characters(layout.np.array(offsets, layout.np.int64)).tolist() == starts

"""Lines and columns agree with a naive count, in whatever order they are asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pii_guard.model import Edit
from pii_guard.text.offsets import LineCursor
from pii_guard.text.offsets import LineTable
from pii_guard.text.offsets import Pieces
from pii_guard.text.splice import spliced
from pii_guard.text.splice import whole_blocks

TEXT = st.text("ab\n中", max_size=50)


def naive(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@given(TEXT, st.lists(st.integers(0, 50)))
def test_cursor_and_table_agree_with_a_naive_count(text: str, asked: list[int]) -> None:
    cursor, table = LineCursor(text), LineTable(text)
    for at in (min(at, len(text)) for at in asked):
        assert cursor.position(at) == table.position(at) == naive(text, at)


@given(TEXT, TEXT)
def test_places_go_on_from_where_a_block_begins(before: str, text: str) -> None:
    line, column = naive(before, len(before))
    for at in range(len(text) + 1):
        expected = naive(before + text, len(before) + at)
        assert LineCursor(text, line, column).position(at) == expected
        assert LineTable(text, line, column).position(at) == expected


@given(st.lists(st.tuples(st.text("ab", min_size=1, max_size=3), st.booleans())))
def test_pieces_lead_back(parts: list[tuple[str, bool]]) -> None:
    pieces, source = Pieces(), ""
    for text, copied in parts:
        source += "<>"
        if copied:
            pieces.copy(text, len(source))
            source += text
        else:
            pieces.stand_in(text, len(source), len(source) + 5)
            source += "&amp;"
    text = pieces.text()
    for at in range(len(text)):
        start, end = pieces.span(at, at + 1)
        assert source[start:end] in (text[at], "&amp;")
    assert [source[a:b] for a, b in pieces.spans(0, len(text))] == [t if c else "&amp;" for t, c in parts]


def test_edits_that_overlap_are_done_once() -> None:
    edits = [Edit(1, 3, "X"), Edit(2, 5, "Y"), Edit(7, 8, "Z")]
    assert spliced("0123456789", edits) == "0X56Z89"


@given(TEXT, st.integers(1, 8))
def test_a_text_in_memory_comes_in_whole_lines(text: str, size: int) -> None:
    parts = list(whole_blocks(text, size))
    assert "".join(part.text for part in parts) == text
    assert all(part.text.endswith("\n") for part in parts[:-1])
    assert all(naive(text, part.offset) == (part.line, part.column) for part in parts)

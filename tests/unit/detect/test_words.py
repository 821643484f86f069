"""Words that wake a label are found as one would by trying every word at every place."""

from __future__ import annotations

from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pii_guard.detect.words import WordSet


def tried(words: set[str], text: str) -> list[tuple[int, int]]:
    """The longest word at each place that ends behind all before it."""
    lower = "".join(char.lower() if char.isascii() else char for char in text)
    found: list[tuple[int, int]] = []
    for start in range(len(lower)):
        ends = [start + len(word) for word in words if word and lower.startswith(word, start)]
        if ends and max(ends) > (found[-1][1] if found else 0):
            found.append((start, max(ends)))
    return found


@example({"abc", "bc", "bcdd"}, "abc")  # the text ends before the longest word could
@given(st.sets(st.text("abé电话]", max_size=4), max_size=8), st.text("aAbBéÉ电话]", max_size=16))
@settings(max_examples=600, deadline=None)
def test_words_are_found_as_by_trying_each(words, text):
    assert list(WordSet(words).spans(text)) == tried(words, text)

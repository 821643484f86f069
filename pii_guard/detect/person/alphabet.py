"""The characters that the networks know, each with the row of its tables; row 0 is for all others."""

from __future__ import annotations

from functools import cache

from pii_guard import data


@cache
def rows() -> dict[str, int]:
    """Row of each character; full-width forms share the row of the plain one."""
    chars, shared = data.file("person_alphabet.txt").read_text("utf-8").split("\n")[:2]
    known = {char: i for i, char in enumerate(chars, 1)}
    return known | {shared[i]: known[shared[i + 1]] for i in range(0, len(shared), 2)}

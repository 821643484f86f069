"""The characters that the networks know, each with the row of its tables; row 0 is for all others."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows() -> dict[str, int]:
    """Row of each character; full-width forms share the row of the plain one."""
    chars, shared = files("pii_guard.data").joinpath("person_alphabet.txt").read_text("utf-8").split("\n")[:2]
    known = {char: i for i, char in enumerate(chars, 1)}
    return known | {shared[i]: known[shared[i + 1]] for i in range(0, len(shared), 2)}

"""Random choices that a key and a value decide: the same again in every process."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")
_LETTERS = "abcdefghijkmnpqrstuvwxyz"


class Draw:
    """A stream of choices seeded by HMAC-SHA256(key, type, value, attempt)."""

    __slots__ = ("_pool", "_seed")

    def __init__(self, secret: bytes, entity_type: str, value: str, attempt: int = 0) -> None:
        self._seed = hmac.digest(secret, f"{entity_type}\x00{value}\x00{attempt}".encode(), "sha256")
        self._pool = int.from_bytes(self._seed, "big")

    def below(self, bound: int) -> int:
        """A number from 0 to bound - 1."""
        if self._pool < bound << 64:
            self._seed = hmac.digest(self._seed, b"more", "sha256")
            self._pool = int.from_bytes(self._seed, "big")
        self._pool, choice = divmod(self._pool, bound)
        return choice

    def pick(self, choices: Sequence[_T]) -> _T:
        """One of several."""
        return choices[self.below(len(choices))]

    def digits(self, count: int) -> str:
        """Decimal digits."""
        return "".join(str(self.below(10)) for _ in range(count))

    def letters(self, count: int) -> str:
        """Small letters, none that looks like a digit."""
        return "".join(self.pick(_LETTERS) for _ in range(count))

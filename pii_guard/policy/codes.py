"""A text as numbers, folded and hashed once for all that looks for words in the whole of it at a time; needs numpy."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pii_guard.policy import screen
from pii_guard.policy.fold import fold_table

if TYPE_CHECKING:
    from typing import TypeVar

    import numpy as np
    from numpy.typing import NDArray

    Entry = TypeVar("Entry", np.uint8, np.uint16)


class Codes:
    """The codes of a folded text, one a character, and the hashes of each with the next; a line end is behind it."""

    __slots__ = ("codes", "hashes", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.codes = folded_codes(text + "\n")
        self.hashes = screen.hashed(self.codes)

    def __len__(self) -> int:
        return len(self.text)

    def look_up(self, pairs: NDArray[Entry], singles: NDArray[Entry]) -> tuple[NDArray[Entry], NDArray[Entry]]:
        """What two tables say of each place: one by the hash of two characters, one by a character."""
        return pairs.take(self.hashes), singles.take(self.codes[:-1])

    def folded(self) -> str:
        """The text as the codes give it: characters beyond the basic plane are no word's."""
        return self.codes.tobytes().decode("utf-16-le", "replace")


def folded_codes(text: str) -> NDArray[np.uint16]:
    """The codes of the folded text, one a character; those beyond the basic plane are no word's."""
    import numpy as np

    raw = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    return _folding().take(raw, mode="clip")


@cache
def _folding() -> NDArray[np.uint16]:
    """fold() for the basic plane, as one table."""
    import numpy as np

    table = np.arange(screen.PLANE, dtype=np.uint16)
    table[0xD800:0xE000] = ord(" ")  # halves of surrogate pairs are no characters
    for code, folded in fold_table().items():
        table[code] = folded
    capital = (table >= ord("A")) & (table <= ord("Z"))  # full-width ones among them
    table[capital] += ord("a") - ord("A")
    return table

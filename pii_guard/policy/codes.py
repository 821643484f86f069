"""A text as numbers, folded and hashed once for all that looks for words in the whole of it at a time; needs numpy."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from pii_guard import cache
from pii_guard.policy import screen
from pii_guard.policy.fold import TABLE
from pii_guard.policy.fold import fold_table

if TYPE_CHECKING:
    from typing import TypeVar

    import numpy as np
    from numpy.typing import NDArray

    Entry = TypeVar("Entry", np.uint8, np.uint16, np.uint32)


FORMAT = "1"  # raise when folding changes
CASED = ((0x80, 0x2D00), (0xA640, 0xA800), (0xFF00, 0xFF60))  # where the letters with a small form are
UNTOLD = 0xFFFF  # the code of all that a code cannot say
UNLIKE = ("\u0130", "\u03a3")  # letters whose small form is two characters, or depends on where they stand


class Codes:
    """The codes of a folded text, one a character, and the hashes of each with the next; a line end is behind it."""

    __slots__ = ("_folded", "codes", "hashes", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.codes = folded_codes(text + "\n")
        self.hashes = screen.hashed(self.codes)
        self._folded: str | None = None

    def __len__(self) -> int:
        return len(self.text)

    def look_up(self, pairs: NDArray[Entry], singles: NDArray[Entry]) -> tuple[NDArray[Entry], NDArray[Entry]]:
        """What two tables say of each place: one by the hash of two characters, one by a character."""
        return pairs.take(self.hashes), singles.take(self.codes[:-1])

    def folded(self) -> str:
        """The text as fold() gives it, but for UNTOLD: what is beyond the basic plane is no word's."""
        if self._folded is None:
            self._folded = self.codes[:-1].tobytes().decode("utf-16-le")
        return self._folded

    def piece(self, start: int, end: int) -> str | None:
        """fold(text[start:end]); None where the codes cannot tell."""
        piece = self.folded()[start:end]
        return None if chr(UNTOLD) in piece else piece


def folded_codes(text: str) -> NDArray[np.uint16]:
    """The codes of the folded text, one a character; those beyond the basic plane are no word's."""
    import numpy as np

    narrow = text.encode("utf-16-le", "surrogatepass")
    if len(narrow) == 2 * len(text):
        return _folding().take(np.frombuffer(narrow, np.uint16))
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _folding().take(raw, mode="clip")


@lru_cache(maxsize=1)
def _folding() -> NDArray[np.uint16]:
    """fold() for the basic plane, as one table; kept in the cache, as making it takes milliseconds of every start."""
    import numpy as np

    name = cache.name("folding", FORMAT, sys.version, cache.stamp(TABLE))
    return np.frombuffer(cache.kept(name, lambda: _made().tobytes()), np.uint16)


def _made() -> NDArray[np.uint16]:
    import numpy as np

    table = np.arange(screen.PLANE, dtype=np.uint16)
    small = table.copy()
    for first, last in ((0, 0x80), *CASED):
        letters = "".join(map(chr, range(first, last))).replace(UNLIKE[0], " ")
        small[first:last] = np.frombuffer(letters.lower().encode("utf-16-le"), np.uint16)
    for code, folded in fold_table().items():
        table[code] = folded
    table = small.take(table)
    table[0xD800:0xE000] = UNTOLD  # halves of surrogate pairs are no characters
    table[[ord(letter) for letter in UNLIKE]] = UNTOLD
    return table

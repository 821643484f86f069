"""Which of the classifier's features a text has among its characters and their pairs and triples, looked for all at once
with numpy.

A feature of up to three characters is one number, 21 bits a character, so that the features in their order, which is
that of the alphabet, are rising numbers; longer ones are odd numbers, which no text has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]

LENGTH = 3
_SHIFTS = (43, 22, 1)  # of the first character, the second, the third


class Grams:
    """Features by number, in the order of their rows."""

    def __init__(self, numbers: bytes) -> None:
        import numpy as np

        self._numbers: Numbers = np.frombuffer(numbers, np.uint64)

    def rows(self, text: str) -> list[int]:
        """The rows of the features that the text has, some of them more than once."""
        import numpy as np

        first, second, third = (_codes(text) << np.uint64(shift) for shift in _SHIFTS)
        pairs = first[:-1] | second[1:]
        wanted = np.concatenate((first, pairs, pairs[:-1] | third[2:]))
        wanted.sort()  # neighbours are looked for one after another: most of the table stays out of the processor's cache
        at = self._numbers.searchsorted(wanted)
        found: list[int] = at[self._numbers.take(at, mode="clip") == wanted].tolist()
        return found

    def rows_of(self, features: Sequence[str]) -> dict[str, int]:
        """The rows of those that are known."""
        import numpy as np

        wanted = np.array(
            [sum(ord(c) << shift for c, shift in zip(f, _SHIFTS, strict=False)) for f in features], np.uint64
        )
        at = self._numbers.searchsorted(wanted)
        known = self._numbers.take(at, mode="clip") == wanted
        return {
            feature: row
            for feature, row, there in zip(features, at.tolist(), known.tolist(), strict=True)
            if there
        }


def numbers(names: str) -> bytes:
    """The numbers of features, one a line, in order."""
    import numpy as np

    codes = _codes(names + "\n" * LENGTH)
    ends = np.flatnonzero(codes == ord("\n"))[: 1 - LENGTH]
    starts = np.append(0, ends[:-1] + 1)
    found: Numbers = (ends - starts > LENGTH).astype(np.uint64)
    for at, shift in enumerate(_SHIFTS):
        found |= np.where(starts + at < ends, codes[starts + at], np.uint64(0)) << np.uint64(shift)
    return found.tobytes()


def _codes(text: str) -> Numbers:
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)

"""Where the characters and lines of a large text stand in its UTF-8, worked out with numpy.

The block matcher makes it of every block; where it is at hand, the places of hits are looked up in it, too.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pii_guard.model import PAD
from pii_guard.model import Utf8

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

LETTER: Mask = np.zeros(256, np.bool_)  # which bytes are ASCII letters
LETTER[65:91] = LETTER[97:123] = True
WORD: Mask = LETTER.copy()  # letters and digits
WORD[48:58] = True
_BITS = np.array([bin(byte).count("1") for byte in range(256)], np.uint8)


class Layout:
    """A block: `padded` are its bytes with guards, `size` how many they are without."""

    def __init__(self, utf8: Utf8, length: int) -> None:
        self.size = len(utf8.data)
        self.padded: Bytes = np.frombuffer(utf8.padded, np.uint8)
        self._same = self.size == length

    @cached_property
    def newlines(self) -> Ints:
        """The bytes that end lines."""
        return np.flatnonzero(self.padded[PAD:-PAD] == ord("\n"))

    @cached_property
    def breaks(self) -> Ints:
        """The characters that end lines."""
        return self.characters(self.newlines)

    @cached_property
    def _continued(self) -> tuple[NDArray[np.uint64], Ints]:
        """Which bytes continue a character, 64 to a word, the first the highest bit; how many do before each word."""
        packed = np.packbits(self.padded[PAD:-PAD].view(np.int8) < np.int8(-64))
        bits = np.zeros(packed.size // 8 * 8 + 8, np.uint8)
        bits[: packed.size] = packed
        words = bits.view(">u8").astype(np.uint64)
        return words, np.append(0, np.cumsum(_ones(words), dtype=np.int64))

    def characters(self, offsets: Ints) -> Ints:
        """The characters before each byte."""
        if self._same or not offsets.size:
            return offsets
        words, before = self._continued
        word, rest = offsets >> 6, offsets & 63
        shifted = words[word] >> (64 - np.maximum(rest, 1)).astype(np.uint64)
        inside = np.where(rest == 0, 0, _ones(shifted))
        found: Ints = offsets - before[word] - inside
        return found

    @property
    def counted(self) -> tuple[int, int] | None:
        """How many characters end lines, and the last of them; None where nobody asked for them."""
        breaks: Ints | None = self.__dict__.get("breaks")
        if breaks is None:
            return None
        return breaks.size, int(breaks[-1]) if breaks.size else -1

    def positions(self, characters: Ints, line: int, column: int) -> tuple[list[int], list[int]]:
        """Line and column of each character of the text, whose first one stands in `line` at `column`."""
        row = np.searchsorted(self.breaks, characters)
        begin = np.append(1 - column, self.breaks + 1)[row]
        return (row + line).tolist(), (characters - begin + 1).tolist()


def of(utf8: Utf8, length: int) -> Layout:
    """The layout of a text of so many characters, made once."""
    made: Layout | None = utf8.layout
    if made is None:
        made = utf8.layout = Layout(utf8, length)
    return made


def _ones(words: NDArray[np.uint64]) -> Ints:
    """How many bits of each word are set."""
    if hasattr(np, "bitwise_count"):  # numpy 2
        counted: Ints = np.bitwise_count(words).astype(np.int64)
        return counted
    by_byte = _BITS[words.view(np.uint8).reshape(-1, 8)]
    result: Ints = by_byte.sum(axis=1, dtype=np.int64)
    return result

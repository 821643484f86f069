"""Finding known values again, wherever a text repeats them.

A name found in a letter also stands in the file's properties, where nothing around it says it is a name.
Only values distinctive enough are looked for: seven digits, two Chinese characters, five of anything else.
A value is looked up by its first two characters and its length, so the time does not grow with their number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from collections.abc import Iterable

from pii_guard.model import Hit
from pii_guard.named import NamedTuple

_HEAD = 2


class Value(NamedTuple):
    """A personal value as it was found; for use inside a run, never for output."""

    entity_type: str
    text: str

    def __repr__(self) -> str:
        return f"Value({self.entity_type}, ***)"


def distinctive(value: Value) -> bool:
    """Whether meeting this text again means meeting the same person's value again."""
    text = value.text
    if text.isascii():
        return sum(map(str.isdigit, text)) >= 7 or (len(text) >= 5 and not text.isdigit())
    return len(text) >= (2 if value.entity_type == "PERSON" else 4)


class Occurrences:
    """An index of values; `find` tells where a text holds one."""

    def __init__(self, values: Iterable[Value], *, every: bool = False) -> None:
        self._every = every  # pseudonyms: short ones count, and a Latin word may go on beside them
        self._types: dict[str, str] = {}
        self._lengths: defaultdict[str, list[int]] = defaultdict(list)  # by head, longest first
        self.add(values)

    def add(self, values: Iterable[Value]) -> None:
        """Take up values that are distinctive, or every one."""
        for value in values:
            if value.text in self._types or not (self._every or distinctive(value)):
                continue
            self._types[value.text] = value.entity_type
            lengths = self._lengths[value.text[:_HEAD]]
            if len(value.text) not in lengths:
                lengths.append(len(value.text))
                lengths.sort(reverse=True)

    def __bool__(self) -> bool:
        return bool(self._types)

    def find(self, text: str, besides: Container[tuple[int, int]] = ()) -> list[Hit]:
        """Values in a text, longest first at a place, none inside a longer number or word, none of `besides`."""
        hits: list[Hit] = []
        done = 0
        for start in self._starts(text):
            if start < done:
                continue
            for length in self._lengths[text[start : start + _HEAD]]:
                end = start + length
                if (start, end) in besides:
                    done = end
                    break
                entity_type = self._types.get(text[start:end])
                if entity_type is not None and end <= len(text) and self._alone(text, start, end):
                    hits.append(Hit(start, end, entity_type, 1.0, ("repeat",)))
                    done = end
                    break
        return hits

    def _alone(self, text: str, start: int, end: int) -> bool:
        """No number goes on at either side, nor a Latin word."""
        words = not self._every
        return not (start and _goes_on(text[start - 1], text[start], words=words)) and not (
            end < len(text) and _goes_on(text[end - 1], text[end], words=words)
        )

    def _starts(self, text: str) -> list[int]:
        heads = self._lengths.keys()
        if len(heads) > 40:
            return [i for i in range(len(text) - 1) if text[i : i + _HEAD] in heads]
        starts: list[int] = []
        for head in heads:
            at = text.find(head)
            while at >= 0:
                starts.append(at)
                at = text.find(head, at + 1)
        return sorted(starts)


def _goes_on(left: str, right: str, *, words: bool) -> bool:
    if not (left.isascii() and right.isascii()):
        return False
    return (left.isdigit() and right.isdigit()) or (words and left.isalpha() and right.isalpha())

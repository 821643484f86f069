"""One Hyperscan database of all label words, shapes and hints: where in a block can a value stand?

Literal-anchored patterns only, matched in one pass at hundreds of megabytes a second; what they wake is decided
in confirm.py.  Compiled once and cached.  Each thread has its own scratch space.
"""

from __future__ import annotations

import platform
import re
import sys
import threading
from collections.abc import Iterator
from functools import lru_cache

import hyperscan
import numpy as np

from pii_guard import cache
from pii_guard.detect.columns import BEHIND
from pii_guard.detect.columns import BESIDE
from pii_guard.detect.confirm import Confirmer
from pii_guard.detect.gaps import ANSWER_BESIDE
from pii_guard.detect.gaps import GAP_CHARACTERS
from pii_guard.detect.gaps import GAP_OF_WORDS
from pii_guard.named import NamedTuple
from pii_guard.patterns import remembered
from pii_guard.text.embedded import HINT
from pii_guard.text.layout import LETTER
from pii_guard.text.layout import WORD
from pii_guard.text.layout import Bytes
from pii_guard.text.layout import Ints
from pii_guard.text.layout import Mask
from pii_guard.text.normalise import HINTS

_SHIFT = 16
REACH = 90  # bytes behind a label in which its value must begin

_BEHIND, _BESIDE = np.zeros(256, np.bool_), np.zeros(256, np.bool_)
_BEHIND[[ord(c) for c in BEHIND]] = _BESIDE[[0, *(ord(c) for c in BESIDE)]] = True
# free words in a gap lead to one of these, or to a turn
_FREE = "写", "备注", "备用", "[，,](?:正确|准确)的", "[大小]号", "[，,账帐]号", ANSWER_BESIDE
_COLON = np.zeros(256, np.bool_)
_COLON[[ord(":"), 0xEF]] = True
_BLANK = np.zeros(256, np.bool_)
_BLANK[[9, 32]] = True
_BRACKET = np.zeros(1 << 16, np.bool_)
_BRACKET[[ord(c) for c in "([（【"]] = True
_GAP_CHARACTER = np.zeros(1 << 16, np.bool_)
_GAP_CHARACTER[[ord(c) for c in GAP_CHARACTERS]] = True
_STAMPS = b"00:00]", b"00:00:00]", b"2000-00-00 00:00]", b"2000-00-00 00:00:00]"
_HAN_VALUE = re.compile("[一二三四五六七八九]")


class Wakes(NamedTuple):
    """Ends, in bytes and rising, of what matched; `number` says which word or shape.

    `near`: a value can begin behind the label; those without stand here because they overlap one with.
    """

    labels: Ints
    near: Mask
    label_number: Ints
    shapes: Ints
    shape_number: Ints
    disguised: Ints
    encoded: Ints


class Triggers:
    """The database of a confirmer's words and shapes."""

    def __init__(self, confirmer: Confirmer) -> None:
        self.words = tuple(confirmer.by_label)
        self.shapes = tuple(confirmer.by_shape.values())
        self._first_hint = len(self.words) + len(self.shapes)
        self._sizes = np.array([len(w.encode()) for w in self.words], np.int64)
        self.lengths = np.array([len(w) for w in self.words], np.int64)
        spelled = {r for r in confirmer.rules if r.pattern.label and _HAN_VALUE.search(r.pattern.regex)}
        self._spelled = np.array([not spelled.isdisjoint(confirmer.by_label[w]) for w in self.words], np.bool_)
        words = [(re.escape(w), i) for i, w in enumerate(self.words)]
        others = [*confirmer.by_shape, *HINTS, HINT, *_FREE]
        spread = [(e, i) for i, other in enumerate(others, len(words)) for e in _spread(other)]
        self._serialised = _compiled(words, spread)
        self._local = threading.local()

    def scan(self, data: bytes | memoryview, a: Bytes, pad: int, newlines: Ints) -> Wakes:
        """What woke in `data`, whose lines end at `newlines`; `a` is the same with `pad` guard bytes on both sides."""
        found: list[int] = []
        self._database().scan(data, match_event_handler=_collect, context=found.append)  # type: ignore[type-var]
        packed = np.fromiter(found, np.int64, len(found))
        packed.sort()
        number, end = packed & ((1 << _SHIFT) - 1), packed >> _SHIFT
        is_label = number < len(self.words)
        labels, label_number = end[is_label], number[is_label]
        free = np.concatenate((end[number > self._first_hint + len(HINTS)] + pad, _turns(a, newlines + pad)))
        free.sort()
        near = _value_follows(a, labels + pad, free)
        near |= self._spelled[label_number]
        near |= _named(a, labels + pad, self._sizes[label_number])
        is_shape = ~is_label & (number < self._first_hint)
        is_encoded = number == self._first_hint + len(HINTS)
        is_hint = (number >= self._first_hint) & (number < self._first_hint + len(HINTS))
        beside = self._overlapping(labels, label_number, near)
        return Wakes(
            labels[beside],
            near[beside],
            label_number[beside],
            end[is_shape],
            number[is_shape] - len(self.words),
            end[is_hint],
            end[is_encoded],
        )

    def _overlapping(self, ends: Ints, number: Ints, near: Mask) -> Mask:
        """The labels in `near`, and all that overlap them: only together can it be told which one stands."""
        start = ends - self._sizes[number]
        order = np.argsort(start, kind="stable")
        reach = np.maximum.accumulate(ends[order])
        heap = np.cumsum(np.append(0, start[order][1:] >= reach[:-1]))
        wanted = np.zeros(ends.size + 1, np.bool_)
        wanted[heap[near[order]]] = True
        result = np.zeros(ends.size, np.bool_)
        result[order] = wanted[heap]
        return result

    def _database(self) -> hyperscan.Database:
        if not hasattr(self._local, "database"):
            database = hyperscan.loadb(self._serialised, hyperscan.HS_MODE_BLOCK)
            database.scratch = hyperscan.Scratch(database)
            self._local.database = database
        ready: hyperscan.Database = self._local.database
        return ready


def _value_follows(a: Bytes, ends: Ints, free: Ints) -> Mask:
    """Whether a value can begin behind each label: an ASCII letter or digit is near, and what lies between is
    made of characters that the gap behind a label may hold.  Gaps with free words in them hold one of `free`
    (their ends, and where turns begin) or begin with a bracket."""
    begin = _past_blanks(a, ends)
    first = _code(a, begin)
    loose = _BRACKET.take(first)
    following = np.append(free, np.iinfo(np.int64).max)[np.searchsorted(free, ends, "right")]
    loose |= following - ends <= REACH
    keep = loose.copy()
    rows = np.flatnonzero(loose)
    keep[rows] = WORD[a.take(ends[rows, None] + np.arange(REACH), mode="clip")].any(axis=1)
    rows = np.flatnonzero(~loose & _gap_starts().take(first))
    keep[rows] = _walk(a, begin[rows])
    return keep


def _turns(a: Bytes, newlines: Ints) -> Ints:
    """Where lines begin that name a speaker: in one to four Han characters, perhaps with a letter or digit, or in a letter."""
    begin = newlines + 1
    first = a.take(begin)
    begin = begin[(first >= 0xE3) | LETTER.take(first)]
    marks = [_COLON.take(a.take(begin + size, mode="clip")) for size in (1, 3, 4, 6, 7, 9, 10, 12, 13)]
    turns: Ints = begin[np.logical_or.reduce(marks)]
    return turns


def _named(a: Bytes, ends: Ints, sizes: Ints) -> Mask:
    """Whether each label may be the name of a column, as columns.py knows."""
    named: Mask = _BEHIND[a[ends]] & _BESIDE[a[ends - sizes - 1]]
    return named


def _past_blanks(a: Bytes, at: Ints) -> Ints:
    """The same places, those in front of up to three blanks behind these."""
    begin = at.copy()
    rows = np.flatnonzero(_BLANK.take(a.take(begin)))
    for _ in range(3):
        begin[rows] += 1
        rows = rows[_BLANK.take(a.take(begin[rows]))]
    return begin


def _code(a: Bytes, at: Ints) -> Ints:
    """The character at each place; those of two or four bytes are read as some other character."""
    code = a.take(at).astype(np.int64)
    rows = np.flatnonzero(code >= 0xE0)
    wide = at[rows]
    second, third = a.take(wide + 1) & np.uint8(63), a.take(wide + 2) & np.uint8(63)
    code[rows] = (code[rows] & 15) << 12 | second.astype(np.int64) << 6 | third
    return code


@lru_cache(maxsize=1)
def _gap_starts() -> Mask:
    """The characters that a gap, or a value without one, may begin with."""
    starts = np.ones(1 << 16, np.bool_)
    starts[0x800:] = False
    starts[[ord(c) for c in remembered(f"gap starts 1\n{GAP_OF_WORDS}", _beginning_gaps)]] = True
    return starts


def _beginning_gaps() -> str:
    import regex

    gap = regex.compile(GAP_OF_WORDS, regex.IGNORECASE)
    return "".join(c for c in sorted(GAP_CHARACTERS) if gap.fullmatch("证" + c, pos=1, partial=True))


def _walk(a: Bytes, start: Ints) -> Mask:
    """Step over gap characters and times in brackets; True where an ASCII letter or digit is reached."""
    reached = np.zeros(start.size, np.bool_)
    active, at = np.arange(start.size), start
    for _ in range(REACH // 2):
        if not active.size:
            break
        first = a[at]
        value = WORD[first]
        stamp = np.zeros(at.size, np.int64)
        stamp[value] = _stamp(a, at[value])
        reached[active[value & (stamp == 0)]] = True
        go = (~value & ((first < 0xE0) | _GAP_CHARACTER[_code(a, at)])) | (stamp > 0)
        step = np.where(first >= 0xE0, 3, np.where(first >= 0xC0, 2, np.maximum(stamp, 1)))
        active, at = active[go], (at + step)[go]
    return reached


def _stamp(a: Bytes, at: Ints) -> Ints:
    """How long what follows `[` in `[02:04]` or `[2024-03-01 02:04:33]` is, where that is opened there: the next message
    begins, as gaps.py knows."""
    found = np.zeros(at.size, np.int64)
    rows = np.flatnonzero(a[at - 1] == ord("["))
    for form in _STAMPS:
        ended = rows[a[at[rows] + len(form) - 1] == form[-1]]
        if ended.size:
            found[ended[_written(a, at[ended], form)]] = len(form)
    return found


def _written(a: Bytes, at: Ints, form: bytes) -> Mask:
    """Whether the characters there are those of a form, in which 0 stands for any digit."""
    same: Mask = np.ones(at.size, np.bool_)
    for i, byte in enumerate(form[:-1]):
        same &= a[at + i] - np.uint8(48) < 10 if byte == ord("0") else a[at + i] == byte
    return same


def _spread(expression: str) -> list[str]:
    """An expression that begins with a class of wide characters as one expression for each of them: Hyperscan
    looks for literals several times faster than for a class."""
    first = re.match(r"\[([^\]\\^\[]+)\](?![{?*+])", expression)
    if first is None or first[1].isascii():
        return [expression]
    chars = list(_members(first[1]))
    narrow = "".join(re.escape(c) for c in chars if c.isascii())
    behind = expression[first.end() :]
    return [c + behind for c in chars if not c.isascii()] + ([f"[{narrow}]{behind}"] if narrow else [])


def _members(characters: str) -> Iterator[str]:
    for first, last in re.findall(r"(.)(?:-(.))?", characters, re.DOTALL):
        yield from map(chr, range(ord(first), ord(last or first) + 1))


def _compiled(words: list[tuple[str, int]], others: list[tuple[str, int]]) -> bytes:
    """The serialised database, from the cache where it is there and of this build of the library."""
    build = f"{getattr(hyperscan, '__version__', '')}/{sys.platform}/{platform.machine()}"
    filename = cache.name("triggers", build, "words in bytes", *(f"{i} {e}" for e, i in words + others))
    stored = cache.read(filename)
    if stored is not None:
        try:
            hyperscan.loadb(stored, hyperscan.HS_MODE_BLOCK)
        except hyperscan.HyperscanError:
            stored = None
    if stored is None:
        expressions, ids = zip(*words, *others, strict=True)
        # words as bytes: case is that of ASCII letters, and to compile them as UTF-8 takes a hundred times as long
        flags = [hyperscan.HS_FLAG_CASELESS] * len(words) + [hyperscan.HS_FLAG_UTF8] * len(others)
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        database.compile(expressions=[e.encode() for e in expressions], ids=ids, elements=len(ids), flags=flags)
        stored = hyperscan.dumpb(database)
        cache.write(filename, stored)
    return stored


def _collect(number: int, start: int, end: int, flags: int, append: object) -> None:
    append(end << _SHIFT | number)  # type: ignore[operator]

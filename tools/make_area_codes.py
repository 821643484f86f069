"""Makes data/area_codes.txt: landline area codes with their city and the length of a subscriber number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from make_tables import Package
from make_tables import only
from make_tables import unpacked
from make_tables import write_table

CODES = Package("pypi", "jionlp", "1.5.31", "Apache-2.0", "2026-10")
PLAN = Package("pypi", "phonenumbers", "9.0.43", "Apache-2.0", "2026-11")


def fixed_line(folder: Path) -> re.Pattern[str]:
    """The national pattern of fixed lines in the plan's metadata."""
    source = only(folder, "data/region_CN.py").read_text(encoding="utf-8")
    found = re.search(r"fixed_line=PhoneNumberDesc\(national_number_pattern='([^']+)'", source)
    if found is None:
        raise SystemExit("region_CN.py: no fixed_line pattern")
    return re.compile(found[1].replace("\\\\", "\\"))


def lengths(area: str, plan: re.Pattern[str]) -> str:
    """Subscriber number lengths that the plan knows for an area; where it knows none, both."""
    known = [str(n) for n in (7, 8) if plan.fullmatch(area[1:] + "23456789"[:n])]
    return ",".join(known or ["7", "8"])


def rows(codes: Path, plan: Path) -> Iterator[tuple[str, str, str]]:
    pattern = fixed_line(plan)
    source = only(codes, "dictionary/landline_phone_area_code.txt").read_text(encoding="utf-8")
    for line in sorted(filter(None, map(str.strip, source.splitlines()))):
        area, place = line.split(" ", 1)
        yield area, lengths(area, pattern), place


if __name__ == "__main__":
    with unpacked(CODES) as codes, unpacked(PLAN) as plan:
        write_table(
            __file__,
            "area_codes",
            "landline area codes of mainland China",
            "area code, digits of a subscriber number, province/city",
            [CODES, PLAN],
            rows(codes, plan),
        )

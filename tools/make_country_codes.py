"""Makes data/country_codes.txt: telephone country codes with the lengths of a national number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from make_tables import Package
from make_tables import only
from make_tables import unpacked
from make_tables import write_table

PACKAGE = Package("pypi", "phonenumbers", "9.0.43", "Apache-2.0", "2026-11")
REGIONS = re.compile(r'^    (\d+): \(((?:"\w+", ?)+)\)', re.MULTILINE)
POSSIBLE = re.compile(
    r"^    (?:fixed_line|mobile)=PhoneNumberDesc\(.*possible_length=\(([\d, ]+)\)", re.MULTILINE
)


def lengths(folder: Path, region: str) -> set[int]:
    """Lengths of fixed and mobile numbers in one region; a country code can serve several."""
    source = only(folder, f"data/region_{region}.py").read_text(encoding="utf-8")
    return {int(length) for found in POSSIBLE.findall(source) for length in re.findall(r"\d+", found)}


def rows(folder: Path) -> Iterator[tuple[str, str, str]]:
    index = only(folder, "phonenumbers/data/__init__.py").read_text(encoding="utf-8")
    for code, names in sorted(REGIONS.findall(index)):
        regions = [name for name in re.findall(r"\w+", names) if name.isalpha()]
        known: set[int] = set().union(*(lengths(folder, region) for region in regions))
        if known:
            yield code, regions[0], ",".join(map(str, sorted(known)))


if __name__ == "__main__":
    with unpacked(PACKAGE) as folder:
        write_table(
            __file__,
            "country_codes",
            "telephone country codes",
            "country code, main region, digits of a national number",
            [PACKAGE],
            rows(folder),
        )

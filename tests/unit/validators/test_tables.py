"""The generated tables: header, columns, order, size, and a script that makes each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pii_guard import data

ROOT = Path(__file__).parents[3]
COLUMNS = {
    "area_codes": [r"0\d{2,3}", r"7|8|7,8", r".+"],
    "bank_bins": [r".+", r"\w+", r"debit|credit|semi-credit|prepaid", r"1[3-9]", r"\d{3,10}(?: \d{3,10})*"],
    "country_codes": [r"[1-9]\d{0,2}", r"[A-Z]{2}", r"\d+(?:,\d+)*"],
    "mobile_segments": [r"1[3-9]\d{1,2}", r"(?:移动|联通|电信|广电)(?:虚拟)?", r"phones|other"],
    "regions": [r"\d{4}", r"\d\d(?::\d*-\d*)?(?: \d\d(?::\d*-\d*)?)*"],
    "tlds": [r"\S+"],
    "weak_passwords": [r"\S+(?: \S+)*"],
}


@pytest.mark.parametrize("name", COLUMNS)
def test_header(name: str) -> None:
    header = data.header(name)
    assert list(header) == ["what", "origin", "licence", "date", "script", "columns"]
    assert re.fullmatch(r"\d{4}-\d\d", header["date"])
    for origin in header["origin"].split(", "):
        assert re.fullmatch(r"(?:pypi|npm) \S+ \d+(?:\.\d+)+", origin)
    script = (ROOT / header["script"]).read_text(encoding="utf-8")
    assert f'"{name}"' in script
    for licence in header["licence"].split(", "):
        assert licence in script


@pytest.mark.parametrize("name", COLUMNS)
def test_rows(name: str) -> None:
    rows = list(data.rows(name))
    assert rows
    for row in rows:
        assert len(row) == len(COLUMNS[name])
        assert all(re.fullmatch(shape, cell) for shape, cell in zip(COLUMNS[name], row, strict=True))


@pytest.mark.parametrize("name", [name for name in COLUMNS if name != "weak_passwords"])
def test_rows_are_sorted_and_differ(name: str) -> None:
    keys = [row[:-1] or row for row in data.rows(name)]
    assert keys == sorted(keys)
    assert len(keys) == len(set(map(tuple, keys)))


def test_an_issuer_prefix_has_one_bank() -> None:
    prefixes = [(prefix, row[3]) for row in data.rows("bank_bins") for prefix in row[4].split(" ")]
    assert len(prefixes) == len(set(prefixes))


@pytest.mark.parametrize("name", COLUMNS)
def test_written_as_the_script_writes(name: str) -> None:
    raw = (Path(data.__file__).parent / f"{name}.txt").read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert not raw.endswith(b"\n\n")


def test_every_script_has_its_table() -> None:
    made = {path.stem.removeprefix("make_") for path in (ROOT / "tools").glob("make_*.py")}
    assert set(COLUMNS) <= made

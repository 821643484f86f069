"""Sentences with numbers of every type and look-alikes with none, by authors who had not seen the detector.

What is found of each type, and how much else is reported, is pinned as measured: a change may raise these, not lower
them.  A literal \\n or \\t in a line stands for the character.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from pii_guard import pipeline
from pii_guard import scan_text
from pii_guard.scanner import Scanner
from pii_guard.sources.paths import find

TEXTS = Path(__file__).parent / "texts"
NOT_NUMBERS = {"PERSON", "ADDRESS", "URL"}
OPTIONAL = "NONE"  # among the types of a value: it may be found or not
MARK = re.compile(r"\[\[([A-Z_|]+):(.+?)\]\](?!\])", re.DOTALL)
HEADER = re.compile(r"[^：:{\[=\\]{1,20}(?:,[^：:{\[=\\]{1,20})+\\n")


class Pinned(NamedTuple):
    """What one author's texts hold and how they were read: missed, and reported where nothing (or something of another
    type) stands, by type."""

    name: str
    types: int
    values: int
    lookalikes: int
    missed: dict[str, int]
    false: dict[str, int]


PINNED = (
    # missed of each type: what a human reads from afar (0061 … 人在悉尼), old forms, raw CSV whose labels stand in a header
    Pinned(
        "number",
        34,
        900,
        900,
        {
            "ALIPAY_ACCOUNT": 1,
            "BANK_ACCOUNT": 3,
            "BIRTH_DATE": 1,
            "FOREIGN_PHONE": 2,
            "LANDLINE": 2,
            "LICENSE_PLATE": 1,
            "MOBILE_PHONE": 1,
            "QQ": 1,
            "SERVICE_NUMBER": 2,
            "WECHAT": 1,
        },
        {"BANK_CARD": 2, "LANDLINE": 1, "MOBILE_PHONE": 9},
    ),
    # missed: numbers broken by a line end, dates beside a permit, names of accounts, old plates
    Pinned(
        "ticket",
        34,
        1300,
        1300,
        {
            "BIRTH_DATE": 2,
            "HKID": 1,
            "LANDLINE": 1,
            "LICENSE_PLATE": 1,
            "MOBILE_PHONE": 2,
            "QQ": 2,
        },
        {"IP_ADDRESS": 1, "MOBILE_PHONE": 3, "PASSWORD": 1},
    ),
)


def lines(name):
    raw = (TEXTS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in raw if line and not line.startswith("# ")]


def unmark(line):
    """The text, and (types, start, end) of the values marked in it."""
    text, values, at = "", [], 0
    line = line.replace("\\n", "\n").replace("\\t", "\t")
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        values.append((tuple(mark[1].split("|")), len(text), len(text) + len(mark[2])))
        text, at = text + mark[2], mark.end()
    return text + line[at:], values


def found(text):
    hits = ((f.entity_type, f.start, f.end) for f in scan_text(text) if f.score >= 0.5)
    return [hit for hit in hits if hit[0] not in NOT_NUMBERS]


def same(hit, value):
    """Of one type, and most of the value in the hit, little else (a country code, brackets)."""
    common = min(hit[2], value[2]) - max(hit[1], value[1])
    length = value[2] - value[1]
    return hit[0] in value[0] and common >= 0.6 * length and hit[2] - hit[1] <= length + 12


def expected(hit, value):
    """The value, or part of one that may be read in more than one way."""
    return same(hit, value) or (OPTIONAL in value[0] and hit[1] < value[2] and value[1] < hit[2])


@cache
def score(name):
    """Marked, missed and falsely reported values, by type."""
    marked, missed, false = Counter(), Counter(), Counter()
    for text, values in map(unmark, lines(f"{name}_hits.txt")):
        hits, sure = found(text), [v for v in values if OPTIONAL not in v[0]]
        marked.update(value[0][0] for value in sure)
        missed.update(v[0][0] for v in sure if not any(same(hit, v) for hit in hits))
        false.update(hit[0] for hit in hits if not any(expected(hit, v) for v in values))
    for text, _ in map(unmark, lines(f"{name}_lookalikes.txt")):
        false.update(hit[0] for hit in found(text) if hit[0] != "SERVICE_NUMBER")
    return marked, missed, false


@pytest.mark.parametrize("pinned", PINNED, ids=lambda p: p.name)
def test_the_texts_hold_every_number_type(pinned):
    marked, _, _ = score(pinned.name)
    assert len(marked) == pinned.types
    assert sum(marked.values()) >= pinned.values
    assert len(lines(f"{pinned.name}_lookalikes.txt")) >= pinned.lookalikes


@pytest.mark.parametrize(
    ("pinned", "entity_type"),
    [(p, t) for p in PINNED for t in sorted(score(p.name)[0])],
    ids=lambda v: getattr(v, "name", v),
)
def test_no_more_values_are_missed_than_measured(pinned, entity_type):
    assert score(pinned.name)[1][entity_type] <= pinned.missed.get(entity_type, 0)


@pytest.mark.parametrize("pinned", PINNED, ids=lambda p: p.name)
def test_no_more_is_reported_falsely_than_measured(pinned):
    _, _, false = score(pinned.name)
    assert {t: n for t, n in false.items() if n > pinned.false.get(t, 0)} == {}


def tables():
    return [line for line in lines("number_hits.txt") if HEADER.match(MARK.sub(r"\2", line))]


@pytest.mark.parametrize("number", range(len(tables())))
def test_a_csv_file_is_read_by_its_header(number, tmp_path):
    text, values = unmark(tables()[number])
    (tmp_path / "t.csv").write_text(text + "\n", encoding="utf-8")
    events = pipeline.scan(find([tmp_path]).documents, Scanner())
    hits = Counter(e.entity_type for e in events if hasattr(e, "entity_type") and e.score >= 0.5)
    assert Counter(value[0][0] for value in values) - hits == Counter()

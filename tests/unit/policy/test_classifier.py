"""The classifier: on styles it never learnt from, what it may keep, how large it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pii_guard.policy import JudgedSegment
from pii_guard.policy import JudgedUnit
from pii_guard.policy import judge
from pii_guard.policy import load
from pii_guard.policy.classifier import WEIGHTS
from pii_guard.policy.features import plain

TEXTS = Path(__file__).parents[3] / "training" / "channels"


def _held_out() -> list[tuple[int, str]]:
    rows: list[tuple[int, str]] = []
    for path in sorted(TEXTS.glob("heldout_*.txt")):
        channel = 0
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("## "):
                channel = int(line[3:])
            elif line and not line.startswith("#"):
                rows.append((channel, line))
    return rows


def test_held_out_styles() -> None:
    ruleset, hits, clean = load(), 0, 0
    rows = _held_out()
    for channel, text in rows:
        got = {v.channel for v in judge(ruleset, JudgedUnit(segments=(JudgedSegment(text),))) if v.channel}
        hits += channel in got if channel else 0
        clean += not got if not channel else 0
    positives = sum(channel > 0 for channel, _ in rows)
    assert hits / positives > 0.8
    assert clean / (len(rows) - positives) > 0.9


def test_size() -> None:
    assert WEIGHTS.stat().st_size <= 2_000_000


def test_features_hold_no_numbers() -> None:
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        names = bytes(stored["names"]).decode()
    assert not set(names) & set("123456789")


@pytest.mark.parametrize(
    ("text", "shape"),
    [("卡号 6222021234567890", "卡号000000"), ("密码12", "密码00"), ("a http://b.c/d e", "a~url~e")],
)
def test_numbers_and_links_lose_their_values(text: str, shape: str) -> None:
    assert plain(text) == shape


def test_explains_itself() -> None:
    ruleset = load()
    text = "有个亲戚让我去开户，开完卡和那个小盾他都拿着，每月给我点钱"
    (found,) = judge(ruleset, JudgedUnit(segments=(JudgedSegment(text),)))
    assert "措辞依据" in found.message

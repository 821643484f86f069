"""The hand-made JSON line is what json.dumps would write."""

from __future__ import annotations

import json

import pytest

from pii_guard.model import Anchor
from pii_guard.model import Finding
from pii_guard.report._record import of_finding
from pii_guard.report.jsonl import _line
from pii_guard.secret import Secret

PLAIN = Finding("QQ", 1, 6, 0.8, (), Secret("12345"), "12**5")
FULL = Finding(
    "EMAIL_ADDRESS", 0, 9, 0.99, ('near:"邮箱"', "a\\b\n\x1f😀\u2028"), Secret("x"), 'a"\\\t***', "critical", 'C:\\名 "单"\x7f.txt',
    3, 4, 5, 6, Anchor("cell", row=2, column='列"'), "f" * 24, value_id="v" * 24, person="p1", rules=("R-1", "R-2"), channels=(1, 8),
)  # fmt: skip


ANCHORS = (
    Anchor("message", message=7, role="agent"),
    Anchor("message", message=0),
    Anchor("message", part='"message":0', message=12, key='"row":0'),
    Anchor("cell", part='"row":0', row=0, column="message"),
    Anchor("cell", row=3, message=4),
    Anchor("page", page=2),
)
OTHERS = [PLAIN._replace(anchor=anchor) for anchor in ANCHORS] + [PLAIN._replace(score=1), PLAIN._replace(score=1.0)]


@pytest.mark.parametrize("finding", [PLAIN, FULL, *OTHERS])
def test_line_is_json_dumps(finding):
    assert _line(finding) == json.dumps(of_finding(finding), ensure_ascii=False, separators=(",", ":")) + "\n"

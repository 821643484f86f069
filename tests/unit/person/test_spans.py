"""From evidence to spans, with evidence made by hand."""

from __future__ import annotations

import pytest

from pii_guard.detect.person.barred import barred
from pii_guard.detect.person.spans import spans

OUT = (-8.0, -8.0)
FIRST, INNER = (5.0, 0.5), (-1.0, 5.0)
BOTH = (3.0, 5.5)  # a sound that might begin a name, but rather goes on with one


def found(text: str, evidence: str) -> list[str]:
    """The spans of a text; evidence: B first, I inner, x both, anything else outside."""
    kinds = {"B": FIRST, "I": INNER, "x": BOTH}
    return [text[s.start : s.end] for s in spans(text, 0, [kinds.get(e, OUT) for e in evidence])]


@pytest.mark.parametrize(
    ("text", "evidence", "names"),
    [
        ("总理安瓦尔·易卜拉欣说", "--BIIIxxxI-", ["安瓦尔·易卜拉欣"]),
        ("教授安吉拉·克里斯亚蒂诺等", "--BIIIxxxxxI-", ["安吉拉·克里斯亚蒂诺"]),
        ("外长何塞·米格尔·因苏尔萨在", "--BIIxxIIIxII-", ["何塞·米格尔·因苏尔萨"]),
        ("有王建国李晓梅两人", "-BIIBII--", ["王建国", "李晓梅"]),
        ("起诉了梁某遂等人", "---BII--", []),
    ],
)
def test_names_are_whole(text: str, evidence: str, names: list[str]) -> None:
    assert found(text, evidence) == names


@pytest.mark.parametrize(
    ("text", "evidence", "ends"),
    [
        ("队员阿萨诺维奇说", "--BIIII-", 0),
        ("员托马斯·皮克林", "-BIIIIII", 0),
        ("对诺维奇队的比赛", "-BII----", 3),
    ],
)
def test_a_club_inside_a_name_bars_nothing(text: str, evidence: str, ends: int) -> None:
    kinds = {"B": FIRST, "I": INNER}
    assert barred(text, [kinds.get(e, OUT) for e in evidence])[-1] == ends

"""`assess_dialog` as a caller uses it."""

from __future__ import annotations

import pytest

from pii_guard import Annotation
from pii_guard import assess_dialog
from pii_guard import assess_text
from pii_guard.errors import UsageError


@pytest.mark.parametrize("key", ["content", "text"])
def test_both_names_of_what_is_said(key: str) -> None:
    turns = [{"role": "agent", key: "请把您的银行卡交易密码发给我"}, {"role": "customer", key: "密码135792"}]
    found = assess_dialog(turns)
    assert "CS-01" in {violation.rule_id for violation in found.violations}
    assert [(finding.entity_type, finding.anchor.message) for finding in found.findings] == [("PASSWORD", 2)]


def test_a_turn_without_text_never_passes_as_clean() -> None:
    with pytest.raises(UsageError, match="第 2 轮"):
        assess_dialog([{"role": "agent", "content": "您好"}, {"role": "customer", "message": "密码135792"}])


GOOD = [
    {"role": "customer", "content": "我想查一下快递"},
    {"role": "agent", "content": "好的，为了核实身份，请您只报手机号后四位，不要告诉我密码和验证码"},
]


def test_good_practice_is_an_annotation_and_no_violation() -> None:
    found = assess_dialog(GOOD)
    assert found.violations == ()
    (note,) = found.annotations
    assert isinstance(note, Annotation)
    assert (note.rule_id, note.anchor.message, note.anchor.role) == ("CS-20", 2, "agent")
    assert note.message
    assert [law.id for law in note.law] == ["CRPL-14"]
    assert not any("CS-20" in finding.rules for finding in found.findings)


def test_a_text_has_no_annotations() -> None:
    assert assess_text("请您只报手机号后四位").annotations == ()

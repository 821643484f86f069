"""Conversations: across messages, split numbers, roles, good practice."""

from __future__ import annotations

from pii_guard.policy import judge_and_note
from pii_guard.policy import judge_dialog
from pii_guard.policy import load

RULESET = load()
Turns = list[dict[str, str]]


def _turns(*said: tuple[str, str]) -> Turns:
    return [{"role": role, "content": text} for role, text in said]


def _rules(turns: Turns) -> set[str]:
    return {v.rule_id for v in judge_dialog(RULESET, turns) if v.rule_id.startswith("CS-")}


def test_question_in_one_turn_answer_in_the_next() -> None:
    turns = _turns(("agent", "把验证码报给我"), ("customer", "482913"), ("agent", "好的已处理"))
    assert _rules(turns) == {"CS-02", "CS-18"}


def test_a_number_split_over_two_messages_counts() -> None:
    turns = _turns(
        ("customer", "我的卡尾号多少"), ("agent", "62222200"), ("customer", "嗯"), ("agent", "00000005")
    )
    assert "CS-05" in _rules(_luhn(turns))


def _luhn(turns: Turns) -> Turns:
    """The last part completed so that the whole number passes its check."""
    from pii_guard.validators import luhn

    body = turns[1]["content"] + turns[3]["content"][:-1]
    return [*turns[:3], {"role": "agent", "content": turns[3]["content"][:-1] + luhn.check_digit(body)}]


def test_roles_of_chat_exports() -> None:
    assert _rules(_turns(("客服", "请把您的支付密码报给我"), ("客户", "啊？"))) == {"CS-01"}
    assert _rules([{"role": "assistant", "content": "请打开屏幕共享"}]) == {"CS-10"}


def test_good_practice_is_praised_and_no_violation() -> None:
    asked = ("agent", "先核实身份，请报预留手机后四位")
    turns = _turns(("customer", "查一下额度"), asked, ("customer", "8000"), ("agent", "已核对尾号"))
    assert judge_dialog(RULESET, turns) == []
    assert {v.rule_id for v in judge_and_note(RULESET, turns)[1]} == {"CS-20"}


def test_once_per_rule_and_turn() -> None:
    found = judge_dialog(RULESET, _turns(("agent", "把验证码报给我，快把短信验证码念给我")))
    assert [v.rule_id for v in found].count("CS-02") == 1


def test_place_of_the_turn() -> None:
    (found,) = judge_dialog(RULESET, _turns(("customer", "在吗"), ("agent", "您加我微信吧")))
    assert found.anchor.message == 2
    assert found.anchor.role == "agent"


def test_nothing_said() -> None:
    assert judge_dialog(RULESET, []) == []

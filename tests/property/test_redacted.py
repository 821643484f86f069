"""What must always hold of redaction, on texts nobody wrote: sentences of the rules with characters lost, added and joined.

Mutation found masks that left a value as it was, and a redacted code taken for a password.
"""

from __future__ import annotations

import random

import pytest

from pii_guard import redact_text
from pii_guard import scan_text
from pii_guard.detect import rulebook
from pii_guard.detect.rules import read_cases
from pii_guard.model import MEDIUM

CASES = [case.text for path in rulebook.entity_files() for case in read_cases(path)]
STRANGE = "0123456789 -./:@,，：()（）\n\tXxOl手机电话卡号身份证密码是QQ微信验证码邮箱年月日"


def _mutated(r: random.Random) -> str:
    parts = []
    for _ in range(r.randrange(1, 6)):
        chars = list(r.choice(CASES))
        for _ in range(r.randrange(3)):
            at = r.randrange(len(chars))
            chars[at : at + 1] = r.choice(([], [chars[at], r.choice(STRANGE)]))
            chars = chars or ["。"]
        parts.append("".join(chars))
    return r.choice(("\n", "，", "。", "")).join(parts)


@pytest.mark.parametrize("seed", range(6))
def test_a_redacted_text_has_nothing_left_and_stays_as_it_is(seed):
    r = random.Random(seed)
    for _ in range(120):
        once = redact_text(_mutated(r))
        left = [f.entity_type for f in scan_text(once) if f.score >= MEDIUM and f.severity != "info"]
        assert left == []
        assert redact_text(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "防火墙放行，card_exp: 10/28出生於民國78年5月20日，現居高雄",
        "密码是我名字全拼加生日：lihua09(21\n我是住在朝阳那边的，",
        "信用卡有效期限02/2031台湾客户护照没带",
    ],
)
def test_the_notice_of_a_removed_value_is_nobodys(text):
    once = redact_text(text)
    assert "[已删除:" in once
    assert [f.entity_type for f in scan_text(once) if f.score >= MEDIUM and f.severity != "info"] == []

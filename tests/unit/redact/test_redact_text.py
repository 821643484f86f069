"""redact_text and restore_text: what each operator leaves, and that it can be taken back or repeated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pii_guard.errors import UsageError
from pii_guard.model import Hit
from pii_guard.redact import Redactor
from pii_guard.redact import Settings
from pii_guard.redact import redact_text
from pii_guard.redact import restore_text
from pii_guard.redact.keys import as_key
from pii_guard.redact.operators import operators
from pii_guard.redact.vault import Vault
from tests.unit.redact.plain_detector import detect

KEY = "a test key of thirty-two letters"
TEXT = "王小明是13800138000，13800138000；密码：abc12345，6222000000000000005。欧阳娜娜 a1@b.com"
VALUES = ["13800138000", "139-0013-9000", "11010119000101001X", "6222000000000000005", "王小明", "张伟"]
VALUES += ["x1@b.cn", "密码：abc12345", "北京市朝阳区建国路88号院1号楼"]
PIECES = [*VALUES, "，", "1", "[", "]", "手机", " ", "\n", "a", "*", "[手机号_1]"]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        (
            "mask",
            "王**是138****8000，138****8000；密码：[已删除:PASSWORD]，622200*********0005。欧阳** ***@b.com",
        ),
        ("tag", "[姓名_1]是[手机号_1]，[手机号_1]；密码：[密码_1]，[银行卡号_1]。[姓名_2] [邮箱_1]"),
        ("remove", "是，；密码：，。 "),
        (
            "generalise",
            "[姓名]是[手机号 138]，[手机号 138]；密码：[密码]，[银行卡号 622200]。[姓名] [邮箱 b.com]",
        ),
    ],
)
def test_operators(operator: str, expected: str) -> None:
    redacted = redact_text(TEXT, operator, detect=detect)
    assert redacted.text == expected
    assert redacted.counts["MOBILE_PHONE"] == 2


@pytest.mark.parametrize("operator", sorted(operators()))
@settings(max_examples=40)
@given(text=TEXTS)
def test_nothing_is_found_afterwards_and_twice_is_once(operator: str, text: str) -> None:
    vault = Vault()
    once = redact_text(text, operator, detect=detect, key=KEY, vault=vault).text
    assert redact_text(once, operator, detect=detect, key=KEY, vault=vault).text == once
    if operator != "pseudonym":
        assert detect(once) == []


@pytest.mark.parametrize("operator", ["encrypt", "pseudonym"])
@settings(max_examples=80)
@given(text=TEXTS)
def test_restore_brings_the_text_back(operator: str, text: str) -> None:
    redacted = redact_text(text, operator, detect=detect, key=KEY)
    assert restore_text(redacted.text, key=KEY, vault=redacted.vault) == text


def test_pseudonyms_agree_over_runs_and_differ_over_keys() -> None:
    first, again = (redact_text("13800138000 王小明", "pseudonym", detect=detect, key=KEY).text for _ in "ab")
    other = redact_text("13800138000 王小明", "pseudonym", detect=detect, key=KEY + "2").text
    assert first == again != other


def test_pseudonyms_of_a_key_never_collide() -> None:
    redactor = Redactor(Settings("pseudonym", key=as_key(KEY)))
    numbers = [f"138{n:08}" for n in range(20_000)]
    assert len({redactor.replacement("MOBILE_PHONE", number) for number in numbers}) == len(numbers)
    names = [f"名{n}" for n in range(5_000)]
    assert len({redactor.replacement("PERSON", name) for name in names}) == len(names)


def test_a_wrong_key_is_said_clearly() -> None:
    text = redact_text("13800138000", "encrypt", detect=detect, key=KEY).text
    with pytest.raises(UsageError, match="密钥不对"):
        restore_text(text, key=KEY + "2")
    with pytest.raises(UsageError, match="改动"):
        restore_text(text[:-4] + "AAA]", key=KEY)


@pytest.mark.parametrize("operator", ["encrypt", "hash", "pseudonym"])
def test_keyed_operators_ask_for_a_key(operator: str) -> None:
    with pytest.raises(UsageError, match="需要密钥"):
        redact_text("x", operator, findings=[])


def test_an_unknown_operator_names_the_known() -> None:
    with pytest.raises(UsageError, match="generalise"):
        redact_text("x", "blur", findings=[])


def test_a_choice_per_type_and_types_that_are_no_ones() -> None:
    choice = {"PERSON": "tag", "MOBILE_PHONE": "keep"}
    assert redact_text("13800138000 王小明", detect=detect, by_type=choice).text == "13800138000 [姓名_1]"
    assert redact_text("95588", findings=[Hit(0, 5, "SERVICE_NUMBER", 1.0)]).text == "95588"


def test_tags_go_on_over_texts_and_around_tags_already_there() -> None:
    redactor = Redactor(Settings("tag"))
    texts = ["13800138000", "[手机号_2] 13900139000", "13800138000"]
    redacted = [redact_text(text, detect=detect, redactor=redactor).text for text in texts]
    assert redacted == ["[手机号_1]", "[手机号_2] [手机号_3]", "[手机号_1]"]


def test_overlapping_findings_are_covered_whole() -> None:
    hits = [Hit(0, 6, "BANK_CARD", 0.4), Hit(4, 12, "LANDLINE", 0.9)]
    assert redact_text("123456789012 x", "tag", findings=hits).text == "[固定电话_1] x"


def test_a_waybill_hides_six_digits_of_the_phone() -> None:
    hits = [Hit(0, 4, "WAYBILL_NUMBER", 1.0), Hit(5, 16, "MOBILE_PHONE", 1.0)]
    assert redact_text("SF12 13800138000", findings=hits).text == "**** 138******00"


def test_secrets_do_not_show() -> None:
    redacted = redact_text("13800138000", "pseudonym", detect=detect, key=KEY)
    assert "138" not in repr(redacted)
    assert KEY not in repr(Settings(key=as_key(KEY)))

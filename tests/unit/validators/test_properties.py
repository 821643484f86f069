"""Properties of all validators: nothing but a ValidationError comes out, and writing a number keeps it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pii_guard.validators import ValidationError
from pii_guard.validators import Validator
from pii_guard.validators import load
from pii_guard.validators import luhn
from pii_guard.validators import mod_11_2
from pii_guard.validators import names

SIGNS = (
    "0123456789０１²①٣XxABCZО京A港WJ使领字第号军+-–—()（）[]【】 /.,:;=^%?@#转年月日°\u3000\u200b\x1f\ud800"
)
TEXTS = (
    st.text(max_size=40) | st.text(alphabet=SIGNS, max_size=40) | st.text(alphabet="0123456789", max_size=22)
)
HOSTILE = [
    "0" * 50_000,
    "1-" * 25_000,
    "a." * 25_000,
    "@" * 50_000,
    "[" * 50_000,
    " " * 50_000 + "1",
    "a@" + "a-" * 25_000,
]


def errors(error: type[ValidationError]) -> list[type[ValidationError]]:
    return [error, *(child for direct in error.__subclasses__() for child in errors(direct))]


def outcome(validator: Validator, text: str) -> tuple[str, str | None]:
    try:
        return validator.validate(text), None
    except ValidationError as error:
        return "", str(error)


@pytest.mark.parametrize("name", names())
@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_any_text_gives_a_number_or_a_validation_error(name: str, text: str) -> None:
    validator = load(name)
    assert isinstance(validator.format(text), str)
    number, message = outcome(validator, text)
    assert validator.is_valid(text) is (message is None)
    assert message in {None, *(error.message for error in errors(ValidationError))}
    if message is None:
        assert validator.compact(number) == number
        assert validator.compact(validator.format(number)) == number


@pytest.mark.parametrize("name", names())
@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_a_written_number_stays_the_same(name: str, text: str) -> None:
    validator = load(name)
    compact = validator.compact(text)
    assert validator.compact(compact) == compact
    assert validator.format(validator.format(text)) == validator.format(text)


@pytest.mark.parametrize("name", names())
def test_hostile_text_takes_no_longer_than_its_length(name: str) -> None:
    validator = load(name)
    start = time.process_time()
    for text in HOSTILE:
        validator.is_valid(text)
    assert time.process_time() - start < 2


@given(
    body=st.text(alphabet="0123456789", min_size=1, max_size=18),
    at=st.integers(0, 17),
    step=st.integers(1, 9),
)
def test_one_wrong_digit_is_always_seen(body: str, at: int, step: int) -> None:
    at %= len(body)
    wrong = body[:at] + str((int(body[at]) + step) % 10) + body[at + 1 :]
    assert luhn.is_valid(body + luhn.check_digit(body))
    assert not luhn.is_valid(wrong + luhn.check_digit(body))
    assert mod_11_2.is_valid(body + mod_11_2.check_digit(body))
    assert not mod_11_2.is_valid(wrong + mod_11_2.check_digit(body))

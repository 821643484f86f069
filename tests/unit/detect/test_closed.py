"""A pattern that is not tried at a run because no letter follows it could not have matched there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pii_guard.detect import rulebook
from pii_guard.detect.closed import may_match
from pii_guard.detect.confirm import Confirmer

RULES = [rule for rule in Confirmer([e for e in rulebook.load() if e.patterns and not e.finder]).rules if rule.pattern.runs]
CLOSED = [(rule, n) for rule in RULES for n in rule.pattern.runs if not may_match(rule.pattern.regex, n)]


def test_it_spares_many_tries():
    assert len(CLOSED) > 30
    assert {"VIN", "USCC"} <= {rule.entity_type for rule, _ in CLOSED}


@given(
    st.sampled_from(CLOSED),
    st.text(alphabet="VINGLJ群QQ客服：科- +(1x", max_size=6),
    st.text(alphabet="0123456789", min_size=40, max_size=40),
    st.sampled_from(" -./_·，,、（）()*\r\n转:：年@一"),
    st.text(alphabet="0123456789 -./·ABXxZ", max_size=24),
)
@settings(max_examples=600, deadline=None)
def test_no_match_is_missed(closed, before, digits, follows, behind):
    rule, length = closed
    text = before + digits[:length] + follows + behind
    assert rule.regex.match(text, len(before)) is None


@pytest.mark.parametrize(
    ("pattern", "length", "expected"),
    [
        ("1[3-9][0-9]{9}", 11, True),
        ("1[3-9][0-9]{9}", 10, False),
        ("[0-9]{3}(?:[ -][0-9]{4}){2}", 3, True),
        ("[0-9]{3}[A-Z]?", 3, True),
        ("[0-9]{3}[A-Z]", 3, False),
        ("[^A-Z]{4}", 3, True),
        ("(?![0-9])x|[0-9]{2}", 2, True),
        (r"\d{3}\w", 3, True),
        (r"([0-9])\1", 2, True),
        ("[0-9]{2,4}+Z", 3, False),
        ("(?>[0-9]+)一", 3, True),
        ("(", 3, True),
        ("(" * 9 + "[0-9]" + "){19}" * 9, 19, False),  # by trying all ways it would never end
        ("(" * 9 + "[0-9]" + "){1,19}" * 9, 19, True),
    ],
)
def test_what_may_match(pattern, length, expected):
    assert may_match(pattern, length) is expected

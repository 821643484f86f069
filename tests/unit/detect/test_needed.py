"""A shape that is not searched for, because the text lacks the characters it needs, could not have matched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pii_guard.detect import rulebook
from pii_guard.detect.confirm import Confirmer
from pii_guard.detect.needed import needed
from pii_guard.detect.rule import Rule
from pii_guard.detect.rules import Entity
from pii_guard.detect.rules import Pattern

CONFIRMER = Confirmer([e for e in rulebook.load() if e.patterns and not e.finder])
NEEDY = [rules[0] for rules in CONFIRMER.by_shape.values() if rules[0].needs]


def test_most_shapes_need_a_character():
    assert len(NEEDY) > len(CONFIRMER.by_shape) * 0.8
    assert "@" in {rule.needs for rule in NEEDY}


@given(st.data())
@settings(max_examples=600, deadline=None)
def test_every_match_holds_one_of_them(data):
    rule = data.draw(st.sampled_from(NEEDY))
    found = data.draw(st.from_regex(rule.pattern.shape))
    matched = rule.shape.search(found)
    assert matched is None or set(rule.needs) & set(matched.group())


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[0-9]@[a-z]", "@"),
        ("[0-9]@?", ""),
        ("[0-9]@*[0-9]", ""),
        ("(?:[0-9]@){2}", "@"),
        ("(?:[0-9]@|[0-9]#)[0-9]", "#@"),
        ("[0-9]@|[0-9]", ""),
        ("[^@]", ""),
        ("[#-@]|[\\W@]", ""),
        ("(?>[0-9]@)", "@"),
        ("(?=@)[0-9]", ""),
        ("(?!@)[0-9]", ""),
        ("(?<=@)[0-9]", ""),
        ("(?i)[0-9]k", ""),
        ("(?i:k)[0-9]", ""),
        (r"([0-9])@\1", "@"),
        ("a验", "验"),
        ("(?(", ""),
    ],
)
def test_what_is_read_off_a_pattern(pattern, expected):
    assert needed(pattern) == expected


def test_nothing_is_said_of_a_users_shape():
    mine = Pattern("mine", "[0-9]{6}@[0-9]", 0.9, shape="[0-9]@")
    assert Rule(Entity("MINE", "", ""), mine).needs == "@"
    assert Rule(Entity("MINE", "", ""), mine._replace(source="mine.yaml")).needs == ""

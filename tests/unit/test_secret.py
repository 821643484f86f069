from __future__ import annotations

import json
import pickle

import pytest

from pii_guard.secret import Secret

VALUE = "11010119000307001X"


@pytest.mark.parametrize("show", [repr, str, "{}".format, "%s".__mod__, lambda s: f"{s:>30}".strip()])
def test_nothing_shows_the_value(show):
    assert VALUE not in show(Secret(VALUE))


def test_json_refuses_and_pickle_seals():
    with pytest.raises(TypeError):
        json.dumps(Secret(VALUE))
    body = pickle.dumps(Secret(VALUE))
    assert VALUE.encode() not in body
    with pytest.raises(ValueError, match="sealed"):
        pickle.loads(body).reveal()


def test_equal_values_are_equal_and_found_in_sets():
    assert Secret(VALUE) == Secret(VALUE) != Secret("x")
    assert len({Secret(VALUE), Secret(VALUE)}) == 1

"""Our `NamedTuple` behaves as the library's for all that this package uses of it."""

from __future__ import annotations

import copy
import pickle
import typing

import pytest

from pii_guard import named


class _Ours(named.NamedTuple):
    """A place."""

    a: int
    b: tuple[int, ...] = ()
    c: str | None = None

    @property
    def total(self) -> int:
        return self.a + sum(self.b)


class _Library(typing.NamedTuple):
    """A place."""

    a: int
    b: tuple[int, ...] = ()
    c: str | None = None

    @property
    def total(self) -> int:
        return self.a + sum(self.b)


class _OursShown(named.NamedTuple):
    a: int = 0

    def __repr__(self) -> str:
        return "shown"


class _LibraryShown(typing.NamedTuple):
    a: int = 0

    def __repr__(self) -> str:
        return "shown"


both = pytest.mark.parametrize("kind", [_Ours, _Library], ids=["ours", "library"])


@both
def test_values_are_given_by_place_name_or_default(kind):
    assert kind(1) == (1, (), None) == kind(a=1)
    assert kind(1, (2,), c="x") == (1, (2,), "x")
    assert (kind(1, (2, 3)).total, kind(5).a, kind(5, c="y").c) == (6, 5, "y")


@both
def test_the_first_tuples_are_made_as_later_ones(kind):
    for number in range(40):
        assert kind(number, c="x") == (number, (), "x") == kind(c="x", a=number)


@both
def test_wrong_values_are_refused_at_the_first_and_at_the_second_tuple(kind):
    for _ in range(2):
        with pytest.raises(TypeError):
            kind()
        with pytest.raises(TypeError):
            kind(1, d=2)
        with pytest.raises(TypeError):
            kind(1, (), None, 4)
        with pytest.raises(TypeError):
            kind(1, a=1)
    with pytest.raises(AttributeError):
        kind(1).a = 2
    with pytest.raises(AttributeError):
        kind(1).other = 2


@both
def test_changed_listed_and_made_from_an_iterable(kind):
    assert kind(1)._replace(c="z") == (1, (), "z")
    with pytest.raises(ValueError, match="unexpected"):
        kind(1)._replace(d=1)
    assert kind(1)._asdict() == {"a": 1, "b": (), "c": None}
    assert (type(kind._make([1, 2, 3])), kind._make([1, 2, 3])) == (kind, (1, 2, 3))
    with pytest.raises(TypeError, match="Expected 3 arguments, got 1"):
        kind._make([1])


@both
def test_a_class_tells_its_fields_and_keeps_its_words(kind):
    assert (kind._fields, kind._field_defaults, kind.__match_args__) == (("a", "b", "c"), {"b": (), "c": None}, ("a", "b", "c"))
    assert (kind.__doc__, kind.__annotations__.keys(), kind.__slots__) == ("A place.", {"a", "b", "c"}, ())
    assert repr(kind(1)) == f"{kind.__name__}(a=1, b=(), c=None)"
    match kind(4, (1,)):
        case kind(a, b):
            assert (a, b) == (4, (1,))


@both
def test_copies_are_equal_and_of_the_same_class(kind):
    made = kind(1, (2,), "x")
    for again in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        assert (type(again), again) == (kind, made)
    assert hash(made) == hash((1, (2,), "x"))


def test_a_class_may_show_itself_otherwise():
    assert (repr(_OursShown(1)), repr(_LibraryShown(1))) == ("shown", "shown")


def test_a_class_below_a_made_one_makes_its_own():
    class Child(_Ours):
        pass

    assert (type(Child(7)), Child(7).total) == (Child, 7)
    assert type(_Ours(7)) is _Ours

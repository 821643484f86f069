"""Our `dataclass` behaves as the library's for all that this package uses of it."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from pii_guard import records


def _shapes(dataclass):
    @dataclass(frozen=True, slots=True)
    class Value:
        """Frozen."""

        a: int
        b: tuple[int, ...] = ()
        c: dict[str, int] = dataclasses.field(default_factory=dict)

        @property
        def total(self) -> int:
            return self.a + sum(self.b)

    @dataclass(slots=True)
    class Cell:
        """Changing."""

        a: int
        b: list[int] = dataclasses.field(default_factory=list)

    @dataclass
    class Walk:
        """With a dictionary, checked when made."""

        a: int
        b: int = 1

        def __post_init__(self) -> None:
            self.c = self.a + self.b

    @dataclass(frozen=True, slots=True, eq=False)
    class Same:
        """Equal to itself only."""

        a: int = 0

        def __repr__(self) -> str:
            return "same"

    return Value, Cell, Walk, Same


@pytest.fixture(params=[records.dataclass, dataclasses.dataclass], ids=["ours", "library"])
def shapes(request):
    return _shapes(request.param)


def test_values(shapes):
    value, *_ = shapes
    one = value(1, (2,), c={"x": 1})
    assert (one.a, one.b, one.c, one.total) == (1, (2,), {"x": 1}, 3)
    assert value(1) == value(a=1)
    assert value(1) != value(2)
    assert value(1) != (1, (), {})
    assert value(1).c is not value(1).c
    assert repr(value(1)).endswith("Value(a=1, b=(), c={})")
    assert value.__doc__ == "Frozen."
    assert not hasattr(one, "__dict__")
    with pytest.raises(TypeError):
        value()
    with pytest.raises(TypeError):
        value(1, unknown=2)


def test_the_first_objects_are_made_as_later_ones(shapes):
    value, cell, walk, _ = shapes
    for number in range(40):
        one = value(number, c={"x": 1})
        assert (one.a, one.b, one.c) == (number, (), {"x": 1})
        assert cell(b=[2], a=number).b == [2]
        assert cell(number).b is not cell(number).b
        assert walk(number, 2).c == number + 2


@pytest.mark.parametrize("made", [0, 40])
@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1,), {"a": 2}), ((1, (), {}, 4), {}), ((1,), {"d": 2}), ((), {"b": ()})]
)
def test_wrong_values_are_refused_at_any_time(shapes, made, values, named):
    value, *_ = shapes
    for number in range(made):
        value(number)
    with pytest.raises(TypeError):
        value(*values, **named)


def test_frozen(shapes):
    value, cell, _, same = shapes
    one = value(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.a = 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.a
    changing = cell(1)
    changing.a = 3
    assert changing == cell(3)
    with pytest.raises(AttributeError):
        changing.unknown = 1
    with pytest.raises(TypeError):
        hash(changing)
    assert same() != same()
    assert len({same(), same()}) == 2
    assert repr(same()) == "same"


def test_what_the_library_offers(shapes):
    value, cell, walk, _ = shapes
    assert dataclasses.replace(value(1, (5,)), a=2) == value(2, (5,))
    assert [f.name for f in dataclasses.fields(cell)] == ["a", "b"]
    assert dataclasses.fields(value)[1].default == ()
    assert dataclasses.asdict(value(1)) == {"a": 1, "b": (), "c": {}}
    assert dataclasses.is_dataclass(walk)
    assert dataclasses.replace(walk(1), b=5).c == 6
    match value(7, (8,)):
        case value(a, b):
            assert (a, b) == (7, (8,))
    assert copy.copy(value(1, (2,))) == value(1, (2,))
    assert hash(value(1, (2,), ())) == hash(value(1, (2,), ()))


@records.dataclass(frozen=True, slots=True)
class Sent:
    """A value that goes to another process."""

    a: int
    b: str = ""


def test_pickled():
    assert pickle.loads(pickle.dumps(Sent(1, "x"))) == Sent(1, "x")

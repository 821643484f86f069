"""`NamedTuple` as in `typing`, six times as fast to make: start-up pays for every class.

The library compiles a constructor for each class and a reference for each annotation; 38 classes of a scan of ten
small files took 8 ms of its 90.  Here the constructor is compiled once some tuples are made, and the rest is shared.

>>> class Point(NamedTuple):
...     x: int
...     y: int = 0
>>> Point(1), Point(1)._replace(y=2), Point._fields, Point(x=3) == (3, 0)
(Point(x=1, y=0), Point(x=1, y=2), ('x', 'y'), True)
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING
from typing import Any

__all__ = ["NamedTuple"]

_new = tuple.__new__
_FEW = 8  # tuples of a class that are made without a compiled constructor
try:
    from _collections import _tuplegetter as _item  # type: ignore[import-not-found]  # as the library: several times as fast
except ImportError:

    def _item(at: int, doc: str) -> property:
        return property(itemgetter(at), doc=doc)


def _made(name: str, content: dict[str, Any]) -> type:
    """The class of a class statement: fields from its annotations, everything else as written."""
    fields = tuple(content.get("__annotations__", ()))
    defaults = {field: content.pop(field) for field in fields if field in content}
    content |= {field: _item(at, f"Alias for field number {at}") for at, field in enumerate(fields)}
    content |= {"__slots__": (), "_fields": fields, "__match_args__": fields, "_field_defaults": defaults}
    content |= {"_replace": _replace, "_asdict": _asdict, "__getnewargs__": _plain}
    content.setdefault("__repr__", _repr)
    content["_make"] = classmethod(_make)

    few = iter(range(_FEW))

    def construct(cls: type, /, *values: object, **named: object) -> object:
        if next(few, None) is not None and (whole := _filled(fields, defaults, values, named)) is not None:
            return _new(cls, whole)
        made.__new__ = constructor = _constructor(fields, defaults)  # type: ignore[method-assign,assignment]
        return constructor(cls, *values, **named)

    content["__new__"] = construct
    made = type(name, (tuple,), content)
    return made


def _filled(
    fields: tuple[str, ...], defaults: dict[str, Any], values: tuple[object, ...], named: dict[str, object]
) -> list[object] | None:
    """The items of a tuple; None where the values are not its own: the compiled constructor says what is wrong."""
    given = dict(zip(fields, values, strict=False)) | named
    whole = defaults | given
    if len(given) < len(values) + len(named) or whole.keys() != set(fields):
        return None
    return [whole[field] for field in fields]


def _constructor(fields: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., object]:
    known: dict[str, Any] = {"_new": _new}
    known |= {f"_default_{field}": value for field, value in defaults.items()}
    heads = [f"{field}=_default_{field}" if field in defaults else field for field in fields]
    items = "".join(f"{field}, " for field in fields)
    source = f"def __new__(_cls, {', '.join(heads)}):\n return _new(_cls, ({items}))"
    exec(source, known)  # noqa: S102 - names of fields, as the library does
    made: Callable[..., object] = known["__new__"]
    return made


def _make(cls: Any, values: Iterable[object]) -> Any:
    """A tuple of this class from an iterable."""
    made = _new(cls, values)
    if len(made) != len(cls._fields):
        raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
    return made


def _replace(self: Any, /, **changes: object) -> Any:
    """The same tuple with some fields changed."""
    made = _new(type(self), map(changes.pop, self._fields, self))
    if changes:
        raise ValueError(f"Got unexpected field names: {list(changes)!r}")
    return made


def _asdict(self: Any) -> dict[str, Any]:
    """Fields and values."""
    return dict(zip(self._fields, self, strict=True))


def _plain(self: Any) -> tuple[Any, ...]:
    return tuple(self)


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
    return f"{type(self).__name__}({shown})"


class _Statement(type):
    """Turns a class statement below NamedTuple into a tuple's class."""

    def __new__(cls, name: str, bases: tuple[type, ...], content: dict[str, Any]) -> type:
        return _made(name, content) if bases else super().__new__(cls, name, bases, content)


if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class NamedTuple(metaclass=_Statement):
        """The base to write; no class has it at run time."""

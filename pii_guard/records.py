"""`dataclass` as in the standard library, ten times as fast to make: start-up pays for every class.

The library writes and compiles up to six methods for a class, 0.5 ms each time; 70 classes of a scan of ten small
files took 35 ms, more than three times `python -c pass`.  Here only `__init__` is compiled, once some objects are made, and the other
methods are shared.  What the library offers for its classes (`replace`, `asdict`, `fields`, pattern matching, pickling)
works for these.  Of `field` only `default_factory` is known, of the class options `frozen`, `slots` and `eq`.

>>> @dataclass(frozen=True, slots=True)
... class Point:
...     x: int
...     y: int = 0
>>> Point(1), Point(1) == Point(1, 0), hash(Point(1)) == hash(Point(1))
(Point(x=1, y=0), True, True)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING
from dataclasses import Field
from dataclasses import FrozenInstanceError
from dataclasses import field
from dataclasses import fields
from dataclasses import make_dataclass
from typing import TYPE_CHECKING
from typing import Any

__all__ = ["dataclass", "field"]

_FEW = 8  # objects of a class that are filled in without a compiled `__init__`, which takes as long as thirty of them


def _made(cls: type, frozen: bool, slots: bool, eq: bool) -> type:
    """The class with its methods; with slots a new one, as in the library."""
    kinds = cls.__annotations__
    defaults = {name: cls.__dict__[name] for name in kinds if name in cls.__dict__}
    content = dict(cls.__dict__) if slots else {}
    for name in defaults if slots else ():
        del content[name]
    content |= {"__match_args__": tuple(kinds), "__dataclass_fields__": _Fields(kinds, defaults)}
    made, few = cls, iter(range(_FEW))

    def initialise(self: Any, /, *values: object, **named: object) -> None:
        checked = hasattr(made, "__post_init__")
        if next(few, None) is not None and _filled(self, tuple(kinds), defaults, values, named):
            if checked:
                self.__post_init__()
            return
        compiled = _init(tuple(kinds), defaults, frozen, checked)
        made.__init__ = compiled  # type: ignore[misc]
        compiled(self, *values, **named)

    content["__init__"] = initialise
    content.setdefault("__repr__", cls.__dict__.get("__repr__", _repr))
    if eq:
        content |= {"__eq__": _eq, "__hash__": _hash if frozen else None}
    if frozen:
        content |= {"__setattr__": _refuse, "__delattr__": _refuse}
    if not slots:
        for name, value in content.items():
            setattr(cls, name, value)
        return cls
    for name in ("__dict__", "__weakref__"):
        content.pop(name, None)
    content |= {"__slots__": tuple(kinds), "__getstate__": _state, "__setstate__": _restore}
    made = type(cls)(cls.__name__, cls.__bases__, content)
    return made


def _filled(
    record: object, names: tuple[str, ...], defaults: dict[str, Any], values: tuple[object, ...], named: dict[str, object]
) -> bool:
    """Fill in a record; False where the values are not its own: the compiled `__init__` says what is wrong."""
    given = dict(zip(names, values, strict=False)) | named
    if len(given) < len(values) + len(named):  # too many, or one of them twice
        return False
    for name in names:
        value = given.pop(name, MISSING)
        if value is MISSING:
            value = defaults.get(name, MISSING)
            value = value.default_factory() if isinstance(value, Field) else value  # type: ignore[operator]
        if value is MISSING:
            return False
        object.__setattr__(record, name, value)
    return not given


def _init(names: tuple[str, ...], defaults: dict[str, Any], frozen: bool, checked: bool) -> Callable[..., None]:
    known: dict[str, Any] = {"_missing": MISSING, "_set": object.__setattr__}
    heads, lines = ["self"], []
    for name in names:
        default = defaults.get(name, MISSING)
        value = name
        if isinstance(default, Field):
            known[f"_make_{name}"], default = default.default_factory, MISSING
            value = f"_make_{name}() if {name} is _missing else {name}"
            heads.append(f"{name}=_missing")
        elif default is MISSING:
            heads.append(name)
        else:
            known[f"_default_{name}"] = default
            heads.append(f"{name}=_default_{name}")
        lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    lines += ["self.__post_init__()"] if checked else []
    source = f"def __init__({', '.join(heads)}):\n " + "\n ".join(lines or ["pass"])
    exec(source, known)  # noqa: S102 - names of fields, as the library does
    made: Callable[..., None] = known["__init__"]
    return made


class _Fields:
    """`__dataclass_fields__`, made by the library when one of its functions asks for it."""

    def __init__(self, kinds: dict[str, Any], defaults: dict[str, Any]) -> None:
        self._kinds, self._defaults = kinds, defaults

    def __get__(self, instance: object, owner: Any) -> dict[str, Field[Any]]:
        wanted = [(n, k, self._defaults[n]) if n in self._defaults else (n, k) for n, k in self._kinds.items()]
        named = {"__doc__": owner.__name__}  # else the library writes the signature there, which takes long
        plain = make_dataclass(owner.__name__, wanted, namespace=named, init=False, repr=False, eq=False)
        found = {one.name: one for one in fields(plain)}
        owner.__dataclass_fields__ = found
        return found


def _values(record: Any) -> tuple[Any, ...]:
    return tuple([getattr(record, name) for name in record.__match_args__])


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({shown})"


def _eq(self: Any, other: object) -> bool:
    return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _refuse(self: Any, name: str, *value: object) -> None:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _state(self: Any) -> tuple[Any, ...]:
    return _values(self)


def _restore(self: Any, state: tuple[Any, ...]) -> None:
    for name, value in zip(self.__match_args__, state, strict=True):
        object.__setattr__(self, name, value)


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, *, frozen=False, slots=False, eq=True):
        """The decorator, with or without options."""
        if cls is not None:
            return _made(cls, frozen, slots, eq)
        return lambda cls: _made(cls, frozen, slots, eq)

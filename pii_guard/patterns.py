"""Regular expressions compiled when first used, and by `re` only once for all runs.

`re` compiles in Python: the 230 patterns of a scan of ten small files took a third of its time (95 ms, against
2 ms to read them back).  A compiled pattern is a short program; this module keeps the programs in the cache folder,
by the pattern and its flags, for the Python that made them.  What is missing there is compiled and kept at exit.

The programs are `re`'s own, its C half checks them when they are loaded, and where this Python keeps them
elsewhere `re.compile` does as ever.  The cache is trusted as Python's own `.pyc` files are.
"""

from __future__ import annotations

import atexit
import marshal
import re
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any
from typing import AnyStr
from typing import cast

from pii_guard import cache as files
from pii_guard.digest import blake2b

Source = tuple[str | bytes, int]  # a pattern and its flags
Program = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]  # flags, words of code, groups, their names
_MOST = 4096  # programs kept: patterns are part of the rules and the code, so there are some hundreds


def lazy(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern for a module's constant: compiled when first used, as most are not in most runs.

    >>> lazy("[0-9]+").findall("12 and 3")
    ['12', '3']
    """
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, int(flags)))


def compiled(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The same as `re.compile`, from the cache where it is there.

    >>> compiled("(?P<year>[0-9]{4})", re.ASCII) == re.compile("(?P<year>[0-9]{4})", re.ASCII)
    True
    """
    return cast("re.Pattern[AnyStr]", _programs().compile(pattern, int(flags)))


def remembered(name: str, make: Callable[[], str]) -> str:
    """The pattern text that `make` writes, from the cache where it is there: tries of many words take time.

    `name` says all that the text depends on, the version of its maker included.
    """
    return _programs().text(name, make)


def parsed(pattern: str | bytes, flags: int = 0) -> Any:
    """The tree of a pattern, (kind, content) in order, from the only reader of the language there is: `re`'s own.

    Raises re.error where it is no pattern of `re`, ImportError or AttributeError where another Python keeps its reader elsewhere.

    >>> [str(kind) for kind, _ in parsed("a[0-9]+")]
    ['LITERAL', 'MAX_REPEAT']
    """
    return import_module("re._parser").parse(pattern, flags)


class _Lazy:
    """Stands for a compiled pattern; what is asked of it once is at hand afterwards."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._given = flags

    def __getattr__(self, name: str) -> object:
        value = getattr(_programs().compile(self.pattern, self._given), name)
        setattr(self, name, value)
        return value


class _Programs:
    """Programs by pattern and flags: those of the cache, read when they are asked for, and those compiled since."""

    def __init__(self, filename: str) -> None:
        self._filename = filename
        self._kept = _stored(filename)
        self._ready: dict[Source, re.Pattern[Any]] = {}
        self._stored = len(self._kept)

    def compile(self, pattern: str | bytes, flags: int) -> re.Pattern[Any]:
        """The pattern, ready to use."""
        source = pattern, flags
        ready = self._ready.get(source)
        if ready is None:
            ready = self._ready[source] = self._assembled(pattern, flags) or re.compile(pattern, flags)
        return ready

    def _assembled(self, pattern: str | bytes, flags: int) -> re.Pattern[Any] | None:
        name = _name(f"{type(pattern).__name__} {flags}", pattern)
        stored = self._kept.get(name)
        program = _read(stored) if stored else _program(pattern, flags)
        ready = _assembled(pattern, program) if program else None
        if program and ready and not stored:
            self._kept[name] = marshal.dumps(program)
        return ready

    def text(self, name: str, make: Callable[[], str]) -> str:
        """A text by its name."""
        short = _name("text", name)
        found = self._kept.get(short)
        if found is None:
            found = self._kept[short] = _encoded(make())
        return found.decode("utf-8", "surrogatepass")

    def keep(self) -> None:
        """Store what was made since, if anything was."""
        if self._stored < len(self._kept) <= _MOST:
            files.write(self._filename, marshal.dumps(dict(self._kept)))


def _name(kind: str, text: str | bytes) -> bytes:
    """What a program or a text is kept by: patterns and names written out would take longer to read than the programs."""
    raw = _encoded(text) if isinstance(text, str) else text
    return blake2b(raw, digest_size=16, person=kind.encode()).digest()


def _encoded(text: str) -> bytes:
    """Patterns may look for surrogates."""
    return text.encode("utf-8", "surrogatepass")


@cache
def _programs() -> _Programs:
    programs = _Programs(files.name("patterns", "2", sys.version, str(_engine().MAGIC), str(_engine().CODESIZE)))
    atexit.register(programs.keep)
    return programs


@cache
def _engine() -> Any:
    """The C half of `re`, which has no type information."""
    return import_module("_sre")


def _stored(filename: str) -> dict[bytes, bytes]:
    content = files.read(filename)
    kept = _read(content) if content else {}
    return kept if isinstance(kept, dict) else {}


def _read(stored: bytes) -> Any:
    try:
        return marshal.loads(stored)  # noqa: S302 - see the head of the module
    except (EOFError, ValueError, TypeError):
        return None


def _program(pattern: str | bytes, flags: int) -> Program | None:
    """What `re.compile` makes of a pattern, or None where this Python makes it otherwise."""
    from array import array

    try:
        from re import _compiler  # type: ignore[attr-defined]

        tree = parsed(pattern, flags)
        code = array("I", _compiler._code(tree, flags)).tobytes()
        names = dict(tree.state.groupdict)
        by_number: list[str | None] = [None] * tree.state.groups
    except (ImportError, AttributeError, TypeError):
        return None
    for name, number in names.items():
        by_number[number] = name
    return flags | tree.state.flags, code, tree.state.groups - 1, names, tuple(by_number)


def _assembled(pattern: str | bytes, program: Program) -> re.Pattern[Any] | None:
    try:
        flags, code, groups, names, by_number = program
        words = memoryview(code).cast("I").tolist()
        return cast("re.Pattern[Any]", _engine().compile(pattern, flags, words, groups, names, by_number))
    except (RuntimeError, TypeError, ValueError, OverflowError):
        return None

"""One Hyperscan database of all label words and shapes: where in a block can a value stand?

Literal-anchored patterns only, matched in one pass at hundreds of megabytes a second; what they wake is decided
in confirm.py.  Compiled once and cached.  Each thread has its own scratch space.
"""

from __future__ import annotations

import platform
import re
import sys
import threading
from typing import NamedTuple

import hyperscan

from pii_guard.detect import cache
from pii_guard.detect.confirm import Confirmer
from pii_guard.detect.confirm import Rule

_SHIFT = 16


class Wake(NamedTuple):
    """A label word or a shape ended at byte `end`."""

    end: int
    word: str
    rule: Rule | None


class Triggers:
    """The database of a confirmer's words and shapes."""

    def __init__(self, confirmer: Confirmer) -> None:
        self._words = tuple(confirmer.by_label)
        self._rules = confirmer.shapes
        expressions = [re.escape(w).encode() for w in self._words] + [r.pattern.shape.encode() for r in self._rules]
        flags = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_CASELESS
        self._flags = [flags if w.isascii() else hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_CASELESS for w in self._words]
        self._flags += [hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_MULTILINE] * len(self._rules)
        self._serialised = self._cached(expressions)
        self._local = threading.local()

    def _cached(self, expressions: list[bytes]) -> bytes:
        version = f"{hyperscan.__version__}/{sys.platform}/{platform.machine()}"
        filename = cache.name("triggers", version, *(e.decode() for e in expressions))
        stored = cache.read(filename)
        if stored is not None:
            try:
                hyperscan.loadb(stored, hyperscan.HS_MODE_BLOCK)
            except hyperscan.HyperscanError:
                pass  # of another build of the library: compile anew
            else:
                return stored
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        ids = list(range(len(expressions)))
        database.compile(expressions=expressions, ids=ids, elements=len(ids), flags=self._flags)
        content: bytes = hyperscan.dumpb(database)
        cache.write(filename, content)
        return content

    def _database(self) -> hyperscan.Database:
        if not hasattr(self._local, "database"):
            database = hyperscan.loadb(self._serialised, hyperscan.HS_MODE_BLOCK)
            database.scratch = hyperscan.Scratch(database)
            self._local.database = database
        return self._local.database

    def scan(self, data: bytes) -> list[int]:
        """Packed wakes in rising order; `unpack` reads one."""
        found: list[int] = []
        self._database().scan(data, match_event_handler=_collect, context=found.append)
        found.sort()
        return found

    def unpack(self, packed: int) -> Wake:
        """The end, and the word or the rule that woke."""
        number = packed & ((1 << _SHIFT) - 1)
        if number < len(self._words):
            return Wake(packed >> _SHIFT, self._words[number], None)
        return Wake(packed >> _SHIFT, "", self._rules[number - len(self._words)])


def _collect(number: int, start: int, end: int, flags: int, append: object) -> None:
    append(end << _SHIFT | number)  # type: ignore[operator]

"""The values of JSON records gathered by key path and speaker's role, so that a column of them is read at once."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import field
from functools import lru_cache
from itertools import groupby
from itertools import pairwise
from operator import itemgetter

from pii_guard.patterns import lazy
from pii_guard.records import dataclass
from pii_guard.text.roles import is_answer
from pii_guard.text.roles import role_of

TELLING = lazy(r"[0-9]{5}|@")  # a key that may hold personal data itself
_SCALARS = frozenset({str, bool, type(None)})
_ROLE_WORDS = "role from sender speaker sender_role sender_type author 角色 说话人 发送方 发送者"
_ROLE_KEYS = frozenset(_ROLE_WORDS.split())
_TEXT_KEYS = frozenset(["content", "text", "message", "msg", "body", "utterance", "内容", "文本", "消息"])

Row = tuple[int, tuple[object, ...]]  # the number of a record, and its values


@dataclass(slots=True)
class _Record:
    """The scalars of one record, in order, and its keys."""

    values: list[tuple[str, str | None, object]] = field(default_factory=list)  # path, role, scalar
    keys: list[str] = field(default_factory=list)

    def add(self, value: object, path: str, role: str | None) -> None:
        if isinstance(value, tuple):
            speaker = _role(value)
            for key, inner in value:
                self.keys.append(key)
                heard = speaker if speaker and key.lower() in _TEXT_KEYS else None
                self.add(inner, f"{path}.{key}" if path else key, heard or role)
        elif isinstance(value, list):
            for inner in value:
                self.add(inner, path, role)
        else:
            self.values.append((path, role, value))


def _role(pairs: tuple[tuple[str, object], ...]) -> str | None:
    """The speaker's role of an object that has a text and says whose."""
    for place in _speakers(tuple(key for key, _ in pairs)):
        told = pairs[place][1]
        role = role_of(told) if isinstance(told, str) else None
        if role:
            return role
    return None


@lru_cache(1024)
def _speakers(keys: tuple[str, ...]) -> list[int]:
    """Which keys tell a speaker's role, in an object that has a text."""
    lower = [key.lower() for key in keys]
    return [n for n, key in enumerate(lower) if key in _ROLE_KEYS] if _TEXT_KEYS.intersection(lower) else []


@dataclass(slots=True)
class Path:
    """The values of one key path and role (or the keys): which record, which scalar of it."""

    keys: bool = False
    texts: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)


class Paths(dict[tuple[str, str | None], Path]):
    """Values gathered by key path and role."""

    def __missing__(self, key: tuple[str, str | None]) -> Path:
        path = self[key] = Path()
        return path


@dataclass(slots=True)
class Gathered:
    """All values, the keys, and the numbers of records that are nested too deeply to be taken apart."""

    paths: Paths = field(default_factory=Paths)
    keys: Path = field(default_factory=lambda: Path(keys=True))
    deep: list[int] = field(default_factory=list)


def gather(values: Sequence[object]) -> Gathered:
    """File the scalars of records by key path; objects with the same keys go together."""
    found = Gathered()
    keys = _Keys(found.keys)
    flat: dict[tuple[str, ...], list[Row]] = {}
    for number, value in enumerate(values):
        row = _flat(value)
        if row:
            flat.setdefault(row[0], []).append((number, row[1]))
            keys.add(number, row[0])
        elif not _nested(value, number, found.paths, keys):
            found.deep.append(number)
    for names, rows in flat.items():
        _columns(names, rows, found.paths)
    return found


def questions(
    said: Iterable[tuple[str, Sequence[tuple[int, int]], Sequence[str]]],
) -> dict[tuple[int, int], str]:
    """By its place, what was asked right before a message that may answer it; `said`: messages by role, their places
    and texts.

    >>> questions([("agent", [(0, 1)], ["QQ多少"]), ("customer", [(1, 1), (2, 1)], ["12345678", "在吗"])])
    {(1, 1): 'QQ多少'}
    """
    messages = sorted(
        (place, role, text) for role, places, texts in said for place, text in zip(places, texts, strict=True)
    )
    return {
        place: question
        for (_, asker, question), (place, role, text) in pairwise(messages)
        if role != asker and is_answer(question, text)
    }


def numbered(said: Iterable[Sequence[tuple[int, int]]]) -> dict[tuple[int, int], int]:
    """The numbers of the messages, by their places, of records that hold several; `said`: places by speaker's role.

    >>> numbered([[(0, 1), (0, 5)], [(0, 3), (1, 1)]])
    {(0, 1): 1, (0, 3): 2, (0, 5): 3}
    """
    places = sorted(place for of_role in said for place in of_role)
    records = [(record, list(of_record)) for record, of_record in groupby(places, itemgetter(0))]
    return {
        place: number
        for _, of_record in records
        if len(of_record) > 1
        for number, place in enumerate(of_record, 1)
    }


def _flat(value: object) -> tuple[tuple[str, ...], tuple[object, ...]] | None:
    """Keys and values of an object of scalars that is nobody's message."""
    if not isinstance(value, tuple) or not value:
        return None
    keys, values = zip(*value, strict=True)
    return (keys, values) if _SCALARS.issuperset(map(type, values)) and not _speakers(keys) else None


def _columns(names: tuple[str, ...], rows: Sequence[Row], paths: Paths) -> None:
    """File the columns of objects with the same keys."""
    for order, (name, column) in enumerate(
        zip(names, zip(*(row for _, row in rows), strict=True), strict=True)
    ):
        path = paths[name, None]
        for (number, _), text in zip(rows, column, strict=True):
            if type(text) is str:
                path.texts.append(text)
                path.places.append((number, order))


def _nested(value: object, number: int, paths: Paths, keys: _Keys) -> bool:
    """File the scalars of any record; False when it is nested too deeply."""
    record = _Record()
    try:
        record.add(value, "", None)
    except RecursionError:
        return False
    for order, (name, role, text) in enumerate(record.values):
        if isinstance(text, str):
            path = paths[name, role]
            path.texts.append(text)
            path.places.append((number, order))
    keys.add(number, tuple(record.keys))
    return True


class _Keys:
    """The keys of records: those that repeat are read once, unless they hold numbers."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._shapes: dict[tuple[str, ...], bool] = {}

    def add(self, number: int, shape: tuple[str, ...]) -> None:
        telling = self._shapes.get(shape)
        if telling is False:
            return
        if telling is None:
            self._shapes[shape] = bool(TELLING.search("\n".join(shape)))
        self.path.texts += shape
        self.path.places += [(number, order) for order in range(len(shape))]

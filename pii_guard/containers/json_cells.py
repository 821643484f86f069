"""Where a value of a JSON record stands, and how a new one is spelled in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping
from functools import partial

from pii_guard.containers.json_paths import TELLING
from pii_guard.containers.json_paths import Path
from pii_guard.containers.json_stream import Batch
from pii_guard.model import Anchor
from pii_guard.patterns import lazy
from pii_guard.text.cells import Cell
from pii_guard.text.cells import with_role
from pii_guard.text.offsets import Pieces

_ESCAPE = lazy(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL
)
_MARK = ("005b", "005B")  # [


def cell(
    batch: Batch, path: Path, name: str, role: str | None, numbers: Mapping[tuple[int, int], int], index: int
) -> Cell:
    """One value of a path: its pieces, its anchor, and its spelling.

    A message has the number of its record, or one of `numbers` where a record holds several.
    """
    record, order = path.places[index]
    token = batch.tokens(record, path.keys)[order]
    row = batch.first + record + 1
    shown = ".".join("*" if TELLING.search(part) else part for part in name.split("."))
    anchor = Anchor(kind="key", row=row, key=shown or None, message=numbers.get((record, order), row) if role else None)
    pieces = Pieces()
    if token.group(1) is None:
        pieces.copy(token.group(), token.start())
        return Cell(pieces, with_role(anchor, role), _number)
    _unescape(pieces, token.group(1), token.start(1))
    return Cell(pieces, with_role(anchor, role), _spelling(token.group(1)))


def _spelling(raw: str) -> Callable[[str, bool], str]:
    """How the writer of a string wrote what is not ASCII: as it is, or as escapes with small or capital letters."""
    escapes = [digits for match in _ESCAPE.finditer(raw) if (digits := match.group()[2:]) > "007f" or digits in _MARK]
    if not escapes or not raw.isascii():
        return _quoted
    return partial(_escaped, upper=any(digits != digits.lower() for digits in escapes))


def _unescape(pieces: Pieces, raw: str, start: int) -> None:
    import json

    at = 0
    for escape in _ESCAPE.finditer(raw):
        pieces.copy(raw[at : escape.start()], start + at)
        text = json.loads(f'"{escape.group()}"', strict=False)
        pieces.stand_in(text, start + escape.start(), start + escape.end())
        at = escape.end()
    pieces.copy(raw[at:], start + at)


def _quoted(value: str, whole: bool) -> str:
    """A new value inside the quotes of a string."""
    import json

    return json.dumps(value, ensure_ascii=False)[1:-1]


def _escaped(value: str, whole: bool, *, upper: bool) -> str:
    """A new value in ASCII; a bare token begins with an escape, so that what it stands for comes back as escapes."""
    import json

    text = json.dumps(value)[1:-1]
    if text.startswith("[") and "\\u" not in text:
        text = f"\\u{_MARK[0]}{text[1:]}"
    return re.sub(r"(?<=\\u)[0-9a-f]{4}", lambda match: match.group().upper(), text) if upper else text


def _number(value: str, whole: bool) -> str:
    """In place of a number a string; in place of some of its digits, 0 for what is no digit."""
    import json

    return json.dumps(value, ensure_ascii=False) if whole else re.sub("[^0-9]", "0", value)

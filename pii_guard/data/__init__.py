"""Generated tables: `#` header lines (origin, licence, date, script), then tab-separated rows.

Made by tools/make_<table>.py; read on first use by the module that needs one, which keeps what it made of it.

>>> next(rows("area_codes"))
['010', '8', '北京/北京']
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

GZIP = 31  # the `wbits` with which zlib reads gzip: spares a small scan the import of gzip
_FOLDER = Path(__file__).parent


def file(name: str) -> Path:
    """A file of this folder (importlib.resources would load tempfile and random with it)."""
    return _FOLDER / name


def rows(name: str) -> Iterator[list[str]]:
    """The rows of data/<name>.txt, split into columns."""
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line[0] != "#")


def header(name: str) -> dict[str, str]:
    """The header of data/<name>.txt: what, origin, licence, date, script, columns."""
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line[2:] for line in text.splitlines() if line.startswith("# "))
    return dict(line.split(": ", 1) for line in lines)

"""Files that results go to: written whole or not at all, and never one of those that are read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from pii_guard.errors import OutputError
from pii_guard.gate.exceptions import Source
from pii_guard.model import Document
from pii_guard.model import DocumentStatus

STANDARD = Path("-")  # standard output, as a file's name


@contextmanager
def stream_to(output: Path | None) -> Iterator[TextIO]:
    """Standard output as it is, or a file in UTF-8, which takes the place of an earlier one when all is written."""
    if output is None or output == STANDARD:
        yield sys.stdout
        return
    target = Path(os.path.realpath(output))  # a link stays one
    draft = target.with_name(f".pii-guard-{os.urandom(6).hex()}.tmp")
    direct = target.exists() and (not target.is_file() or not os.access(target.parent, os.W_OK))
    with _opened(target if direct else draft, output, "w" if direct else "x") as stream:
        try:
            yield stream
            stream.flush()
            if not direct:
                _put(draft, target)
        except BaseException:
            if not direct:
                draft.unlink(missing_ok=True)
            raise


def _opened(place: Path, output: Path, mode: str) -> TextIO:
    try:
        return place.open(mode, encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[return-value]
    except OSError as error:
        raise OutputError(output, f"无法写入（{error.strerror}）") from None


def _put(draft: Path, target: Path) -> None:
    if target.exists():
        draft.chmod(target.stat().st_mode & 0o7777)
    draft.replace(target)


def apart(targets: Iterable[Path | None], given: Sequence[str], sources: Iterable[Source]) -> Iterable[Source]:
    """The sources without earlier results that are to be replaced; raises where the user names one as input."""
    known: dict[str, Path] = {}
    for file in filter(None, targets):
        if file == STANDARD:
            continue
        if known.setdefault(os.path.realpath(file), file) is not file:
            raise OutputError(file, "两个结果写到同一个文件 (two results in one file)")
        if any(_same(file, path) for path in given):
            raise OutputError(file, "结果会覆盖作为输入的文件 (would overwrite an input)")
    if not known or not isinstance(sources, list):
        return sources  # what comes from git is no file
    names = {os.path.basename(path) for path in known}  # noqa: PTH119
    return [_own(one) if os.path.basename(one.path) in names and _is_in(one, known) else one for one in sources]  # noqa: PTH119


def _same(file: Path, path: str) -> bool:
    """Whether they are one file, by whatever name; `-` is what standard input was opened from."""
    try:
        there = os.fstat(0) if path == "-" else os.stat(path)  # noqa: PTH116
        return os.path.isfile(file) and os.path.samestat(file.stat(), there)  # noqa: PTH113
    except OSError:
        return False


def _is_in(source: Source, known: dict[str, Path]) -> bool:
    return isinstance(source, Document) and os.path.realpath(source.path) in known


def _own(source: Source) -> DocumentStatus:
    return DocumentStatus(source.path, "skipped", "own_file")

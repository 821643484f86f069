"""Where the results of redact and restore go: a folder that mirrors the sources, the sources themselves, or nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pii_guard.errors import UsageError
from pii_guard.model import Document


@dataclass(frozen=True, slots=True)
class Places:
    """One of: a folder, in place, or neither (a dry run)."""

    folder: Path | None
    in_place: bool = False

    def of(self, document: Document) -> Path | None:
        """The target of a document; None: write nothing."""
        if self.in_place:
            return Path(document.path)
        if self.folder is None:
            return None
        path = Path(document.path)
        inside = path.relative_to(path.anchor) if path.is_absolute() else path
        return self.folder / Path(*[part for part in inside.parts if part != ".."])


def chosen(out_dir: Path | None, *, in_place: bool, dry: bool = False) -> Places:
    """The place of a command line; UsageError where it says none, or two."""
    if out_dir and in_place:
        raise UsageError("--out-dir 与 --in-place 只能给一个 (give one of --out-dir and --in-place)")
    if not (out_dir or in_place or dry):
        raise UsageError("请给出 --out-dir DIR 或 --in-place (give --out-dir DIR or --in-place)")
    return Places(None) if dry else Places(out_dir, in_place)


def sources(documents: Sequence[Document], places: Places, roots: Iterable[str]) -> list[Document]:
    """The documents to work on: earlier results in an output folder inside of a root are no sources.

    UsageError where a result would take the place of a source, or of another result.
    """
    folder = places.folder
    if folder is None:
        return list(documents)
    out = folder.resolve()
    nested = any(out != Path(root).resolve() and out.is_relative_to(Path(root).resolve()) for root in roots)
    kept = [one for one in documents if not (nested and Path(one.path).resolve().is_relative_to(out))]
    originals = {Path(one.path).resolve() for one in kept}
    taken: set[Path] = set()
    for one in kept:
        target = places.of(one)
        assert target is not None  # there is a folder
        if target.resolve() in originals:
            raise UsageError("结果会覆盖原文件：请换一个 --out-dir，或用 --in-place (would overwrite its source)")
        if target.resolve() in taken:
            raise UsageError("两个文件会写到同一处：请分两次运行 (two files would be written to one place)")
        taken.add(target.resolve())
    return kept

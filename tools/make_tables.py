"""Runs every make_*.py beside it; and what they share: fetch a pinned package, write a table.

A table depends on the pinned packages alone, so the same pins give the same bytes. To take a newer package,
change its pin (version and date) in the script that uses it and run the script again.
"""

from __future__ import annotations

import runpy
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "pii_guard" / "data"


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned package of a registry: where a table comes from."""

    registry: str
    name: str
    version: str
    licence: str
    date: str

    def __str__(self) -> str:
        return f"{self.registry} {self.name} {self.version}"


@contextmanager
def unpacked(package: Package) -> Iterator[Path]:
    """The package's files in a temporary folder that goes away afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(_fetch_command(package, folder), check=True, cwd=folder, stdout=subprocess.DEVNULL)
        (archive,) = folder.iterdir()
        target = folder / "unpacked"
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                wheel.extractall(target)
        else:
            with tarfile.open(archive) as source:
                source.extractall(target, filter="data")
        yield target


def _fetch_command(package: Package, folder: Path) -> list[str]:
    if package.registry == "npm":
        return ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    return [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
        "--dest", str(folder), f"{package.name}=={package.version}",
    ]  # fmt: skip


def only(folder: Path, pattern: str) -> Path:
    """The one file below `folder` that fits the pattern."""
    (found,) = folder.rglob(pattern)
    return found


def in_rows(words: Sequence[str], size: int = 20) -> Iterator[tuple[str]]:
    """Rows of one column that holds some words each, separated by spaces."""
    return ((" ".join(words[start : start + size]),) for start in range(0, len(words), size))


def write_table(
    script: str,
    name: str,
    what: str,
    columns: str,
    packages: Iterable[Package],
    rows: Iterable[Iterable[str]],
) -> None:
    """Write data/<name>.txt: header lines with `#`, then rows of tab-separated columns."""
    packages = list(packages)
    header = [
        f"what: {what}",
        f"origin: {', '.join(map(str, packages))}",
        f"licence: {', '.join(dict.fromkeys(package.licence for package in packages))}",
        f"date: {max(package.date for package in packages)}",
        f"script: tools/{Path(script).name}",
        f"columns: {columns}",
    ]
    lines = [f"# {line}" for line in header] + ["\t".join(row) for row in rows]
    (DATA / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{name}.txt: {len(lines) - len(header)} rows")


def main() -> None:
    for script in sorted(Path(__file__).parent.glob("make_*.py")):
        if script.name != Path(__file__).name:
            runpy.run_path(str(script), run_name="__main__")


if __name__ == "__main__":
    main()

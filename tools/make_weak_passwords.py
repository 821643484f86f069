"""Makes data/weak_passwords.txt: the passwords that are used most, from public frequency lists."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path

from make_tables import Package
from make_tables import in_rows
from make_tables import only
from make_tables import unpacked
from make_tables import write_table

PACKAGE = Package("pypi", "zxcvbn", "4.5.0", "MIT", "2025-02")
COUNT = 3000


def rows(folder: Path) -> Iterator[tuple[str]]:
    lists = runpy.run_path(str(only(folder, "frequency_lists.py")))["FREQUENCY_LISTS"]
    words = [word for word in lists["passwords"] if len(word) >= 4 and " " not in word][:COUNT]
    return in_rows(words)


if __name__ == "__main__":
    with unpacked(PACKAGE) as folder:
        write_table(
            __file__,
            "weak_passwords",
            f"the {COUNT} most used passwords of four characters or more, most used first",
            "passwords, separated by spaces",
            [PACKAGE],
            rows(folder),
        )

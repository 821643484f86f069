"""Makes data/latin_given.txt: given names in Latin letters, to tell `name: Emma Stone` from `name: Common Lisp`."""

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
LISTS = ("female_names", "male_names")


def rows(folder: Path) -> Iterator[tuple[str]]:
    lists = runpy.run_path(str(only(folder, "frequency_lists.py")))["FREQUENCY_LISTS"]
    names = sorted({name.lower() for kind in LISTS for name in lists[kind] if len(name) > 2 and name.isalpha()})
    return in_rows(names)


if __name__ == "__main__":
    with unpacked(PACKAGE) as folder:
        write_table(
            __file__,
            "latin_given",
            "given names of three letters or more, in lower case",
            "names, separated by spaces",
            [PACKAGE],
            rows(folder),
        )

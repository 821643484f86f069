"""Makes data/tlds.txt: the top-level domains of the public suffix list, non-ASCII ones in both forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from make_tables import Package
from make_tables import only
from make_tables import unpacked
from make_tables import write_table

PACKAGE = Package("pypi", "tldextract", "5.4.0", "BSD-3-Clause, the list in it MPL-2.0", "2026-10")


def rows(folder: Path) -> Iterator[tuple[str]]:
    source = only(folder, ".tld_set_snapshot").read_text(encoding="utf-8")
    icann = source.split("===BEGIN ICANN DOMAINS===")[1].split("===END ICANN DOMAINS===")[0]
    suffixes = (line.strip() for line in icann.splitlines())
    names = {suffix.lstrip("!*.").rpartition(".")[2] for suffix in suffixes if suffix and suffix[:2] != "//"}
    names |= {name.encode("idna").decode("ascii") for name in names if not name.isascii()}
    yield from ((name,) for name in sorted(names))


if __name__ == "__main__":
    with unpacked(PACKAGE) as folder:
        write_table(__file__, "tlds", "top-level domains", "domain", [PACKAGE], rows(folder))

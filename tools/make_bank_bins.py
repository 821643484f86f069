"""Makes data/bank_bins.txt: issuer prefixes (BIN) of Chinese bank cards."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from make_tables import Package
from make_tables import only
from make_tables import unpacked
from make_tables import write_table

PACKAGE = Package("npm", "bankcardinfo", "2.0.6", "ISC", "2024-12")
KINDS = {"DC": "debit", "CC": "credit", "SCC": "semi-credit", "PC": "prepaid"}
LENGTHS = range(13, 20)
"""ISO/IEC 7812; the package also has prefixes that would make cards of other lengths."""

BANK = re.compile(r'bankName:\s*"([^"]+)",\s*bankCode:\s*"([^"]+)"')
PATTERN = re.compile(r'reg:\s*/\^\(([0-9|]+)\)\\d\{(\d+)\}\$/g,\s*cardType:\s*"(\w+)"')


def prefixes(source: str) -> Iterator[tuple[str, int, tuple[str, str, str]]]:
    """Prefix, card length, and bank, bank code and card kind, in the order of the package."""
    banks = list(BANK.finditer(source))
    for bank, following in zip(banks, [*banks[1:], None], strict=True):
        end = following.start() if following else len(source)
        for pattern in PATTERN.finditer(source, bank.end(), end):
            for prefix in pattern[1].split("|"):
                yield prefix, len(prefix) + int(pattern[2]), (bank[1], bank[2], KINDS[pattern[3]])


def rows(folder: Path) -> Iterator[tuple[str, str, str, str, str]]:
    owners: dict[tuple[str, int], tuple[str, str, str]] = {}
    for prefix, length, owner in prefixes(only(folder, "index.js").read_text(encoding="utf-8")):
        if length in LENGTHS:
            # some prefixes stand under two banks; the package's own look-up takes the first
            owners.setdefault((prefix, length), owner)
    groups: defaultdict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for (prefix, length), owner in sorted(owners.items()):
        groups[*owner, str(length)].append(prefix)
    for key, group in sorted(groups.items()):
        yield (*key, " ".join(group))


if __name__ == "__main__":
    with unpacked(PACKAGE) as folder:
        write_table(
            __file__,
            "bank_bins",
            "issuer prefixes of Chinese bank cards",
            "bank, bank code, card kind, card length, prefixes",
            [PACKAGE],
            rows(folder),
        )

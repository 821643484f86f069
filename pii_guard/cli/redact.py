"""`pii-guard redact`: documents in, the same documents without personal data out, verified."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from datetime import datetime
from pathlib import Path

import click

from pii_guard import config
from pii_guard import redact
from pii_guard.cli import _places
from pii_guard.errors import ExitCode
from pii_guard.errors import UnreadableError
from pii_guard.errors import UsageError
from pii_guard.messages import LANGUAGES
from pii_guard.messages import Messages
from pii_guard.messages import choose
from pii_guard.model import Document
from pii_guard.redact.keys import load_key
from pii_guard.redact.manifest import manifest as manifest_of
from pii_guard.redact.vault import load_vault
from pii_guard.redact.vault import save_vault
from pii_guard.report._terminal import plain
from pii_guard.scanner import Scanner
from pii_guard.sources import paths as path_source
from pii_guard.sources.stdin import standard_input

OPERATORS = ("mask", "tag", "pseudonym", "encrypt", "hash", "generalise", "remove")
_REVERSIBLE = ("pseudonym", "encrypt")


@click.command("redact", short_help="就地脱敏文件，并验证已经清除")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...|-")
@click.option("--out-dir", type=click.Path(file_okay=False, path_type=Path), help="结果写到此文件夹")
@click.option("--in-place", is_flag=True, help="改写原文件（验证通过后才替换）")
@click.option("--operator", type=click.Choice(OPERATORS), default="mask", help="怎样处理（默认 mask）")
@click.option("--by-type", multiple=True, metavar="TYPE=OPERATOR", help="某个类型另用一种，可多次给出；keep 为保留")
@click.option("--key-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="密钥文件（keys new 生成）")
@click.option("--vault", "vault_", type=click.Path(dir_okay=False, path_type=Path), help="假名保险库，还原假名时要用")
@click.option("--diff", is_flag=True, help="列出每处改动，两边都是脱敏的")
@click.option("--dry-run", is_flag=True, help="只说会怎样，不写任何文件")
@click.option("--only-changed", is_flag=True, help="不把没有发现的文件也复制到 --out-dir")
@click.option("--verify/--no-verify", default=True, help="写完再读一遍，确认原值不在了（默认验证）")
@click.option("--manifest", type=click.Path(dir_okay=False, path_type=Path), help="写出清单（不含任何值）")
@click.option("--exclude", multiple=True, metavar="GLOB", help="不处理匹配的路径")
@click.option("--stdin-filename", default="stdin.txt", metavar="NAME", help="标准输入的文件名，决定格式")
@click.option("--lang", type=click.Choice(LANGUAGES), default="auto", help="输出语言")
def command(
    paths: tuple[str, ...],
    out_dir: Path | None,
    in_place: bool,
    operator: str,
    by_type: tuple[str, ...],
    key_file: Path | None,
    vault_: Path | None,
    diff: bool,
    dry_run: bool,
    only_changed: bool,
    verify: bool,
    manifest: Path | None,
    exclude: tuple[str, ...],
    stdin_filename: str,
    lang: str,
) -> ExitCode:
    """脱敏 PATH（文件或文件夹；- 从标准输入到标准输出）。

    退出码：0 完成并验证，2 用法错误，3 有文件未能脱敏（已列出，其余照常完成）。
    """
    say = choose(lang)
    scanner = Scanner(config.load())
    redactor = _redactor(operator, by_type, key_file, vault_)
    if paths == ("-",):
        code = _filter(stdin_filename, redactor, scanner, verify)
        _keep_vault(redactor, vault_)
        return code
    place = _places.chosen(out_dir, in_place=in_place, dry=dry_run or (diff and not (out_dir or in_place)))
    found = path_source.find(paths, exclude=exclude, gitignore=False)
    documents = _places.sources(found.documents, place, paths)
    if diff:
        for document in documents:
            _show_changes(document, redactor, scanner)
    outcomes = [
        _shown(outcome, scanner, say)
        for outcome in _redacted(documents, redactor, scanner, place, verify, not only_changed)
    ]
    for status in found.statuses:
        click.echo(f"{plain(scanner.shown_path(status.path))}: {say('status.unscanned')} {status.reason}", err=True)
    for outcome in outcomes:
        _show(outcome, say)
    if place.folder or place.in_place:
        _keep_vault(redactor, vault_)
    if manifest is not None:
        record = manifest_of(outcomes, redactor, who=_user(), when=datetime.now(UTC).isoformat(timespec="seconds"))
        manifest.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if any(outcome.reason == "internal" for outcome in outcomes):
        return ExitCode.INTERNAL
    failed = any(o.failed for o in outcomes) or any(s.status == "unscanned" for s in found.statuses)
    return ExitCode.INCOMPLETE if failed else ExitCode.OK


def _keep_vault(redactor: redact.Redactor, path: Path | None) -> None:
    """Save what pseudonyms stand for, or say that it is lost."""
    settings = redactor.settings
    if path is not None and settings.key is not None:
        save_vault(settings.vault, path, settings.key)
    elif settings.vault:
        click.echo("未给出 --vault：这些假名以后无法还原 (no --vault: pseudonyms cannot be restored)", err=True)


def _redactor(operator: str, by_type: Sequence[str], key_file: Path | None, vault: Path | None) -> redact.Redactor:
    chosen = dict(_pair(text) for text in by_type)
    used = {operator, *chosen.values()}
    if key_file is None and used & {*_REVERSIBLE, "hash"}:
        raise UsageError("pseudonym、encrypt、hash 需要 --key-file（pii-guard keys new FILE 生成）")
    key = load_key(key_file) if key_file else None
    settings = redact.Settings(operator, chosen, key=key)
    if vault is not None and key is not None and vault.exists():
        settings.vault.merge(load_vault(vault, key))
    return redact.Redactor(settings)


def _pair(text: str) -> tuple[str, str]:
    entity_type, _, operator = text.partition("=")
    if operator not in (*OPERATORS, "keep"):
        raise UsageError(f"--by-type {text}: 应为 TYPE=OPERATOR，OPERATOR 可用 {', '.join(OPERATORS)}, keep")
    return entity_type.upper(), operator


def _redacted(
    documents: Sequence[Document],
    redactor: redact.Redactor,
    scanner: Scanner,
    place: _places.Places,
    verify: bool,
    copy_clean: bool,
) -> Iterator[redact.Outcome]:
    with click.progressbar(documents, file=sys.stderr, hidden=not sys.stderr.isatty() or len(documents) < 3) as bar:
        for document in bar:
            yield redact.redact_file(
                document,
                place.of(document),
                redactor,
                scanner.hits,
                verified=verify,
                copy_clean=copy_clean and not place.in_place,
            )


def _shown(outcome: redact.Outcome, scanner: Scanner, say: Messages) -> redact.Outcome:
    """The outcome as it may be told; personal data in the path is still there."""
    path = scanner.shown_path(outcome.path)
    kept = (say("redact.name"),) if path != outcome.path and not outcome.failed else ()
    return replace(outcome, path=path, warnings=(*outcome.warnings, *kept))


def _show(outcome: redact.Outcome, say: Messages) -> None:
    counts = sum(outcome.counts.values())
    if outcome.failed:
        left = "; ".join(f"{p.code} {p.entity_type} {p.where}" for p in outcome.problems[:5])
        click.echo(f"{plain(outcome.path)}: {say('redact.failed')} {outcome.reason} {outcome.detail} {left}".rstrip())
    elif counts:
        click.echo(f"{plain(outcome.path)}: {say('redact.done', n=counts)}")
    elif outcome.warnings:
        click.echo(f"{plain(outcome.path)}:")
    for warning in outcome.warnings:
        click.echo(f"  {warning}")


def _show_changes(document: Document, redactor: redact.Redactor, scanner: Scanner) -> None:
    from pii_guard.redact.diff import changes

    path = plain(scanner.shown_path(document.path))
    try:
        for change in changes(document, redactor, scanner.hits):
            where = f"{path}:{change.place.line}:{change.place.column}"
            click.echo(f"{where}: {change.entity_type} {plain(change.before)} -> {plain(change.after)}")
    except UnreadableError:
        return  # its outcome says so


def _filter(filename: str, redactor: redact.Redactor, scanner: Scanner, verify: bool) -> ExitCode:
    """Standard input to standard output; what is not proven clean is not written."""
    from io import BytesIO

    data = standard_input().read()
    document = Document(filename, lambda: BytesIO(data), len(data))
    outcome, clean = redact.redact_bytes(document, redactor, scanner.hits, verified=verify)
    if clean is None:
        click.echo(f"pii-guard: {outcome.reason} {outcome.detail}".rstrip(), err=True)
        return ExitCode.INTERNAL if outcome.reason == "internal" else ExitCode.INCOMPLETE
    sys.stdout.buffer.write(clean)
    return ExitCode.OK


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "-"

"""`pii-guard restore`: bring encrypted values and pseudonyms back, byte for byte."""

from __future__ import annotations

from pathlib import Path

import click

from pii_guard import redact
from pii_guard.cli import _places
from pii_guard.errors import ExitCode
from pii_guard.redact.keys import load_key
from pii_guard.redact.vault import load_vault
from pii_guard.report._terminal import plain
from pii_guard.scanner import Scanner
from pii_guard.sources import paths as path_source


@click.command("restore", short_help="用密钥还原 encrypt 与 pseudonym")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--key-file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="密钥文件")
@click.option("--vault", "vault_", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="假名保险库")
@click.option("--out-dir", type=click.Path(file_okay=False, path_type=Path), help="结果写到此文件夹")
@click.option("--in-place", is_flag=True, help="改写原文件")
def command(
    paths: tuple[str, ...], key_file: Path, vault_: Path | None, out_dir: Path | None, in_place: bool
) -> ExitCode:
    """还原 PATH 里的加密值与假名。密钥不对时明确报错。"""
    place = _places.chosen(out_dir, in_place=in_place)
    key = load_key(key_file)
    settings = redact.Settings("encrypt", key=key)
    if vault_ is not None:
        settings.vault.merge(load_vault(vault_, key))
    redactor = redact.Redactor(settings)
    found = path_source.find(paths, gitignore=False)
    scanner, failed = Scanner(), False
    for document in _places.sources(found.documents, place, paths):
        target = place.of(document)
        assert target is not None  # one of the two was given
        outcome = redact.restore_file(document, target, redactor)
        failed |= outcome.failed
        click.echo(f"{plain(scanner.shown_path(outcome.path))}: {outcome.status} {outcome.reason} {outcome.detail}".rstrip())
    return ExitCode.INCOMPLETE if failed or found.statuses else ExitCode.OK

"""`pii-guard gate`: the verdict alone, on a result written earlier or on paths scanned now."""

from __future__ import annotations

from pathlib import Path

import click

from pii_guard import config
from pii_guard.cli import _run
from pii_guard.cli import _verdicts
from pii_guard.errors import ExitCode
from pii_guard.gate import load as policies
from pii_guard.messages import LANGUAGES
from pii_guard.messages import choose


@click.command("gate", short_help="按策略判定一次扫描：过还是不过")
@click.argument("paths", nargs=-1, required=True, metavar="RESULT.json|PATH...")
@click.option(
    "--policy",
    "policy_",
    default=None,
    metavar="NAME|FILE",
    help=f"策略：{', '.join(policies.presets())} 或 .yaml 文件",
)
@click.option(
    "--baseline",
    "baseline_",
    type=click.Path(dir_okay=False, path_type=Path),
    help="基线文件（扫描 PATH 时）",
)
@click.option("--key-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="指纹密钥文件")
@click.option(
    "-c", "--config", "config_", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="配置文件"
)
@click.option("--isolated", is_flag=True, help="不读任何配置文件、基线与就地忽略")
@click.option("--lang", type=click.Choice(LANGUAGES), default="auto", help="输出语言")
def command(
    *,
    paths: tuple[str, ...],
    policy_: str | None,
    baseline_: Path | None,
    key_file: Path | None,
    config_: Path | None,
    isolated: bool,
    lang: str,
) -> ExitCode:
    """判定 RESULT.json（scan -f json 或 jsonl 的结果，可多个）或 PATH，只给结论与不过的条款。"""
    settings = _run.under_policy(config.load(config_, isolated=isolated), policy_, None)
    options = _verdicts.Options(key_file, baseline_, isolated)
    say = choose(lang)
    outcome = _verdicts.of(paths, settings, options)
    _verdicts.note_documents(paths, say)
    for line in _verdicts.told(outcome, say, everything=False):
        click.echo(line)
    return outcome.verdict.code

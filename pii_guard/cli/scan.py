"""`pii-guard scan`: find personal data in files, folders and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path

import click

from pii_guard import config
from pii_guard import report
from pii_guard.cli import _files
from pii_guard.cli import _outputs
from pii_guard.cli import _run
from pii_guard.cli import _sources
from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError
from pii_guard.gate.exceptions import Event
from pii_guard.gate.exceptions import Source
from pii_guard.gate.run import Attribute
from pii_guard.messages import LANGUAGES
from pii_guard.messages import Messages
from pii_guard.messages import choose
from pii_guard.model import SEVERITIES

_TYPES = "逗号分隔的类型，如 RESIDENT_ID,BANK_CARD（rules list 可列出），可多次给出"


@click.command("scan", short_help="扫描文件、文件夹或标准输入")
@click.argument("paths", nargs=-1, metavar="[PATH...|-]")
@click.option("--select", "-s", multiple=True, metavar="TYPES", help=f"只报告这些类型：{_TYPES}")
@click.option("--ignore", multiple=True, metavar="TYPES", help=f"不报告这些类型：{_TYPES}")
@click.option("--min-confidence", type=click.Choice(["low", "medium", "high"]), default=None, help="报告的最低置信度（默认 medium）")
@click.option("--min-severity", type=click.Choice(SEVERITIES), default=None, help="达到此级别才以 1 退出（默认 medium）")
@click.option("-f", "--format", "formats", multiple=True, default=("text",), callback=_outputs.checked, metavar="FMT[=FILE]", help=f"输出格式，可多次给出：{', '.join(report.formats())}")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="写到文件而不是标准输出（写完才替换旧文件）")
@click.option("-j", "--jobs", type=click.IntRange(0, 256), default=None, help="进程数，0 为全部处理器（默认 1）")
@click.option("--exclude", multiple=True, metavar="GLOB", help="不扫描匹配的路径，可多次给出")
@click.option("--gitignore/--no-gitignore", default=None, help="是否跳过被 .gitignore 忽略的文件（默认跳过并报数）")
@click.option("--rules", "rules_", multiple=True, type=click.Path(exists=True, path_type=Path), help="另加的规则文件或文件夹")
@click.option("--with", "with_", multiple=True, metavar="NAME[:FILE]", help="同时运行其他工具的识别器：presidio 或 presidio:配置.yaml")
@click.option("--names", type=click.Choice(["off", "cues", "full"]), default=None, help="姓名：不找、只找有线索的、全部（默认）")
@click.option("--addresses", type=click.Choice(["off", "cues", "full"]), default=None, help="地址：同上")
@click.option("--judge/--no-judge", default=None, help="是否按规则判定渠道、法条与话术（默认判定）")
@click.option("--app-category", default=None, metavar="NAME", help="应用类别（必要个人信息范围规定的 39 类之一，如 实用工具），用来判断清单里的权限是否超范围")
@click.option("--on-duty/--no-on-duty", default=None, help="数据是在履职或提供服务中获得的：法释〔2017〕10号的数量指标减半（默认否）")
@click.option("--stdin-filename", default="stdin.txt", metavar="NAME", help="标准输入的文件名，决定按什么格式读")
@click.option("--exit-zero", is_flag=True, help="有发现也以 0 退出（未能扫描等仍照常）")
@click.option("--lang", type=click.Choice(LANGUAGES), default="auto", help="输出语言")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="彩色输出")
@click.option("--no-progress", is_flag=True, help="不显示进度")
@click.option("--show-files", is_flag=True, help="也列出没有发现的文件")
@click.option("--statistics", is_flag=True, help="按类型统计")
@click.option("-q", "--quiet", is_flag=True, help="终端上不说话，只用退出码（写到文件的结果照写）")
@click.option("-v", "--verbose", count=True, help="多说一些（未扫描原因、密钥提示）")
@click.option("-c", "--config", "config_", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="配置文件")
@click.option("--isolated", is_flag=True, help="不读任何配置文件、基线与就地忽略")
@click.option("--staged", is_flag=True, help="扫描 git 暂存区")
@click.option("--diff", "diff", default=None, metavar="REF[...REF]", help="只报告相对 REF 新增的行")
@click.option("--history", is_flag=False, flag_value="HEAD", default=None, metavar="RANGE", help="扫描 git 历史，每个版本的内容一次（默认 HEAD）")
@click.option("--messages", is_flag=True, help="与 --history 同用：也扫描提交说明")
@click.option("--emails", is_flag=True, help="与 --history 同用：也扫描提交说明与作者邮箱")
@click.option("--baseline", "baseline_", type=click.Path(dir_okay=False, path_type=Path), help="基线文件（默认当前目录的 .pii-baseline.json）")
@click.option("--no-baseline", is_flag=True, help="不用基线")
@click.option("--key-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="指纹密钥文件（默认 PII_GUARD_KEY 或 .git/pii-guard.key）")
@click.option("--vault", "vault_", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="假名保险库：其中的假名不算发现，须同时给出 --vault-key")
@click.option("--vault-key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="保险库的密钥文件（redact 时的 --key-file）")
@click.option("--policy", "policy_", default=None, metavar="NAME|FILE", help="门禁策略：default、dev、strict、bank 或 .yaml 文件")
@click.option("--metrics", type=click.Path(dir_okay=False, path_type=Path), help="把各项数字写成一个扁平的 JSON 文件")
def command(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_confidence: str | None,
    min_severity: str | None,
    formats: tuple[tuple[str, Path | None], ...],
    output: Path | None,
    jobs: int | None,
    exclude: tuple[str, ...],
    gitignore: bool | None,
    rules_: tuple[Path, ...],
    with_: tuple[str, ...],
    names: str | None,
    addresses: str | None,
    judge: bool | None,
    app_category: str | None,
    on_duty: bool | None,
    stdin_filename: str,
    exit_zero: bool,
    lang: str,
    color: str,
    no_progress: bool,
    show_files: bool,
    statistics: bool,
    quiet: bool,
    verbose: int,
    config_: Path | None,
    isolated: bool,
    staged: bool,
    diff: str | None,
    history: str | None,
    messages: bool,
    emails: bool,
    baseline_: Path | None,
    no_baseline: bool,
    key_file: Path | None,
    vault_: Path | None,
    vault_key: Path | None,
    policy_: str | None,
    metrics: Path | None,
) -> ExitCode:
    """扫描 PATH（文件或文件夹；- 为标准输入；不给则为当前文件夹），报告其中的个人信息。

    所有输出都是脱敏的。退出码：0 未发现，1 有发现，2 用法错误，3 有文件未能扫描。
    """
    say = choose(lang)
    found = config.load(config_, isolated=isolated)
    settings = config.override(
        found,
        select=_types(select),
        ignore=_types(ignore),
        min_confidence=min_confidence,
        min_severity=min_severity,
        jobs=(os.cpu_count() or 1) if jobs == 0 else jobs,
        exclude=found.exclude + exclude if exclude else None,
        gitignore=gitignore,
        names=names,
        addresses=addresses,
        judge=judge,
        app_category=app_category,
        on_duty=on_duty,
        language="en" if say.language == "en" else "zh",
        rules=found.rules + rules_ if rules_ else None,
        companions=with_ or None,
    )
    settings = settings if ignore else _selected(settings, _types(select), say, quiet=quiet)
    given = _sources.Given(paths, staged, diff, history, messages or emails, emails, stdin_filename)
    what = _sources.choose(given, settings)
    chosen = _outputs.placed(formats, output, quiet=quiet)
    sources = _files.apart([*(file for _, file in chosen), metrics], paths, what.sources)
    run = _run.start(
        _run.under_policy(settings, policy_, min_severity),
        key_file=key_file,
        baseline_file=baseline_,
        use_baseline=not no_baseline and not isolated,
        inline=not isolated,
        added=what.added,
        only_added=what.only_added,
        pseudonyms=_pseudonyms(vault_, vault_key),
        figures=any(name == "json" for name, _ in formats),
    )
    run.tally.ignored = what.ignored
    titles = {t: (e.en if say.language == "en" else e.zh) for t, e in run.scanner.entities.items()}
    view = report.View(say, titles, _colored(color), _encoding(), show_files, statistics, verbose)
    with _outputs.opened(chosen, view) as outputs:
        for event in _followed(run, sources, what.attribute, say, off=no_progress or quiet):
            outputs.add(event)
        verdict = run.verdict()
        outputs.close(run.tally)
    if metrics is not None:
        _outputs.write_metrics(metrics, run.tally)
    if not quiet:
        _complain(run, say, verbose)
    return verdict.excused if exit_zero and verdict.code is ExitCode.VIOLATION else verdict.code


def _followed(
    run: _run.Run, sources: Iterable[Source], attribute: Attribute, say: Messages, *, off: bool
) -> Iterator[Event]:
    """The events of a run, with its progress on a terminal."""
    if off or not sys.stderr.isatty():  # nobody looks
        return run.events(sources, attribute)
    from pii_guard.cli._progress import Progress

    progress = Progress(say)
    if run.scanner.settings.jobs <= 1:  # other processes read what they are given themselves
        run.watch = progress.watched
    return progress.followed(run.events(sources, attribute))


def _complain(run: _run.Run, say: Messages, verbose: int) -> None:
    """What the user should know besides the result."""
    if run.exceptions.policy.exceptions.unused != "ignore":
        for kind, count in run.exceptions.complaints().items():
            click.echo(say(f"exception.{kind}", n=count), err=True)
    if verbose and run.tally.key == "ephemeral":
        click.echo(say("text.ephemeral"), err=True)


def _pseudonyms(vault: Path | None, key: Path | None) -> list[tuple[str, str]]:
    """Types and values of the pseudonyms in a vault."""
    if vault is None and key is None:
        return []
    if vault is None or key is None:
        raise UsageError("--vault 与 --vault-key 须同时给出 (give both --vault and --vault-key)")
    from pii_guard.redact.keys import load_key
    from pii_guard.redact.vault import load_vault

    return [(entity_type, pseudonym) for entity_type, _, pseudonym in load_vault(vault, load_key(key)).to_rows()]


def _selected(settings: config.Settings, select: frozenset[str] | None, say: Messages, *, quiet: bool) -> config.Settings:
    """What the command line selects is looked for, whatever a config ignores; that is said."""
    if not select or not (both := select & settings.ignore):
        return settings
    if not quiet:
        click.echo(say("scan.select_over_ignore", ", ".join(sorted(both))), err=True)
    return config.override(settings, ignore=settings.ignore - both)


def _types(given: tuple[str, ...]) -> frozenset[str] | None:
    return frozenset(n.strip().upper() for names in given for n in names.split(",") if n.strip()) or None


def _encoding() -> str:
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower()


def _colored(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

"""`pii-guard scan`: find personal data in files, folders and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from pii_guard import config
from pii_guard import pipeline
from pii_guard import report
from pii_guard.config import Settings
from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError
from pii_guard.messages import LANGUAGES
from pii_guard.messages import Messages
from pii_guard.messages import choose
from pii_guard.model import SEVERITIES
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.scanner import Scanner
from pii_guard.sources import paths as path_source
from pii_guard.sources import stdin as stdin_source

_TYPES = "逗号分隔的类型，如 RESIDENT_ID,BANK_CARD（rules list 可列出）"


@click.command("scan", short_help="扫描文件、文件夹或标准输入")
@click.argument("paths", nargs=-1, metavar="[PATH...|-]")
@click.option("--select", "-s", default=None, metavar="TYPES", help=f"只报告这些类型：{_TYPES}")
@click.option("--ignore", default=None, metavar="TYPES", help=f"不报告这些类型：{_TYPES}")
@click.option("--min-confidence", type=click.Choice(["low", "medium", "high"]), default=None, help="报告的最低置信度（默认 medium）")
@click.option("--min-severity", type=click.Choice(SEVERITIES), default=None, help="达到此级别才以 1 退出（默认 medium）")
@click.option("-f", "--format", "format_", type=click.Choice(report.formats()), default="text", help="输出格式")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="写到文件而不是标准输出")
@click.option("-j", "--jobs", type=click.IntRange(0, 256), default=None, help="进程数，0 为全部处理器（默认 1）")
@click.option("--exclude", multiple=True, metavar="GLOB", help="不扫描匹配的路径，可多次给出")
@click.option("--gitignore/--no-gitignore", default=None, help="是否跳过被 .gitignore 忽略的文件（默认跳过并报数）")
@click.option("--rules", "rules_", multiple=True, type=click.Path(exists=True, path_type=Path), help="另加的规则文件或文件夹")
@click.option("--stdin-filename", default="stdin.txt", metavar="NAME", help="标准输入的文件名，决定按什么格式读")
@click.option("--exit-zero", is_flag=True, help="有发现也以 0 退出（未能扫描等仍照常）")
@click.option("--lang", type=click.Choice(LANGUAGES), default="auto", help="输出语言")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="彩色输出")
@click.option("--no-progress", is_flag=True, help="不显示进度")
@click.option("--show-files", is_flag=True, help="也列出没有发现的文件")
@click.option("--statistics", is_flag=True, help="按类型统计")
@click.option("-q", "--quiet", is_flag=True, help="只用退出码说话")
@click.option("-v", "--verbose", count=True, help="多说一些（未扫描原因、密钥提示）")
@click.option("-c", "--config", "config_", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="配置文件")
@click.option("--isolated", is_flag=True, help="不读任何配置文件")
def command(
    paths: tuple[str, ...],
    select: str | None,
    ignore: str | None,
    min_confidence: str | None,
    min_severity: str | None,
    format_: str,
    output: Path | None,
    jobs: int | None,
    exclude: tuple[str, ...],
    gitignore: bool | None,
    rules_: tuple[Path, ...],
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
        rules=found.rules + rules_ if rules_ else None,
    )
    scanner = Scanner(settings)
    tally = report.Tally(key="configured" if settings.key else "ephemeral")
    sources = _sources(paths, settings, stdin_filename, tally)
    names = {t: (e.en if say.language == "en" else e.zh) for t, e in scanner.entities.items()}
    with _opened(output) as out:
        view = report.View(
            say, names, _colored(color, out), _encoding(out), show_files, statistics, verbose
        )
        reporter = None if quiet else report.open_reporter(format_, out, view)
        events = _counted(pipeline.scan(sources, scanner), tally)
        failed = _deliver(_with_progress(events, say, no_progress or quiet), reporter, settings, tally)
        if reporter is not None:
            reporter.close(tally)
    if verbose and not settings.key and not quiet:
        click.echo(say("text.ephemeral"), err=True)
    return _exit_code(failed and not exit_zero, tally)


def _types(names: str | None) -> frozenset[str] | None:
    return frozenset(n.strip().upper() for n in names.split(",") if n.strip()) if names else None


def _sources(
    paths: tuple[str, ...], settings: Settings, stdin_filename: str, tally: report.Tally
) -> Iterable[pipeline.Source]:
    if "-" in paths:
        if len(paths) > 1:
            raise UsageError("“-” 不能与其他路径同时给出")
        return [stdin_source.from_stdin(stdin_filename)]
    found = path_source.find(paths or (".",), exclude=settings.exclude, gitignore=settings.gitignore)
    tally.ignored = found.ignored
    return [*found.documents, *found.statuses]


def _counted(events: Iterator[pipeline.Event], tally: report.Tally) -> Iterator[pipeline.Event]:
    for event in events:
        tally.add(event)
        yield event


def _deliver(
    events: Iterator[pipeline.Event], reporter: report.Reporter | None, settings: Settings, tally: report.Tally
) -> bool:
    """Hand events to the reporter; True when a finding fails the run."""
    least = SEVERITIES.index(settings.min_severity)
    failed = False
    for event in events:
        if isinstance(event, Finding):
            failed |= event.score >= 0.5 and SEVERITIES.index(event.severity) >= least
            if reporter is not None:
                reporter.finding(event)
        elif reporter is not None:
            reporter.document(event)
    return failed


def _exit_code(failed: bool, tally: report.Tally) -> ExitCode:
    if any(status.reason == "internal" for status in tally.unscanned):
        return ExitCode.INTERNAL
    if failed:
        return ExitCode.VIOLATION
    return ExitCode.INCOMPLETE if tally.unscanned else ExitCode.OK


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    """Standard output as it is, or the file in UTF-8."""
    if output is None:
        yield sys.stdout
        return
    try:
        stream = output.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{output}: 无法写入（{error.strerror}）") from error
    with stream:
        yield stream


def _encoding(out: TextIO) -> str:
    return (getattr(out, "encoding", None) or "utf-8").lower()


def _colored(choice: str, out: TextIO) -> bool:
    if choice != "auto":
        return choice == "always"
    return out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _with_progress(events: Iterator[pipeline.Event], say: Messages, off: bool) -> Iterator[pipeline.Event]:
    """Say on a terminal how far a long scan is."""
    if off or not sys.stderr.isatty():
        yield from events
        return
    from time import monotonic

    files = found = size = 0
    shown = began = monotonic()
    for event in events:
        if isinstance(event, DocumentStatus):
            files, size = files + 1, size + event.bytes
        else:
            found += 1
        if (now := monotonic()) - shown > 0.2 and now - began > 1:
            shown = now
            click.echo("\r\x1b[K" + say("progress", n=files, mb=size / 1e6, found=found), nl=False, err=True)
        yield event
    if shown != began:
        click.echo("\r\x1b[K", nl=False, err=True)

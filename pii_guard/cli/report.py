"""`pii-guard report`: a report for people, from results written earlier or from a scan in one go."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import click

from pii_guard import config
from pii_guard.cli import _run
from pii_guard.cli import _sources
from pii_guard.cli import _verdicts
from pii_guard.config import Settings
from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError
from pii_guard.gate.result import results_of
from pii_guard.messages import LANGUAGES
from pii_guard.messages import Messages
from pii_guard.messages import choose
from pii_guard.summary import outputs
from pii_guard.summary.values import Result

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("report", short_help="给管理者看的报告：Markdown、HTML、XLSX、DOCX")
@click.argument("paths", nargs=-1, required=True, metavar="RESULT.json|PATH...")
@click.option("-f", "--format", "name", type=click.Choice(outputs.names()), default=None, help="格式（默认看 -o 的后缀，否则 md）")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="写到文件；md 与 html 不给则写到标准输出")
@click.option("--compare", type=_FILE, help="与较早的一份结果对比：新增、仍在、不再出现")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="报告日期（默认今天）")
@click.option("--rules", "rules_", multiple=True, type=click.Path(exists=True, path_type=Path), help="另加的规则文件或文件夹")
@click.option("--app-category", default=None, metavar="NAME", help="应用类别（必要个人信息范围规定的 39 类之一，如 实用工具），用来判断清单里的权限是否超范围（扫描 PATH 时）")
@click.option("--on-duty/--no-on-duty", default=None, help="数据是在履职或提供服务中获得的：法释〔2017〕10号的数量指标减半（默认否）")
@click.option("--baseline", "baseline_", type=click.Path(dir_okay=False, path_type=Path), help="基线文件（扫描 PATH 时）")
@click.option("--key-file", type=_FILE, help="指纹密钥文件（扫描 PATH 时）")
@click.option("-c", "--config", "config_", type=_FILE, help="配置文件")
@click.option("--isolated", is_flag=True, help="不读任何配置文件、基线与就地忽略")
@click.option("--lang", type=click.Choice(LANGUAGES), default="auto", help="报告语言")
def command(
    *,
    paths: tuple[str, ...],
    name: str | None,
    output: Path | None,
    compare: Path | None,
    day: date | None,
    rules_: tuple[Path, ...],
    app_category: str | None,
    on_duty: bool | None,
    baseline_: Path | None,
    key_file: Path | None,
    config_: Path | None,
    isolated: bool,
    lang: str,
) -> ExitCode:
    """写一份报告：依据 RESULT.json（scan -f json 或 jsonl 的结果，可多个），或现在扫描 PATH。

    全文脱敏。退出码：0 已写出，2 用法错误，3 已写出但结果不完整（报告里写明了没有扫描的内容）。
    """
    say = choose(lang)
    chosen = _format(name, output, say)
    _keep_inputs(output, (*map(Path, paths), *([compare] if compare else [])), say)
    found = config.load(config_, isolated=isolated)
    settings = config.override(
        found,
        rules=found.rules + rules_ if rules_ else None,
        app_category=app_category,
        on_duty=on_duty,
        language="en" if say.language == "en" else "zh",
    )
    results = results_of(paths)
    if not results:
        _verdicts.note_documents(paths, say)
    result = _read(results) if results else _scanned(paths, settings, key_file, baseline_, isolated)
    result = replace(result, on_duty=result.on_duty if on_duty is None and results else settings.on_duty)
    written = _written(chosen, result, compare, settings, say, day or _run.today())
    _put(written, output, say)
    if any(one.reason == "internal" for one in result.unscanned):
        return ExitCode.INTERNAL
    return ExitCode.INCOMPLETE if result.incomplete else ExitCode.OK


def _format(name: str | None, output: Path | None, say: Messages) -> str:
    """The format asked for, or that of the file's suffix."""
    suffix = output.suffix.lower().lstrip(".") if output else ""
    chosen = name or {"htm": "html", "markdown": "md"}.get(suffix, suffix if suffix in outputs.names() else "md")
    if output is None and not outputs.is_text(chosen):
        raise UsageError(say("summary.needs_file", chosen))
    return chosen


def _keep_inputs(output: Path | None, inputs: Sequence[Path], say: Messages) -> None:
    for path in inputs:
        if output is not None and output.exists() and path.exists() and output.samefile(path):
            raise UsageError(say("summary.overwrites", path))


def _read(paths: Sequence[Path]) -> Result:
    from pii_guard.summary import joining
    from pii_guard.summary import reading

    return joining.join([reading.read(path) for path in paths])


def _scanned(
    paths: Sequence[str], settings: Settings, key_file: Path | None, baseline_: Path | None, isolated: bool
) -> Result:
    """A scan, taken through its JSON: a report of paths is the report of their result."""
    from pii_guard.cli import _outputs
    from pii_guard.report.json import Json
    from pii_guard.summary import reading

    what = _sources.choose(_sources.Given(tuple(paths)), settings)
    run = _run.start(
        settings,
        key_file=key_file,
        baseline_file=baseline_,
        use_baseline=not isolated,
        inline=not isolated,
        figures=True,
    )
    run.tally.ignored = what.ignored
    stream = StringIO()
    out = _outputs.Outputs([Json(stream)])
    for event in run.events(what.sources, what.attribute):
        out.add(event)
    run.verdict()
    out.close(run.tally)
    result = reading.parse(stream.getvalue().encode("utf-8", "backslashreplace"), " ".join(paths))
    origins = tuple(replace(origin, sha256="") for origin in result.origins)  # of a file that nobody has
    return replace(result, origins=origins)


def _written(
    name: str, result: Result, compare: Path | None, settings: Settings, say: Messages, day: date
) -> bytes:
    from pii_guard.cli._report_words import words
    from pii_guard.summary import chapters
    from pii_guard.summary import reading
    from pii_guard.summary.comparison import compare as compared
    from pii_guard.summary.people import exposed

    earlier = compared(reading.read(compare), result) if compare else None
    day = date(day.year, day.month, day.day)
    case = chapters.Case(result, exposed(result.findings), words(say, settings), day, earlier)
    return outputs.write(name, chapters.page(case))


def _put(written: bytes, output: Path | None, say: Messages) -> None:
    if output is None:
        sys.stdout.write(written.decode())
        return
    try:
        output.write_bytes(written)
    except OSError as error:
        raise UsageError(f"{output}: 无法写入（{error.strerror}）") from error
    click.echo(say("summary.written", output), err=True)

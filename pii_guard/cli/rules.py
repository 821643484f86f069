"""`pii-guard rules`: list the entity types, show a rule file, run the cases inside the rules."""

from __future__ import annotations

from pathlib import Path

import click

from pii_guard.config import Settings
from pii_guard.detect import rulebook
from pii_guard.detect.rules import Case
from pii_guard.detect.rules import read_cases
from pii_guard.detect.rules import read_entities
from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError
from pii_guard.messages import LANGUAGES
from pii_guard.messages import choose
from pii_guard.model import SEVERITY_OF_SENSITIVITY
from pii_guard.report._terminal import pad
from pii_guard.scanner import Scanner

_RULES = click.option(
    "--rules", "rules_", multiple=True, type=click.Path(exists=True, path_type=Path), help="另加的规则文件或文件夹"
)
_LANG = click.option("--lang", type=click.Choice(LANGUAGES), default="auto", help="输出语言")


@click.group("rules", short_help="列出、查看、测试规则")
def command() -> None:
    """识别规则：列出类型，查看一个规则文件，运行规则里的用例。"""


@command.command("list")
@_RULES
@_LANG
def list_(rules_: tuple[Path, ...], lang: str) -> ExitCode:
    """列出全部类型。"""
    say = choose(lang)
    click.echo(f"{say('list.type'):<24}{pad(say('list.severity'), 8)}{say('list.name')}")
    for entity in sorted(rulebook.load(rules_), key=lambda e: e.entity_type):
        severity = say("severity." + SEVERITY_OF_SENSITIVITY[entity.sensitivity])
        name = entity.en if say.language == "en" else entity.zh
        click.echo(f"{entity.entity_type:<26}{pad(severity, 10)}{name}")
    return ExitCode.OK


@command.command("show")
@click.argument("entity_type", metavar="TYPE")
@_RULES
def show(entity_type: str, rules_: tuple[Path, ...]) -> ExitCode:
    """打印 TYPE 的规则文件。"""
    for path in reversed(rulebook.entity_files(rules_)):
        if any(e.entity_type == entity_type.upper() for e in read_entities([path])):
            click.echo(path.read_text(encoding="utf-8"), nl=False)
            return ExitCode.OK
    raise UsageError(f"未知的类型: {entity_type}")


@command.command("test")
@click.argument("types", nargs=-1, metavar="[TYPE...]")
@_RULES
@_LANG
def test(types: tuple[str, ...], rules_: tuple[Path, ...], lang: str) -> ExitCode:
    """运行规则文件里的命中与未命中用例；失败时以 1 退出。"""
    say = choose(lang)
    scanner = Scanner(Settings(rules=rules_))
    wanted = {t.upper() for t in types}
    count = bad = 0
    for path in rulebook.entity_files(rules_):
        for number, case in enumerate(read_cases(path), 1):
            if wanted and case.entity_type not in wanted:
                continue
            count += 1
            if failure := failure_of(case, scanner):
                bad += 1
                click.echo(f"{path.name} {case.entity_type} #{number}: {say(failure)}")
    click.echo(say("cases.failed", bad=bad, n=count) if bad else say("cases.passed", n=count))
    return ExitCode.VIOLATION if bad else ExitCode.OK


def failure_of(case: Case, scanner: Scanner) -> str | None:
    """The message id of what went wrong with a case; None when it holds."""
    found = {(f.start, f.end) for f in scanner.scan_text(case.text) if f.entity_type == case.entity_type}
    expected = set(case.spans)
    if expected - found:
        return "cases.missed"
    return "cases.false" if found - expected else None

"""`pii-guard rules`: list the entity types, show a rule file, run the cases inside the rules."""

from __future__ import annotations

from collections.abc import Iterator
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

_TEMPLATE = """\
# pii-guard rules test {type} --rules THIS_FILE
recognizers:
  - name: {type}
    supported_language: zh
    supported_entity: {type}
    patterns:
      - {{name: plain, score: 0.6, regex: '(?<![0-9A-Za-z])EMP-[0-9]{{6}}(?![0-9A-Za-z])'}}
    context: [员工编号]
pii_guard:
  zh: 员工编号
  en: employee number
  sensitivity: 1
  headers: [员工编号, employee_no]
  lookalikes: [订单号]
  cases:
    hit:
      - "员工编号[[EMP-001234]]已离职"
    miss:
      - "EMP-12 是型号"
"""


@click.group("rules", short_help="列出、查看、测试规则")
def command() -> None:
    """识别规则：列出类型，查看一个规则文件，运行规则里的用例。"""


@command.command("list")
@_RULES
@_LANG
def list_(rules_: tuple[Path, ...], lang: str) -> ExitCode:
    """列出全部类型。"""
    say = choose(lang)
    click.echo(pad(say("list.type"), 26) + pad(say("list.severity"), 10) + say("list.name"))
    for entity in sorted(rulebook.load(rules_), key=lambda e: e.entity_type):
        severity = say("severity." + SEVERITY_OF_SENSITIVITY[entity.sensitivity])
        name = entity.en if say.language == "en" else entity.zh
        click.echo(f"{entity.entity_type:<26}{pad(severity, 10)}{name}")
    return ExitCode.OK


@command.command("show")
@click.argument("name", metavar="TYPE|RULE")
@_RULES
def show(name: str, rules_: tuple[Path, ...]) -> ExitCode:
    """打印一个类型（RESIDENT_ID）或一条规则（CH5-CONFIG、PIPL-6）所在的规则文件。"""
    wanted = name.upper()
    for path in reversed(rulebook.entity_files(rules_)):
        if any(e.entity_type == wanted for e in read_entities([path])):
            return _print(path)
    from pii_guard.policy.loader import rule_files

    for path in reversed(rule_files(rulebook.packs(rules_))):
        if f"id: {wanted}\n" in path.read_text(encoding="utf-8"):
            return _print(path)
    raise UsageError(f"没有这个类型或规则: {name}（rules list 可列出类型）")


def _print(path: Path) -> ExitCode:
    click.echo(path.read_text(encoding="utf-8"), nl=False)
    return ExitCode.OK


@command.command("lint")
@_RULES
@_LANG
def lint(rules_: tuple[Path, ...], lang: str) -> ExitCode:
    """检查规则文件：未知的键、失效的规则、缺少用例；有问题时以 1 退出。"""
    from pii_guard import policy

    read_entities(rulebook.entity_files(rules_))
    problems = policy.lint(rulebook.packs(rules_) if rules_ else None, run_cases=False)
    for problem in problems:
        click.echo(problem)
    click.echo(choose(lang)("lint.problems", n=len(problems)))
    return ExitCode.VIOLATION if problems else ExitCode.OK


@command.command("new")
@click.argument("entity_type", metavar="TYPE")
def new(entity_type: str) -> ExitCode:
    """打印一个新类型的规则文件，存为 NAME.yaml 后用 --rules 载入。"""
    click.echo(_TEMPLATE.format(type=entity_type.upper()), nl=False)
    return ExitCode.OK


@command.command("test")
@click.argument("names", nargs=-1, metavar="[TYPE|RULE...]")
@_RULES
@_LANG
def test(names: tuple[str, ...], rules_: tuple[Path, ...], lang: str) -> ExitCode:
    """运行规则文件里的命中与未命中用例；失败时以 1 退出。"""
    say = choose(lang)
    wanted = {n.upper() for n in names}
    results = [*_entity_results(rules_, wanted), *_rule_results(rules_, wanted)]
    bad = [(where, failure) for where, failure in results if failure]
    for where, failure in bad:
        click.echo(f"{where}: {say(failure)}")
    click.echo(say("cases.failed", bad=len(bad), n=len(results)) if bad else say("cases.passed", n=len(results)))
    return ExitCode.VIOLATION if bad else ExitCode.OK


def _entity_results(extra: tuple[Path, ...], wanted: set[str]) -> Iterator[tuple[str, str | None]]:
    scanner = Scanner(Settings(rules=extra))
    for path in rulebook.entity_files(extra):
        for number, case in enumerate(read_cases(path), 1):
            if not wanted or case.entity_type in wanted:
                yield f"{path.name} {case.entity_type} #{number}", failure_of(case, scanner)


def _rule_results(extra: tuple[Path, ...], wanted: set[str]) -> Iterator[tuple[str, str | None]]:
    from pii_guard import policy
    from pii_guard.policy.cases import failures

    ruleset = policy.load_with_cases(rulebook.packs(extra))
    rules = tuple(rule for rule in ruleset.rules if not wanted or rule.id in wanted)
    failed = {(rule.id, id(case)): kind for rule, kind, case in failures(ruleset, rules)}
    for rule in rules:
        for number, case in enumerate((*rule.hits, *rule.misses), 1):
            kind = failed.get((rule.id, id(case)))
            yield f"{rule.id} #{number}", {"hit": "cases.missed", "miss": "cases.false"}.get(kind or "")


def failure_of(case: Case, scanner: Scanner) -> str | None:
    """The message id of what went wrong with a case; None when it holds."""
    found = {(f.start, f.end) for f in scanner.scan_text(case.text) if f.entity_type == case.entity_type}
    expected = set(case.spans)
    if expected - found:
        return "cases.missed"
    return "cases.false" if found - expected else None

"""`pii-guard rules`: list the entity types, show a rule file, write a new one, check rules and run their cases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

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
from pii_guard.policy.suggest import suggestion
from pii_guard.report._terminal import pad
from pii_guard.scanner import Scanner

if TYPE_CHECKING:
    from pii_guard.policy import RuleSet

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
    from pii_guard import policy
    from pii_guard.policy.loader import rule_files

    for path in reversed(rule_files(rulebook.packs(rules_))):
        if re.search(rf"\bid: *[\"']?{re.escape(wanted)}[\"']?\s*[,}}\n]", path.read_text(encoding="utf-8")):
            return _print(path)
    ruleset = policy.load(rulebook.packs(rules_))
    known = [e.entity_type for e in rulebook.load(rules_)] + [r.id for r in ruleset.rules] + [*ruleset.obligations]
    raise UsageError(f"没有这个类型或规则 / no such type or rule: {name}{suggestion(wanted, known)}")


def _print(path: Path) -> ExitCode:
    click.echo(path.read_text(encoding="utf-8"), nl=False)
    return ExitCode.OK


@command.command("lint")
@_RULES
@_LANG
def lint(rules_: tuple[Path, ...], lang: str) -> ExitCode:
    """检查规则文件：未知的名称与键、失效的规则、没人用的词表、缺少或不成立的用例、会失控的正则；有问题时以 1 退出。"""
    from pii_guard.policy import check_entities
    from pii_guard.policy import checks

    say = choose(lang)
    files = rulebook.entity_files(rules_)
    problems = [*check_entities.problems(files), *checks.lint(rulebook.packs(rules_) if rules_ else None)]
    lines = [problem.line(say.language) for problem in problems]
    if not lines:  # cases of a rule that names what is not there cannot run
        chosen = [file for file in files if not rules_ or rulebook.shipped() not in file.parents]
        results = _entity_results(rules_, frozenset(), chosen)
        lines = [f"{where}: {say(failure)}" for _, where, failure in results if failure]
    for line in lines:
        click.echo(line)
    click.echo(say("lint.problems", n=len(lines)))
    return ExitCode.VIOLATION if lines else ExitCode.OK


@command.command("new")
@click.argument("name", metavar="NAME")
def new(name: str) -> ExitCode:
    """打印一个新规则文件，存为 .yaml 后用 --rules 载入：类型 STAFF_NUMBER，渠道 CH7-MINE，话术 CS-21，法条 PIPL-99。"""
    from pii_guard.cli import _skeletons

    click.echo(_skeletons.skeleton(name.upper()), nl=False)
    return ExitCode.OK


@command.command("test")
@click.argument("names", nargs=-1, metavar="[TYPE|RULE...]")
@_RULES
@_LANG
def test(names: tuple[str, ...], rules_: tuple[Path, ...], lang: str) -> ExitCode:
    """运行规则文件里的命中与未命中用例；失败时以 1 退出。"""
    from pii_guard.policy import checks
    from pii_guard.policy import loader

    say = choose(lang)
    packs, key = loader.load_packs(rulebook.packs(rules_))
    ruleset, wanted = loader.compile_packs(packs, key), frozenset(n.upper() for n in names)
    chosen = tuple(rule for rule in ruleset.rules if not wanted or rule.id in wanted)
    entities = list(_entity_results(rules_, wanted, rulebook.entity_files(rules_)))
    _all_known(wanted, ruleset, rules_, {entity_type for entity_type, *_ in entities})
    bad = [f"{where}: {say(failure)}" for _, where, failure in entities if failure]
    bad += [one.line(say.language) for one in checks.case_problems(ruleset, checks.files_of(packs), chosen)]
    count = len(entities) + sum(len(rule.hits) + len(rule.misses) for rule in chosen if rule.enabled)
    for line in bad:
        click.echo(line)
    click.echo(say("cases.failed", bad=len(bad), n=count) if bad else say("cases.passed", n=count))
    return ExitCode.VIOLATION if bad else ExitCode.OK


def _all_known(
    wanted: frozenset[str], ruleset: RuleSet, extra: tuple[Path, ...], tested: set[str]
) -> None:
    """UsageError for a name of which there are no cases to run: nothing tested is not passed."""
    rules = {rule.id: rule for rule in ruleset.rules}
    types = {entity.entity_type for entity in rulebook.load(extra)}
    for name in sorted(wanted - tested):
        if name not in rules and name not in types and name not in ruleset.obligations:
            close = suggestion(name, (*rules, *types))
            raise UsageError(f"没有这个类型或规则 / no such type or rule: {name}{close}")
        rule = rules.get(name)
        if rule is None or not (rule.hits or rule.misses):
            raise UsageError(f"{name}: 没有用例可运行 / there are no cases to run")
        if not rule.enabled:
            raise UsageError(f"{name}: 规则已停用 / the rule is switched off")


def _entity_results(
    extra: tuple[Path, ...], wanted: frozenset[str], files: Iterable[Path]
) -> Iterator[tuple[str, str, str | None]]:
    """Of each case: the type, its place, and the message id of what went wrong."""
    scanner = Scanner(Settings(rules=extra))
    for path in files:
        for number, case in enumerate(read_cases(path), 1):
            if not wanted or case.entity_type in wanted:
                yield case.entity_type, f"{path.name}: {case.entity_type} #{number}", failure_of(case, scanner)


def failure_of(case: Case, scanner: Scanner) -> str | None:
    """The message id of what went wrong with a case; None when it holds."""
    found = {(f.start, f.end) for f in scanner.scan_text(case.text) if f.entity_type == case.entity_type}
    expected = set(case.spans)
    if expected - found:
        return "cases.missed"
    return "cases.false" if found - expected else None

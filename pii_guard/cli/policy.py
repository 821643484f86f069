"""`pii-guard policy`: what a policy demands, and why a run passed or failed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from pii_guard import config
from pii_guard.cli import _run
from pii_guard.cli import _verdicts
from pii_guard.config import Settings
from pii_guard.errors import ExitCode
from pii_guard.gate import load as policies
from pii_guard.gate.policy import FailOn
from pii_guard.gate.policy import Policy
from pii_guard.messages import LANGUAGES
from pii_guard.messages import Messages
from pii_guard.messages import choose

_POLICY = click.option(
    "--policy", "policy_", default=None, metavar="NAME|FILE", help="策略名或 .yaml 文件（默认为配置里的）"
)
_CONFIG = click.option(
    "-c", "--config", "config_", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="配置文件"
)
_LANG = click.option("--lang", type=click.Choice(LANGUAGES), default="auto", help="输出语言")


@click.group("policy", short_help="门禁策略：列出、查看、检查、解释")
def command() -> None:
    """门禁策略。"""


@command.command("list")
def list_() -> ExitCode:
    """列出随附的策略。"""
    for name in policies.presets():
        click.echo(f"{name:<10}{policies.load(name, Path()).about}")
    return ExitCode.OK


@command.command("check")
@click.argument("paths", nargs=-1, metavar="[RESULT.json|PATH...]")
@_POLICY
@_CONFIG
@_LANG
def check(paths: tuple[str, ...], policy_: str | None, config_: Path | None, lang: str) -> ExitCode:
    """检查策略能否使用；给出 RESULT.json 或 PATH 则逐条判定，说明为什么过或不过。"""
    settings = _run.under_policy(config.load(config_), policy_, None)
    say = choose(lang)
    if not paths:
        click.echo(f"{_policy(settings).name}: {say('clause.ok')}")
        return ExitCode.OK
    outcome = _verdicts.of(paths, settings, _verdicts.Options())
    for line in _verdicts.told(outcome, say, everything=True):
        click.echo(line)
    return outcome.verdict.code


@command.command("explain")
@click.argument("paths", nargs=-1, metavar="[RESULT.json|PATH...]")
@_POLICY
@_CONFIG
@_LANG
def explain(paths: tuple[str, ...], policy_: str | None, config_: Path | None, lang: str) -> ExitCode:
    """用文字说明策略要求什么；给出 RESULT.json 或 PATH 则再说明为什么过或不过。总以 0 退出。"""
    settings = _run.under_policy(config.load(config_), policy_, None)
    say = choose(lang)
    for line in _demands(_policy(settings), say):
        click.echo(line)
    if paths:
        outcome = _verdicts.of(paths, settings, _verdicts.Options())
        for line in _verdicts.told(outcome, say, everything=True):
            click.echo(line)
    return ExitCode.OK


def _policy(settings: Settings) -> Policy:
    return settings.policy or Policy(fail_on=FailOn(severity=settings.min_severity))


def _demands(policy: Policy, say: Messages) -> Iterator[str]:
    on, exceptions = policy.fail_on, policy.exceptions
    yield f"{policy.name}  {policy.about}".rstrip()
    if on.severity != "none":
        confidence = say(f"confidence.{on.confidence}")
        yield "  " + say("policy.fail_on", severity=say(f"severity.{on.severity}"), confidence=confidence)
    always = [*sorted(on.types), *(f"CH{c}" for c in sorted(on.channels)), *sorted(on.laws), *on.paths]
    if always:
        yield "  " + say("policy.always", ", ".join(always))
    for subject, n in policy.max.items():
        yield "  " + say("policy.max", subject=subject, n=n)
    for rule in policy.paths:
        yield "  " + say("policy.path", match=rule.match, severity=rule.severity, note=rule.note)
    if policy.new_only:
        yield "  " + say("policy.new_only")
    settings = {name: getattr(exceptions, name) for name in exceptions.__slots__ if name != "never"}
    told = [f"{name}={str(value).lower()}" for name, value in settings.items() if value is not None]
    told += [f"never={','.join(sorted(exceptions.never))}"] if exceptions.never else []
    yield "  " + say("policy.exceptions", " ".join(told))
    yield "  " + say("policy.incomplete", policy.on_incomplete)

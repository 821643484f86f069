"""`pii-guard config`: which configuration is in force, and what one may say."""

from __future__ import annotations

import json

import click

from pii_guard import cache
from pii_guard import config
from pii_guard.detect import rulebook
from pii_guard.errors import ExitCode
from pii_guard.messages import LANGUAGES
from pii_guard.messages import choose


@click.group("config", short_help="查看配置")
def command() -> None:
    """查看生效的配置文件与可用的键。"""


@command.command("where")
@click.option("--lang", type=click.Choice(LANGUAGES), default="auto", help="输出语言")
def where(lang: str) -> ExitCode:
    """列出生效的配置文件、规则与缓存的位置。"""
    say = choose(lang)
    click.echo(say("where.config", config.find() or say("where.none")))
    click.echo(say("where.rules", rulebook.shipped()))
    click.echo(say("where.cache", cache.folder()))
    return ExitCode.OK


@command.command("schema")
def schema() -> ExitCode:
    """打印配置文件的 JSON Schema。"""
    click.echo(json.dumps(config.schema(), ensure_ascii=False, indent=2))
    return ExitCode.OK

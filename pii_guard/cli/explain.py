"""`pii-guard explain TYPE`: what a type is, how it is found, how it is masked."""

from __future__ import annotations

import click

from pii_guard.detect import masking
from pii_guard.detect import rulebook
from pii_guard.detect.rules import Entity
from pii_guard.detect.rules import read_cases
from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError
from pii_guard.messages import LANGUAGES
from pii_guard.messages import Messages
from pii_guard.messages import choose


@click.command("explain", short_help="解释一个类型：是什么、怎样识别、怎样脱敏")
@click.argument("entity_type", metavar="TYPE")
@click.option("--lang", type=click.Choice(LANGUAGES), default="auto", help="输出语言")
def command(entity_type: str, lang: str) -> ExitCode:
    """解释 TYPE，例如 RESIDENT_ID。"""
    say = choose(lang)
    known = {e.entity_type: e for e in rulebook.load()}
    entity = known.get(entity_type.upper())
    if entity is None:
        raise UsageError(f"未知的类型: {entity_type}（pii-guard rules list 可列出全部类型）")
    for line in _lines(entity, say):
        click.echo(line)
    return ExitCode.OK


def _lines(entity: Entity, say: Messages) -> list[str]:
    english = say.language == "en"
    lines = [f"{entity.entity_type}  {entity.en if english else entity.zh}"]
    if entity.about and not english:
        lines.append(f"  {entity.about}")
    lines.append(f"{say('explain.sensitivity')}: {entity.sensitivity}")
    if entity.validator:
        lines.append(f"{say('explain.validator')}: pii_guard.validators.{entity.validator}")
    lines.extend(f"{say('explain.pattern')} {p.name} ({p.label or p.score}): {p.regex}" for p in entity.patterns)
    for label, words in (
        ("explain.context", entity.context),
        ("explain.headers", entity.headers),
        ("explain.lookalikes", entity.lookalikes),
    ):
        if words:
            lines.append(f"{say(label)}: {' '.join(words)}")
    lines.append(f"{say('explain.mask')}: {_mask(entity.entity_type, say)}")
    return lines


def _mask(entity_type: str, say: Messages) -> str:
    """What a mask leaves, in words, and the first value of the type's cases so masked."""
    kind, *numbers = masking.RULES.get(entity_type, "hide").split()
    if kind == "keep":
        kind += {"0": "_tail"}.get(numbers[0], "_head" if numbers[1] == "0" else "")
        numbers = [number for number in numbers if number != "0"]
    else:
        numbers = []
    return say(f"mask.{kind}", *numbers) + _example(entity_type, say)


def _example(entity_type: str, say: Messages) -> str:
    for path in rulebook.entity_files():
        for case in read_cases(path):
            if case.entity_type == entity_type and case.spans:
                start, end = case.spans[0]
                return say("explain.example", masking.mask(entity_type, case.text[start:end]))
    return ""

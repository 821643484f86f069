"""The box in which the report is signed off, with what the signature is about."""

from __future__ import annotations

from pii_guard.summary.blocks import Block
from pii_guard.summary.blocks import Chapter
from pii_guard.summary.blocks import Signatures
from pii_guard.summary.blocks import Text
from pii_guard.summary.chapters._case import Case


def write(case: Case) -> Chapter:
    """The chapter."""
    say = case.words.say
    blocks: list[Block] = [Text(say("summary.sign.note"))]
    if case.result.incomplete:
        blocks.append(Text(say("summary.sign.incomplete"), "alarm"))
    columns, roles = (tuple(say(f"summary.sign.{part}").split("|")) for part in ("columns", "roles"))
    return Chapter("signatures", say("summary.sign"), (*blocks, Signatures(columns, roles)))

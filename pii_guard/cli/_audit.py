"""Walking through the findings of a baseline, each with its line, masked."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace

import click

from pii_guard.baseline.entries import Entry
from pii_guard.errors import UnreadableError
from pii_guard.gate.exceptions import Source
from pii_guard.gate.exceptions import masked
from pii_guard.messages import Messages
from pii_guard.model import Document
from pii_guard.model import Finding
from pii_guard.report._terminal import plain
from pii_guard.text.decode import decode_whole

Documents = dict[str, Document]
_ANSWERS = {"a": "accepted", "f": "false_positive", "t": "to_fix"}
_MOST = 1 << 26  # bytes of a file whose lines are shown
_WIDEST = 160


def remembered(sources: Iterable[Source], documents: Documents) -> Iterator[Source]:
    """The sources, kept by path."""
    for source in sources:
        if isinstance(source, Document):
            documents[source.path] = source
        yield source


def walk(
    findings: Sequence[Finding], documents: Documents, entries: dict[str, Entry], by: str, say: Messages
) -> int:
    """Ask about each finding once; the number answered."""
    asked: set[str] = set()
    done = 0
    for finding in findings:
        if finding.fingerprint in asked:
            continue
        asked.add(finding.fingerprint)
        click.echo(
            f"\n{plain(finding.path)}:{finding.line}:{finding.column} "
            f"{finding.entity_type} {plain(finding.masked)}"
        )
        for line in _context(finding, documents.get(finding.path)):
            click.echo(f"    {line}")
        answer = click.prompt(
            say("audit.question"), type=click.Choice([*_ANSWERS, "s", "q"]), show_choices=False
        )
        if answer == "q":
            break
        if answer in _ANSWERS:
            reason = click.prompt(say("audit.reason"), default=entries[finding.fingerprint].reason)
            old = entries[finding.fingerprint]
            entries[finding.fingerprint] = replace(
                old, status=_ANSWERS[answer], reason=masked(reason), by=by or old.by
            )
            done += 1
    return done


def _context(finding: Finding, document: Document | None) -> list[str]:
    """The line of a finding and its neighbours, masked as a whole so that no value is cut in two."""
    if document is None or finding.anchor.part or (document.size or 0) > _MOST:
        return []
    try:
        with document.open() as stream:
            lines = decode_whole(stream.read()).text.split("\n")
    except (OSError, UnreadableError):
        return []
    around = lines[max(0, finding.line - 2) : finding.end_line + 1]
    return [plain(line)[:_WIDEST] for line in masked("\n".join(around)).split("\n")]

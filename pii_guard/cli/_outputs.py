"""Several outputs of one run: `-f text -f sarif=result.sarif -f junit=result.xml`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import ExitStack
from contextlib import contextmanager
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path

import click

from pii_guard import report
from pii_guard.cli._files import STANDARD
from pii_guard.cli._files import stream_to
from pii_guard.errors import UsageError
from pii_guard.model import SEVERITIES
from pii_guard.model import Annotation
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.records import dataclass

_METHOD = {Finding: "suppressed", Violation: "violation", Annotation: "annotation"}
Chosen = tuple[str, Path | None]  # a format and its file; None: standard output
_FOR_EYES = ("text", "concise", "md")


@dataclass(frozen=True, slots=True)
class Outputs:
    """Hands every event to all reporters; a reporter without a method for it does not show it."""

    reporters: Sequence[report.Reporter]

    def add(self, event: Finding | Violation | Annotation | DocumentStatus) -> None:
        """One event."""
        for reporter in self.reporters:
            if isinstance(event, Finding) and event.suppression is None:
                reporter.finding(event)
            elif isinstance(event, DocumentStatus):
                reporter.document(event)
            elif shown := getattr(reporter, _METHOD[type(event)], None):
                shown(event)

    def close(self, tally: report.Tally) -> None:
        """The end of all outputs."""
        for reporter in self.reporters:
            reporter.close(tally)


def checked(
    ctx: click.Context, parameter: click.Parameter, given: tuple[str, ...]
) -> tuple[Chosen, ...]:
    """`FMT` or `FMT=FILE`, as (format, file)."""
    pairs = [text.partition("=") for text in given]
    for name, _, _ in pairs:
        if name not in report.formats():
            raise click.BadParameter(f"{name}; 可用: {', '.join(report.formats())}")
    return tuple((name, Path(file) if file else None) for name, _, file in pairs)


def placed(formats: Sequence[Chosen], output: Path | None, *, quiet: bool) -> list[Chosen]:
    """Where each goes: `output` is the file of the one without; quiet, only those that go to files are left."""
    chosen = [(name, file or output) for name, file in formats]
    in_files: list[Chosen] = [(name, file) for name, file in chosen if file not in (None, STANDARD)]
    if len(in_files) + 1 < len(chosen):
        raise UsageError("只有一种格式可以写到标准输出，其余请写成 FMT=FILE")
    return in_files if quiet else chosen


@contextmanager
def opened(chosen: Sequence[Chosen], view: report.View) -> Iterator[Outputs]:
    """The reporters, on standard output or in files of their own."""
    with ExitStack() as stack:
        reporters = []
        for name, file in chosen:
            stream = stack.enter_context(stream_to(file))
            seen = view if stream is sys.stdout else replace(view, color=False, encoding="utf-8")
            if stream is sys.stdout and name not in _FOR_EYES and isinstance(stream, TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # machines read no GBK
            reporters.append(report.open_reporter(name, stream, seen))
        yield Outputs(reporters)


def write_metrics(path: Path, tally: report.Tally) -> None:
    """Flat numbers for a quality gate: {"findings": 2, "type_QQ": 1, "passed": 0, ...}."""
    import json

    summary = tally.to_json()
    numbers = {name: value for name, value in summary.items() if isinstance(value, int)}
    numbers |= {f"severity_{severity}": tally.by_severity[severity] for severity in SEVERITIES}
    numbers |= {f"type_{name}": count for name, count in sorted(tally.by_type.items())}
    numbers |= {name: int(tally.verdict.get(name, 0)) for name in ("passed", "exit_code")}  # type: ignore[call-overload]
    with stream_to(path) as out:
        out.write(json.dumps(numbers, indent=1) + "\n")

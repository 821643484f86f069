"""JSON lines: one finding a line; violations, what was not scanned, and the summary, as lines of their own kind at the end."""

from __future__ import annotations

import json
from typing import TextIO

from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report._record import of_document
from pii_guard.report._record import of_violation

_quote = json.encoder.encode_basestring
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Jsonl:
    """Writes as events arrive."""

    def __init__(self, out: TextIO) -> None:
        self._write = out.write

    def finding(self, finding: Finding) -> None:
        """One line."""
        self._write(_line(finding))

    def violation(self, violation: Violation) -> None:
        """A line of its own kind."""
        self._write(_encode({"violation": of_violation(violation)}) + "\n")

    def document(self, status: DocumentStatus) -> None:
        """Only what was not scanned is worth a line."""
        if status.status != "scanned":
            self._write(_encode({"document": of_document(status)}) + "\n")

    def close(self, tally: Tally) -> None:
        """The summary."""
        self._write(_encode({"summary": tally.to_json()}) + "\n")


def _line(f: Finding) -> str:
    """The same as `_encode(of_finding(f))`, without its detours: a large export has millions of these."""
    return (
        f'{{"path":{_quote(f.path)},"entity_type":{_quote(f.entity_type)},"start":{f.start},"end":{f.end},'
        f'"line":{f.line},"column":{f.column},"end_line":{f.end_line},"end_column":{f.end_column},'
        f'"score":{_encode(f.score)},"confidence":"{f.confidence}","severity":{_quote(f.severity)},'
        f'"masked":{_quote(f.masked)},"reasons":[{",".join(map(_quote, f.reasons))}],'
        f'"fingerprint":{_quote(f.fingerprint)},"value_id":{_quote(f.value_id)},'
        f'"person":{_encode(f.person or None)},"anchor":{_encode(f.anchor.to_json())},'
        f'"rules":[{",".join(map(_quote, f.rules))}],"channels":[{",".join(map(_encode, f.channels))}]}}\n'
    )


def open(out: TextIO, view: View) -> Jsonl:
    """A JSON lines reporter."""
    return Jsonl(out)

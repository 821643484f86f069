"""JSON lines: one finding a line; violations, what was not scanned, and the summary, as lines of their own kind at the end."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TextIO

from pii_guard.model import Anchor
from pii_guard.model import Annotation
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.model import confidence
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report._record import of_annotation
from pii_guard.report._record import of_document
from pii_guard.report._record import of_violation

_quote = json.encoder.encode_basestring
_MESSAGE, _ROW = Anchor._fields.index("message"), Anchor._fields.index("row")
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

    def annotation(self, annotation: Annotation) -> None:
        """A line of its own kind."""
        self._write(_encode({"annotation": of_annotation(annotation)}) + "\n")

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
        f"{_begin(f.path, f.entity_type)}{f.start},\"end\":{f.end},"
        f'"line":{f.line},"column":{f.column},"end_line":{f.end_line},"end_column":{f.end_column},'
        f'{_grade(f.score, f.severity)}{_quote(f.masked)}{_reasons(f.reasons)}'
        f'"fingerprint":"{f.fingerprint}","value_id":"{f.value_id}",'
        f'"person":{_quote(f.person) if f.person else "null"},"anchor":{_anchor(f.anchor)}{_rest(f.rules, f.channels)}'
    )


@lru_cache(maxsize=4096)
def _begin(path: str, entity_type: str) -> str:
    return f'{{"path":{_quote(path)},"entity_type":"{entity_type}","start":'


@lru_cache(maxsize=4096, typed=True)
def _grade(score: float, severity: str) -> str:
    return f'"score":{score!r},"confidence":"{confidence(score)}","severity":"{severity}","masked":'


@lru_cache(maxsize=4096)
def _reasons(reasons: tuple[str, ...]) -> str:
    return f',"reasons":{_listed(reasons)},'


@lru_cache(maxsize=4096)
def _rest(rules: tuple[str, ...], channels: tuple[int, ...]) -> str:
    return f',"rules":{_listed(rules)},"channels":[{",".join(map(str, channels))}]}}\n'


def _anchor(anchor: Anchor) -> str:
    """The number of a message or a row differs from line to line, the rest of an anchor does not."""
    at = _ROW if anchor.message is None else _MESSAGE
    number = anchor[at]
    if number is None:
        return _around_number(anchor, at)[0]
    before, after = _around_number((*anchor[:at], 0, *anchor[at + 1 :]), at)
    return f"{before}{number}{after}"


@lru_cache(maxsize=4096)
def _around_number(parts: tuple[object, ...], at: int) -> tuple[str, str]:
    """The text of an anchor before and behind its number."""
    texts = [
        f'"{name}":{_quote(value) if isinstance(value, str) else value}'
        for name, value in zip(Anchor._fields, parts, strict=True)
        if value is not None
    ]
    before, mark, after = ("{" + ",".join(texts) + "}").partition(f'"{Anchor._fields[at]}":0')
    return before + mark[:-1], after


def _listed(texts: tuple[str, ...]) -> str:
    return f"[{','.join(map(_quote, texts))}]"


def open(out: TextIO, view: View) -> Jsonl:
    """A JSON lines reporter."""
    return Jsonl(out)

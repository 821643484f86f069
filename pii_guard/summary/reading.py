"""Results as `pii-guard scan -f json` or `-f jsonl` writes them, read into values.

The counts of the summary are held against what the result holds: one that was cut or edited reads as incomplete.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from collections.abc import Mapping
from pathlib import Path

from pii_guard.errors import UsageError
from pii_guard.model import SEVERITIES
from pii_guard.model import LawReference
from pii_guard.summary.values import Broken
from pii_guard.summary.values import Origin
from pii_guard.summary.values import Result
from pii_guard.summary.values import Seen
from pii_guard.summary.values import Unread

Record = Mapping[str, object]


def read(path: Path) -> Result:
    """The result in a file; UsageError when it is none or is cut off."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: 读不到结果（{error.strerror}）") from None
    return parse(data, str(path))


def parse(data: bytes, name: str) -> Result:
    """The result in bytes; JSON lines where it is not one JSON document."""
    try:
        text = data.decode("utf-8-sig")
        whole = _of_lines(text) if name.endswith(".jsonl") else _record(json.loads(text))
        return _result(whole, Origin(name, hashlib.sha256(data).hexdigest(), _tool(whole)))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(
            f"{name}: 不是完整的 pii-guard 结果；要扫描这个文件本身，请用 pii-guard scan "
            "(no complete result of pii-guard; to scan the file itself, use pii-guard scan)"
        ) from None


def _of_lines(text: str) -> Record:
    findings: list[object] = []
    violations: list[object] = []
    annotations: list[object] = []
    documents: list[object] = []
    whole: dict[str, object] = {
        "findings": findings, "violations": violations, "annotations": annotations, "documents": documents
    }  # fmt: skip
    for line in filter(None, text.split("\n")):
        record = _record(json.loads(line))
        if "summary" in record:
            whole["summary"] = record["summary"]
        elif "document" in record:
            documents.append(record["document"])
        elif "violation" in record:
            violations.append(record["violation"])
        elif "annotation" in record:
            annotations.append(record["annotation"])
        else:
            findings.append(record)
    return whole


def _result(whole: Record, origin: Origin) -> Result:
    summary = _record(whole["summary"])
    documents = tuple(_records(whole["documents"]))
    findings = tuple(map(_seen, _records(whole["findings"])))
    unread = tuple(_unread(document) for document in documents if document["status"] != "scanned")
    unscanned = sum(one.status == "unscanned" for one in unread)
    counted = _number(summary["findings"]) + _number(summary["unscanned"])
    scanned = frozenset(_text(d["path"]) for d in documents if d["status"] == "scanned")
    verdict = summary.get("verdict", {})
    return Result(
        (origin,),
        findings,
        tuple(map(_broken, _records(whole.get("violations", [])))),
        unread,
        scanned or None,
        _number(summary["files"]),
        max(0, counted - len(findings) - unscanned),
        _number(summary.get("ignored", 0)),
        _number(summary.get("suppressed", 0)),
        summary.get("fingerprint_key") == "configured",
        _text(summary.get("key_id", "")),
        _record(verdict),
        _record(summary.get("indicators", {})).get("on_duty") is True,
        annotations=len(_list(whole.get("annotations", []))),
    )


def _seen(record: Record) -> Seen:
    return Seen(
        _text(record["path"]),
        _number(record["line"]),
        _number(record["start"]),
        _number(record["end"]),
        _text(record["entity_type"]),
        _severity(record["severity"]),
        _text(record["masked"]),
        _text(record["fingerprint"]),
        _text(record["value_id"]),
        _text(record.get("person") or ""),
        float(_text(record.get("score", 0))),
        tuple(map(_text, _list(record.get("rules", [])))),
        _record(record.get("anchor", {})).get("kind") == "name",
    )


def _broken(record: Record) -> Broken:
    channel = record.get("channel")
    law = (
        LawReference(*(_text(one[k]) for k in ("id", "article", "grade"))) for one in _records(record["law"])
    )
    return Broken(
        _text(record["path"]),
        _number(record["line"]),
        _text(record["rule_id"]),
        _severity(record["severity"]),
        _text(record["message"]),
        _text(record["remedy"]),
        None if channel is None else _number(channel),
        tuple(law),
        tuple(map(_text, _list(record["evidence"]))),
    )


def _unread(record: Record) -> Unread:
    status = "skipped" if record["status"] == "skipped" else "unscanned"
    return Unread(
        _text(record["path"]),
        status,
        _text(record.get("reason") or "unknown"),
        _text(record.get("detail") or ""),
    )


def _tool(whole: Record) -> str:
    tool = whole.get("tool")
    return f"{tool['name']} {tool['version']}" if isinstance(tool, dict) else ""


def _records(value: object) -> Iterable[Record]:
    return map(_record, _list(value))


def _record(value: object) -> Record:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _severity(value: object) -> str:
    if value not in SEVERITIES:
        raise ValueError
    return str(value)


def _text(value: object) -> str:
    if not isinstance(value, str | int | float):
        raise TypeError
    return str(value).encode("utf-8", "backslashreplace").decode()  # lone surrogates fit in no office file


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value

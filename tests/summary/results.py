"""Results as a scan writes them, made up of a few words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

Record = dict[str, object]


def finding(
    kind: str,
    value: str,
    *,
    path: str = "a.csv",
    line: int = 1,
    person: str = "",
    severity: str = "high",
    masked: str = "***",
    key: str = "k",
) -> Record:
    """A finding; `value` is only hashed."""
    return {
        "path": path,
        "entity_type": kind,
        "start": line * 10,
        "end": line * 10 + 5,
        "line": line,
        "severity": severity,
        "masked": masked,
        "fingerprint": _digest(key, kind, value, path),
        "value_id": _digest(key, kind, value),
        "person": person or None,
        "score": 0.9,
    }


def violation(
    rule: str = "CH7-BULK",
    *,
    channel: int | None = 7,
    severity: str = "high",
    grade: str = "V",
    evidence: Iterable[str] = (),
    **more: str,
) -> Record:
    """A violation that cites one article."""
    return {
        "rule_id": rule,
        "channel": channel,
        "severity": severity,
        "law": [{"id": "PIPL-9", "article": "个人信息保护法 9", "grade": grade}],
        "message": "线索",
        "remedy": "加密",
        "evidence": list(evidence),
        "path": "a.csv",
        "line": 1,
    } | more


def document(
    path: str = "a.csv", status: str = "scanned", reason: str | None = None, detail: str = ""
) -> Record:
    """A document's status."""
    return {"path": path, "status": status, "reason": reason, "detail": detail}


def whole(
    findings: Iterable[Record] = (),
    violations: Iterable[Record] = (),
    documents: Iterable[Record] | None = None,
    *,
    keyed: bool = True,
    **summary: object,
) -> Record:
    """A result; the summary counts what is there unless told otherwise."""
    found, docs = list(findings), [document()] if documents is None else list(documents)
    counted: Record = {
        "files": sum(d["status"] == "scanned" for d in docs),
        "findings": len(found),
        "unscanned": sum(d["status"] == "unscanned" for d in docs),
        "fingerprint_key": "configured" if keyed else "ephemeral",
    }
    return {
        "version": 1,
        "tool": {"name": "pii-guard", "version": "0"},
        "findings": found,
        "violations": list(violations),
        "documents": docs,
        "summary": counted | summary,
    }


def write(path: Path, result: Record) -> Path:
    """The result as a file."""
    path.write_text(json.dumps(result), encoding="utf-8")
    return path


def write_lines(path: Path, result: Record) -> Path:
    """The same as JSON lines, which list scanned documents not at all."""
    found, broken, docs = (result[k] for k in ("findings", "violations", "documents"))
    assert isinstance(found, list)
    assert isinstance(broken, list)
    assert isinstance(docs, list)
    lines = [*found, *({"violation": v} for v in broken)]
    lines += [{"document": d} for d in docs if d["status"] != "scanned"]
    lines.append({"summary": result["summary"]})
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]

"""Reading a result that `pii-guard scan -f json` or `-f jsonl` wrote, to judge it later or elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pii_guard.errors import UsageError

Record = dict[str, object]
_TOOL = b'"tool": {"name": "pii-guard"'
_LINES = (b'{"path":', b'{"violation":', b'{"document":', b'{"summary":')


@dataclass(frozen=True, slots=True)
class Result:
    """What a result says: findings and violations that count, and what was not scanned."""

    records: tuple[Record, ...]
    unscanned: tuple[Record, ...]
    files: int

    @property
    def internal(self) -> bool:
        """Our own error kept a document from being scanned."""
        return any(document.get("reason") == "internal" for document in self.unscanned)


def is_result(path: Path) -> bool:
    """Whether a file starts like a result of ours."""
    if path.suffix not in (".json", ".jsonl") or not path.is_file():
        return False
    with path.open("rb") as stream:
        head = stream.read(4096)
    return _TOOL in head if path.suffix == ".json" else head.startswith(_LINES)


def read(path: Path) -> Result:
    """The result in a file; UsageError when it is none or is cut off."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return (
            _of_lines(map(json.loads, filter(None, text.split("\n"))))
            if path.suffix == ".jsonl"
            else _of(json.loads(text))
        )
    except OSError as error:
        raise UsageError(f"{path}: 读不到结果（{error.strerror}）") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{path}: 不是完整的 pii-guard 结果") from None


def _of(whole: dict[str, Any]) -> Result:
    unscanned = tuple(d for d in whole["documents"] if d["status"] == "unscanned")
    return Result(
        (*whole["findings"], *whole.get("violations", ())), unscanned, int(whole["summary"]["files"])
    )


def _of_lines(lines: Iterable[Record]) -> Result:
    records: list[Record] = []
    unscanned: list[Record] = []
    summary: Record | None = None
    for line in lines:
        if isinstance(found := line.get("summary"), dict):
            summary = found
        elif isinstance(document := line.get("document"), dict):
            unscanned += [document] if document["status"] == "unscanned" else []
        else:
            violation = line.get("violation")
            records.append(violation if isinstance(violation, dict) else line)
    if summary is None:
        raise ValueError("cut off")
    return Result(tuple(records), tuple(unscanned), int(str(summary["files"])))

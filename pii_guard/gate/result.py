"""Reading a result that `pii-guard scan -f json` or `-f jsonl` wrote, to judge it later or elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pii_guard.errors import UsageError
from pii_guard.patterns import lazy

Record = dict[str, object]
NOT_WHOLE = (
    "不是完整的 pii-guard 结果；要扫描这个文件本身，请用 pii-guard scan "
    "(no complete result of pii-guard; to scan the file itself, use pii-guard scan)"
)
_START = b'{"version": 1, "tool": {"name": "pii-guard"'
_TOOL = lazy(rb'"tool"\s{0,80}:\s{0,80}\{\s{0,80}"name"\s{0,80}:\s{0,80}"pii-guard"')
_FIRST = lazy(rb'\{\s{0,80}"(?:annotations|documents|findings|violations|summary)"\s{0,80}:\s{0,80}[\[{]')  # keys sorted
_LINES = (b'{"path":"', b'{"violation":{', b'{"annotation":{', b'{"document":{', b'{"summary":{')
_NOTHING = (b"", b"{}", b"[]", b"null")
_HEAD = 4096


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
    """Whether a file is a result of ours, or what is left of one: an empty file must not be scanned, and pass as clean."""
    if path.suffix not in (".json", ".jsonl") or not path.is_file():
        return False
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    start = head.removeprefix(b"\xef\xbb\xbf").strip()
    if b"".join(start.split()) in _NOTHING:
        return True
    if path.suffix == ".jsonl":
        return start.startswith(_LINES)
    return bool(_TOOL.search(head) or _FIRST.match(start)) or _START.startswith(start)


def results_of(paths: Sequence[str]) -> list[Path]:
    """The paths that are results; UsageError where some are and some are not."""
    results = [path for path in map(Path, paths) if is_result(path)]
    if results and len(results) < len(paths):
        raise UsageError("结果文件与要扫描的路径不能混在一起 (results and paths to scan cannot be mixed)")
    return results


def taken_for_documents(paths: Sequence[str]) -> list[str]:
    """Of the paths those that a user may think to be results, and that are none."""
    files = [path for path in paths if Path(path).suffix in (".json", ".jsonl") and Path(path).is_file()]
    return [path for path in files if not is_result(Path(path))]


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
        raise UsageError(f"{path}: {NOT_WHOLE}") from None


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
        elif "annotation" in line:
            continue  # never counted
        elif isinstance(document := line.get("document"), dict):
            unscanned += [document] if document["status"] == "unscanned" else []
        else:
            violation = line.get("violation")
            records.append(violation if isinstance(violation, dict) else line)
    if summary is None:
        raise ValueError("cut off")
    return Result(tuple(records), tuple(unscanned), int(str(summary["files"])))

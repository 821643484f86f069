"""The baseline file: entries, reading, writing."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import field
from dataclasses import fields
from dataclasses import replace
from datetime import date
from pathlib import Path

from pii_guard.errors import UsageError
from pii_guard.patterns import lazy
from pii_guard.records import dataclass

STATUSES = ("known", "accepted", "false_positive", "to_fix")
_VERSION = 1
_FINGERPRINT = lazy("[0-9a-f]{24}")


@dataclass(frozen=True, slots=True)
class Entry:
    """`fp` decides; type and path are there to read.  `n` equal values of a file are one entry."""

    fp: str
    type: str = ""
    path: str = ""
    n: int = 1
    status: str = "known"
    reason: str = ""
    by: str = ""
    until: str = ""

    def expired(self, today: date) -> bool:
        """`until` is the last day on which it counts."""
        return bool(self.until) and date.fromisoformat(self.until) < today

    def line(self) -> str:
        """The entry as it stands in the file: only what is set."""
        import json

        record = {f.name: getattr(self, f.name) for f in fields(self)}
        return json.dumps({k: v for k, v in record.items() if v and (k, v) != ("n", 1)}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Baseline:
    """Entries by fingerprint, and the id of the key that made the fingerprints."""

    key_id: str
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def with_entries(self, entries: Iterable[Entry]) -> Baseline:
        """The same baseline with other entries."""
        return Baseline(self.key_id, {entry.fp: entry for entry in entries})

    def dumps(self) -> str:
        """The text of the file."""
        lines = (f"{self.entries[fp].line()},\n" for fp in sorted(self.entries))
        return f'{{"version": {_VERSION}, "key": "{self.key_id}", "entries": [\n{"".join(lines)}null]}}\n'


def load(path: Path) -> Baseline:
    """Read a baseline; UsageError says what is wrong with it."""
    try:
        return loads(path.read_bytes(), str(path))
    except OSError as error:
        raise UsageError(f"{path}: 读不到基线（{error.strerror}）") from None


def loads(content: bytes, name: str) -> Baseline:
    """A baseline from bytes, also in UTF-16 as PowerShell writes it, and doubled by a union merge."""
    import json

    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        record = json.loads(text)
    except ValueError:
        hint = "，其中有未解决的合并冲突" if b"<<<<<<<" in content else ""
        raise UsageError(f"{name}: 不是可读的基线{hint}（pii-guard baseline create 可重建）") from None
    if (
        not isinstance(record, dict)
        or record.get("version") != _VERSION
        or not isinstance(record.get("entries"), list)
    ):
        raise UsageError(f"{name}: 不是版本 {_VERSION} 的基线")
    entries: dict[str, Entry] = {}
    for raw in record["entries"]:
        if raw is not None:
            entry = _entry(raw, name)
            entries[entry.fp] = stricter(entry, entries[entry.fp]) if entry.fp in entries else entry
    return Baseline(str(record.get("key", "")), entries)


def save(baseline: Baseline, path: Path) -> None:
    """Write it whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(baseline.dumps(), encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(f"{path}: 无法写入（{error.strerror}）") from None


def stricter(one: Entry, other: Entry) -> Entry:
    """Of two versions of an entry, what allows less: the smaller count, the earlier end."""
    until = min(filter(None, (one.until, other.until)), default="")
    return replace(
        one, n=min(one.n, other.n), until=until, reason=one.reason or other.reason, by=one.by or other.by
    )


def checked_date(text: str, where: str) -> str:
    """A date as 2026-12-31, or none."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise UsageError(f"{where}: 日期应写成 2026-12-31") from None


def _entry(raw: object, name: str) -> Entry:
    known = {f.name for f in fields(Entry)}
    if not isinstance(raw, dict) or not _FINGERPRINT.fullmatch(str(raw.get("fp"))):
        raise UsageError(f"{name}: 有一条没有指纹")
    if unknown := set(raw) - known:
        raise UsageError(f"{name}: {raw['fp']} 有未知的键 {sorted(unknown)[0]}")
    count = raw.get("n", 1)
    if type(count) is not int or count < 1 or not all(isinstance(v, str) for k, v in raw.items() if k != "n"):
        raise UsageError(f"{name}: {raw['fp']} 的值类型不对")
    if raw.get("status", "known") not in STATUSES:
        raise UsageError(f"{name}: {raw['fp']} 的 status 应为 {', '.join(STATUSES)} 之一")
    return replace(Entry(**raw), until=checked_date(raw.get("until", ""), f"{name}: {raw['fp']}"))

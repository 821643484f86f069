"""Whether a finding is in the baseline; what of the baseline is past its date or no longer needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from datetime import date

from pii_guard.baseline.entries import Baseline
from pii_guard.baseline.entries import Entry
from pii_guard.baseline.key import key_id
from pii_guard.detect.findings import fingerprint
from pii_guard.detect.findings import identity
from pii_guard.errors import UsageError
from pii_guard.model import Finding
from pii_guard.model import Suppression
from pii_guard.records import dataclass


@dataclass(slots=True)
class Matcher:
    """Counts how often each entry was used: one more equal value than before is a new finding."""

    baseline: Baseline
    key: bytes | None
    today: date
    renamed: Mapping[str, str] = field(default_factory=dict)
    used: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        if not self.baseline.entries:
            return
        if self.key is None:
            raise UsageError("基线需要建立它时的密钥：设置 PII_GUARD_KEY，或用 --key-file 指定")
        if key_id(self.key) != self.baseline.key_id:
            raise UsageError("密钥与基线不符：这份基线是用另一把密钥建立的")

    def match(self, finding: Finding) -> Suppression | None:
        """What excuses a finding, if an entry does."""
        return self._used(self._entry(finding))

    def covers(self, fingerprint_: str) -> Suppression | None:
        """What excuses something of a fingerprint."""
        return self._used(self.baseline.entries.get(fingerprint_))

    def _used(self, entry: Entry | None) -> Suppression | None:
        if entry is None or entry.expired(self.today):
            return None
        self.used[entry.fp] += 1
        if self.used[entry.fp] > entry.n:
            return None
        return Suppression("baseline", entry.reason, entry.by, entry.until, entry.fp)

    def expired(self) -> list[Entry]:
        """Entries past their date."""
        return [entry for entry in self.baseline.entries.values() if entry.expired(self.today)]

    def unused(self) -> list[Entry]:
        """Entries in force that covered nothing."""
        entries = self.baseline.entries.values()
        return [entry for entry in entries if not self.used[entry.fp] and not entry.expired(self.today)]

    def _entry(self, finding: Finding) -> Entry | None:
        if (entry := self.baseline.entries.get(finding.fingerprint)) is not None:
            return entry
        old = self.renamed.get(finding.path)
        if old is None or self.key is None:
            return None
        try:
            before = fingerprint(self.key, finding.entity_type, finding.value.reveal(), identity(old))
        except ValueError:  # a worker process found it and kept the value to itself
            return None
        return self.baseline.entries.get(before)

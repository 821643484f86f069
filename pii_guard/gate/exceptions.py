"""Which findings are excused, by what, and whether the policy honours it."""

from __future__ import annotations

from collections import Counter
from collections import deque
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import field
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pii_guard.detect.findings import fingerprint
from pii_guard.detect.findings import identity
from pii_guard.errors import UnreadableError
from pii_guard.gate.policy import Policy
from pii_guard.model import MEDIUM
from pii_guard.model import Annotation
from pii_guard.model import Document
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Suppression
from pii_guard.model import Violation
from pii_guard.records import dataclass
from pii_guard.scanner import Scanner
from pii_guard.scanner import default_scanner
from pii_guard.suppress import Inline
from pii_guard.suppress import read_inline

if TYPE_CHECKING:
    from pii_guard.baseline.entries import Entry
    from pii_guard.baseline.match import Matcher
    from pii_guard.sources.git_diff import Added

Event = Finding | Violation | Annotation | DocumentStatus
Source = Document | DocumentStatus


@dataclass(slots=True)
class Exceptions:
    """Marks the findings that are excused.  Sources and events pass through it in the same order."""

    policy: Policy
    scanner: Scanner
    today: date
    baseline: Matcher | None = None
    added: Added | None = None
    only_added: bool = False  # whatever the policy says
    inline: bool = True
    own_files: frozenset[str] = frozenset()
    pseudonyms: frozenset[str] = frozenset()  # value_ids of what a redaction put there: nobody's data
    refused: Counter[str] = field(default_factory=Counter)  # why exceptions were not honoured
    violations: int = 0  # excused ones
    _open: deque[Source] = field(default_factory=deque)
    _inline: Sequence[Inline] | None = None
    _excusable: bool | None = None  # whether anything can be excused in the document at hand
    _live: set[str] = field(default_factory=set)  # fingerprints of the document at hand
    _excused: set[str] = field(default_factory=set)
    _seen: set[str] = field(default_factory=set)  # documents scanned

    def sources(self, sources: Iterable[Source]) -> Iterator[Source]:
        """The sources, remembered until their findings have come; our own files are none."""
        for source in sources:
            if source.path in self.own_files:
                source = DocumentStatus(source.path, "skipped", "own_file")  # noqa: PLW2901
            self._open.append(source)
            yield source

    def settle(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events, findings marked with what excuses them."""
        for event in events:
            if isinstance(event, Finding):
                if self.inline and self._inline is None and not event.anchor.part:
                    self._inline, self._excusable = self._read_inline(), None
                if self._excusable is None:
                    self._excusable = self._may_excuse()
                if event.suppression is None and not self._excusable:
                    yield event
                    continue
                event = self._settled(event)  # noqa: PLW2901
                if self._excusable:
                    (self._live if event.suppression is None else self._excused).add(event.fingerprint)
            elif isinstance(event, Violation) and self._baseless(event):
                self.violations += 1
                continue
            elif isinstance(event, DocumentStatus):
                self._open.popleft()
                if self.baseline:
                    self._seen.add(identity(event.path))
                self._inline, self._excusable = None, None
                self._live, self._excused = set(), set()
            yield event

    def complaints(self) -> dict[str, int]:
        """What is wrong with the exceptions, by kind; `unused` and `expired` go to the user in any case."""
        unused = sum(map(self._is_unused, self.baseline.unused())) if self.baseline else 0
        expired = len(self.baseline.expired()) if self.baseline else 0
        expired += sum(entry.expired(self.today) for entry in self.scanner.settings.allow)
        found = {"expired": expired, "unused": unused, **self.refused}
        return {kind: count for kind, count in found.items() if count}

    def _is_unused(self, entry: Entry) -> bool:
        """An entry is known to cover nothing when its file was scanned or is gone; other files were not looked at."""
        return entry.path in self._seen or (bool(entry.path) and not Path(entry.path).exists())

    def _settled(self, finding: Finding) -> Finding:
        if finding.value_id in self.pseudonyms:
            return finding._replace(suppression=Suppression("pseudonym"))
        known = self.baseline.match(finding) if self.baseline else None
        given = finding.suppression or self._by_inline(finding) or known
        if given and (complaint := self._complaint(given, finding)):
            self.refused[complaint] += 1
            given = None
        only_added = self.only_added or self.policy.new_only
        if not given and only_added and self.added is not None and finding not in self.added:
            given = Suppression("unchanged")
        if given and given.reason:
            given = replace(given, reason=masked(given.reason), by=masked(given.by))
        given = given or None
        return finding if given is finding.suppression else finding._replace(suppression=given)

    def _may_excuse(self) -> bool:
        """Whether anything of the document at hand can be excused: else its findings need not be remembered."""
        known = self.baseline or self._inline or self.scanner.settings.allow or self.pseudonyms
        return bool(known) or self.added is not None

    def _baseless(self, violation: Violation) -> bool:
        """Whether all its evidence is excused; a violation without evidence can be in the baseline itself."""
        evidence = set(violation.evidence)
        if evidence & (self._live | self._excused):
            return evidence <= self._excused and not evidence & self._live  # what was not remembered is not excused
        mark = violation_mark(violation, self.scanner.key)
        found = self.baseline.covers(mark) if self.baseline and self.policy.exceptions.baseline else None
        return found is not None

    def _by_inline(self, finding: Finding) -> Suppression | None:
        if not self._inline or finding.anchor.part:
            return None
        found = next((one for one in self._inline if one.covers(finding)), None)
        return Suppression("inline", found.reason) if found else None

    def _read_inline(self) -> Sequence[Inline]:
        document = self._open[0] if self._open else None
        return _inline_of(document) if isinstance(document, Document) else ()

    def _complaint(self, given: Suppression, finding: Finding) -> str | None:
        """Why the policy does not honour an exception."""
        rules = self.policy.exceptions
        if finding.entity_type in rules.never:
            return "never"
        if not getattr(rules, given.kind):
            return f"{given.kind}_forbidden"
        if rules.require_reason and not given.reason.strip():
            return "no_reason"
        if rules.require_owner and not given.by.strip():
            return "no_owner"
        return self._too_long(given, rules.max_days)

    def _too_long(self, given: Suppression, most: int | None) -> str | None:
        if most is None:
            return None
        if not given.until:
            return "no_date"
        return "too_long" if (date.fromisoformat(given.until) - self.today).days > most else None


def _inline_of(document: Document) -> Sequence[Inline]:
    try:
        return read_inline(document)
    except (OSError, UnreadableError):
        return ()


def violation_mark(violation: Violation, key: bytes) -> str:
    """The fingerprint of a violation that no finding is evidence of."""
    return fingerprint(key, violation.rule_id, violation.anchor.role or "", identity(violation.path))


def masked(text: str) -> str:
    """A text that a user wrote, without personal data; numbers count at any confidence."""
    for finding in sorted(default_scanner().scan_text(text), key=lambda f: -f.start):
        if finding.score >= MEDIUM or any(char.isdigit() for char in text[finding.start : finding.end]):
            text = text[: finding.start] + finding.masked + text[finding.end :]
    return text

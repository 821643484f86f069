"""For people: grouped by file; many findings of one kind are summed up, never flooded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from pii_guard.formats import SKIPPED
from pii_guard.model import SEVERITIES
from pii_guard.model import Annotation
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report import _words
from pii_guard.report._terminal import encodable
from pii_guard.report._terminal import pad
from pii_guard.report._terminal import paint
from pii_guard.report._terminal import plain
from pii_guard.report._terminal import width

FLOOD = 20  # more findings of a type in a column or file are summed up
SHOWN = 3
LEAST = 16  # columns for the name of a type
_MOST_UNSCANNED = 50
Group = tuple[str, str | None]


class Text:
    """Keeps the first findings of each group of a file, writes them when the file ends."""

    def __init__(self, out: TextIO, view: View) -> None:
        self._out, self._view, self._say = out, view, view.messages
        self._kept: list[tuple[Group, Finding]] = []
        self._counts: dict[Group, int] = {}
        self._violations: list[Violation] = []
        self._notes: dict[str, list[str]] = {}  # messages of annotations by rule
        self._width = LEAST  # of the names of the types in a file, and of the severities
        self._severity = max(width(self._say("severity." + name)) for name in SEVERITIES)

    def finding(self, finding: Finding) -> None:
        """Count it; keep it while its group is small."""
        group = (finding.entity_type, finding.anchor.column)
        count = self._counts[group] = self._counts.get(group, 0) + 1
        if count <= FLOOD:
            self._kept.append((group, finding))

    def violation(self, violation: Violation) -> None:
        """Kept until the file ends; a rule broken often is shown a few times."""
        if sum(v.rule_id == violation.rule_id for v in self._violations) < SHOWN:
            self._violations.append(violation)

    def annotation(self, annotation: Annotation) -> None:
        """Counted: a line of each rule stands at the end."""
        self._notes.setdefault(annotation.rule_id, []).append(annotation.message)

    def document(self, status: DocumentStatus) -> None:
        """Write the file's findings."""
        if self._counts:
            self._width = max(LEAST, *(width(self._name(entity_type)) for entity_type, _ in self._counts))
            self._line(paint(plain(status.path), "path", self._view.color))
            seen: dict[Group, int] = {}
            for group, finding in self._kept:
                seen[group] = seen.get(group, 0) + 1
                if self._counts[group] <= FLOOD or seen[group] <= SHOWN:
                    self._line(self._describe(finding))
            for group, count in self._counts.items():
                if count > FLOOD:
                    self._line(self._sum_up(group, count, status.rows))
            self._rules()
            self._line("")
        elif self._violations:
            self._line(paint(plain(status.path), "path", self._view.color))
            self._rules()
            self._line("")
        elif self._view.show_files:
            word = self._say("status.clean" if status.status == "scanned" else f"status.{status.status}")
            self._line(f"{plain(status.path)}: {word}")
        self._kept, self._counts, self._violations = [], {}, []

    def close(self, tally: Tally) -> None:
        """What was not scanned, and the sum."""
        say = self._say
        if tally.unscanned:
            self._line(paint(say("text.unscanned"), "high", self._view.color))
            for status in tally.unscanned[:_MOST_UNSCANNED]:
                self._line(f"  {plain(status.path)}: {status.reason} {status.detail}")
            if len(tally.unscanned) > _MOST_UNSCANNED:
                self._line("  " + say("text.more", n=len(tally.unscanned) - _MOST_UNSCANNED))
            self._line("")
        if self._view.statistics and tally.by_type:
            self._line(say("text.statistics"))
            for entity_type, count in tally.by_type.most_common():
                self._line(f"  {pad(self._name(entity_type), 24)}{count:>9,}  {entity_type}")
            self._line("")
        for rule, messages in sorted(self._notes.items()):
            self._line(say("text.noted", rule=rule, message=plain(messages[0]), n=len(messages)))
        for line in self._skipped(tally):
            self._line(line)
        if tally.ignored:
            self._line(say("text.ignored", n=tally.ignored))
        if tally.suppressed:
            self._line(say("text.suppressed", n=tally.suppressed))
        self._line(self._total(tally))
        if failed := _words.failed(tally, say):
            self._line(paint(failed, "high", self._view.color))

    def _skipped(self, tally: Tally) -> Iterator[str]:
        """What was left out, by kind of file or by another reason; pictures have a remedy."""
        of_kind = sum(tally.skipped_by[kind] for kind in SKIPPED)
        if of_kind:
            pictures = self._say("text.pictures") if tally.skipped_by["image"] else ""
            yield self._say("text.skipped", n=of_kind) + pictures
        for reason, count in sorted(tally.skipped_by.items()):
            if reason not in SKIPPED:
                yield self._say("text.skipped_otherwise", n=count, why=self._say.why(reason))

    def _total(self, tally: Tally) -> str:
        say = self._say
        if not tally.files and not tally.findings and not tally.violations and not tally.unscanned:
            return paint(say("text.nothing"), "medium", self._view.color)
        parts = [say("text.summary", files=tally.files)]
        if tally.unscanned:
            parts.append(say("text.not_scanned", n=len(tally.unscanned)))
        parts.append(paint(_words.found(tally, say), "high" if tally.findings else "ok", self._view.color))
        if violated := _words.violated(tally, say):
            parts.append(paint(violated, "high", self._view.color))
        return _words.comma(say).join(parts)

    def _describe(self, finding: Finding) -> str:
        severity = self._say("severity." + finding.severity)
        place = f"{finding.line}:{finding.column}"
        reasons = _words.comma(self._say).join(self._say.reason(r) for r in finding.reasons if r)
        return (
            f"  {place:>9}  {paint(pad(severity, self._severity), finding.severity, self._view.color)}  "
            f"{pad(self._name(finding.entity_type), self._width)}  {pad(plain(finding.masked), 22)}  {plain(reasons)}"
        ).rstrip()

    def _rules(self) -> None:
        for violation in self._violations:
            severity = pad(self._say("severity." + violation.severity), self._severity)
            mark = paint(severity, violation.severity, self._view.color)
            message = plain(violation.message)
            articles = [article for r in violation.law[:2] if (article := plain(r.article)) not in message]
            law = _words.aside(self._say, articles)
            self._line(f"  {violation.line:>9}  {mark}  {violation.rule_id:<{self._width}}  {message}{law}")
            if violation.remedy:
                self._line(f"  {'':>9}  {'':<{self._severity}}  {'':<{self._width}}  → {plain(violation.remedy)}")

    def _sum_up(self, group: Group, count: int, rows: int) -> str:
        entity_type, column = group
        name = self._name(entity_type)
        if column and rows:
            share = min(1.0, count / rows)
            text = self._say("text.column", name=plain(column), share=share, rows=rows, n=count)
            return f"  {'':>9}  {name}  {text}"
        return f"  {'':>9}  {name}  " + self._say("text.more", n=count - SHOWN)

    def _name(self, entity_type: str) -> str:
        return self._view.names.get(entity_type, entity_type)

    def _line(self, text: str) -> None:
        self._out.write(encodable(text, self._view.encoding) + "\n")


def open(out: TextIO, view: View) -> Text:
    """A text reporter."""
    return Text(out, view)

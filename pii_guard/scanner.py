"""A reusable scanner of texts: load the rules once, scan often, from any thread."""

from __future__ import annotations

import os
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import BinaryIO

from pii_guard.config import Settings
from pii_guard.detect import mask_shapes
from pii_guard.detect import rulebook
from pii_guard.detect.beside import Companion
from pii_guard.detect.engine import Detector
from pii_guard.detect.findings import fingerprint
from pii_guard.detect.findings import place
from pii_guard.detect.resolve import resolve
from pii_guard.detect.rules import Entity
from pii_guard.detect.together import name_segment
from pii_guard.errors import NoSuchPathError
from pii_guard.errors import UsageError
from pii_guard.model import CELL_BREAK
from pii_guard.model import MEDIUM
from pii_guard.model import Assessment
from pii_guard.model import Finding
from pii_guard.model import Hit
from pii_guard.model import Report
from pii_guard.model import Segment
from pii_guard.suppress import allowed
from pii_guard.text.offsets import TextLocator
from pii_guard.text.roles import is_answer

if TYPE_CHECKING:
    from pii_guard.policy import JudgedSegment
    from pii_guard.policy import JudgedUnit
    from pii_guard.policy import RuleSet

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
_MOST_LABELS = 4096  # generated keys must not grow the cache without end


class Scanner:
    """Finds personal data in texts under one set of settings."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.key = self.settings.key or os.urandom(32)
        self._labels: dict[str, str] = {}

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """The entity types in force, by name."""
        known = {e.entity_type: e for companion in self.companions for e in companion.entities}
        known |= {e.entity_type: e for e in rulebook.load(self.settings.rules)}
        return {t: e for t, e in known.items() if t in _chosen(self.settings, frozenset(known))}

    @cached_property
    def detector(self) -> Detector:
        """The engine with those types."""
        modes = {"PERSON": self.settings.names, "ADDRESS": self.settings.addresses}
        return Detector(tuple(self.entities.values()), modes=modes, companions=self.companions)

    @cached_property
    def companions(self) -> tuple[Companion, ...]:
        """Other tools' detectors that the settings name."""
        if not self.settings.companions:
            return ()
        from pii_guard.integrations import companion

        return tuple(companion(spec) for spec in self.settings.companions)

    @property
    def links_people(self) -> bool:
        """Whether findings are grouped by person: without names there is nobody to group by."""
        return "PERSON" in self.entities and self.settings.names != "off"

    def shown(self, label: str) -> str:
        """A label of a document (column, key, sheet) as it may be shown: personal data in it is masked."""
        if label not in self._labels:
            if len(self._labels) > _MOST_LABELS:
                self._labels.clear()
            segment = Segment(label, TextLocator(label))
            self._labels[label] = mask_shapes.label(masked(label, self.place(self.hits(segment), segment)))
        return self._labels[label]

    def shown_path(self, path: str, hits: Sequence[Hit] | None = None) -> str:
        """The name of a document as it may be shown; `hits` are those of its name, where they are known."""
        segment = name_segment(path)
        return masked(path, self.place(self.hits(segment) if hits is None else hits, segment, path))

    def hits(self, segment: Segment, asked: Mapping[int, str] | None = None) -> list[Hit]:
        """What the engine says of a segment, at the confidence asked for; `asked`: the question before a cell."""
        hits = self.detector.detect(segment.text, header=segment.header, role=segment.role, utf8=segment.utf8)
        if asked := asked or getattr(segment.locator, "asked", None):
            hits = resolve([*hits, *self._answers(segment.text, asked)], self.detector.confirmer.transparent)
        least = self.settings.least_score
        owns = getattr(segment.locator, "owns", None)
        return [h for h in hits if h.score >= least and (owns is None or owns[0] <= h.start < owns[1])]

    def _answers(self, text: str, asked: Mapping[int, str]) -> Iterator[Hit]:
        """Hits of cells whose label stands in the question that another speaker asked before."""
        at = 0
        for number, cell in enumerate(text.split(CELL_BREAK)):
            if number in asked:
                for hit in self.detector.answers(asked[number], cell):
                    yield hit._replace(start=hit.start + at, end=hit.end + at)
            at += len(cell) + 1

    def place(self, hits: Sequence[Hit], segment: Segment, path: str = "") -> Iterator[Finding]:
        """Findings of a segment's hits, in order; those on the allowlist say so."""
        found = place(hits, segment, path, self.entities, self.key)
        return map(self._marked, found) if self.settings.allow else found

    def _marked(self, finding: Finding) -> Finding:
        excused = allowed(finding, self.settings.allow, self._today, self._value_hash)
        return finding._replace(suppression=excused) if excused else finding

    def _value_hash(self, finding: Finding) -> str:
        """The fingerprint of a value wherever it stands."""
        return fingerprint(self.key, finding.entity_type, finding.value.reveal(), "")

    @cached_property
    def _today(self) -> date:
        return date.today()

    def scan_text(self, text: str, *, role: str | None = None, header: str | None = None) -> list[Finding]:
        """Findings of one text; offsets are characters of it."""
        check_text(text)
        segment = Segment(text, TextLocator(text), header, role)
        return list(self.place(self.hits(segment), segment))

    def confident(self, text: str) -> list[Hit]:
        """Hits of medium confidence or more: what a redaction takes away."""
        return [h for h in self.hits(Segment(text, TextLocator(text))) if h.score >= MEDIUM]

    def scan_texts(self, texts: Iterable[str], *, role: str | None = None) -> Iterator[list[Finding]]:
        """Findings of each text, in order and as the texts come; one text never bears on another."""
        for text in texts:
            yield self.scan_text(text, role=role)

    def scan_stream(self, stream: BinaryIO) -> Iterator[Finding]:
        """Findings of a long plain text of any encoding as it is read, in flat memory; offsets are the whole text's."""
        from pii_guard.formats import plain
        from pii_guard.text.decode import blocks

        for segment in plain.segments(blocks(stream)):
            yield from self.place(self.hits(segment), segment)

    def scan_paths(self, paths: Paths, *, exclude: Iterable[str] = ()) -> Report:
        """What files and folders hold, as `pii-guard scan` finds it: see `pii_guard.scan_paths`."""
        from pii_guard.gate.run import report_of

        try:
            return report_of([paths] if isinstance(paths, str | os.PathLike) else list(paths), self, exclude)
        except NoSuchPathError as error:  # a caller logs what he catches
            raise NoSuchPathError(self.shown_path(error.path)) from None

    def assess_text(self, text: str, *, role: str | None = None) -> Assessment:
        """Findings, and the rules they break."""
        check_text(text)
        from pii_guard import policy

        segment = Segment(text, TextLocator(text), role=role)
        seen = (self._judged_segment(segment),)
        category, language = self.settings.app_category or None, self.settings.language
        return self.judged(policy.JudgedUnit(segments=seen, app_category=category, language=language))

    def assess_dialog(self, turns: Iterable[Mapping[str, str]]) -> Assessment:
        """The same of a dialogue, turn by turn (`{"role", "content"}`, or "text"), with the rules of conduct.

        Offsets of a finding are those of its turn; its anchor says which.
        """
        from pii_guard import policy

        texts = [(turn, _said(turn, number)) for number, turn in enumerate(turns, 1)]
        said = [policy.turn(turn.get("role"), text, number=i) for i, (turn, text) in enumerate(texts, 1)]
        found = [self._of_turn(one, before) for one, before in zip(said, (None, *said), strict=False)]
        placed = [
            replace(one, findings=tuple(f._replace(anchor=one.anchor) for f in of_turn))
            for one, of_turn in zip(said, found, strict=True)
        ]
        violations, notes = policy.judge_and_note(self.ruleset, placed, language=self.settings.language)
        findings = policy.annotate([f for one in placed for f in one.findings], violations)
        return Assessment(tuple(findings), tuple(violations), tuple(notes))

    def _of_turn(self, turn: JudgedSegment, before: JudgedSegment | None) -> list[Finding]:
        """Findings of a turn; their label may stand in the question before it."""
        segment = Segment(turn.text, TextLocator(turn.text), role=turn.role)
        answers = before is not None and before.role != turn.role and is_answer(before.text, turn.text)
        return list(self.place(self.hits(segment, {0: before.text} if before and answers else None), segment))

    def judged(self, unit: JudgedUnit) -> Assessment:
        """The violations of a document, and its findings with the rules that count them."""
        from pii_guard import policy

        violations = policy.judge(self.ruleset, unit)
        findings = [f for segment in unit.segments for f in segment.findings]
        return Assessment(tuple(policy.annotate(findings, violations)), tuple(violations))

    def _judged_segment(self, segment: Segment, path: str = "") -> JudgedSegment:
        from pii_guard import policy

        found = tuple(self.place(self.hits(segment), segment, path))
        return policy.JudgedSegment(segment.text, found, segment.role, segment.header)

    def check_rules(self) -> None:
        """RuleError now where a rule file of the user's cannot be used, rather than in the middle of an output."""
        if self.settings.rules:
            _ = self.entities, self.ruleset

    @cached_property
    def ruleset(self) -> RuleSet:
        """The rules of channels, laws and conduct."""
        from pii_guard import policy

        policy.check_category(self.settings.app_category)
        return policy.load(rulebook.packs(self.settings.rules))


def check_text(text: object) -> None:
    """Raises TypeError, without the value, for what is no text: bytes, None, a path."""
    if not isinstance(text, str):
        raise TypeError(f"text 应为 str，而不是 {type(text).__name__} (text must be a str)")


def _said(turn: Mapping[str, str], number: int) -> str:
    """What a turn says; raises UsageError where it has no text at all, which would pass as clean."""
    if not isinstance(turn, Mapping):
        kind = type(turn).__name__  # type: ignore[unreachable]  # callers without types
        raise UsageError(f"第 {number} 轮是 {kind}：应为带 role 与 content 的键值表 (a turn must be a mapping)")
    for key in ("content", "text"):
        if key in turn:
            said = turn[key] or ""
            check_text(said)
            return said
    raise UsageError(f"第 {number} 轮没有 content：每轮应有 role 与 content 两个键 (turn without content)")


def masked(text: str, findings: Iterable[Finding]) -> str:
    """The text with these findings masked; those that are nobody's data stay."""
    for found in sorted(findings, key=lambda f: -f.start):
        if found.severity != "info":
            text = text[: found.start] + found.masked + text[found.end :]
    return text


def _chosen(settings: Settings, known: frozenset[str]) -> frozenset[str]:
    if unknown := (settings.select | settings.ignore) - known:
        raise UsageError(f"未知的类型: {', '.join(sorted(unknown))}（pii-guard rules list 可列出全部类型）")
    return (settings.select or known) - settings.ignore


@lru_cache(maxsize=1)
def default_scanner() -> Scanner:
    """The scanner behind `scan_text`: default settings, every confidence, a key of this process."""
    return Scanner(Settings(min_confidence="low"))

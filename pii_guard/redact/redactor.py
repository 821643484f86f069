"""One redaction run: the chosen operators, and findings turned into edits.

Built once for all documents of a run, so that tags count on and pseudonyms agree from file to file.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from collections.abc import Sequence
from typing import Protocol

from pii_guard.detect.resolve import touches
from pii_guard.model import Edit
from pii_guard.model import Hit
from pii_guard.redact.occurrences import Occurrences
from pii_guard.redact.occurrences import Value
from pii_guard.redact.operators import Replace
from pii_guard.redact.operators import build
from pii_guard.redact.settings import Settings
from pii_guard.redact.tokens import TAG
from pii_guard.redact.tokens import token_spans


class Spotted(Protocol):
    """What Hit and Finding have in common."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def entity_type(self) -> str: ...
    @property
    def score(self) -> float: ...


class Redactor:
    """Replaces values as the settings say, the same value always by the same text."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._built: dict[tuple[str, str | None], Replace] = {}
        self._pseudonyms = Occurrences((), every=True)
        self._indexed = 0
        self._given: dict[tuple[str, str, str | None], str] = {}
        self._operator(settings.operator, None)  # a wrong name or a missing key shows before any work
        for name in settings.by_type.values():
            self._operator(name, None)

    def replacement(self, entity_type: str, value: str, scene: str | None = None) -> str:
        """What stands in place of a value; the value itself where its type is kept."""
        known = (entity_type, value, scene)
        given = self._given.get(known)
        if given is None:
            name = self.settings.operator_for(entity_type)
            given = value if name == "keep" else self._operator(name, self.settings.scene or scene)(entity_type, value)
            self._given[known] = given
        return given

    def wanted(self, text: str, found: Iterable[Spotted]) -> list[Hit]:
        """The findings to act upon: in order, joined where they overlap, none in a redacted place."""
        self._learn_tags(text)
        done = sorted([*token_spans(text), *self._pseudonym_spans(text)])
        found = list(found)
        types = {spot.entity_type for spot in found}
        kept = {name for name in types if self.settings.operator_for(name) == "keep"}
        hits = [
            Hit(spot.start, spot.end, spot.entity_type, spot.score)
            for spot in found
            if spot.end > spot.start
            and spot.score >= self.settings.min_score
            and spot.entity_type not in kept
            and not (done and touches(done, spot.start, spot.end))
        ]
        return _joined(hits)

    def edits(self, text: str, hits: Sequence[Hit], scene: str | None = None) -> list[Edit]:
        """An edit for each hit that its operator changes."""
        edits = []
        for hit in hits:
            value = text[hit.start : hit.end]
            new = self.replacement(hit.entity_type, value, scene)
            if new != value:
                edits.append(Edit(hit.start, hit.end, new))
        return edits

    def _learn_tags(self, text: str) -> None:
        if "[" in text:
            self.settings.taken.update(match.group() for match in TAG.finditer(text))

    def _pseudonym_spans(self, text: str) -> list[tuple[int, int]]:
        vault = self.settings.vault
        new = [Value("", pseudonym) for pseudonym in vault.pseudonyms(since=self._indexed)]
        self._pseudonyms.add(new)
        self._indexed = len(vault)
        return [(hit.start, hit.end) for hit in self._pseudonyms.find(text)]

    def _operator(self, name: str, scene: str | None) -> Replace:
        scene = scene if name == "mask" else None
        if name == "keep":
            return lambda entity_type, value: value
        if (name, scene) not in self._built:
            settings = dataclasses.replace(self.settings, scene=scene) if scene else self.settings
            self._built[name, scene] = build(name, settings)
        return self._built[name, scene]


def scene_of(entity_types: Iterable[str]) -> str | None:
    """What kind of document holds these types: a waybill, a card slip, or nothing special."""
    types = set(entity_types)
    if "WAYBILL_NUMBER" in types and types & {"MOBILE_PHONE", "LANDLINE", "ADDRESS"}:
        return "waybill"
    return "card_slip" if "BANK_CARD" in types and types & {"CVV", "CARD_EXPIRY", "TRACK_DATA"} else None


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with its edits in place."""
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda e: e.start):
        parts += text[done : edit.start], edit.replacement
        done = edit.end
    return "".join([*parts, text[done:]])


def _joined(hits: list[Hit]) -> list[Hit]:
    """Overlapping hits become one over their union, of the longest one's type (then the surer one's)."""
    joined: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        last = joined[-1] if joined else None
        if last is None or hit.start >= last.end:
            joined.append(hit)
            continue
        chief = max(last, hit, key=lambda h: (h.end - h.start, h.score))
        joined[-1] = chief._replace(start=last.start, end=max(last.end, hit.end))
    return joined

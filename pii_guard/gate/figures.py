"""The figures of the law and the channels of a run, as its summary tells them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pii_guard import policy
from pii_guard.gate.exceptions import Event
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.policy.indicators import Indicators
from pii_guard.records import dataclass

if TYPE_CHECKING:
    from pii_guard.scanner import Scanner


@dataclass(slots=True)
class Figures:
    """Counts the events of a run: over all documents, and over the one at hand."""

    scanner: Scanner
    whole: Indicators
    document: Indicators
    channels: set[int]

    def add(self, event: Event) -> Event:
        """The event, counted; a document's status with the class and level of what it holds."""
        if isinstance(event, DocumentStatus):
            graded = replace(event, data_class=self.document.data_class, data_level=self.document.data_level)
            self.document = Indicators(self.whole.on_duty)
            return graded
        if isinstance(event, Finding):
            if event.suppression is None:
                for counted in (self.whole, self.document):
                    named = event.anchor.kind == "name"
                    counted.add(event.entity_type, event.value_id, event.person, event.rules, named=named)
        elif isinstance(event, Violation) and event.channel:
            self.channels.add(event.channel)
        return event

    def to_json(self) -> dict[str, object]:
        """What the summary says of them."""
        ruleset, language = self.scanner.ruleset, self.scanner.settings.language
        told = {
            str(number): {
                "title": ruleset.channels[number].title[language],
                "consequences": policy.consequences(ruleset, number, language),
                "advice": policy.advice(ruleset, number, language),
            }
            for number in sorted(self.channels & ruleset.channels.keys())
        }
        articles = policy.citations(ruleset, language)
        return {"indicators": self.whole.to_json(articles, language), "channels": told}


def begin(scanner: Scanner) -> Figures:
    """Nothing counted yet."""
    on_duty = scanner.settings.on_duty
    return Figures(scanner, Indicators(on_duty), Indicators(on_duty), set())

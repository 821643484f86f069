"""What the findings of a run, or of one document, add up to in the figures of the law (thresholds.py).

Of every value only a hash is kept, so that a value counts once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import field

from pii_guard.model import LawReference
from pii_guard.policy import thresholds
from pii_guard.policy.people import IDENTIFYING
from pii_guard.records import dataclass

CRIMINAL, LEVELS, EXPORT = "JI2017-5", "GBT43697", "XBORD-5"  # where the figures come from
OF_PAYMENT = "JRT0171-C3"  # the rule that knows the password of an account from any other


@dataclass(slots=True)
class Indicators:
    """Counts as findings arrive; what is asked of it are figures so far."""

    on_duty: bool = False
    types: set[str] = field(default_factory=set)
    _financial: set[str] = field(default_factory=set)
    _records: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    _people: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _sensitive: set[int] = field(default_factory=set)

    def add(
        self, entity_type: str, value: str, person: str, rules: Iterable[str], *, named: bool = False
    ) -> None:
        """One finding by its type, the id of its value, its person, and the rules it is evidence of; `named`: it
        stands in the document's name.
        """
        self.types.add(entity_type)
        if entity_type != "PASSWORD" or OF_PAYMENT in rules:
            self._financial.add(entity_type)
        for weight, record in thresholds.classed(entity_type, value, person, rules):
            self._records[weight].add(hash(record))
        if person:
            self._people["person"].add(hash(person))
        if entity_type in IDENTIFYING and not named:
            self._people[entity_type].add(hash(value))
        if entity_type in thresholds.SENSITIVE or not thresholds.SENSITIVE_RULES.isdisjoint(rules):
            self._sensitive.add(hash(person or value))

    @property
    def people(self) -> int:
        """At least how many people the findings speak of."""
        return max(map(len, self._people.values()), default=0)

    @property
    def sensitive_people(self) -> int:
        """How many of them with sensitive information."""
        return min(self.people, len(self._sensitive)) or len(self._sensitive)

    @property
    def records(self) -> dict[int, int]:
        """Distinct records by class of the criminal threshold."""
        return {weight: len(self._records[weight]) for weight in thresholds.WEIGHTS}

    @property
    def score(self) -> float:
        """The criminal-threshold indicator; 1 is where a serious case may begin."""
        return thresholds.score(self.records, self.on_duty)

    @property
    def data_class(self) -> str:
        """C1 to C3, or nothing where nothing personal was found that could be of a customer's finances."""
        return (
            thresholds.financial_class(self._financial) if self._financial - thresholds.NOT_PERSONAL else ""
        )

    @property
    def data_level(self) -> int:
        """Level 1 to 4 of general data, or 0 where nothing personal was found."""
        return thresholds.data_level(self.types, self.people) if self.types - thresholds.NOT_PERSONAL else 0

    def to_json(self, articles: Mapping[str, LawReference], language: str = "zh") -> dict[str, object]:
        """The figures, with where each comes from and how well that is verified."""

        def cited(name: str) -> dict[str, object]:
            return {"law": {"id": name, "article": articles[name].article, "grade": articles[name].grade}}

        records = {str(weight): count for weight, count in self.records.items()}
        criminal = {"score": round(self.score, 4), "band": thresholds.band(self.score), "records": records}
        route = thresholds.export_route(self.people, self.sensitive_people)
        return {
            "conclusive": False,  # indicators for review, never a legal conclusion
            "on_duty": self.on_duty,
            "people": self.people,
            "sensitive_people": self.sensitive_people,
            "criminal_threshold": {**criminal, **cited(CRIMINAL)},
            "data_class": {"class": self.data_class or None, **cited(f"JRT0171-{self.data_class or 'C1'}")},
            "data_level": {"level": self.data_level or None, **cited(LEVELS)},
            "incident": {
                "level": thresholds.incident_level(self.people),
                "deadlines": [
                    {"hours": clock.hours, "trigger": clock.trigger[language], **cited(clock.source)}
                    for clock in thresholds.deadlines(self.people, self.types)
                ],
            },
            "export": {"route": route, **cited(EXPORT)},
        }

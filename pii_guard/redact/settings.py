"""What the user chose: an operator, exceptions per type, a key."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from pii_guard.redact.keys import Key
from pii_guard.redact.vault import Vault

NOT_PERSONAL = frozenset({"SERVICE_NUMBER", "USCC", "URL"})  # found for context; left as they are
AUTHENTICATION = frozenset({"CVV", "CARD_EXPIRY", "TRACK_DATA", "PASSWORD", "OTP"})


@dataclass(frozen=True, slots=True)
class Settings:
    """One redaction run; `vault` is the run's memory of pseudonyms, shared by all its documents."""

    operator: str = "mask"
    by_type: Mapping[str, str] = field(default_factory=dict)  # entity type -> operator, or "keep"
    key: Key | None = field(default=None, repr=False)
    vault: Vault = field(default_factory=Vault)
    taken: set[str] = field(default_factory=set)  # tags the texts hold already: not given again
    rules: Mapping[str, str] = field(default_factory=dict)  # entity type -> mask rule
    scene: str | None = None  # waybill, card_slip; None: judged by what a document holds
    as_of: datetime.date | None = None  # the day ages are counted on
    min_score: float = 0.0

    def operator_for(self, entity_type: str) -> str:
        """The operator of a type; "keep" for what is no one's personal data, unless chosen otherwise."""
        chosen = self.by_type.get(entity_type)
        return chosen or ("keep" if entity_type in NOT_PERSONAL else self.operator)

"""remove: nothing stands in place of a value."""

from __future__ import annotations

from pii_guard.redact.operators import Replace
from pii_guard.redact.settings import Settings

NAME = "remove"
NEEDS_KEY = False
REVERSIBLE = False


def build(settings: Settings) -> Replace:
    """The empty text for all."""
    return lambda entity_type, value: ""

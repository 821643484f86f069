"""mask: what may be shown of a value stays; authentication data is removed."""

from __future__ import annotations

from pii_guard.detect.masking import mask
from pii_guard.redact.operators import Replace
from pii_guard.redact.settings import Settings

NAME = "mask"
NEEDS_KEY = False
REVERSIBLE = False


def build(settings: Settings) -> Replace:
    """The mask of each type, stricter in a scene."""

    def replace(entity_type: str, value: str) -> str:
        return mask(entity_type, value, rule=settings.rules.get(entity_type), scene=settings.scene)

    return replace

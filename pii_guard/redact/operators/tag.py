"""tag: `[手机号_1]`, the same value the same number over the whole run."""

from __future__ import annotations

from collections import Counter

from pii_guard.redact.canonical import canonical
from pii_guard.redact.labels import label
from pii_guard.redact.operators import Replace
from pii_guard.redact.settings import Settings

NAME = "tag"
NEEDS_KEY = False
REVERSIBLE = False


def build(settings: Settings) -> Replace:
    """Numbers in order of appearance, one count a label."""
    given: dict[tuple[str, str], str] = {}
    last: Counter[str] = Counter()

    def replace(entity_type: str, value: str) -> str:
        name = label(entity_type)
        known = (name, canonical(value))
        while known not in given:
            last[name] += 1
            tag = f"[{name}_{last[name]}]"
            if tag not in settings.taken:
                given[known] = tag
        return given[known]

    return replace

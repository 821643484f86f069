"""pseudonym: an invented value of the same form that cannot be a real one.

Drawn from HMAC(key, type and value), so the same value gets the same pseudonym in every file and process; the
vault keeps what was given, so no two values of a key share one and `restore` finds the way back.
"""

from __future__ import annotations

from pii_guard.redact.canonical import canonical
from pii_guard.redact.operators import Replace
from pii_guard.redact.pseudonyms import invent
from pii_guard.redact.pseudonyms.draw import Draw
from pii_guard.redact.settings import Settings
from pii_guard.redact.tokens import token

NAME = "pseudonym"
NEEDS_KEY = True
REVERSIBLE = True
_FORMS = 1_000  # draws before a token takes the place of a form that has too few values
_ATTEMPTS = 10_000


def build(settings: Settings) -> Replace:
    """Pseudonyms under the current key, remembered in the run's vault."""
    assert settings.key is not None
    secret, vault = settings.key.subkey("pseudonym"), settings.vault

    def replace(entity_type: str, value: str) -> str:
        known = vault.pseudonym(entity_type, value)
        if known is not None:
            return known
        for attempt in range(_ATTEMPTS):
            draw = Draw(secret, entity_type, canonical(value), attempt)
            candidate = invent(entity_type, value, draw)
            if attempt >= _FORMS or not _joins(value, candidate):
                candidate = token("pseudo", entity_type, draw.letters(16))
            if candidate != value and vault.assign(entity_type, value, candidate):
                return candidate
        raise AssertionError("every form falls back to a token of 80 random bits")

    return replace


def _joins(value: str, candidate: str) -> bool:
    """Whether a digit at its edge, where the value had none, could run into a number beside it: not so."""
    return (value[0].isdigit() or not candidate[0].isdigit()) and (
        value[-1].isdigit() or not candidate[-1].isdigit()
    )

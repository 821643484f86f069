"""hash: `[hash:MOBILE_PHONE:…]`, keyed (HMAC-SHA256, 128 bits).

Without a key a hashed phone number is recovered in minutes; there is no unkeyed hash here.
"""

from __future__ import annotations

import hmac

from pii_guard.redact.canonical import canonical
from pii_guard.redact.operators import Replace
from pii_guard.redact.settings import Settings
from pii_guard.redact.tokens import letters
from pii_guard.redact.tokens import token

NAME = "hash"
NEEDS_KEY = True
REVERSIBLE = False


def build(settings: Settings) -> Replace:
    """The same value the same hash, however it is spaced."""
    assert settings.key is not None
    secret = settings.key.subkey("hash")

    def replace(entity_type: str, value: str) -> str:
        message = f"{entity_type}\x00{canonical(value)}".encode()
        return token("hash", entity_type, letters(hmac.digest(secret, message, "sha256")[:16]))

    return replace

"""encrypt: `[enc:MOBILE_PHONE:<key id>:…]`, AES-SIV (RFC 5297), brought back by `restore`.

SIV is deterministic: the same value gives the same token, and no nonce can be reused by mistake.
The type is authenticated with the value, so a token cannot be passed off as another type's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pii_guard.errors import UsageError
from pii_guard.redact.keys import Key
from pii_guard.redact.operators import Replace
from pii_guard.redact.settings import Settings
from pii_guard.redact.tokens import letters
from pii_guard.redact.tokens import token
from pii_guard.redact.tokens import unletters

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

NAME = "encrypt"
NEEDS_KEY = True
REVERSIBLE = True


def build(settings: Settings) -> Replace:
    """Tokens under the current key."""
    assert settings.key is not None
    cipher, key_id = _cipher(settings.key), settings.key.id

    def replace(entity_type: str, value: str) -> str:
        sealed = cipher.encrypt(value.encode("utf-8", "surrogatepass"), [entity_type.encode()])
        return token("enc", entity_type, key_id, letters(sealed))

    return replace


def decrypt(key: Key, entity_type: str, key_id: str, sealed: str) -> str:
    """The value of one token; UsageError where the key is another or the token was changed."""
    owner = key.named(key_id)
    if owner is None:
        raise UsageError(f"密钥不对：文件用 {key_id} 加密，给的是 {key.id} (wrong key)")
    cipher = _cipher(owner)
    from cryptography.exceptions import InvalidTag

    try:
        plain = cipher.decrypt(unletters(sealed), [entity_type.encode()])
    except (InvalidTag, ValueError) as problem:
        raise UsageError("密文被改动，无法还原 (a token was tampered with)") from problem
    return plain.decode("utf-8", "surrogatepass")


def _cipher(key: Key) -> AESSIV:
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESSIV
    except ImportError as problem:
        raise UsageError('需要 pip install "pii-guard-cn[vault]" (extra vault is missing)') from problem
    return AESSIV(key.subkey("encrypt", 64))

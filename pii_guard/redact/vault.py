"""The vault: which pseudonym stands for which value, encrypted at rest.

In memory two maps; on disk one file of mode 0600, AES-256-GCM with a key derived from the user's:
`{"kind": "pii-guard-vault", "key_id", "nonce", "data"}`.  A wrong key or a changed byte is a UsageError.
Saving merges what another process wrote meanwhile.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pii_guard.errors import UsageError
from pii_guard.redact.keys import Key
from pii_guard.redact.keys import write_private

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KIND = "pii-guard-vault"


class Vault:
    """Pseudonyms of one key; `original` is the one door back."""

    def __init__(self) -> None:
        self._pseudonym: dict[tuple[str, str], str] = {}
        self._original: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"Vault({len(self._original)} entries)"

    def __len__(self) -> int:
        return len(self._original)

    def pseudonym(self, entity_type: str, value: str) -> str | None:
        """The pseudonym already given to a value."""
        return self._pseudonym.get((entity_type, value))

    def original(self, pseudonym: str) -> str | None:
        """The value a pseudonym stands for."""
        return self._original.get(pseudonym)

    def pseudonyms(self, since: int = 0) -> list[str]:
        """Pseudonyms in the order they were given, but for the first `since`."""
        return list(islice(self._original, since, None))

    def assign(self, entity_type: str, value: str, pseudonym: str) -> bool:
        """Take a pseudonym for a value; False where it stands for another already."""
        if self._original.get(pseudonym, value) != value:
            return False
        self._original[pseudonym] = value
        self._pseudonym[entity_type, value] = pseudonym
        return True

    def merge(self, other: Vault) -> None:
        """Take over what the other knows and this does not."""
        for row in other.to_rows():
            self.assign(*row)

    def to_rows(self) -> list[tuple[str, str, str]]:
        """Type, value, pseudonym."""
        return [(kind, value, pseudonym) for (kind, value), pseudonym in self._pseudonym.items()]


def save_vault(vault: Vault, path: Path, key: Key) -> None:
    """Write the vault, with what stands in the file already."""
    if path.exists():
        vault.merge(load_vault(path, key))
    nonce = os.urandom(12)
    plain = json.dumps(vault.to_rows(), ensure_ascii=False).encode()
    sealed = _cipher(key).encrypt(nonce, plain, key.id.encode())
    record = {
        "kind": _KIND,
        "key_id": key.id,
        "nonce": base64.b64encode(nonce).decode(),
        "data": base64.b64encode(sealed).decode(),
    }
    write_private(path, json.dumps(record).encode())


def load_vault(path: Path, key: Key) -> Vault:
    """Open a vault with its key, or with the successor of its key."""
    try:
        record = json.loads(path.read_bytes())
        nonce, data = (base64.b64decode(record[field], validate=True) for field in ("nonce", "data"))
        key_id = str(record["key_id"])
    except OSError as problem:
        raise UsageError(f"读不到保险库：{path} (cannot read vault)") from problem
    except (ValueError, KeyError, TypeError, binascii.Error) as problem:
        raise UsageError(f"不是保险库或已损坏：{path} (not a vault, or damaged)") from problem
    owner = key.named(key_id)
    if owner is None:
        raise UsageError(f"密钥不对：保险库用 {key_id}，给的是 {key.id} (wrong key for this vault)")
    cipher = _cipher(owner)
    from cryptography.exceptions import InvalidTag

    try:
        rows = json.loads(cipher.decrypt(nonce, data, key_id.encode()))
    except InvalidTag as problem:
        raise UsageError(f"保险库被改动或密钥不对：{path} (vault tampered with, or wrong key)") from problem
    vault = Vault()
    for entity_type, value, pseudonym in rows:
        vault.assign(entity_type, value, pseudonym)
    return vault


def _cipher(key: Key) -> AESGCM:
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError as problem:
        raise UsageError('需要 pip install "pii-guard-cn[vault]" (extra vault is missing)') from problem
    return AESGCM(key.subkey("vault"))

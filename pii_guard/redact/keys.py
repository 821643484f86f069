"""Keys of the reversible and keyed operators: a file of mode 0600, and what is derived from it.

    {"kind": "pii-guard-key", "id": "kQbcd...", "secret": "<base64 of 32 bytes>", "created": "2026-11-21",
     "previous": [{"id", "secret", "created"}, ...]}

`rotate` puts a new key in front; the old ones stay to restore what they redacted.  One secret serves every
operator through HMAC-derived subkeys, so no two uses share key material.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

from pii_guard.errors import UsageError
from pii_guard.redact.tokens import letters

_KIND = "pii-guard-key"
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """A secret and its public id; the secret never shows."""

    secret: bytes = field(repr=False)
    created: str = ""
    previous: tuple[Key, ...] = field(default=(), repr=False)

    @property
    def id(self) -> str:
        """Eight letters that name the key and tell nothing of it."""
        return letters(self.subkey("id"))[:8]

    def subkey(self, purpose: str, size: int = 32) -> bytes:
        """Key material for one purpose."""
        blocks = (
            hmac.digest(self.secret, f"{purpose}\x00{block}".encode(), "sha256")
            for block in range(-(-size // hashlib.sha256().digest_size))
        )
        return b"".join(blocks)[:size]

    def named(self, key_id: str) -> Key | None:
        """This key or one of its predecessors."""
        return next((key for key in (self, *self.previous) if key.id == key_id), None)


def new_key(created: str = "") -> Key:
    """A fresh random key."""
    return Key(secrets.token_bytes(_SECRET_BYTES), created)


def as_key(key: Key | bytes | str) -> Key:
    """A key from raw material: bytes or a passphrase of sixteen characters or more are hashed to a secret."""
    if isinstance(key, Key):
        return key
    raw = key.encode() if isinstance(key, str) else key
    if len(raw) < 16:
        raise UsageError("密钥太短：至少 16 字节，或用 keys new 生成 (key too short: 16 bytes at least)")
    return Key(hashlib.sha256(b"pii-guard\x00" + raw).digest())


def rotated(key: Key, created: str = "") -> Key:
    """A new key that still knows the old ones."""
    old = Key(key.secret, key.created)
    return Key(secrets.token_bytes(_SECRET_BYTES), created, (old, *key.previous))


def save_key(key: Key, path: Path, *, replace: bool = False) -> None:
    """Write a key file readable by its owner only; an existing one is kept unless `replace`."""
    if path.exists() and not replace:
        raise UsageError(f"密钥文件已存在，不覆盖：{path} (key file exists)")
    record = {"kind": _KIND, **_to_json(key), "previous": [_to_json(old) for old in key.previous]}
    write_private(path, json.dumps(record, indent=1).encode())


def load_key(path: Path) -> Key:
    """Read a key file; UsageError says what is wrong with it."""
    try:
        record = json.loads(path.read_bytes())
    except OSError as problem:
        raise UsageError(f"读不到密钥文件：{path} (cannot read key file)") from problem
    except ValueError as problem:
        raise UsageError(f"不是密钥文件：{path} (not a key file)") from problem
    if not isinstance(record, dict) or record.get("kind") != _KIND:
        raise UsageError(f"不是密钥文件：{path} (not a key file)")
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UsageError(f"密钥文件他人可读，请 chmod 600 {path} (key file is readable by others)")
    key = _from_json(record, path)
    return Key(key.secret, key.created, tuple(_from_json(old, path) for old in record.get("previous", ())))


def write_private(path: Path, data: bytes) -> None:
    """Write a file of mode 0600 whole or not at all."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as problem:
        part.unlink(missing_ok=True)
        raise UsageError(f"写不了文件：{path} (cannot write)") from problem


def _to_json(key: Key) -> dict[str, str]:
    return {"id": key.id, "secret": base64.b64encode(key.secret).decode(), "created": key.created}


def _from_json(record: Mapping[str, object], path: Path) -> Key:
    try:
        secret = base64.b64decode(str(record["secret"]), validate=True)
    except (KeyError, TypeError, binascii.Error) as problem:
        raise UsageError(f"密钥文件损坏：{path} (damaged key file)") from problem
    if len(secret) != _SECRET_BYTES:
        raise UsageError(f"密钥文件损坏：{path} (damaged key file)")
    return Key(secret, str(record.get("created", "")))

"""Key files and the vault: private, checked, rotatable."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pii_guard.errors import UsageError
from pii_guard.redact.keys import Key
from pii_guard.redact.keys import load_key
from pii_guard.redact.keys import new_key
from pii_guard.redact.keys import rotated
from pii_guard.redact.keys import save_key
from pii_guard.redact.operators import build
from pii_guard.redact.settings import Settings
from pii_guard.redact.text import restore_text
from pii_guard.redact.vault import Vault
from pii_guard.redact.vault import load_vault
from pii_guard.redact.vault import save_vault


@pytest.fixture
def key() -> Key:
    return new_key("2026-11-21")


def _vault() -> Vault:
    vault = Vault()
    assert vault.assign("PERSON", "王小明", "李桐")
    return vault


def test_a_key_file_is_private_and_comes_back(tmp_path: Path, key: Key) -> None:
    path = tmp_path / "key.json"
    save_key(key, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_key(path) == key
    with pytest.raises(UsageError, match="已存在"):
        save_key(key, path)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"kind":"other"}', b'{"kind":"pii-guard-key"}'])
def test_what_is_no_key_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key.json"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(UsageError, match="密钥文件"):
        load_key(path)


def test_a_key_file_others_can_read_is_refused(tmp_path: Path, key: Key) -> None:
    path = tmp_path / "key.json"
    save_key(key, path)
    path.chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        load_key(path)


def test_a_rotated_key_still_restores(key: Key) -> None:
    text = build("encrypt", Settings(key=key))("QQ", "10001")
    assert restore_text(text, key=rotated(key)) == "10001"


def test_the_vault_is_sealed_and_merges(tmp_path: Path, key: Key) -> None:
    path = tmp_path / "vault"
    save_vault(_vault(), path, key)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "王小明".encode() not in path.read_bytes()
    other = Vault()
    other.assign("PERSON", "张伟", "李槿")
    successor = rotated(key)
    save_vault(other, path, successor)
    assert len(load_vault(path, successor)) == 2


def test_a_wrong_key_or_a_changed_vault_is_said_clearly(tmp_path: Path, key: Key) -> None:
    path = tmp_path / "vault"
    save_vault(_vault(), path, key)
    with pytest.raises(UsageError, match="密钥不对"):
        load_vault(path, new_key())
    path.write_bytes(path.read_bytes().replace(b'"data": "', b'"data": "AAAA'))
    with pytest.raises(UsageError, match="改动"):
        load_vault(path, key)

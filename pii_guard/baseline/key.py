"""The key of the fingerprints: a line of 32 or more characters, never in the repository.

Looked for in this order: --key-file, $PII_GUARD_KEY, `public_key` of the config (only for invented data), the
file `pii-guard.key` inside `.git` (which git never commits), and the user's configuration folder.  A file
must be readable by its owner only.  CI gets the same text in $PII_GUARD_KEY.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from pii_guard import reach
from pii_guard.errors import UsageError

FILE_NAME = "pii-guard.key"
LEAST = 32


def key_id(key: bytes) -> str:
    """Eight letters that tell one key, and one way of making fingerprints, from another and nothing else."""
    from hmac import digest  # a key of the run needs none, and it loads OpenSSL

    return digest(key, b"id 2", "sha256").hex()[:8]


def find(folder: Path | None = None) -> bytes | None:
    """The key of the repository around a folder, or the user's."""
    path = place(folder)
    return read(path) if reach.exists(path) else None


def place(folder: Path | None = None) -> Path:
    """Where the key file of a folder belongs."""
    shared = git_folder(folder or Path.cwd())
    if shared is not None:
        return shared / FILE_NAME
    home = Path(os.environ.get("XDG_CONFIG_HOME") or reach.home() / ".config")
    return home / "pii-guard" / FILE_NAME


def read(path: Path) -> bytes:
    """The key in a file."""
    try:
        mode, text = stat.S_IMODE(path.stat().st_mode), path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{path}: 读不到密钥文件") from None
    if os.name == "posix" and mode & 0o077:
        raise UsageError(f"{path}: 密钥文件他人可读，请运行 chmod 600 {path}")
    if len(text) < LEAST:
        raise UsageError(f"{path}: 密钥至少要 {LEAST} 个字符")
    return text.encode()


def create(folder: Path | None = None) -> bytes:
    """A new key, in the place where it will be found again."""
    import secrets

    path, text = place(folder), secrets.token_urlsafe(32)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(text + "\n")
    except FileExistsError:  # another process was faster
        return read(path)
    except OSError as error:
        raise UsageError(f"{path}: 无法写入密钥（{error.strerror}）；可改设环境变量 PII_GUARD_KEY") from None
    return text.encode()


def git_folder(folder: Path) -> Path | None:
    """The `.git` that all work trees of the repository around a folder share."""
    here = folder.resolve()
    for above in (here, *here.parents):
        git = above / ".git"
        if reach.is_dir(git):
            return git
        if reach.is_file(git):
            return _linked(git)
    return None


def _linked(git: Path) -> Path | None:
    """Where the `.git` file of a linked work tree or a submodule leads."""
    try:
        target = git.parent / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        common = target / "commondir"
        return (target / common.read_text(encoding="utf-8").strip()).resolve() if reach.is_file(common) else target
    except (OSError, UnicodeDecodeError):
        return None

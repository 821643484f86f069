"""Files that spare work at the next start: compiled rules, pattern databases.

Kept in the user's cache folder, mode 0600, named by what they were made from; a file that is missing, corrupt or
cannot be written costs time and nothing else.  They hold rules, never a scanned text.
"""

from __future__ import annotations

import contextlib
import os
import sys
from binascii import crc32
from collections.abc import Callable
from pathlib import Path

from pii_guard import reach
from pii_guard.digest import blake2b

_CHECKSUM = 4  # bytes in front of the content: a CRC, against what a full disk or a crash leaves behind
_KEPT = 8  # files of one kind: several versions and rule sets side by side
_SEED = 1  # raise when files written before must not be read


def folder() -> Path:
    """The cache folder: $PII_GUARD_CACHE_DIR, else the platform's place for caches."""
    if chosen := os.environ.get("PII_GUARD_CACHE_DIR"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or reach.home() / "AppData" / "Local") / "pii-guard"
    if sys.platform == "darwin":
        return reach.home() / "Library" / "Caches" / "pii-guard"
    return Path(os.environ.get("XDG_CACHE_HOME") or reach.home() / ".cache") / "pii-guard"


def name(kind: str, *parts: str) -> str:
    """The name of a cache file made from `parts`."""
    return f"{kind}-{blake2b(chr(0).join(parts).encode(), digest_size=12).hexdigest()}"


def stamp(file: Path) -> str:
    """What a cache file made from `file` is known by: its place, time and size."""
    place = os.path.abspath(file)  # noqa: PTH100 - Path.resolve took 1 ms more for our 37 files
    try:
        status = os.stat(place)  # noqa: PTH116
    except OSError:
        return f"{place}:missing"
    return f"{place}:{status.st_mtime_ns}:{status.st_size}"


def read(filename: str) -> bytes | None:
    """The content, if it is there, ours, and whole."""
    with contextlib.suppress(OSError), (folder() / filename).open("rb", buffering=0) as stream:  # a buffer would be copied
        if _only_ours(os.fstat(stream.fileno())):
            checksum, content = stream.read(_CHECKSUM), stream.read()  # apart: slices would copy it
            return content if content and _checksum(content) == checksum else None
    return None


def kept(filename: str, make: Callable[[], bytes]) -> bytes:
    """The content; what is not there is made and stored."""
    if (content := read(filename)) is None:
        content = make()
        write(filename, content)
    return content


def _only_ours(status: os.stat_result) -> bool:
    """Whether nobody else can have written the file: patterns put there by others could blind a scan."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def write(filename: str, content: bytes) -> None:
    """Store it for the next start, if that is possible."""
    import tempfile

    with contextlib.suppress(OSError):
        target = folder()
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target, prefix=".new-")  # mkstemp: mode 0600
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_checksum(content) + content)
            Path(temporary).replace(target / filename)
            _prune(target, filename.partition("-")[0])
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise


def _prune(folder: Path, kind: str) -> None:
    """Leave the newest files of a kind: those of older rules and versions are never read again."""
    files = sorted(folder.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files[_KEPT:]:
        path.unlink(missing_ok=True)


def _checksum(content: bytes) -> bytes:
    return crc32(content, _SEED).to_bytes(_CHECKSUM, "little")

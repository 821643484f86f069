"""BLAKE2b (RFC 7693) as `hashlib` has it; `hashlib` itself loads OpenSSL, a quarter of `python -c pass`."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["blake2b"]

if TYPE_CHECKING:
    from hashlib import blake2b
else:
    try:
        from _blake2 import blake2b
    except ImportError:  # another Python keeps it elsewhere
        from hashlib import blake2b

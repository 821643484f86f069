"""How machine-readable outputs write paths and texts: relative, portable, and free of control characters."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from pii_guard.report._terminal import plain


def relative(path: str) -> str:
    """The path below the working directory with forward slashes; as it is where it lies elsewhere.

    >>> relative("./a/../b.txt")
    'b.txt'
    """
    if Path(path).is_absolute():
        nearer = os.path.relpath(path)
        path = path if nearer.startswith("..") else nearer
    return plain(os.path.normpath(path).replace(os.sep, "/")).encode("utf-8", "backslashreplace").decode()


def uri(path: str) -> str:
    """A percent-encoded URI reference; relative wherever the path is.

    >>> uri("客服 记录/a:b.txt")
    '%E5%AE%A2%E6%9C%8D%20%E8%AE%B0%E5%BD%95/a%3Ab.txt'
    """
    if Path(path).is_absolute() and not os.path.relpath(path).startswith(".."):
        path = os.path.relpath(path)
    written = quote(os.path.normpath(path).replace(os.sep, "/").encode("utf-8", "surrogateescape"))
    return f"file://{written}" if written.startswith("/") else written

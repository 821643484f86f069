"""PowerPoint presentations (.pptx): slides, notes, masters, layouts, tables, SmartArt, comments, charts,
properties, embedded workbooks and pictures.
"""

from __future__ import annotations

from pii_guard.formats.binary._package import read
from pii_guard.formats.binary._package import rewrite

__all__ = ["EXTRA", "NAME", "SUFFIXES", "read", "rewrite", "sniff"]

NAME = "pptx"
SUFFIXES = frozenset({".pptx", ".pptm", ".ppsx", ".potx"})
EXTRA: str | None = "docs"


def sniff(head: bytes) -> bool:
    """A ZIP with a `ppt/` part near its start."""
    return head.startswith(b"PK\x03\x04") and b"ppt/" in head

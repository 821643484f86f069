"""Word documents (.docx): body, tables, headers, footers, notes, comments, text boxes, tracked changes,
properties, hyperlinks, charts, SmartArt, embedded workbooks and pictures.

Runs, styles and everything that holds no text found stay as they are; the preview picture is dropped.
"""

from __future__ import annotations

from pii_guard.formats.binary._package import read
from pii_guard.formats.binary._package import rewrite

__all__ = ["EXTRA", "NAME", "SUFFIXES", "read", "rewrite", "sniff"]

NAME = "docx"
SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".dotm"})
EXTRA: str | None = "docs"


def sniff(head: bytes) -> bool:
    """A ZIP with a `word/` part near its start."""
    return head.startswith(b"PK\x03\x04") and b"word/" in head

"""Known findings that do not count: `.pii-baseline.json`, keyed so that no value can be guessed from it.

    {"version": 1, "key": "5f0c2a91", "entries": [
    {"fp": "0d4f...", "type": "MOBILE_PHONE", "path": "docs/a.md", "status": "known", "reason": "示例", ...},
    null]}

An entry holds a keyed fingerprint of type, value and path, never a line number or a time, so edits above a
finding change nothing and equal content gives an equal file.  One entry a line, sorted, each line ending in a
comma: git can merge two branches by lines (`merge=union`), and `pii-guard baseline merge` does it exactly.
"""

from __future__ import annotations

from pii_guard.baseline.entries import FILE_NAME
from pii_guard.baseline.entries import Baseline
from pii_guard.baseline.entries import Entry
from pii_guard.baseline.entries import load
from pii_guard.baseline.entries import save
from pii_guard.baseline.match import Matcher

__all__ = ["FILE_NAME", "Baseline", "Entry", "Matcher", "load", "save"]

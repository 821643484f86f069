"""Known findings that do not count: `.pii-baseline.json`, keyed so that no value can be guessed from it.

    {"version": 1, "key": "5f0c2a91", "entries": [
    {"fp": "0d4f...", "type": "MOBILE_PHONE", "path": "docs/a.md", "status": "known", "reason": "示例", ...},
    null]}

An entry holds a keyed fingerprint of type, value and path, never a line number or a time, so edits above a
finding change nothing and equal content gives an equal file.  One entry a line, sorted, each line ending in a
comma: git can merge two branches by lines (`merge=union`), and `pii-guard baseline merge` does it exactly.
"""

from __future__ import annotations

FILE_NAME = ".pii-baseline.json"

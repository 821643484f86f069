"""Scan files and folders from a program: counts by type, what was not scanned, the verdict as exit code."""

from __future__ import annotations

import sys
from collections import Counter

import pii_guard
from pii_guard import config

report = pii_guard.scan_paths(sys.argv[1:] or ["."], settings=config.load(), exclude=["*.min.js"])
for entity_type, count in Counter(f.entity_type for f in report.findings).most_common():
    print(entity_type, count)
for document in report.documents:
    if document.status == "unscanned":  # not scanned is not known: never clean
        print(f"{document.path}: 未扫描 {document.reason}", file=sys.stderr)
verdict = report.summary["verdict"]["exit_code"]
print("结论:", verdict)
sys.exit(verdict)

"""Whether the fingerprints of two results can be compared: they can when the same key made them.

A shared fingerprint proves the same key (96 bits do not meet by chance).  The same place with the same masked value
but another fingerprint proves another key.  Where there is neither, nothing is proven, and the report says so.
"""

from __future__ import annotations

from pii_guard.summary.values import Result
from pii_guard.summary.values import Seen

SAME, DIFFERENT, EPHEMERAL, UNPROVEN = "same", "different", "ephemeral", "unproven"


def relation(one: Result, other: Result) -> str:
    """SAME, DIFFERENT, EPHEMERAL or UNPROVEN."""
    if {f.fingerprint for f in one.findings} & {f.fingerprint for f in other.findings}:
        return SAME
    if not (one.keyed and other.keyed):
        return EPHEMERAL
    if one.key_id and other.key_id:
        return SAME if one.key_id == other.key_id else DIFFERENT
    if not one.findings or not other.findings:
        return SAME  # nothing there that another key could have hidden
    shared = {_place(f) for f in one.findings} & {_place(f) for f in other.findings}
    return DIFFERENT if shared else UNPROVEN


def _place(finding: Seen) -> tuple[object, ...]:
    return finding.path, finding.entity_type, finding.start, finding.end, finding.masked

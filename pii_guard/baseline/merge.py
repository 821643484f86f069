"""Three-way merge of baselines: what git calls when two branches have changed the file."""

from __future__ import annotations

from pii_guard.baseline.entries import Baseline
from pii_guard.baseline.entries import Entry
from pii_guard.baseline.entries import stricter
from pii_guard.errors import UsageError


def merge(base: Baseline, ours: Baseline, theirs: Baseline) -> Baseline:
    """Additions of both sides, deletions of either; where both changed an entry, what allows less."""
    if len({side.key_id for side in (ours, theirs) if side.entries}) > 1:
        raise UsageError("两边的基线用了不同的密钥，无法合并")
    merged = (
        _merged(base.entries.get(fp), ours.entries.get(fp), theirs.entries.get(fp))
        for fp in ours.entries.keys() | theirs.entries.keys()
    )
    key_id = ours.key_id if ours.entries else theirs.key_id or ours.key_id
    return Baseline(key_id).with_entries(entry for entry in merged if entry is not None)


def _merged(base: Entry | None, ours: Entry | None, theirs: Entry | None) -> Entry | None:
    if ours is None or theirs is None:
        kept = ours or theirs
        return None if base is not None and kept is not None else kept
    if ours == base:
        return theirs
    return ours if theirs in (base, ours) else stricter(ours, theirs)

"""Counts distinct people and values, without keeping the values.

People are counted per identifying type and the largest count is taken: a table of 200 names and 180 numbers
speaks of at least 200 people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pii_guard.model import Finding

_IDENTIFYING_WORDS = """
PERSON RESIDENT_ID MOBILE_PHONE BANK_CARD PASSPORT HKID MACAU_ID TAIWAN_ID FOREIGN_RESIDENT_ID
HK_MACAU_PERMIT TAIWAN_PERMIT MILITARY_ID DRIVING_LICENCE EMAIL_ADDRESS WECHAT QQ
"""
IDENTIFYING = frozenset(_IDENTIFYING_WORDS.split())


def people(findings: Iterable[Finding]) -> int:
    """At least how many people these findings speak of."""
    values: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.entity_type in IDENTIFYING and finding.anchor.kind != "name":  # the path's, not the text's
            values[finding.entity_type].add(identity(finding))
    return max(map(len, values.values()), default=0)


def identity(finding: Finding) -> str:
    """What tells two values apart: the fingerprint, or the value itself while it is at hand."""
    return finding.fingerprint or "".join(c for c in finding.value.reveal() if c.isalnum())

"""Which findings belong to one person: those of a table row, a chat message, or neighbouring lines.

A new name starts a new person.  What the file's own name holds belongs together, but to nobody in the text, and what
the folders above it are called belongs to nobody: how many people there are must not hang on the path given.  The group's id comes from its strongest value (an identity number before a phone
before a name), keyed like all fingerprints, so the same person has the same id in every file of a key.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

from pii_guard.model import Finding

STRENGTH = (
    "RESIDENT_ID FOREIGN_RESIDENT_ID PASSPORT HK_MACAU_PERMIT TAIWAN_PERMIT HKID MACAU_ID TAIWAN_ID MILITARY_ID "
    "DRIVING_LICENCE MOBILE_PHONE BANK_CARD BANK_ACCOUNT WECHAT QQ EMAIL_ADDRESS ALIPAY_ACCOUNT FOREIGN_PHONE LANDLINE "
    "LICENSE_PLATE VIN PERSON ADDRESS BIRTH_DATE"
).split()
_RANK = {entity_type: rank for rank, entity_type in enumerate(STRENGTH)}
_NEIGHBOURS = 2  # lines
_NAME = "name"  # the anchor of a document's name
_ONCE = frozenset("PERSON RESIDENT_ID BIRTH_DATE".split())  # a person has one of each


def link(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, in their order, with `person` set where at least two values belong together."""
    groups: dict[int, str] = {}
    for group in _groups(findings):
        if len({f.entity_type for f in group}) > 1:
            strongest = min(group, key=lambda f: (_RANK[f.entity_type], f.start))
            groups |= dict.fromkeys(map(id, group), f"p-{strongest.value_id[:12]}")
    return [f._replace(person=groups[id(f)]) if id(f) in groups else f for f in findings]


def _groups(findings: Sequence[Finding]) -> Iterator[list[Finding]]:
    places: dict[object, list[Finding]] = {}
    for finding in findings:
        if finding.entity_type in _RANK and not _in_folder(finding):
            places.setdefault(_place(finding), []).append(finding)
    for place, found in places.items():
        ordered = sorted(found, key=lambda f: (f.line, f.column))
        yield from _people(ordered) if place is None else _people(ordered, near=None)


def _place(finding: Finding) -> object:
    anchor = finding.anchor
    if anchor.kind == _NAME:
        return _NAME
    if anchor.row is not None:
        return anchor.part, anchor.page, anchor.row
    return None if anchor.message is None else (anchor.part, "message", anchor.message)


def _in_folder(finding: Finding) -> bool:
    """Whether the value stands in the path above the file's own name."""
    own = max(finding.path.rfind("/"), finding.path.rfind("\\")) + 1
    return finding.anchor.kind == _NAME and finding.start < own


def _people(findings: Iterable[Finding], near: int | None = _NEIGHBOURS) -> Iterator[list[Finding]]:
    group: list[Finding] = []
    once: dict[str, str] = {}
    for finding in findings:
        kind, value = finding.entity_type, finding.value_id
        far = near is not None and group and finding.line - group[-1].line > near
        if far or (kind in _ONCE and once.get(kind, value) != value):
            yield group
            group, once = [], {}
        group.append(finding)
        once.setdefault(kind, value)
    if group:
        yield group

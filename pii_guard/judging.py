"""Between detection and the rules: the segments of a document as the judge sees them, and its verdict brought back.

The judge counts offsets in a segment's text; findings carry those of their document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING

from pii_guard import conversations
from pii_guard import policy
from pii_guard.model import Anchor
from pii_guard.model import Annotation
from pii_guard.model import Document
from pii_guard.model import Finding
from pii_guard.model import Hit
from pii_guard.model import Segment
from pii_guard.model import Violation
from pii_guard.policy.joined import Joined
from pii_guard.talks import Message
from pii_guard.talks import talks
from pii_guard.text.decode import blocks

_LEAVES_OUT = frozenset("html htm xhtml xml plist mobileconfig json vue jsp".split())
_ARTEFACT = re.compile(
    rb"<form|<input|uses-permission|UsageDescription|requiredPrivateInfos|\bscope\.|ohos\.permission|<authEncryption|EncryptionType"
)

if TYPE_CHECKING:
    from pii_guard.scanner import Scanner


def judged(
    scanner: Scanner,
    path: str,
    segments: Sequence[Segment],
    hits: Sequence[Sequence[Hit]],
    placed: Sequence[Sequence[Finding]],
    document: Document | None = None,
    spoken: list[Message] | None = None,
) -> tuple[list[Finding], list[Violation | Annotation]]:
    """Findings with the rules that count them, and the violations and annotations of one document or one stretch of it.

    `document`: where the segments are all there is of a small document, whose tags and names the rules may want.
    `spoken`: the last messages of the stretch before, to be replaced by those of this one.
    """
    parts = list(zip(segments, hits, placed, strict=True))
    violations, conduct, notes = _verdict(scanner, path, parts, document, spoken)
    found = policy.annotate([f for of_segment in placed for f in of_segment], [*violations, *conduct])
    return found, [*violations, *conduct, *notes]


def _verdict(
    scanner: Scanner,
    path: str,
    parts: Sequence[tuple[Segment, Sequence[Hit], Sequence[Finding]]],
    document: Document | None,
    spoken: list[Message] | None,
) -> tuple[list[Violation], list[Violation], list[Annotation]]:
    """The rules that are broken, those of conduct, and what is only noted.

    On its own, because what it needs of a segment full of values is as large as they are, and ends with it.
    """
    seen = tuple(_seen(*part) for part in parts)
    kind = PurePath(path).suffix.lower().lstrip(".")
    source = _source(document, kind) if document else ""
    settings = scanner.settings
    unit = policy.JudgedUnit(
        path,
        kind,
        seen,
        source,
        app_category=settings.app_category or None,
        on_duty=settings.on_duty,
        language=settings.language,
    )
    joined = Joined(seen)
    violations = policy.judge(scanner.ruleset, unit, joined)
    conduct: list[Violation] = []
    notes: list[Annotation] = []
    if held := talks([segment for segment, *_ in parts], [one.findings for one in seen]):
        conduct, notes = conversations.conduct(scanner.ruleset, path, held, spoken or [], settings.language, joined)
        if spoken is not None:
            spoken[:] = held[-1].last()
    return violations, conduct, notes


def _source(document: Document, kind: str) -> str:
    """The text of a form or manifest as it stands: its format gives values, not tags."""
    if kind not in _LEAVES_OUT:
        return ""
    with document.open() as stream:
        data = stream.read()
    if b"\0" in data or not _ARTEFACT.search(data):  # binary manifests are read as text already
        return ""
    from pii_guard.policy.probes.manifest import said

    return said("".join(block.text for block in blocks(BytesIO(data))))


def _seen(segment: Segment, hits: Sequence[Hit], placed: Sequence[Finding]) -> policy.JudgedSegment:
    local = tuple(
        f if (f.start, f.end) == (h.start, h.end) else f._replace(start=h.start, end=h.end)
        for f, h in zip(placed, hits, strict=True)
    )
    where = segment.locator.locate(0, 0)
    place = partial(_place, segment)
    return policy.JudgedSegment(segment.text, local, segment.role, segment.header, where.anchor, where.line, place)


def _place(segment: Segment, offset: int) -> tuple[int, Anchor]:
    where = segment.locator.locate(offset, offset)
    return where.line, where.anchor

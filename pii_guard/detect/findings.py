"""From a hit in a segment to a finding in a document: place, secret value, mask, severity, fingerprint."""

from __future__ import annotations

import os
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from pii_guard.detect.masking import mask
from pii_guard.detect.rules import Entity
from pii_guard.model import SEVERITY_OF_SENSITIVITY
from pii_guard.model import Finding
from pii_guard.model import Hit
from pii_guard.model import Segment
from pii_guard.secret import Secret
from pii_guard.text.normalise import normalise

_SIZE = 12  # bytes of a fingerprint
_KEY_SIZE = 64  # what BLAKE2b takes at most
_ESCAPED = frozenset("\\%&")
_IGNORED = str.maketrans("", "", " \t\r\n-·.()（）\u200b")


def place(
    hits: Iterable[Hit], segment: Segment, path: str, entities: Mapping[str, Entity], key: bytes
) -> Iterator[Finding]:
    """Findings of a segment's hits, in the order of the text."""
    locate, text = segment.locator.locate, segment.text
    document = identity(path)
    severities = {t: SEVERITY_OF_SENSITIVITY[e.sensitivity] for t, e in entities.items()}
    for start, end, entity_type, score, reasons in hits:
        raw = text[start:end]
        value = undisguised(raw)
        at, after, line, column, end_line, end_column, anchor = locate(start, end)
        embedded = reasons and reasons[-1] == "base64"
        in_document, anywhere = _fingerprints(key, entity_type, value, document)
        yield Finding(
            entity_type,
            at,
            after,
            round(score, 2),
            reasons,
            Secret(raw),
            "[base64]" if embedded else mask(entity_type, value),
            severities.get(entity_type, SEVERITY_OF_SENSITIVITY[1]),
            path,
            line,
            column,
            end_line,
            end_column,
            anchor,
            in_document,
            anywhere,
        )


def undisguised(value: str) -> str:
    """A value as it reads: full-width, escaped and spelled-out digits as digits, so that a mask can hide them."""
    if value.isascii() and (value.isalnum() or not _ESCAPED.intersection(value)):
        return value
    read = normalise(value)
    return read.text if read else value


def identity(path: str) -> str:
    """The path as fingerprints know it: however it was spelled, and relative to the working directory."""
    if Path(path).is_absolute():
        path = os.path.relpath(path)
    return os.path.normpath(path).replace(os.sep, "/") if path else path


def fingerprint(key: bytes, entity_type: str, value: str, path: str) -> str:
    """Keyed (BLAKE2b, RFC 7693), so that a value cannot be guessed from it; no line number, so that edits above
    do not change it."""
    return _fingerprints(key, entity_type, value, path)[0]


def _fingerprints(key: bytes, entity_type: str, value: str, path: str) -> tuple[str, str]:
    """The fingerprint in a document, and that of the value wherever it stands."""
    head = f"{entity_type}\0{_bare(value)}\0"
    digest = blake2b(head.encode("utf-8", "surrogatepass"), key=key[:_KEY_SIZE], digest_size=_SIZE)
    anywhere = digest.hexdigest()
    if not path:
        return anywhere, anywhere
    digest.update(path.encode("utf-8", "surrogatepass"))
    return digest.hexdigest(), anywhere


def _bare(value: str) -> str:
    return value.lower() if value.isascii() and value.isalnum() else value.translate(_IGNORED).lower()

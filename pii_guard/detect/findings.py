"""From a hit in a segment to a finding in a document: place, secret value, mask, severity, fingerprint."""

from __future__ import annotations

import os
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

from pii_guard.detect.masking import masker
from pii_guard.detect.rules import Entity
from pii_guard.digest import blake2b
from pii_guard.model import SEVERITY_OF_SENSITIVITY
from pii_guard.model import Anchor
from pii_guard.model import Finding
from pii_guard.model import Hit
from pii_guard.model import Segment
from pii_guard.secret import Secret
from pii_guard.text.normalise import normalise

_SIZE = 12  # bytes of a fingerprint
_KEY_SIZE = 64  # what BLAKE2b takes at most
_ESCAPED = frozenset("\\%&")
_new = tuple.__new__  # the class's own constructor sorts out its 20 arguments each time
_LATER = ("", (), (), None)  # person, rules, channels, suppression
_IGNORED = str.maketrans("", "", " \t\r\n-·.()（）\u200b")


def place(
    hits: Sequence[Hit], segment: Segment, path: str, entities: Mapping[str, Entity], key: bytes
) -> Iterator[Finding]:
    """Findings of a segment's hits, in the order of the text."""
    if not hits:
        return
    text, marks = segment.text, Marks(key, identity(path))
    ways: dict[str, tuple[Callable[[str], str], str]] = {}
    for (start, end, entity_type, score, reasons), place_of in zip(hits, _places(hits, segment), strict=True):
        raw = text[start:end]
        value = undisguised(raw)
        if entity_type not in ways:
            ways[entity_type] = masker(entity_type), _severity(entities.get(entity_type))
        hide, severity = ways[entity_type]
        at, after, line, column, end_line, end_column, anchor = place_of
        shown = "[base64]" if reasons and reasons[-1] == "base64" else hide(value)
        given = (entity_type, at, after, round(score, 2), reasons, Secret(raw), shown, severity, path)
        yield _new(Finding, (*given, line, column, end_line, end_column, anchor, *marks.of(entity_type, value), *_LATER))


def _places(hits: Sequence[Hit], segment: Segment) -> Iterable[tuple[int, int, int, int, int, int, Anchor]]:
    """Where each hit stands: all at once where the locator can, one by one elsewhere."""
    together = getattr(segment.locator, "places", None)
    found: Iterable[tuple[int, int, int, int, int, int, Anchor]] | None = together(hits) if together else None
    if found is not None:
        return found
    locate = segment.locator.locate
    return (locate(hit.start, hit.end) for hit in hits)


def _severity(entity: Entity | None) -> str:
    return SEVERITY_OF_SENSITIVITY[entity.sensitivity if entity else 1]


def undisguised(value: str) -> str:
    """A value as it reads: full-width, escaped and spelled-out digits as digits, so that a mask can hide them."""
    if value.isascii() and (value.isalnum() or not _ESCAPED.intersection(value)):
        return value
    read = normalise(value)
    return read.text if read else value


def identity(path: str) -> str:
    """The path as fingerprints know it: however it was spelled, and relative to the working directory."""
    if os.path.isabs(path):  # noqa: PTH117 - asked for each of many small files; a Path takes ten times as long
        path = os.path.relpath(path)
    return os.path.normpath(path).replace(os.sep, "/") if path else path


def fingerprint(key: bytes, entity_type: str, value: str, path: str) -> str:
    """Keyed (BLAKE2b, RFC 7693), so that a value cannot be guessed from it; no line number, so that edits above
    do not change it."""
    return Marks(key, path).of(entity_type, value)[0]


class Marks:
    """The fingerprints of a document's values: that in the document, and that of the value wherever it stands."""

    __slots__ = ("_key", "_path", "_started")

    def __init__(self, key: bytes, path: str) -> None:
        self._key, self._path = key[:_KEY_SIZE], path.encode("utf-8", "surrogatepass")
        self._started: dict[str, blake2b] = {}

    def of(self, entity_type: str, value: str) -> tuple[str, str]:
        """Both for one value, as hexadecimal digits."""
        started = self._started.get(entity_type)
        if started is None:
            started = self._started[entity_type] = blake2b(f"{entity_type}\0".encode(), key=self._key, digest_size=_SIZE)
        digest = started.copy()
        digest.update(f"{_bare(value)}\0".encode("utf-8", "surrogatepass"))
        anywhere = digest.hexdigest()
        if not self._path:
            return anywhere, anywhere
        digest.update(self._path)
        return digest.hexdigest(), anywhere


def _bare(value: str) -> str:
    return value.lower() if value.isascii() and value.isalnum() else value.translate(_IGNORED).lower()

"""Proof that values are gone: the output read anew, scanned, and its bytes searched for what was replaced.

Three looks, none relying on the others:
    the format that wrote it reads it again, and the detectors go over what they see
    a second extractor takes it apart by magic bytes; texts are searched for the values and scanned
    every raw piece is searched for the values in UTF-8, UTF-16, GB18030 and Big5
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass

from pii_guard.containers.places import PartLocator
from pii_guard.errors import UnreadableError
from pii_guard.formats import HEAD
from pii_guard.formats import Format
from pii_guard.formats import find_format
from pii_guard.model import HIGH
from pii_guard.model import Anchor
from pii_guard.model import Document
from pii_guard.model import Segment
from pii_guard.redact.document import Detect
from pii_guard.redact.document import detected
from pii_guard.redact.document import read_bytes
from pii_guard.redact.occurrences import Occurrences
from pii_guard.redact.occurrences import Value
from pii_guard.redact.occurrences import distinctive
from pii_guard.redact.redactor import Redactor
from pii_guard.redact.redactor import Spotted
from pii_guard.redact.views import View
from pii_guard.redact.views import views

_CODECS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5")
_SHORTEST = 6  # bytes: fewer are met by chance in compressed pictures
_HEAD = 4
_STRETCH = 1 << 20


@dataclass(frozen=True, slots=True)
class Problem:
    """Something left; `code` is left_in_text, left_in_bytes, found_again or unreadable."""

    code: str
    where: str
    entity_type: str = ""


def verify(
    values: Collection[Value],
    document: Document,
    redactor: Redactor,
    detect: Detect | None = None,
    *,
    format_: Format | None = None,
) -> list[Problem]:
    """What is left of `values` in a redacted document, or found in it; empty: it is proven clean."""
    data = read_bytes(document)
    try:
        problems = [
            *_read_again(document, data, redactor, detect, format_),
            *_taken_apart(values, data, redactor, detect),
        ]
    except UnreadableError as problem:
        return [Problem("unreadable", problem.reason)]
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError):
        return [Problem("unreadable", "damaged")]
    return list(dict.fromkeys(problems))


def _read_again(
    document: Document, data: bytes, redactor: Redactor, detect: Detect | None, format_: Format | None
) -> Iterator[Problem]:
    if detect is None:
        return
    chosen = format_ or find_format(document, data[:HEAD])
    for segment, spots in detected(document, chosen.read(document), detect):
        yield from _found(segment, spots, redactor, 0.0)


def _taken_apart(
    values: Collection[Value], data: bytes, redactor: Redactor, detect: Detect | None
) -> Iterator[Problem]:
    sought = {v for v in values if distinctive(v) and v.text not in redactor.replacement(*v)}
    known, raw = Occurrences(sought), _Patterns(sought)
    for view in views(data):
        yield from raw.find(view)
        if view.text:
            for hit in known.find(view.text):
                yield Problem("left_in_text", view.where, hit.entity_type)
            if detect is not None:
                segment = Segment(view.text, PartLocator(Anchor("view", view.where)))
                yield from _found(segment, detect(segment), redactor, HIGH)


def _found(segment: Segment, spots: Sequence[Spotted], redactor: Redactor, least: float) -> Iterator[Problem]:
    for hit in redactor.wanted(segment.text, spots):
        value = segment.text[hit.start : hit.end]
        if hit.score >= least and redactor.replacement(hit.entity_type, value) != value:
            anchor = segment.locator.locate(hit.start, hit.end).anchor  # its part may be a person's file
            yield Problem(
                "found_again", anchor.part or "" if anchor.kind == "view" else anchor.kind, hit.entity_type
            )


_REVERSED = {b"\xff\xfe": "utf-16-be", b"\xfe\xff": "utf-16-le"}  # what no text behind this mark is written in


class _Patterns:
    """Byte patterns of values, looked up by their first four bytes and their length at every place of a piece."""

    def __init__(self, values: Collection[Value]) -> None:
        self._types: dict[bytes, tuple[str, str]] = {}  # entity type and codec
        self._lengths: defaultdict[bytes, set[int]] = defaultdict(set)
        for value in values:
            for pattern, codec in _spellings(value.text).items():
                self._types[pattern] = value.entity_type, codec
                self._lengths[pattern[:_HEAD]].add(len(pattern))

    def find(self, view: View) -> Iterator[Problem]:
        """Values whose bytes stand in the piece."""
        data = view.data
        reversed_ = _REVERSED.get(data[:2])
        for start in self._starts(data):
            for length in self._lengths[data[start : start + _HEAD]]:
                known = self._types.get(data[start : start + length])
                if known is not None and known[1] != reversed_ and _stands_alone(data, start, start + length, known[1]):
                    yield Problem("left_in_bytes", view.where, known[0])

    def _starts(self, data: bytes) -> Iterator[int]:
        """Where any pattern may begin, a stretch at a time: the words of a whole sheet take ten times its size."""
        if not self._lengths:
            return
        import numpy as np

        heads = np.array([int.from_bytes(head, "big") for head in self._lengths], np.uint32)
        for at in range(0, len(data) - _HEAD + 1, _STRETCH):
            octets = np.frombuffer(data[at : at + _STRETCH + _HEAD - 1], np.uint8).astype(np.uint32)
            words = octets[:-3] << 24 | octets[1:-2] << 16 | octets[2:-1] << 8 | octets[3:]
            yield from (np.nonzero(np.isin(words, heads))[0] + at).tolist()


def _spellings(text: str) -> dict[bytes, str]:
    """The bytes of a text in every codec; the first codec that gives them."""
    found: dict[bytes, str] = {}
    for codec in _CODECS:
        try:
            pattern = text.encode(codec)
        except UnicodeEncodeError:
            continue
        if len(pattern) >= _SHORTEST:
            found.setdefault(pattern, codec)
    return found


def _stands_alone(data: bytes, start: int, end: int, codec: str) -> bool:
    """Not part of a longer number or word."""
    width = 2 if codec.startswith("utf-16") else 1
    codec = codec if width == 2 else "latin-1"
    around = data[max(0, start - width) : start + width], data[end - width : end + width]
    return not any(_goes_on(piece.decode(codec, "replace")) for piece in around)


def _goes_on(pair: str) -> bool:
    return len(pair) == 2 and pair.isascii() and (pair.isdigit() or pair.isalpha())

"""Values planted in documents, a detector that knows them, and readers that share no code with it."""

from __future__ import annotations

import gzip
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pii_guard.formats import Format
from pii_guard.model import Document
from pii_guard.model import Hit
from pii_guard.model import Segment
from pii_guard.redact import Problem
from pii_guard.redact import RedactionResult
from pii_guard.redact import Redactor
from pii_guard.redact import Settings
from pii_guard.redact import redact_document
from pii_guard.redact import verify

PLANTED = re.compile(r"(?<![0-9])1390013[0-9]{4}(?![0-9])|测名[一-龥]")


class Garden:
    """Hands out values, a different one for each place, and remembers them."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def phone(self, place: str) -> str:
        """A number for a place."""
        self.values[place] = value = f"1390013{len(self.values):04}"
        return value

    def name(self, place: str) -> str:
        """A name for a place."""
        self.values[place] = value = "测名" + chr(0x5000 + len(self.values))
        return value


def detect(segment: Segment) -> list[Hit]:
    """Planted values."""
    return [
        Hit(m.start(), m.end(), "PERSON" if m.group()[0] == "测" else "MOBILE_PHONE", 1.0)
        for m in PLANTED.finditer(segment.text)
    ]


def document(data: bytes, path: str) -> Document:
    """Bytes as a document."""
    return Document(path, lambda: io.BytesIO(data), len(data))


def found(format_: Format, data: bytes, path: str) -> set[str]:
    """What scanning finds."""
    segments = format_.read(document(data, path))
    return {s.text[h.start : h.end] for s in segments for h in detect(s)}


def redacted(
    format_: Format, data: bytes, path: str, operator: str = "mask"
) -> tuple[RedactionResult, list[Problem]]:
    """The redacted document and what its verification says."""
    redactor = Redactor(Settings(operator))
    result = redact_document(document(data, path), redactor, detect, format_=format_)
    return result, verify(result.values, document(result.data, path), redactor, detect, format_=format_)


def left(garden: Garden, data: bytes) -> dict[str, str]:
    """Places whose value an independent look at the file still finds."""
    pieces = [*pieces_of(data)]
    return {
        place: "left"
        for place, value in garden.values.items()
        if any(
            value in text or any(spelling in raw for spelling in _spellings(value)) for raw, text in pieces
        )
    }


def _spellings(value: str) -> list[bytes]:
    return [value.encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]


def pieces_of(data: bytes, depth: int = 0) -> Iterator[tuple[bytes, str]]:
    """Everything in a file, unpacked; texts also without markup."""
    yield data, ""
    if depth > 4:
        return
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                yield info.filename.encode(), info.filename
                yield from pieces_of(archive.read(info), depth + 1)
    elif data[:2] == b"\x1f\x8b":
        yield from pieces_of(gzip.decompress(data), depth + 1)
    elif b"\0" not in data[:200]:
        text = data.decode("utf-8", "ignore")
        yield b"", re.sub(r"<[^>]*>", "", text)
        yield b"", re.sub(r"</w:p>|</a:p>|</si>", "\n", text)


def tool(name: str, *arguments: str | Path, stdin: bytes | None = None) -> bytes:
    """The output of an independent program; the test is skipped, and says so, where it is missing."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed: apt install poppler-utils qpdf libreoffice")
    done = subprocess.run(
        [path, *map(str, arguments)], input=stdin, capture_output=True, check=False, timeout=120
    )
    return done.stdout


def kept_share(before: str, after: str) -> float:
    """How much of the text without planted values is still there, in order."""
    old, new = (re.sub(r"\s+", "", text) for text in (PLANTED.sub("", before), after))
    at = kept = 0
    for char in old:
        place = new.find(char, at, at + 200)
        if place >= 0:
            at, kept = place + 1, kept + 1
    return kept / max(1, len(old))

"""The values that flow through the pipeline: all frozen, none with behaviour beyond describing itself.

Document -> Segment -> Hit -> Finding -> Report.  Offsets are characters of the original text, end exclusive;
lines and columns start at 1.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import field
from typing import Any
from typing import BinaryIO
from typing import Protocol

from pii_guard.named import NamedTuple
from pii_guard.records import dataclass
from pii_guard.secret import Secret

HIGH, MEDIUM = 0.8, 0.5
SEVERITIES = ("info", "low", "medium", "high", "critical")
SEVERITY_OF_SENSITIVITY = ("info", "medium", "high", "critical")
DOCUMENT_BREAK = "\x1e"  # stands, between two CELL_BREAKs, where one document ends and the next begins
CELL_BREAK = "\x1f"  # stands between cells joined into one segment: no value reaches across it


class Hit(NamedTuple):
    """What a detector says of a piece of text, before it is placed in a document."""

    start: int
    end: int
    entity_type: str
    score: float
    reasons: tuple[str, ...] = ()


class Anchor(NamedTuple):
    """Where in the structure of a document a segment stands; absent parts are None."""

    kind: str = "text"  # text, cell, key, message, attribute, page, paragraph, property, name ...
    part: str | None = None  # sheet, archive member, header, footer, comment ...
    row: int | None = None
    column: str | None = None  # header or column letter
    key: str | None = None  # key path
    page: int | None = None
    message: int | None = None
    role: str | None = None  # agent, customer, third_party
    commit: str | None = None  # of the history: the first one that had it
    author: str | None = None

    def to_json(self) -> dict[str, str | int]:
        """Only the parts that are set."""
        return {k: v for k, v in zip(self._fields, self, strict=True) if v is not None}


class Place(NamedTuple):
    """Where a span of a segment stands in its document."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    anchor: Anchor


class Locator(Protocol):
    """Turns offsets of a segment's text into places of its document.

    Called with rising offsets; may keep a cursor, so one locator serves one pass.
    """

    def locate(self, start: int, end: int) -> Place:
        """The place of text[start:end]."""
        ...


PAD = 64  # guard bytes on both sides of a large text
GUARD = b"\n" * PAD


class Utf8:
    """The UTF-8 of a text: alone, and between guards where it was read so; where its lines and characters stand in
    it once that was worked out (text/layout.py)."""

    __slots__ = ("_padded", "data", "layout")

    def __init__(self, data: bytes | memoryview, padded: memoryview | None = None) -> None:
        self.data = data
        self._padded = padded
        self.layout: Any = None

    @property
    def padded(self) -> bytes | memoryview:
        """The bytes between guards."""
        return b"".join((GUARD, self.data, GUARD)) if self._padded is None else self._padded


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text as a detector reads it, with what surrounds it in the document.

    `header` is context that stands elsewhere (a column's header, a key path); `role` the speaker's.
    Several cells of one column may be joined by CELL_BREAK.
    """

    text: str
    locator: Locator
    header: str | None = None
    role: str | None = None
    utf8: Utf8 | None = None  # where the reader has it at hand; never differs from text


@dataclass(frozen=True, slots=True)
class Document:
    """Something to scan: `open()` gives its bytes anew each time; `path` is what the user knows it by."""

    path: str
    open: Callable[[], BinaryIO]
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace text[start:end] of a segment by `replacement`."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count: `kind` is inline, allowlist, baseline or unchanged; `ref` names the entry."""

    kind: str
    reason: str = ""
    by: str = ""
    until: str = ""
    ref: str = ""


class Finding(NamedTuple):
    """One personal value found.  `value` is secret; `masked` is what may be shown.

    A tuple, because a large export has millions of them: a frozen dataclass takes seven times as long to make.
    """

    entity_type: str
    start: int
    end: int
    score: float
    reasons: tuple[str, ...]
    value: Secret
    masked: str
    severity: str = "medium"
    path: str = ""
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    anchor: Anchor = Anchor()
    fingerprint: str = ""
    value_id: str = ""  # keyed, without the path: the same value has the same id in every file
    person: str = ""  # id of the group of findings that speak of one person
    rules: tuple[str, ...] = ()
    channels: tuple[int, ...] = ()
    suppression: Suppression | None = None

    @property
    def confidence(self) -> str:
        """high >= 0.8 > medium >= 0.5 > low."""
        return confidence(self.score)


def confidence(score: float) -> str:
    """The band of a score: high, medium or low."""
    return "high" if score >= HIGH else "medium" if score >= MEDIUM else "low"


@dataclass(frozen=True, slots=True)
class LawReference:
    """An article of a law or standard; `grade` V read, P secondary source, M unverified."""

    id: str
    article: str
    grade: str


class Violation(NamedTuple):
    """A rule that the evidence breaks; worded as an indicator, never as a legal conclusion."""

    rule_id: str
    severity: str
    message: str
    remedy: str
    path: str = ""
    line: int = 1
    channel: int | None = None
    law: tuple[LawReference, ...] = ()
    evidence: tuple[str, ...] = ()  # fingerprints of findings
    anchor: Anchor = Anchor()


class Annotation(NamedTuple):
    """What a rule notes without holding it against anyone: good practice in a conversation.  No gate counts it."""

    rule_id: str
    message: str
    path: str = ""
    line: int = 1
    law: tuple[LawReference, ...] = ()
    evidence: tuple[str, ...] = ()  # fingerprints of findings
    anchor: Anchor = Anchor()


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """Whether a document was scanned: `status` is scanned, skipped or unscanned; `reason` a stable code."""

    path: str
    status: str
    reason: str | None = None
    detail: str = ""
    bytes: int = 0
    findings: int = 0
    rows: int = 0  # of a table
    data_class: str = ""  # of what was found: C1 to C3
    data_level: int = 0  # 1 to 4; both empty where it was not worked out


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one text or dialogue holds."""

    findings: tuple[Finding, ...]
    violations: tuple[Violation, ...] = ()
    annotations: tuple[Annotation, ...] = ()  # never violations: good practice, in a dialogue


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run found, and all that it could not scan."""

    documents: Sequence[DocumentStatus]
    findings: Sequence[Finding]
    violations: Sequence[Violation] = ()
    summary: Mapping[str, object] = field(default_factory=dict)
    annotations: Sequence[Annotation] = ()

    @property
    def incomplete(self) -> bool:
        """Something in scope could not be scanned."""
        return any(d.status == "unscanned" for d in self.documents)

"""Redacting files: nothing is written before it is proven clean, and nothing is written halfway.

The output takes its place in one step, after its verification; until then the original is untouched, also
when both are the same file.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from io import BytesIO
from pathlib import Path

from pii_guard.errors import UnreadableError
from pii_guard.errors import UsageError
from pii_guard.model import Document
from pii_guard.redact.document import Detect
from pii_guard.redact.document import RedactionResult
from pii_guard.redact.document import read_bytes
from pii_guard.redact.document import redact_document
from pii_guard.redact.document import restore_document
from pii_guard.redact.redactor import Redactor
from pii_guard.redact.verify import Problem
from pii_guard.redact.verify import verify

_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document; holds no value.

    `status`: redacted, clean (nothing found), or failed with a `reason`: a code of UnreadableError, or
    not_verified, where `problems` say what was left.
    """

    path: str
    status: str
    reason: str = ""
    detail: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    input_sha256: str = ""
    output_sha256: str = ""

    @property
    def failed(self) -> bool:
        """Whether the document could not be redacted."""
        return self.status == "failed"


def redact_file(
    document: Document,
    target: Path | None,
    redactor: Redactor,
    detect: Detect,
    *,
    verified: bool = True,
    copy_clean: bool = True,
) -> Outcome:
    """Redact one document to `target` (None: only say what would happen)."""
    outcome, data = redact_bytes(document, redactor, detect, verified=verified)
    if data is not None and target is not None and (outcome.status == "redacted" or copy_clean):
        write_whole(target, data)
    return outcome


def redact_bytes(
    document: Document, redactor: Redactor, detect: Detect, *, verified: bool = True
) -> tuple[Outcome, bytes | None]:
    """What becomes of a document, and its redacted bytes; None where it failed.

    One bad document never stops the others: an unforeseen error is an outcome, too (reason `internal`).
    """
    try:
        before = read_bytes(document)
    except OSError:
        return Outcome(document.path, "failed", "unreadable", "读不到文件 (cannot read)"), None
    source = Document(document.path, lambda: BytesIO(before), len(before))
    try:
        result, problems = _until_clean(source, redactor, detect, verified=verified)
    except UnreadableError as problem:
        return _failed(document, before, problem.reason, str(problem)), None
    except Exception as error:  # noqa: BLE001 - its message may hold a value; its kind does not
        return _failed(document, before, "internal", type(error).__name__), None
    if problems:
        return _outcome(document, "failed", "not_verified", before, result, problems=tuple(problems)), None
    status = "redacted" if result.changed or result.data != before else "clean"
    return _outcome(document, status, "", before, result), result.data


def _failed(document: Document, before: bytes, reason: str, detail: str) -> Outcome:
    return Outcome(document.path, "failed", reason, detail, input_sha256=_sha256(before))


def restore_file(document: Document, target: Path, redactor: Redactor) -> Outcome:
    """Bring back what encrypt and pseudonym replaced."""
    before = read_bytes(document)
    source = Document(document.path, lambda: BytesIO(before), len(before))
    try:
        after = restore_document(source, redactor)
    except UnreadableError as problem:
        return _failed(document, before, problem.reason, str(problem))
    write_whole(target, after)
    status = "clean" if after == before else "restored"
    return Outcome(document.path, status, input_sha256=_sha256(before), output_sha256=_sha256(after))


def write_whole(target: Path, data: bytes) -> None:
    """Write a file in one step, keeping the mode of the one it replaces; parents are made."""
    part = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    except OSError as problem:
        part.unlink(missing_ok=True)
        raise UsageError(f"写不了输出文件 (cannot write output): {problem.strerror}") from problem


def _until_clean(
    source: Document, redactor: Redactor, detect: Detect, *, verified: bool
) -> tuple[RedactionResult, list[Problem]]:
    """Redact, and again while that brings new values to light: a name gone can let an address be seen."""
    result = redact_document(source, redactor, detect)
    for _ in range(_ROUNDS):
        found = result.changed or result.values  # values found and nothing changed: a rewriting that missed them
        problems = _checked(source, result, redactor, detect) if verified and found else []
        if not any(problem.code == "found_again" for problem in problems):
            break
        more = redact_document(_output(source, result), redactor, detect)
        if not more.changed:
            break
        result = _together(result, more)
    return result, problems


def _together(first: RedactionResult, second: RedactionResult) -> RedactionResult:
    counts = Counter(first.counts) + Counter(second.counts)
    warnings = tuple(dict.fromkeys(first.warnings + second.warnings))
    return RedactionResult(second.data, dict(counts), warnings, first.values | second.values)


def _output(source: Document, result: RedactionResult) -> Document:
    return Document(source.path, lambda: BytesIO(result.data), len(result.data))


def _checked(source: Document, result: RedactionResult, redactor: Redactor, detect: Detect) -> list[Problem]:
    return verify(result.values, _output(source, result), redactor, detect)


def _outcome(
    document: Document,
    status: str,
    reason: str,
    before: bytes,
    result: RedactionResult,
    *,
    problems: tuple[Problem, ...] = (),
) -> Outcome:
    after = "" if status == "failed" else _sha256(result.data)
    return Outcome(
        document.path, status, reason, "", result.counts, result.warnings, problems, _sha256(before), after
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

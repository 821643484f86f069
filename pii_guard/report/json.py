"""One JSON document: {"version", "tool", "summary", "documents", "findings", "violations", "annotations"}."""

from __future__ import annotations

import json
from typing import TextIO

from pii_guard.model import Annotation
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report._record import VERSION
from pii_guard.report._record import of_annotation
from pii_guard.report._record import of_document
from pii_guard.report._record import of_finding
from pii_guard.report._record import of_violation

_encode = json.JSONEncoder(ensure_ascii=False).encode


class Json:
    """Writes findings as they arrive; documents and the summary follow."""

    def __init__(self, out: TextIO) -> None:
        from pii_guard.version import VERSION as RELEASE

        self._write = out.write
        self._documents: list[dict[str, object]] = []
        self._violations: list[dict[str, object]] = []
        self._annotations: list[dict[str, object]] = []
        self._separator = "\n"
        tool = {"name": "pii-guard", "version": RELEASE}
        self._write(f'{{"version": {VERSION}, "tool": {_encode(tool)}, "findings": [')

    def finding(self, finding: Finding) -> None:
        """One element."""
        self._write(self._separator + _encode(of_finding(finding)))
        self._separator = ",\n"

    def violation(self, violation: Violation) -> None:
        """Kept for the end."""
        self._violations.append(of_violation(violation))

    def annotation(self, annotation: Annotation) -> None:
        """Kept for the end."""
        self._annotations.append(of_annotation(annotation))

    def document(self, status: DocumentStatus) -> None:
        """Kept for the end."""
        self._documents.append(of_document(status))

    def close(self, tally: Tally) -> None:
        """The rest of the document."""
        documents = ",\n".join(map(_encode, self._documents))
        violations = ",\n".join(map(_encode, self._violations))
        annotations = ",\n".join(map(_encode, self._annotations))
        self._write(f'\n], "violations": [\n{violations}\n], "annotations": [\n{annotations}\n]')
        self._write(f', "documents": [\n{documents}\n]')
        self._write(f', "summary": {_encode(tally.to_json())}}}\n')


def open(out: TextIO, view: View) -> Json:
    """A JSON reporter."""
    return Json(out)

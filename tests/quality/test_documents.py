"""Recall on documents that lie outside of this repository: tables with labelled cells, raw mails, pictures.

    PII_GUARD_EVAL_DATA=/path/to/data make quality

What a picture or page shows is written down here by type and number, never by value.  The mails have no labels: what
plain patterns find in them, decoded by the standard library, must be among our findings.
"""

from __future__ import annotations

import email
import email.policy
import json
import os
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from pii_guard.config import Settings
from pii_guard.formats import HEAD
from pii_guard.formats import find_format
from pii_guard.model import Document
from pii_guard.redact import Redactor
from pii_guard.redact import Settings as RedactSettings
from pii_guard.redact import redact_bytes
from pii_guard.scanner import Scanner

DATA = os.environ.get("PII_GUARD_EVAL_DATA")
pytestmark = pytest.mark.skipif(not DATA, reason="PII_GUARD_EVAL_DATA is not set: documents were NOT measured")
DOCS = Path(DATA or ".") / "docs"
SCANNER = Scanner(Settings())

PICTURES = {  # counted by eye
    "idcard_specimen_upside_down.jpeg": {"PERSON": 1, "BIRTH_DATE": 1, "ADDRESS": 1, "RESIDENT_ID": 1},
    "neednlab_demo_image.png": {
        "PERSON": 1, "RESIDENT_ID": 1, "PASSPORT": 1, "MOBILE_PHONE": 1, "EMAIL_ADDRESS": 1, "ADDRESS": 1, "BANK_CARD": 1,
    },
    "neednlab_demo_text.png": {
        "PERSON": 2, "RESIDENT_ID": 1, "PASSPORT": 1, "MOBILE_PHONE": 1, "EMAIL_ADDRESS": 1, "ADDRESS": 1, "BANK_CARD": 1,
    },
    "health_code_masked_ocr.jpg": {}, "train_ticket_masked.jpeg": {}, "street_sign.jpg": {}, "shop_poster.jpg": {},
    "paragraph_photo.jpeg": {},
}  # fmt: skip
PATTERNS = {
    "MOBILE_PHONE": r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])",
    "EMAIL_ADDRESS": r"(?<![\w.+-])[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    "LANDLINE": r"(?<![0-9-])0[1-9][0-9]{1,2}-[2-8][0-9]{6,7}(?![0-9-])",
}


def say(measured):
    sys.stdout.write(f"{measured}\n")


def _document(path):
    return Document(path.name, lambda: path.open("rb"), path.stat().st_size)


def _found(path):
    document = _document(path)
    for segment in find_format(document, path.read_bytes()[:HEAD]).read(document):
        for hit in SCANNER.hits(segment):
            yield hit.entity_type, segment.text[hit.start : hit.end], segment.locator.locate(hit.start, hit.end).anchor


def test_cells_of_tables():
    gold = [json.loads(line) for line in (DOCS / "tables_gold.jsonl").read_text(encoding="utf-8").splitlines()]
    names = {"PERSON": "PERSON", "ADDRESS": "ADDRESS", "ID_CARD": "RESIDENT_ID"}  # masked cells hold no value any more
    seen, wanted = Counter(), Counter()
    for file in sorted({cell["file"] for cell in gold}):
        found = {(kind, anchor.row, text) for kind, text, anchor in _found(DOCS / file)}
        for cell in gold:
            if cell["file"] == file and cell["label"] in names:
                kind, row = names[cell["label"]], int(cell["cell"].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
                wanted[kind] += 1
                seen[kind] += (kind, row, cell["value"]) in found
    say({kind: f"{seen[kind]}/{wanted[kind]}" for kind in wanted})
    assert all(seen[kind] >= 0.98 * wanted[kind] for kind in wanted)


def _decoded(path):
    """All text parts and address headers of a mail, by the standard library's reader."""
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
    yield "\n".join(str(value) for key, value in mail.items() if key.lower() in ("from", "to", "cc", "reply-to"))
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            yield part.get_payload(decode=True).decode("gb18030", "replace")


def test_mails():
    seen, wanted = Counter(), Counter()
    for path in sorted((DOCS / "eml").glob("*.eml")):
        found = {text for _, text, _ in _found(path)}
        for kind, pattern in PATTERNS.items():
            for value in {m.group() for text in _decoded(path) for m in re.finditer(pattern, text)}:
                wanted[kind] += 1
                seen[kind] += any(value in text for text in found)
    say({kind: f"{seen[kind]}/{wanted[kind]}" for kind in wanted})
    assert sum(wanted.values()) > 20
    assert sum(seen.values()) >= 0.98 * sum(wanted.values())


def test_pictures():
    pytest.importorskip("rapidocr", reason="extra `ocr`")
    seen = wanted = more = 0
    for name, expected in PICTURES.items():
        found = Counter(kind for kind, _, _ in _found(DOCS / name))
        wanted += sum(expected.values())
        seen += sum(min(found[kind], number) for kind, number in expected.items())
        more += sum((found - Counter(expected)).values())
    say(f"fields {seen}/{wanted}, beside them {more}")
    assert seen >= 0.9 * wanted
    assert more <= 1


@pytest.mark.parametrize("pattern", ["*.xlsx", "*.docx", "*.csv", "*.html", "*.pdf", "eml/*.eml"])
def test_every_document_is_redacted_and_verified(pattern):
    """Whatever was found is gone, or the refusal has a reason; nothing fails inside."""
    outcomes = {}
    for path in sorted(DOCS.glob(pattern)):
        outcome, _ = redact_bytes(_document(path), Redactor(RedactSettings()), SCANNER.hits)
        outcomes[path.name] = outcome
    say(Counter(outcome.status for outcome in outcomes.values()))
    assert {name: (one.reason, [p.code for p in one.problems]) for name, one in outcomes.items() if one.failed} == {}

"""A number whose label stands in the question before it, in dialogues that are not one text."""

from __future__ import annotations

import json
from io import BytesIO

import pytest

from pii_guard import assess_dialog
from pii_guard import redact
from pii_guard.config import Settings
from pii_guard.formats import json_text
from pii_guard.model import Document
from pii_guard.redact.document import redact_document
from pii_guard.scanner import Scanner

SCANNER = Scanner(Settings(names="off", addresses="off"))
TURNS = [
    ("agent", "QQ多少", None),
    ("customer", "12345678", "QQ"),
    ("agent", "您的座机？", None),
    ("customer", "是 83550481", "LANDLINE"),
    ("agent", "好的", None),
    ("customer", "83550482", None),
    ("customer", "您的座机？", None),
    ("customer", "83550483", None),
]
SAID = [{"role": role, "content": text} for role, text, _ in TURNS]
LINES = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in SAID)


def document(text: str) -> Document:
    return Document("a.jsonl", lambda: BytesIO(text.encode()), len(text.encode()))


@pytest.mark.parametrize("text", [LINES, json.dumps({"messages": SAID}, ensure_ascii=False)], ids=["lines", "record"])
def test_answers_in_role_tagged_json(text: str) -> None:
    found = sorted(
        (f.start, f.entity_type, text[f.start : f.end])
        for segment in json_text.read(document(text))
        for f in SCANNER.place(SCANNER.hits(segment), segment)
    )
    assert [(kind, value) for _, kind, value in found] == [("QQ", "12345678"), ("LANDLINE", "83550481")]


def test_answers_are_redacted_too() -> None:
    result = redact_document(document(LINES), redact.Redactor(redact.Settings()), SCANNER.hits)
    assert b"12345678" not in result.data
    assert b"83550482" in result.data


def test_answers_in_dialogues() -> None:
    found = assess_dialog(SAID).findings
    assert [(f.entity_type, f.anchor.message) for f in found] == [("QQ", 2), ("LANDLINE", 4)]

"""The search for left-over bytes reads a text as its byte order mark says."""

from __future__ import annotations

import io

import pytest

from pii_guard.model import Document
from pii_guard.redact import Redactor
from pii_guard.redact import Settings
from pii_guard.redact import redact_bytes
from tests.unit.redact import plain_detector


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["13800138000 号913800138000", "13800138000 一013800138000"])
def test_a_longer_number_in_the_other_byte_order_is_no_left_over(text: str, order: str) -> None:
    data = ("\ufeff" + text).encode(order)
    document = Document("a.txt", lambda: io.BytesIO(data), len(data))
    outcome, redacted = redact_bytes(document, Redactor(Settings("mask")), lambda s: plain_detector.detect(s.text))
    assert redacted is not None, outcome.problems
    assert redacted.decode("utf-16").startswith("138****8000")

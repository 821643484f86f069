"""Base64 in the values of structured files: a reader hands on bare cells, without the quotes around them."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

from pii_guard import pipeline
from pii_guard.config import Settings
from pii_guard.model import Finding
from pii_guard.scanner import Scanner
from pii_guard.sources.paths import find

WRAPPED = b64encode("手机号：13800138000".encode()).decode()
FILES = {
    "a.json": '{{"data": "{0}"}}\n',
    "a.jsonl": '{{"id": 1, "data": "{0}"}}\n{{"id": 2, "data": "{0}"}}\n',
    "a.csv": "id,data\n1,{0}\n2,x\n",
    "a.xml": '<?xml version="1.0"?><r a="{0}"><b>{0}</b></r>\n',
    "a.yaml": "a: {0}\n",
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("padding", [0, 80_000])  # both matchers
def test_every_value_is_found(tmp_path: Path, name: str, padding: int) -> None:
    text = FILES[name].format(WRAPPED)
    more = {"a.json": " ", "a.jsonl": '{"id": 3}\n', "a.csv": "3,无事\n", "a.xml": "<p>无事</p>\n", "a.yaml": "b: 无事\n"}[name]
    (tmp_path / name).write_text(text + more * (padding // len(more)), encoding="utf-8")
    events = pipeline.scan(find([tmp_path]).documents, Scanner(Settings()))
    found = [event for event in events if isinstance(event, Finding) if event.reasons[-1] == "base64"]
    assert {finding.masked for finding in found} == {"[base64]"}
    assert len(found) == text.count(WRAPPED)

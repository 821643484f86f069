"""The shipped examples hold what examples/expected.yaml says, type by type."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from pii_guard import pipeline
from pii_guard.model import Finding
from pii_guard.scanner import Scanner
from pii_guard.sources.paths import find

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPECTED = yaml.safe_load((EXAMPLES / "expected.yaml").read_text(encoding="utf-8"))
EXPECTED = EXPECTED.get("files", EXPECTED)
SCANNER = Scanner()


@pytest.mark.parametrize("name", EXPECTED)
def test_example(name):
    events = pipeline.scan(find([EXAMPLES / name]).documents, SCANNER)
    found = Counter(e.entity_type for e in events if isinstance(e, Finding))
    assert dict(found) == EXPECTED[name]

"""The shipped examples hold what examples/expected.yaml says, type by type.

Names are judged over all files together: a model that is right on every single one would be luck.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from pii_guard import pipeline
from pii_guard.config import Settings
from pii_guard.model import Finding
from pii_guard.scanner import Scanner
from pii_guard.sources.paths import find

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPECTED = yaml.safe_load((EXAMPLES / "expected.yaml").read_text(encoding="utf-8"))
EXPECTED = EXPECTED.get("files", EXPECTED)
SCANNER = Scanner(Settings(judge=False))


def found(name: str) -> Counter[str]:
    events = pipeline.scan(find([EXAMPLES / name]).documents, SCANNER)
    return Counter(e.entity_type for e in events if isinstance(e, Finding))


@pytest.mark.parametrize("name", EXPECTED)
def test_numbers_and_addresses(name):
    counts = {k: n for k, n in found(name).items() if k != "PERSON"}
    assert counts == {k: n for k, n in EXPECTED[name].items() if k != "PERSON"}


def test_names():
    planted = sum(counts.get("PERSON", 0) for counts in EXPECTED.values())
    assert 0.9 * planted <= sum(found(name)["PERSON"] for name in EXPECTED) <= 1.1 * planted

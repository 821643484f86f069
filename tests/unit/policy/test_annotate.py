"""Findings say which rules count them; thousands of the same share what they say."""

from __future__ import annotations

from pii_guard.model import Finding
from pii_guard.model import LawReference
from pii_guard.model import Violation
from pii_guard.policy import annotate
from pii_guard.secret import Secret


def test_equal_rules_are_one_object() -> None:
    findings = [Finding("QQ", n, n + 1, 0.9, (), Secret("1"), "*", fingerprint=f"f{n}") for n in range(4)]
    marks = tuple(f.fingerprint for f in findings[:3])
    law = (LawReference("PIPL-51", "51", "V"),)
    found = annotate(findings, [Violation("CH2-X", "high", "", "", channel=2, law=law, evidence=marks)])
    assert [f.rules for f in found] == [("CH2-X", "PIPL-51")] * 3 + [()]
    assert [f.channels for f in found] == [(2,)] * 3 + [()]
    assert len({id(f.rules) for f in found[:3]}) == len({id(f.channels) for f in found[:3]}) == 1

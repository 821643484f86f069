"""Every reason that a finding can give is told in words, in both languages."""

from __future__ import annotations

import pytest

from pii_guard.config import Settings
from pii_guard.detect.rulebook import shipped
from pii_guard.detect.rules import read_cases
from pii_guard.messages import Messages
from pii_guard.scanner import Scanner

FILES = sorted((shipped() / "entities").glob("*.yaml"))
SCANNER = Scanner(Settings(min_confidence="low"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_reasons_are_words(path):
    texts = [case.text for case in read_cases(path)]
    codes = {code for text in texts for found in SCANNER.scan_text(text) for code in found.reasons if code}
    assert codes or not texts
    assert {code for code in codes for language in ("zh-CN", "en") if Messages(language).reason(code) == code} == set()


def test_the_kind_of_a_card_is_told():
    assert Messages("zh-CN").reason("bin:中国银行:credit") == "发卡行 中国银行 信用卡"
    assert Messages("en").reason("bin:Visa") == "issuer Visa"

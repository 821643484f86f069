"""examples/presidio does what its README says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pii_guard.config import Settings
from pii_guard.scanner import Scanner

FOLDER = Path(__file__).parent.parent.parent / "examples" / "presidio"
TEXT = (FOLDER / "mixed.txt").read_text(encoding="utf-8")


def types(settings: Settings) -> set[str]:
    return {f.entity_type for f in Scanner(settings).scan_text(TEXT)}


@pytest.mark.presidio
def test_analyze() -> None:
    done = subprocess.run(
        [sys.executable, str(FOLDER / "analyze.py")], capture_output=True, text=True, check=True
    )
    assert "PHONE_NUMBER" in done.stdout
    assert done.stdout.splitlines()[-1] == "工单 A-1：客户手机号1380013****，身份证号：<RESIDENT_ID>。"


@pytest.mark.presidio
def test_scan_with_presidio() -> None:
    assert types(Settings(companions=("presidio",))) >= {
        "MOBILE_PHONE",
        "RESIDENT_ID",
        "DE_TAX_ID",
        "IBAN_CODE",
        "SG_NRIC_FIN",
    }


@pytest.mark.presidio
def test_scan_with_a_users_file() -> None:
    found = types(Settings(companions=(f"presidio:{FOLDER / 'custom.yaml'}",)))
    assert "STAFF_NUMBER" in found
    assert "SG_NRIC_FIN" not in found


@pytest.mark.presidio
def test_the_file_loads_in_presidio() -> None:
    from presidio_analyzer import RecognizerRegistry

    registry = RecognizerRegistry(supported_languages=["zh"])
    registry.add_recognizers_from_yaml(FOLDER / "custom.yaml")
    assert [r.supported_entities for r in registry.recognizers] == [["STAFF_NUMBER"]]


def test_rules_without_presidio() -> None:
    assert {"STAFF_NUMBER", "MOBILE_PHONE"} <= types(Settings(rules=(FOLDER / "custom.yaml",)))

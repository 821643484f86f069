"""`scan --with presidio[:FILE]`: the real recognizers beside ours."""

from __future__ import annotations

import json
import socket
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pii_guard.cli import invoke
from pii_guard.config import Settings
from pii_guard.errors import ExitCode
from pii_guard.errors import UnreadableError
from pii_guard.errors import UsageError
from pii_guard.integrations import companion
from pii_guard.model import CELL_BREAK
from pii_guard.scanner import Scanner

pytestmark = pytest.mark.presidio


@cache
def beside() -> Any:
    return companion("presidio")


@cache
def scanner() -> Scanner:
    made = Scanner(Settings(companions=("presidio",)))
    made.__dict__["companions"] = (beside(),)
    return made


def types(text: str, header: str | None = None) -> list[str]:
    return [f.entity_type for f in scanner().scan_text(text, header=header)]


def scan(arguments: list[str], folder: Path) -> tuple[ExitCode, list[dict[str, Any]]]:
    report = folder / "report.json"
    code = invoke(["scan", "--isolated", "-f", "json", "-o", str(report), *arguments])
    return code, json.loads(report.read_text(encoding="utf-8"))["findings"] if report.exists() else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("客户 Müller，Steuer-ID 86095742719", "DE_TAX_ID"),
        ("新加坡客户 NRIC：S2740116C", "SG_NRIC_FIN"),
        ("汇款 IBAN DE89370400440532013000", "IBAN_CODE"),
        ("his ssn is 078-05-1126", "US_SSN"),
        ("aadhaar 312345678909", "IN_AADHAAR"),
        ("codice fiscale RSSMRA85T10A562S", "IT_FISCAL_CODE"),
        ("numer pesel 44051401359", "PL_PESEL"),
    ],
)
def test_other_countries(text: str, expected: str) -> None:
    assert types(text) == [expected]


def test_german_and_singaporean_through_the_command(tmp_path: Path) -> None:
    sample = tmp_path / "sample.txt"
    sample.write_text("Steuer-ID 86095742719\nNRIC S2740116C\n手机号13800138000\n", encoding="utf-8")
    code, findings = scan(["--with", "presidio", str(sample)], tmp_path)
    assert code == ExitCode.VIOLATION
    kinds = [(f.get("entity_type") or f.get("type"), f["line"]) for f in findings]
    assert kinds == [("DE_TAX_ID", 1), ("SG_NRIC_FIN", 2), ("MOBILE_PHONE", 3)]
    shown = json.dumps(findings)
    assert "86095742719" not in shown
    assert "S2740116C" not in shown


def test_select_knows_their_types(tmp_path: Path) -> None:
    sample = tmp_path / "sample.txt"
    sample.write_text("NRIC S2740116C 手机号13800138000\n", encoding="utf-8")
    code, findings = scan(["--with", "presidio", "--select", "SG_NRIC_FIN", str(sample)], tmp_path)
    assert (code, len(findings)) == (ExitCode.VIOLATION, 1)


def test_ours_wins_an_overlap() -> None:
    # this mobile number passes the German check digit
    raw = beside().find("手机号13800138119")
    assert {h.entity_type for h in beside().find("13800138119")} & {"DE_TAX_ID", "US_BANK_NUMBER"}, raw
    assert types("手机号13800138119") == ["MOBILE_PHONE"]


def test_header_is_context() -> None:
    text = CELL_BREAK.join(("S2740116C", "S1234567D"))
    firm = [f.score for f in scanner().scan_text(text, header="NRIC")]
    assert len(firm) == 2
    assert min(firm) > max(f.score for f in scanner().scan_text(text))


def test_nothing_reaches_across_cells() -> None:
    hits = beside().find(CELL_BREAK.join(("078-05", "1126", "DE89 3704 0044", "0532 0130 00")))
    assert not any(h.entity_type in ("US_SSN", "IBAN_CODE") for h in hits)


@pytest.mark.parametrize("before", [0, 3990, 3999, 4000, 4001, 8200])
def test_windows_join_up(before: int) -> None:
    text = "啊" * before + " IBAN DE89370400440532013000 " + "好" * 500
    hits = [h for h in beside().find(text) if h.entity_type == "IBAN_CODE"]
    assert [text[h.start : h.end] for h in hits] == ["DE89370400440532013000"]


def test_bare_digits_do_not_become_certain_by_a_check_digit() -> None:
    (hit,) = [h for h in beside().find("流水 86095742719") if h.entity_type == "DE_TAX_ID"]
    assert hit.score == 0.5


CUSTOM = r"""
supported_languages: [en, de]
recognizers:
  - name: Staff
    type: custom
    supported_languages:
      - {language: en, context: [staff]}
      - {language: de, context: [mitarbeiter]}
    supported_entity: STAFF_NUMBER
    patterns: [{name: staff, regex: 'S-\d{6}', score: 0.4}]
  - {name: EmailRecognizer, type: predefined}
  - {name: SgFinRecognizer, type: predefined, supported_languages: [en]}
"""


def test_a_users_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*arguments: object) -> None:
        raise AssertionError("network")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    (tmp_path / "p.yaml").write_text(CUSTOM, encoding="utf-8")
    sample = tmp_path / "sample.txt"
    sample.write_text(
        "Mitarbeiter S-123456, NRIC S2740116C, 078-05-1126\nmail bob@example.de\n", encoding="utf-8"
    )
    code, findings = scan(["--with", f"presidio:{tmp_path / 'p.yaml'}", str(sample)], tmp_path)
    assert code == ExitCode.VIOLATION
    kinds = [f.get("entity_type") or f.get("type") for f in findings]
    assert kinds == ["STAFF_NUMBER", "SG_NRIC_FIN", "EMAIL_ADDRESS"]


def test_a_users_nlp_model(tmp_path: Path) -> None:
    """A spaCy pipeline on disk serves as the model; its PERSON comes through Presidio's SpacyRecognizer."""
    import spacy

    nlp = spacy.blank("de")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Erika Mustermann"}])
    nlp.to_disk(tmp_path / "model")
    conf = {
        "nlp_engine_name": "spacy",
        "models": [{"lang_code": "de", "model_name": str(tmp_path / "model")}],
    }
    (tmp_path / "nlp.yaml").write_text(json.dumps(conf), encoding="utf-8")
    made = companion(f"presidio:{tmp_path / 'nlp.yaml'}")
    text = "Frau Erika Mustermann, NRIC S2740116C"
    kinds = {h.entity_type: text[h.start : h.end] for h in made.find(text) if h.score >= 0.5}
    assert kinds == {"PERSON": "Erika Mustermann", "SG_NRIC_FIN": "S2740116C"}


@pytest.mark.parametrize(
    "content",
    [
        '{"nlp_engine_name": "spacy", "models": [{"lang_code": "de", "model_name": "de_core_news_nope"}]}',
        "recognizers: [{name: NoSuchRecognizer, type: predefined}]",
        "recognizers: [{name: SpacyRecognizer, type: predefined}]",
        "recognizers: [{name: x, supported_entity: X}]",
        "other: 1",
        "- [",
    ],
)
def test_files_that_cannot_be_used(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import spacy.cli

    monkeypatch.setattr(spacy.cli, "download", lambda name: pytest.fail("downloads"))
    (tmp_path / "p.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"p\.yaml|模型|nlp_configuration"):
        companion(f"presidio:{tmp_path / 'p.yaml'}")


def test_a_failing_recognizer_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    made = companion("presidio")

    def fail(*arguments: object, **named: object) -> None:
        raise RuntimeError("S2740116C")

    monkeypatch.setattr(made._engine, "analyze", fail)
    with pytest.raises(UnreadableError) as caught:
        made.find("NRIC S2740116C")
    assert (caught.value.reason, str(caught.value)) == ("companion", "presidio: RuntimeError")


def test_a_timed_out_pattern_is_no_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import presidio_analyzer.pattern_recognizer as module

    monkeypatch.setattr(module, "REGEX_TIMEOUT_SECONDS", 0.01)
    pattern = "{name: s, regex: '(a|aa|a)+$', score: 0.5}"
    slow = f"recognizers: [{{name: s, supported_entity: SLOW, patterns: [{pattern}]}}]"
    (tmp_path / "p.yaml").write_text(slow, encoding="utf-8")
    with pytest.raises(UnreadableError):
        companion(f"presidio:{tmp_path / 'p.yaml'}").find("a" * 300 + "b")


def test_only_the_document_that_fails_is_unscanned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import presidio_analyzer.pattern_recognizer as module

    monkeypatch.setattr(module, "REGEX_TIMEOUT_SECONDS", 0.01)
    pattern = {"name": "s", "regex": "(a|aa|a)+$", "score": 0.5}
    slow = {"name": "s", "supported_entity": "SLOW", "patterns": [pattern]}
    (tmp_path / "p.yaml").write_text(json.dumps({"recognizers": [slow]}), encoding="utf-8")
    (tmp_path / "good.txt").write_text("手机号13800138000\n", encoding="utf-8")
    (tmp_path / "slow.txt").write_text("a" * 300 + "b\n", encoding="utf-8")
    report = tmp_path / "report.json"
    arguments = [
        "scan", "--isolated", "-f", "json", "-o", str(report), "--with", f"presidio:{tmp_path / 'p.yaml'}",
        str(tmp_path / "good.txt"), str(tmp_path / "slow.txt"),
    ]  # fmt: skip
    assert invoke(arguments) == ExitCode.VIOLATION
    made = json.loads(report.read_text(encoding="utf-8"))
    assert [f["entity_type"] for f in made["findings"]] == ["MOBILE_PHONE"]
    assert [(Path(d["path"]).name, d["status"], d["reason"]) for d in made["documents"]] == [
        ("good.txt", "scanned", None),
        ("slow.txt", "unscanned", "companion"),
    ]
